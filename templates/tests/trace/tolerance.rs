//! Responses that depart from the model: the values and reports of tolerant reading, and the errors of strict reading.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use http::HeaderMap;
use serde_json::json;
use templates::runtime::__private::{self as runtime, Blob, DateTime, ErrorBody, Received, Structure};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::support::shapes::service::Answered;
use crate::support::shapes::{Channel, Choice, Everything, Login};

/// Keeps what is reported, one line an event: path, expected and got.
#[derive(Clone, Default)]
struct Reports(Arc<Mutex<Vec<String>>>);

impl Subscriber for Reports {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        assert_eq!(*event.metadata().level(), tracing::Level::DEBUG);
        let mut line = Line(String::new());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        match field.name() {
            "message" => {}
            "path" => write!(self.0, "{value:?}").unwrap(),
            name => write!(self.0, ", {name} {value:?}").unwrap(),
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        write!(self.0, ", {} {value}", field.name()).unwrap();
    }
}

/// The result of a reading, and what it reported.
fn reported<T>(read: impl FnOnce() -> T) -> (T, Vec<String>) {
    let reports = Reports::default();
    let value = tracing::subscriber::with_default(reports.clone(), read);
    let lines = std::mem::take(&mut *reports.0.lock().unwrap());
    (value, lines)
}

fn read_reported<T: Structure>(body: &str, strict: bool) -> (Result<T, String>, Vec<String>) {
    let answer = Received { status: 200, headers: &HeaderMap::new(), body: body.as_bytes() };
    reported(|| answer.read(strict).map_err(|error| error.to_string()))
}

fn read<T: Structure>(body: &str, strict: bool) -> Result<T, String> {
    read_reported(body, strict).0
}

/// What a body with one required member and these is read as, and what was reported.
fn told(members: &str) -> (Everything, Vec<String>) {
    let (value, reports) = read_reported(&format!("{{\"Required\":\"\",{members}}}"), false);
    (value.unwrap(), reports)
}

/// A body that is as modelled: nothing is reported, and strict reading reads the same.
#[track_caller]
fn right(members: &str, expected: Everything) {
    assert_eq!(told(members), (expected.clone(), Vec::new()), "{members}");
    assert_eq!(read(&format!("{{\"Required\":\"\",{members}}}"), true), Ok(expected));
}

/// A body that is put right: one report, which is the error of strict reading.
#[track_caller]
fn coerce(members: &str, expected: Everything, report: &str) {
    assert_eq!(told(members), (expected, vec![report.to_owned()]), "{members}");
    let (path, rest) = report.split_once(", expected ").unwrap();
    let error = read::<Everything>(&format!("{{\"Required\":\"\",{members}}}"), true).unwrap_err();
    let expected = format!("{path}: expected {rest}");
    assert_eq!(error.split(" at line").next().unwrap(), expected);
}

/// A body that has no meaning, tolerant or strict.
#[track_caller]
fn wrong(members: &str, expected: &str) {
    for strict in [false, true] {
        let error = read::<Everything>(&format!("{{\"Required\":\"\",{members}}}"), strict).unwrap_err();
        assert_eq!(error.split(" at line").next().unwrap(), expected, "{members}");
    }
}

macro_rules! with {
    ($($field:ident: $value:expr),* $(,)?) => {
        Everything { $($field: Some($value),)* ..Everything::default() }
    };
}

#[test]
fn numbers_booleans_and_strings_stand_for_each_other() {
    coerce(r#""Flag":"false""#, with! { flag: false }, "$.Flag, expected a boolean, got a string");
    coerce(r#""Flag":"TRUE""#, with! { flag: true }, "$.Flag, expected a boolean, got a string");
    coerce(r#""Flag":1"#, with! { flag: true }, "$.Flag, expected a boolean, got a number");
    coerce(r#""Small":"-7""#, with! { small: -7 }, "$.Small, expected an i32, got a string");
    coerce(r#""Small":7.0"#, with! { small: 7 }, "$.Small, expected an i32, got a number");
    coerce(r#""Small":1.9"#, with! { small: 1 }, "$.Small, expected an i32, got a number");
    coerce(r#""Small":true"#, with! { small: 1 }, "$.Small, expected an i32, got a boolean");
    coerce(
        r#""Large":" 9007199254740993""#,
        with! { large: 9_007_199_254_740_993 },
        "$.Large, expected an i64, got a string",
    );
    coerce(r#""Double":"1.5""#, with! { double: 1.5 }, "$.Double, expected an f64, got a string");
    coerce(r#""Text":7"#, with! { text: "7".to_owned() }, "$.Text, expected a string, got a number");
    coerce(r#""Text":-7.5"#, with! { text: "-7.5".to_owned() }, "$.Text, expected a string, got a number");
    coerce(r#""Text":true"#, with! { text: "true".to_owned() }, "$.Text, expected a string, got a boolean");
    right(r#""Double":7"#, with! { double: 7.0 });
    right(r#""Double":"-Infinity","Single":"Infinity""#, with! { double: f64::NEG_INFINITY, single: f32::INFINITY });
    assert!(told(r#""Double":"NaN""#).0.double.unwrap().is_nan());

    wrong(r#""Small":"many""#, "$.Small: expected an i32, got a string");
    wrong(r#""Small":"""#, "$.Small: expected an i32, got a string");
    wrong(r#""Flag":"yes""#, "$.Flag: expected a boolean, got a string");
    wrong(r#""Flag":2"#, "$.Flag: expected a boolean, got a number");
    wrong(r#""Text":{}"#, "$.Text: expected a string, got an object");
    wrong(r#""Text":["secret"]"#, "$.Text: expected a string, got a list");
    wrong(r#""List":"secret""#, "$.List: expected a list, got a string");
    wrong(r#""Map":["secret"]"#, "$.Map: expected an object (a map), got a list");
    wrong(r#""Children":[7]"#, "$.Children[0]: expected an object (Everything), got a number");
}

#[test]
fn nulls_are_left_out() {
    right(
        r#""Text":null,"Flag":null,"Small":null,"Bytes":null,"At":null,"Channel":null,"List":null,"Map":null,
           "Document":null,"Inner":null,"Choice":null"#,
        Everything::default(),
    );
    coerce(r#""List":["a",null]"#, with! { list: vec!["a".to_owned()] }, "$.List[1], expected a value, got null");
    coerce(r#""Map":{"secret":null}"#, with! { map: [].into() }, "$.Map{0}, expected a value, got null");
    coerce(r#""Children":[null]"#, with! { children: vec![] }, "$.Children[0], expected a value, got null");
    right(r#""Sparse":[1,null]"#, with! { sparse: vec![Some(1), None] });
    right(r#""SparseMap":{"a":null}"#, with! { sparse_map: [("a".to_owned(), None)].into() });
    right(r#""Documents":[null,1]"#, with! { documents: vec![json!(null), json!(1)] });
}

#[test]
fn what_the_model_does_not_know_is_passed_over_or_kept() {
    coerce(
        r#""New":{"a":[1,{"b":null}]}"#,
        Everything::default(),
        "$.New, expected a member that the model knows, got an unknown one",
    );
    right(r#""__type":"aws.connect#Everything""#, Everything::default());
    coerce(
        r#""Channel":"EMAIL""#,
        with! { channel: Channel::Unknown("EMAIL".to_owned()) },
        "$.Channel, expected a value that the model knows, got a string",
    );
    coerce(
        r#""Channel":7"#,
        with! { channel: Channel::Unknown("7".to_owned()) },
        "$.Channel, expected a value that the model knows, got a number",
    );
    coerce(
        r#""Choice":{"New":{"a":1}}"#,
        with! { choice: Choice::Unknown("New".to_owned(), json!({"a": 1})) },
        "$.Choice.New, expected a member that the model knows, got an unknown one",
    );
}

#[test]
fn a_union_is_its_first_member_that_is_not_null() {
    right(
        r#""Choice":{"__type":"x","StringValue":null,"NumberValue":1,"Not":null}"#,
        with! { choice: Choice::NumberValue(1) },
    );
    right(r#""Choice":{"Not":{"And":[{"StringValue":"s"}]}}"#, {
        with! { choice: Choice::Not(Box::new(Choice::And(vec![Choice::StringValue("s".to_owned())]))) }
    });
    coerce(
        r#""Choice":{"StringValue":"s","NumberValue":"one"}"#,
        with! { choice: Choice::StringValue("s".to_owned()) },
        "$.Choice.NumberValue, expected one member only, got another one",
    );
    coerce(r#""Choice":{}"#, Everything::default(), "$.Choice, expected one member, got none");
    coerce(r#""Choice":{"New":null}"#, Everything::default(), "$.Choice, expected one member, got none");
}

#[test]
fn timestamps_are_read_in_any_format() {
    let at = DateTime::from_secs(1_576_540_098);
    let half = DateTime::from_millis(1_576_540_098_500);
    let report =
        |member: &str, got: &str| format!("$.{member}, expected a timestamp in the modelled format, got {got}");
    right(r#""At":1576540098"#, with! { at: at });
    right(r#""At":1576540098.5"#, with! { at: half });
    right(r#""At":1.5765400985E9"#, with! { at: half });
    coerce(r#""At":"2019-12-16T23:48:18.5Z""#, with! { at: half }, &report("At", "a string"));
    coerce(r#""At":"Mon, 16 Dec 2019 23:48:18 GMT""#, with! { at: at }, &report("At", "a string"));
    coerce(r#""At":"1576540098""#, with! { at: at }, &report("At", "a string"));
    right(r#""IsoAt":"2019-12-17T00:48:18+01:00""#, with! { iso_at: at });
    right(r#""IsoTimes":["2019-12-16T23:48:18Z"]"#, with! { iso_times: vec![at] });
    coerce(r#""IsoAt":1576540098.5"#, with! { iso_at: half }, &report("IsoAt", "a number"));
    coerce(r#""IsoTimes":[1576540098]"#, with! { iso_times: vec![at] }, &report("IsoTimes[0]", "a number"));
    right(r#""HttpAt":"Mon, 16 Dec 2019 23:48:18 GMT""#, with! { http_at: at });
    coerce(r#""HttpAt":"2019-12-16T23:48:18Z""#, with! { http_at: at }, &report("HttpAt", "a string"));
    let expected = "$.At: expected a timestamp in the modelled format, got";
    wrong(r#""At":"soon""#, &format!("{expected} a string"));
    wrong(r#""At":true"#, &format!("{expected} a boolean"));
}

#[test]
fn blobs_are_read_with_and_without_padding() {
    right(r#""Bytes":"YQ==""#, with! { bytes: Blob::from("a") });
    right(r#""Bytes":"YQ""#, with! { bytes: Blob::from("a") });
    right(r#""Bytes":"""#, with! { bytes: Blob::default() });
    coerce(r#""Bytes":"Y\nQ==\r\n""#, with! { bytes: Blob::from("a") }, "$.Bytes, expected base64 text, got a string");
    wrong(r#""Bytes":"!""#, "$.Bytes: expected base64 text, got a string");
    wrong(r#""Bytes":7"#, "$.Bytes: expected base64 text, got a number");
}

#[test]
fn a_required_member_that_is_missing_has_its_default() {
    let (value, reports) = read_reported::<Everything>(r#"{"Children":[{"Required":null}]}"#, false);
    assert_eq!(value.unwrap().children, Some(vec![Everything::default()]));
    assert_eq!(
        reports,
        [
            "$.Children[0].Required, expected a required member, got nothing",
            "$.Required, expected a required member, got nothing"
        ]
    );
    assert!(
        read::<Everything>("{}", true).unwrap_err().starts_with("$.Required: expected a required member, got nothing")
    );
}

fn login(password: &str) -> Login {
    Login { password: Some(password.to_owned()) }
}

#[test]
fn a_duplicate_key_counts_last() {
    right(r#""Small":1,"Small":2"#, with! { small: 2 });
    right(r#""List":["a"],"List":[]"#, with! { list: vec![] });
    // Nothing is left of the first, not even in parts.
    right(r#""Login":{"Password":"p"},"Login":{}"#, with! { login: Login::default() });
    right(r#""Login":{"Password":"p"},"Login":null"#, with! { login: login("p") });
}

/// A structure that has another one as a required member, whose place is never empty.
#[derive(Clone, Default, PartialEq)]
struct Holder {
    held: Everything,
}

runtime::members! { Holder { held: body("Held").required(), } }

#[test]
fn nothing_is_left_of_a_structure_that_comes_again_or_cannot_be_read() {
    let held = |body: &str| read::<Holder>(body, false).unwrap().held;
    assert_eq!(held(r#"{"Held":{"Flag":true},"Held":{"Small":1}}"#), with! { small: 1 });
    assert_eq!(held(r#"{"Held":{"Flag":true},"Held":null}"#), with! { flag: true });
    let body = br#"{"Held":{"Flag":true,"Small":[]}}"#;
    let headers = HeaderMap::new();
    let exception = ErrorBody::new(Received { status: 400, headers: &headers, body });
    assert_eq!(reported(|| exception.read::<Holder>()).0.unwrap().held, Everything::default());
    // A union without a member is no element of a list.
    let choices =
        read::<Everything>(r#"{"Choice":{"And":[{},{"StringValue":"s"},{"New":null}]}}"#, false).unwrap().choice;
    assert_eq!(choices, Some(Choice::And(vec![Choice::StringValue("s".to_owned())])));
}

#[test]
fn headers_are_text_by_right() {
    let mut headers = HeaderMap::new();
    headers.insert("x-count", "7".parse().unwrap());
    headers.insert("x-on", "true".parse().unwrap());
    headers.insert("x-epoch", "1576540098".parse().unwrap());
    headers.insert("etag", "t".parse().unwrap());
    let answer = Received { status: 200, headers: &headers, body: br#"{"name":"n"}"# };
    assert_eq!(reported(|| answer.read::<Answered>(true)).0.unwrap().count, Some(7));
    headers.insert("x-at", "2019-12-16T23:48:18Z".parse().unwrap());
    let answer = Received { status: 200, headers: &headers, body: br#"{"name":"n"}"# };
    let error = reported(|| answer.read::<Answered>(true)).0.unwrap_err().to_string();
    assert_eq!(error, "$.At: expected a timestamp in the modelled format, got a string");
    let tolerant = reported(|| answer.read::<Answered>(false)).0.unwrap();
    assert_eq!(tolerant.at, Some(DateTime::from_secs(1_576_540_098)));
}

#[cfg(feature = "serde")]
#[test]
fn json_by_member_names_is_read_without_reports() {
    let text = r#"{"Required":"","At":"2019-12-16T23:48:18Z","IsoAt":1576540098,"Renamed":"r"}"#;
    let (value, reports) = reported(|| serde_json::from_str::<Everything>(text).unwrap());
    assert_eq!((value.at, value.renamed.as_deref()), (value.iso_at, Some("r")));
    assert_eq!(reports, [""; 0]);
}

/// Half of a surrogate pair reads as U+FFFD: the rest of the response is worth more than one character.
#[test]
fn half_of_a_surrogate_pair_is_replaced() {
    for (text, expected) in [
        (r"\ud83d", "\u{fffd}"),
        (r"a\ud83d!", "a\u{fffd}!"),
        (r"\ude00", "\u{fffd}"),
        (r"\ud83d\u0041", "\u{fffd}A"),
        (r"\ud83d\n", "\u{fffd}\n"),
        (r"\ud83d\ud83d\ude00", "\u{fffd}\u{1f600}"),
        (r"\ud83d\ude00", "\u{1f600}"),
    ] {
        let body = format!(r#"{{"Required":"{text}"}}"#);
        let (value, reports) = read_reported::<Everything>(&body, false);
        assert_eq!(value.unwrap().required, expected, "{text}");
        let replaced = expected.contains('\u{fffd}');
        assert_eq!(reports.len(), usize::from(replaced), "{text}");
        assert_eq!(read::<Everything>(&body, true).is_err(), replaced, "{text}");
    }
    assert!(read::<Everything>(r#"{"Required":"\ud83d\uzzzz"}"#, false).is_err());
}

/// A number that its shape has no room for is left out, and the rest is read.
#[test]
fn a_number_out_of_range_is_left_out() {
    let left_out = |member: &str, expected: &str, number: &str| {
        let report = format!("$.{member}, expected {expected}, got a number out of its range");
        coerce(&format!(r#""{member}":{number}"#), Everything::default(), &report);
    };
    for number in ["2147483648", "-2147483649", "9007199254740993", "1e10", "-1e10"] {
        left_out("Small", "an i32", number);
    }
    for number in ["9223372036854775808", "-9223372036854779000", "1e19", "123456789012345678901234567890"] {
        left_out("Large", "an i64", number);
    }
    left_out("Single", "an f32", "3.5e38");
    // A strict document has no such number at all, as in `serde_json`.
    assert_eq!(told(r#""Double":1e999,"Small":1e999"#).0, Everything::default());
    left_out("At", "a timestamp in the modelled format", "1e300");
}

/// A number in the place of text keeps all its digits.
#[test]
fn a_number_read_as_text_keeps_its_digits() {
    for number in ["9007199254740993", "123456789012345678901234567890", "1.10", "-0", "0.1000000000000000055"] {
        let text = Everything { text: Some(number.to_owned()), ..Everything::default() };
        coerce(&format!(r#""Text":{number}"#), text, "$.Text, expected a string, got a number");
    }
}

/// A body within its limit may still stand for far more memory: many elements of a few bytes.
#[test]
fn what_a_response_becomes_is_bounded() {
    let children = |count: usize| format!(r#"{{"Required":"","Children":[{}{{}}]}}"#, "{},".repeat(count));
    assert_eq!(read::<Everything>(&children(1000), false).unwrap().children.unwrap().len(), 1001);
    let count = (64 << 20) / size_of::<Everything>();
    let error = read::<Everything>(&children(count), false).unwrap_err();
    assert!(error.starts_with("$.Children["), "{error}");
    assert!(error.contains("many times its size in memory"), "{error}");
}
