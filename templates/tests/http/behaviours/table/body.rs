//! Bodies of successes that are no JSON, or not of the shape.

use crate::http::behaviours::row::{Row, fine, once, responds, row};

pub fn rows() -> Vec<Row> {
    let bad = |name: &str, body: &str| row(name, responds("200 OK", body), once("Decode after 200"));
    let good = |name: &str, body: &str| row(name, responds("200 OK", body), fine());
    let empty = |name: &str, body: &str| row(name, responds("200 OK", body), once("ok without name"));
    let deep = |count: usize| "[".repeat(count);
    vec![
        bad("words", "hush hush"),
        bad("HTML", "<html>hush</html>"),
        bad("XML", "<?xml version=\"1.0\"?><Name>hush</Name>"),
        bad("a list", "[1, \"hush\"]"),
        bad("a string", "\"hush\""),
        bad("a number", "3"),
        bad("true", "true"),
        bad("an object that is cut", "{\"Name\":\"n\""),
        bad("a string that is cut", "{\"Name\":\"n"),
        bad("a comma at the end", "{\"Name\":\"n\",}"),
        bad("no comma between members", "{\"Name\":\"n\" \"Size\":1}"),
        bad("no colon", "{\"Name\" \"n\"}"),
        bad("single quotes", "{'Name':'n'}"),
        bad("a key without quotes", "{Name:\"n\"}"),
        bad("a comment", "{\"Name\":\"n\"} // hush"),
        bad("two values", "{\"Name\":\"n\"} {\"Name\":\"n\"}"),
        bad("a prefix against hijacking", ")]}',\n{\"Name\":\"n\"}"),
        bad("64,000 open brackets", &deep(64_000)),
        bad("64,000 open brackets in an unknown member", &format!("{{\"Unknown\":{}", deep(64_000))),
        bad("5,000 nested objects", &"{\"Unknown\":".repeat(5000)),
        good(
            "5,000 nested lists in an unknown member",
            &format!("{{\"Name\":\"n\",\"Unknown\":{}{}}}", deep(5000), "]".repeat(5000)),
        ),
        bad("a list for a string", "{\"Name\":[\"n\"]}"),
        bad("an object for a string", "{\"Name\":{\"n\":1}}"),
        bad("an object for a number", "{\"Name\":\"n\",\"Size\":{}}"),
        bad("words for a number", "{\"Name\":\"n\",\"Size\":\"hush\"}"),
        good("a number out of range", "{\"Name\":\"n\",\"Size\":99999999999}"),
        good("a number beyond all", "{\"Name\":\"n\",\"Size\":1e999}"),
        bad("NaN", "{\"Name\":\"n\",\"Size\":NaN}"),
        bad("a number with a leading zero", "{\"Name\":\"n\",\"Size\":01}"),
        empty("no body", ""),
        empty("null", "null"),
        empty("white space", "  \r\n"),
        empty("an empty object", "{}"),
        empty("null for a member", "{\"Name\":null}"),
        empty("another key in the same words", "{\"name\":\"n\"}"),
        good("white space around everything", " \r\n{ \"Name\" :\t\"n\" } \r\n"),
        good("an unknown member", "{\"Unknown\":{\"a\":[1,{}]},\"Name\":\"n\"}"),
        good(
            "10,000 unknown members",
            &format!("{{{}\"Name\":\"n\"}}", (0..5000).map(|n| format!("\"u{n}\":1,")).collect::<String>()),
        ),
        good("an unknown member of a huge number", "{\"Name\":\"n\",\"Unknown\":1e999}"),
        good("a member twice", "{\"Name\":\"m\",\"Name\":\"n\"}"),
        good("null for an unknown member", "{\"Unknown\":null,\"Name\":\"n\"}"),
        good("an escaped name", "{\"\\u004eame\":\"\\u006e\"}"),
        good("a number as a fraction of nothing", "{\"Name\":\"n\",\"Size\":3.0}"),
        good("a number as text", "{\"Name\":\"n\",\"Size\":\"3\"}"),
        row(
            "a number for a string",
            responds("200 OK", "{\"Name\":12345678901234567890}"),
            once("ok \"12345678901234567890\""),
        ),
        row("true for a string", responds("200 OK", "{\"Name\":true}"), once("ok \"true\"")),
    ]
}
