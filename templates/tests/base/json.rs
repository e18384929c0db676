//! The reader of JSON beside `serde_json`: what one takes, the other takes, with the same value; what one refuses, the other
//! refuses, in the same words at the same place.

use std::collections::HashMap;

use http::{HeaderMap, StatusCode};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_core::de::IgnoredAny;
use serde_json::Value;
use templates::runtime::protocol::exception::ErrorSummary;
use templates::runtime::{Received, Structure};

use crate::support::shapes::Everything;
use crate::support::shapes::service::{DocumentPayload, ListPayload};

/// Reads a response; only a strict document is read as `serde_json` reads it.
fn read<T: Structure>(body: &str, strict: bool) -> Result<T, String> {
    let answer = Received { status: 200, headers: &HeaderMap::new(), body: body.as_bytes() };
    answer.read(strict).map_err(|error| error.to_string())
}

/// Reads a document with both; the debug form of a value tells `-0.0` from `0.0`.
fn both(text: &str) {
    // An answer may be empty, which is no document.
    if text.trim_ascii().is_empty() {
        return;
    }
    let ours = read::<DocumentPayload>(text, true).map(|read| read.body.unwrap_or_default());
    let theirs = serde_json::from_str::<Value>(text).map_err(|error| format!("$.Body: {error}"));
    let [ours, theirs] = [ours, theirs].map(|read| format!("{read:?}"));
    // The other one stops in the middle of an exponent that is too large.
    let [ours, theirs] =
        [&ours, &theirs].map(|read| read.split_once("number out of range").map_or(&**read, |read| read.0));
    assert_eq!(ours, theirs, "{text:?}");
}

/// Passes over a value with both.
fn both_pass_over(text: &str) {
    let body = format!("{{\"Unknown\":{text}}}");
    let theirs = serde_json::from_str::<HashMap<String, IgnoredAny>>(&body);
    assert_eq!(read::<Everything>(&body, false).is_ok(), theirs.is_ok(), "{body:?}: {theirs:?}");
}

fn check(text: &str) {
    both(text);
    both_pass_over(text);
}

/// Texts as in JSONTestSuite, taken and refused.
const KNOWN: &[&str] = &[
    // Structure.
    "[]",
    "{}",
    "[ ]",
    "{ }",
    "[[]]",
    "[{}]",
    "{\"\":{}}",
    "[1,2]",
    "[1,]",
    "[,1]",
    "[,]",
    "[1,,2]",
    "[1 2]",
    "[1:2]",
    "[",
    "]",
    "[[",
    "[]]",
    "[1",
    "[1,",
    "{",
    "}",
    "{}}",
    "{,}",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\" 1}",
    "{\"a\",1}",
    "{\"a\"}",
    "{a:1}",
    "{1:1}",
    "{null:1}",
    "{'a':1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1]",
    "[1}",
    "[}",
    "{]",
    "{\"a\":1,\"a\":2}",
    "{\"a\":{\"b\":[{\"c\":null}]}}",
    "{\"a\" : 1 , \"b\" : [ 1 , 2 ] }",
    // What is around a document.
    " 1",
    "1 ",
    "\t\r\n1\n",
    "1 1",
    "1,",
    "{} {}",
    "[]#",
    "\u{feff}1",
    "\u{a0}1",
    "\u{c}1",
    "\u{b}1",
    "//1",
    "1/**/",
    // Literals.
    "null",
    "true",
    "false",
    "nul",
    "nulll",
    "nil",
    "n",
    "t",
    "tru",
    "truE",
    "True",
    "f",
    "fals",
    "falsy",
    "NaN",
    "Infinity",
    "-Infinity",
    "undefined",
    "[nul]",
    "[tru",
    "nullnull",
    // Numbers.
    "0",
    "-0",
    "-",
    "--1",
    "+1",
    "00",
    "01",
    "-01",
    "-00",
    "0x1",
    "1.",
    ".1",
    "1.e1",
    "1.5",
    "-1.5",
    "0.0",
    "-0.0",
    "1.5.5",
    "1e",
    "1e+",
    "1e-",
    "1e5",
    "1E5",
    "1e+5",
    "1e-5",
    "1e05",
    "0e1",
    "-0e1",
    "0e",
    "1e5.5",
    "1ee5",
    "1-",
    "1+1",
    "1 000",
    "1_0",
    "\u{ff11}",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "-18446744073709551615",
    "-18446744073709551616",
    "100000000000000000000000000000000000000",
    "0.1",
    "0.30000000000000004",
    "1e308",
    "1.7976931348623157e308",
    "1.7976931348623159e308",
    "1e309",
    "-1e309",
    "1e400",
    "1e-400",
    "-1e-400",
    "5e-324",
    "2e-324",
    "4.9406564584124654e-324",
    "0e999999999999",
    "0.0e999999999999",
    "1e-999999999999",
    "1e999999999999",
    "123456789012345678901234567890e-30",
    "0.1234567890123456789012345678901234567890",
    "9007199254740993",
    "9007199254740993.0",
    "2.2250738585072011e-308",
    "179769313486231580793728971405301e276",
    "1.00000000000000011102230246251565404236316680908203125",
    // Strings.
    "\"\"",
    "\"a\"",
    "\"",
    "\"a",
    "\"a\\",
    "\"a\\\"",
    "\"\\\"\"",
    "\"\\\\\"",
    "\"\\/\\b\\f\\n\\r\\t\"",
    "\"\\a\"",
    "\"\\'\"",
    "\"\\x41\"",
    "\"\\U0041\"",
    "\"\\u0041\"",
    "\"\\u004\"",
    "\"\\u00e9\"",
    "\"\\u00E9\"",
    "\"\\u00g0\"",
    "\"\\u",
    "\"\\u00",
    "\"\\u0000\"",
    "\"\\uD83D\\uDE00\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00\"",
    "\"\\ud83d\\ud83d\"",
    "\"\\ud83dx\"",
    "\"\\ud83d\\n\"",
    "\"\\ud83d\\u0041\"",
    "\"\\ud83d",
    "\"\\ud83d\\",
    "\"\\ud83d\\u",
    "\"\\ud83d\\ude0",
    "\"\\udbff\\udfff\"",
    "\"\\uffff\"",
    "\"\u{e9}\u{20ac}\u{1f600}\"",
    "\"\u{7f}\u{80}\u{2028}\"",
    "\"a\nb\"",
    "\"a\tb\"",
    "\"\0\"",
    "\"\u{1f}\"",
    "\"12345678\u{1f}\"",
    "\"1234567\\n1234567\\n\"",
    "\"12345678",
    "\"1234567\u{e9}12345678\"",
    "'a'",
    "\u{201c}a\u{201d}",
    "[\"a\",\"\\n\"]",
    "{\"\\n\":\"\\t\"}",
    "{\"\\ud83d\":1}",
    "{\"a\n\":1}",
    "a",
];

#[test]
fn known_texts_are_taken_or_refused() {
    for text in KNOWN {
        check(text);
        check(&format!("[{text}]"));
        check(&format!("[1,\n  {text}\n]"));
        check(&format!("{{\"a\":{text}}}"));
    }
}

#[test]
fn every_beginning_of_a_document_is_refused_alike() {
    let text =
        "{\"a\": [1.5e3, -0, true, {\"b\\u00e9\": \"c\\ud83d\\ude00 d\"}],\n \"e\": null, \"f\": [[], {}, \"\"]}";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        check(&text[..end]);
    }
}

#[test]
fn as_deep_as_serde_json_and_no_deeper() {
    for deep in [1, 63, 64, 65, 126, 127, 128, 129, 1000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            check(&format!("{}1{}", open.repeat(deep), close.repeat(deep)));
            both_pass_over(&format!("{}{}", open.repeat(deep), close.repeat(deep)));
            both_pass_over(&format!("{}1{}", open.repeat(deep), close.repeat(deep - 1)));
            both_pass_over(&format!("{}1{}]", open.repeat(deep), close.repeat(deep)));
        }
    }
}

/// Every byte at every place among eight, where the reader looks at eight in one step.
#[test]
fn every_character_is_seen_at_every_place() {
    for char in (0..=0x17f_u32).filter_map(char::from_u32) {
        for place in 0..17 {
            let (before, after) = ("x".repeat(place), "y".repeat(17 - place));
            check(&format!("\"{before}{char}{after}\""));
            check(&format!("\"{before}{char}{char}\u{e9}{after}\\n{char}\""));
        }
    }
}

#[test]
fn an_answer_is_text_but_an_error_says_what_it_can() {
    let body = b"{\"__type\":\"Refused\",\"message\":\"caf\xe9\"}";
    let headers = HeaderMap::new();
    let answer = Received { status: 200, headers: &headers, body };
    let error = answer.read::<Everything>(false).unwrap_err();
    assert_eq!(error.to_string(), "$: expected JSON, got bytes that are not UTF-8");
    let summary = ErrorSummary::read(StatusCode::BAD_REQUEST, &headers, body);
    assert_eq!((summary.code.as_deref(), summary.message.as_deref()), (Some("Refused"), Some("caf\u{fffd}")));
}

/// What is said of the elements to come is a guess, and a list must not keep much room for those that did not come.
#[test]
fn lists_have_little_room_to_spare() {
    let list = |body: &str| read::<ListPayload>(body, false).unwrap().body.unwrap();
    for count in [0, 1, 4, 5, 15, 16, 17, 18, 100, 300, 5000] {
        for spaces in [0, 3, 10_000] {
            let text = Value::from(vec!["an element"; count]).to_string() + &" ".repeat(spaces);
            let list = list(&text);
            assert_eq!(list.len(), count);
            assert!(list.capacity() <= (2 * count).max(4), "{} for {count}", list.capacity());
        }
    }
    // The first are short, and promise many.
    let mut elements = vec![String::new(); 17];
    elements.push("x".repeat(100_000));
    assert!(list(&Value::from(elements).to_string()).capacity() < 40);
}

const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\n",
    "\\u00e9",
    "\\ud83d",
    "\\ude00",
    "\"a\"",
    "\"a\":",
    "\"b\":",
    "-",
    "0",
    "1",
    "9",
    ".",
    "e",
    "E",
    "+",
    "0.1",
    "1e400",
    "18446744073709551616",
    "-9223372036854775809",
    "null",
    "true",
    "false",
    "nul",
    " ",
    "\n",
    "\t",
    "\r",
    "\u{0}",
    "\u{1f}",
    "\u{e9}",
    "\u{1f600}",
    "abcdefgh",
    "x",
];

fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-z\"\\\\\n\u{e9}]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::hash_map("[a-z\"\\\\]{0,10}", inner, 0..8).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    (document(), any::<bool>())
        .prop_map(|(value, pretty)| if pretty { format!("{value:#}") } else { value.to_string() })
}

/// Puts a piece in the place of a part of a text.
fn changed(text: &str, at: Index, length: usize, piece: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = at.index(chars.len() + 1);
    let rest = chars.get(at + length..).unwrap_or_default();
    chars[..at].iter().copied().chain(piece.chars()).chain(rest.iter().copied()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn valid_documents_have_the_same_value(text in text()) {
        check(&text);
        prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
    }

    #[test]
    fn changed_documents_are_read_or_refused_alike(
        text in text(), at in any::<Index>(), length in 0..4_usize, piece in select(PIECES),
    ) {
        check(&changed(&text, at, length, piece));
        check(&changed(&text, at, usize::MAX / 2, piece));
    }

    #[test]
    fn pieces_in_any_order_are_read_or_refused_alike(pieces in prop::collection::vec(select(PIECES), 1..12)) {
        check(&pieces.concat());
        check(&format!("\"{}\"", pieces.concat()));
    }

    #[test]
    fn numbers_are_rounded_alike(text in "-?[0-9]{1,25}(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,3})?", bits in any::<u64>()) {
        check(&text);
        let float = f64::from_bits(bits);
        if float.is_finite() {
            check(&format!("{float:?}"));
            check(&format!("{float:e}"));
            check(&format!("{float:.30}"));
        }
    }
}
