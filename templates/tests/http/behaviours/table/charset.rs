//! Encodings: of characters, and of whole bodies.

use loopback::{Do, write};

use crate::http::behaviours::row::{OK, Row, does, fine, headers, once, responds, row};

/// A response with these header lines and a body of bytes.
fn bytes(status: &str, lines: &str, body: &[u8]) -> Vec<Do> {
    let head = format!("HTTP/1.1 {status}\r\n{lines}content-length: {}\r\n\r\n", body.len());
    vec![write([head.as_bytes(), body].concat())]
}

/// A gzip file of `{}`.
const GZIP: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0];

pub fn rows() -> Vec<Row> {
    let bad =
        |name: &str, lines: &str, body: &[u8]| row(name, does(bytes("200 OK", lines, body)), once("Decode after 200"));
    let named = |name: &str, body: &str, outcome: &str| row(name, responds("200 OK", body), once(outcome));
    let utf16: Vec<u8> = OK.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let refusal = |name: &str, body: &[u8]| {
        let server = does(bytes("404 Not Found", "x-amzn-errortype: ResourceNotFoundException\r\n", body));
        row(name, server, once("404 ResourceNotFoundException (typed)"))
    };
    vec![
        bad("Latin-1", "", b"{\"Name\":\"\xe9\"}"),
        bad("UTF-16", "", &utf16),
        bad("UTF-16 that says so", "content-type: application/json; charset=utf-16\r\n", &utf16),
        bad("a byte that begins a character and ends the body", "", b"{\"Name\":\"n\"}\xc3"),
        bad("an overlong encoding", "", b"{\"Name\":\"\xc0\xae\"}"),
        bad("a surrogate in UTF-8", "", b"{\"Name\":\"\xed\xa0\x80\"}"),
        bad("NUL for white space", "", b"{\"Name\":\"n\"}\0"),
        bad("gzip that says so", "content-encoding: gzip\r\n", GZIP),
        bad("gzip that does not say so", "", GZIP),
        bad("an unknown escape", "", b"{\"Name\":\"\\x6e\"}"),
        bad("half an escape", "", b"{\"Name\":\"\\u00\"}"),
        row(
            "a charset that is not the body's",
            headers("content-type: application/json; charset=iso-8859-1\r\n"),
            fine(),
        ),
        row("an encoding of nothing", headers("content-encoding: identity\r\n"), fine()),
        row("a language", headers("content-language: de\r\n"), fine()),
        named("a character of four bytes", "{\"Name\":\"😀\"}", "ok \"😀\""),
        named("the same in two escapes", "{\"Name\":\"\\ud83d\\ude00\"}", "ok \"😀\""),
        named("an escaped NUL", "{\"Name\":\"\\u0000\"}", "ok \"\\0\""),
        named("an escaped quote", "{\"Name\":\"\\\"\"}", "ok \"\\\"\""),
        refusal("a refusal in Latin-1", b"{\"Message\":\"\xe9\"}"),
        refusal("a refusal in UTF-16", &utf16),
        refusal("a refusal in gzip", GZIP),
        refusal("a refusal with a byte order mark", "\u{feff}{\"Message\":\"m\"}".as_bytes()),
        refusal("a refusal of NULs", &[0; 1000]),
    ]
}
