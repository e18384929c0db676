//! Parts of a response that are read: status, headers, JSON, payloads, and errors.

use std::collections::HashMap;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::json;
use templates::runtime::__private::{DateTime, ErrorBody, Output, Received, Structure};
use templates::runtime::protocol::exception::ErrorSummary;

use crate::support::shapes::service::{
    Answered, BlobPayload, DocumentPayload, EnumerationPayload, Inner, JsonPayload, ListPayload, NotFound, Nothing,
    StreamPayload, TextPayload,
};
use crate::support::shapes::{Channel, Everything};

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).unwrap())
    };
    let mut headers = HeaderMap::new();
    for (name, value) in pairs.iter().map(pair) {
        headers.append(name, value);
    }
    headers
}

fn read<T: Structure>(pairs: &[(&'static str, &str)], body: &str) -> T {
    let headers = headers(pairs);
    Received { status: 200, headers: &headers, body: body.as_bytes() }.read(false).unwrap()
}

fn error<T: Structure>(pairs: &[(&'static str, &str)], body: &[u8], strict: bool) -> String {
    let headers = headers(pairs);
    Received { status: 200, headers: &headers, body }.read::<T>(strict).unwrap_err().to_string()
}

#[test]
fn every_binding_of_a_response_is_read() {
    let answer = headers(&[
        ("x-text", "a, \"b\""),
        ("x-count", "7"),
        ("x-ratio", "-Infinity"),
        ("x-on", "true"),
        ("x-at", "Mon, 16 Dec 2019 23:48:18 GMT"),
        ("x-epoch", "1576540098.5"),
        ("x-kind", "VOICE"),
        ("x-list", r#""b,c", "\"def\"",a"#),
        ("x-list", "d , e"),
        ("x-numbers", "1, 2,3"),
        ("x-times", "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT"),
        ("x-json", "eyJhIjpbMSwiYiJdfQ=="),
        ("x-meta-one", "1"),
        ("x-meta-", "none"),
        ("etag", "t"),
    ]);
    let body = br#"{"name":"n","Inner":{"X-Tag":"t"},"Text":"body","X-Text":"body","Status":1,"Name":"member"}"#;
    let received = Received { status: 201, headers: &answer, body };
    assert_eq!(
        received.read::<Answered>(false).unwrap(),
        Answered {
            status: Some(201),
            text: Some("a, \"b\"".to_owned()),
            count: Some(7),
            ratio: Some(f64::NEG_INFINITY),
            on: Some(true),
            at: Some(DateTime::from_secs(1_576_540_098)),
            epoch: Some(DateTime::from_millis(1_576_540_098_500)),
            kind: Some(Channel::Voice),
            list: Some(["b,c", "\"def\"", "a", "d", "e"].map(str::to_owned).to_vec()),
            numbers: Some(vec![1, 2, 3]),
            times: Some(vec![DateTime::from_secs(1_576_540_098); 2]),
            json: Some(json!({"a": [1, "b"]})),
            meta: Some(HashMap::from([("one".to_owned(), "1".to_owned()), (String::new(), "none".to_owned())])),
            tag: "t".to_owned(),
            name: "n".to_owned(),
            inner: Some(Inner { tag: Some("t".to_owned()) }),
        }
    );
    assert_eq!(format!("{received:?}"), "Received(201, 91 bytes)");
}

#[test]
fn lists_in_headers_are_split_at_commas_that_are_between_elements() {
    let list = |text: &str| read::<Answered>(&[("x-list", text)], "").list.unwrap();
    assert_eq!(list("a"), ["a"]);
    assert_eq!(list(""), [""; 0]);
    assert_eq!(list(" a ,, b "), ["a", "", "b"]);
    assert_eq!(list("Mon, Tue,Wed"), ["Mon", "Tue", "Wed"]);
    assert_eq!(list(r#""a\\", "b"#), ["a\\", "b"]);
    assert_eq!(list(r#""a"x, "b"#), ["a", "b"]);
    assert_eq!(list("é,"), ["é", ""]);
    let times = |text: &str| read::<Answered>(&[("x-times", text)], "").times.unwrap();
    assert_eq!(times("2019-12-16T23:48:18Z,0"), [DateTime::from_secs(1_576_540_098), DateTime::from_secs(0)]);
}

#[test]
fn a_header_that_is_not_utf_8_is_latin_1() {
    let mut headers = HeaderMap::new();
    headers.insert("x-text", HeaderValue::from_bytes(b"caf\xe9").unwrap());
    let answer = Received { status: 200, headers: &headers, body: b"" };
    assert_eq!(answer.read::<Answered>(false).unwrap().text.as_deref(), Some("café"));
}

#[test]
fn a_body_of_nothing_is_a_structure_of_which_nothing_is_set() {
    let expected = Answered { status: Some(200), meta: Some(HashMap::new()), ..Answered::default() };
    for body in ["", " \n", "{}", "null", " { } "] {
        assert_eq!(read::<Answered>(&[], body), expected, "{body}");
    }
    assert_eq!(read::<Nothing>(&[], "{\"unknown\":1}"), Nothing {});
    let headers = HeaderMap::new();
    let answer = Received { status: 200, headers: &headers, body: b"<html>" };
    assert!(().read(answer, None, true).is_ok());
    assert!(Nothing::default().read(answer, None, false).is_err());
}

#[test]
fn a_map_of_any_size_has_the_last_value_of_each_key() {
    for count in 0..20 {
        let mut entries: Vec<_> = (0..count).map(|number| (number, "before")).collect();
        entries.extend((0..count).map(|number| (number, "last")));
        let text: Vec<_> = entries.iter().map(|(key, value)| format!("\"{key}\":\"{value}\"")).collect();
        let map = read::<Everything>(&[], &format!("{{\"Map\":{{{}}}}}", text.join(","))).map.unwrap();
        assert_eq!(map, (0..count).map(|number| (number.to_string(), "last".to_owned())).collect());
    }
}

#[test]
fn a_payload_is_the_whole_body() {
    assert_eq!(read::<JsonPayload>(&[], r#"{"X-Tag":"t"}"#).body, Some(Inner { tag: Some("t".to_owned()) }));
    assert_eq!(read::<JsonPayload>(&[("content-type", "k")], "").kind.as_deref(), Some("k"));
    assert_eq!(read::<ListPayload>(&[], r#"["a",null]"#).body, Some(vec!["a".to_owned()]));
    assert_eq!(read::<DocumentPayload>(&[], r#""hello""#).body, Some(json!("hello")));
    assert_eq!(read::<BlobPayload>(&[], "YQ==").body, Some("YQ==".into()));
    assert_eq!(read::<TextPayload>(&[], "{\"é\"}").body.as_deref(), Some("{\"é\"}"));
    assert_eq!(read::<EnumerationPayload>(&[], "VOICE").body, Some(Channel::Voice));
    assert_eq!(read::<StreamPayload>(&[], "YQ==").body, Some("YQ==".into()));
    assert_eq!(read::<BlobPayload>(&[], "").body, None);
    assert_eq!(read::<TextPayload>(&[], "").body, None);
    let headers = HeaderMap::new();
    let answer = Received { status: 200, headers: &headers, body: b"\xff\0" };
    assert_eq!(answer.read::<BlobPayload>(false).unwrap().body, Some((&[0xff, 0]).into()));
    assert_eq!(error::<TextPayload>(&[], b"\xff", false), "$.Body: expected a string, got bytes");
}

#[test]
fn what_cannot_be_read_is_named_by_its_path() {
    let wrong = |pairs: &[(&'static str, &str)], body: &str| error::<Answered>(pairs, body.as_bytes(), false);
    assert_eq!(wrong(&[("x-count", "many")], ""), "$.Count: expected an i64, got a string");
    assert_eq!(wrong(&[("x-numbers", "1,two")], ""), "$.Numbers[1]: expected an i32, got a string");
    assert_eq!(wrong(&[("x-json", "e30=!")], ""), "$.Json: expected JSON in a header, got other text");
    assert_eq!(wrong(&[("x-json", "YQ==")], ""), "$.Json: expected JSON in a header, got other text");
}

#[test]
fn an_error_tells_its_code_wherever_it_is() {
    const URI: &str = ":http://internal.amazon.com/coral/com.amazon.coral.validate/";
    let code = |pairs: &[(&'static str, &str)], body: &str| {
        ErrorSummary::read(StatusCode::BAD_REQUEST, &headers(pairs), body.as_bytes()).code
    };
    for (header, body, expected) in [
        ("", r#"{"code":"Foo"}"#, "Foo"),
        ("", r#"{"Code":"Foo"}"#, "Foo"),
        ("", r#"{"__type":"Foo"}"#, "Foo"),
        ("", r#"{"__type":"aws.connect#Foo"}"#, "Foo"),
        ("", r#"{"Code":"Bar","__type":"Baz","code":"Foo"}"#, "Foo"),
        ("Foo", r#"{"code":"Bar"}"#, "Foo"),
        ("Foo", "not JSON", "Foo"),
        ("aws.connect#Foo", "", "Foo"),
        ("", r#"{"code":400}"#, "400"),
        ("", r#"{"code":null,"__type":"Foo"}"#, "Foo"),
        ("", r#"{"code":{"a":[1]},"__type":"Foo","message":["m"]}"#, "Foo"),
    ] {
        let pairs: &[_] = if header.is_empty() { &[] } else { &[("x-amzn-errortype", header)] };
        assert_eq!(code(pairs, body).as_deref(), Some(expected), "{header} {body}");
    }
    assert_eq!(code(&[("x-amzn-errortype", &format!("a#Foo{URI}"))], "").as_deref(), Some("Foo"));
    assert_eq!(code(&[], &format!("{{\"__type\":\"Foo{URI}\"}}")).as_deref(), Some("Foo"));
    for body in ["", "[]", "<html>", "\"Foo\"", "{\"code\":", "{\"code\":\"\"}", "{\"code\":true}"] {
        assert_eq!(code(&[], body), None, "{body}");
    }
    // What is passed over may be deeper than what can be read.
    let deep = format!("{{\"cause\":{}{},\"code\":\"Foo\"}}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(code(&[], &deep).as_deref(), Some("Foo"));
}

#[test]
fn an_error_tells_its_message() {
    let read = |status: u16, body: &str| {
        ErrorSummary::read(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body.as_bytes())
    };
    let message = |body: &str| read(400, body).message;
    assert_eq!(message(r#"{"message":"m"}"#).as_deref(), Some("m"));
    assert_eq!(message(r#"{"Message":"M"}"#).as_deref(), Some("M"));
    assert_eq!(message(r#"{"Message":"M","message":"m"}"#).as_deref(), Some("m"));
    assert_eq!(message(r#"{"errorMessage":"e"}"#).as_deref(), Some("e"));
    assert_eq!(message(r#"{"error":"invalid_grant","error_description":"d"}"#).as_deref(), Some("d"));
    assert_eq!(message(r#"{"error_description":"d","Message":"m"}"#).as_deref(), Some("m"));
    // A body that is not JSON, as botocore 1.43.11 reads it: its text, but for the pages of servers in trouble.
    for (status, body, expected) in [
        (403, "Forbidden", Some("Forbidden")),
        (403, "  ", None),
        (404, "<html>no</html>", Some("<html>no</html>")),
        (500, "out of memory", Some("out of memory")),
        (503, "<html>secret</html>", Some("Service Unavailable")),
        (502, "", Some("Bad Gateway")),
        (400, "{\"message\":", Some("{\"message\":")),
    ] {
        let summary = read(status, body);
        assert_eq!((summary.message.as_deref(), summary.is_json), (expected, false), "{status} {body}");
    }
    assert_eq!(message(&"ä".repeat(100_000)).unwrap().chars().count(), 500, "bounded");
    assert_eq!(read(503, "{}"), ErrorSummary { is_json: true, ..ErrorSummary::default() });
}

#[test]
fn an_exception_is_read_whatever_its_body_is() {
    let read = |pairs: &[(&'static str, &str)], body: &str| {
        let headers = headers(pairs);
        ErrorBody::new(Received { status: 404, headers: &headers, body: body.as_bytes() }).read::<NotFound>().unwrap()
    };
    let body = r#"{"__type":"NotFound","Message":"m","resource":"r"}"#;
    let expected = NotFound { message: Some("m".to_owned()), resource: Some("r".to_owned()), wait: Some(3) };
    assert_eq!(read(&[("x-wait", "3")], body), expected.clone());
    for body in ["", "<html>", "[]", "{\"Message\":", "{\"resource\":[]}"] {
        assert_eq!(read(&[("x-wait", "3")], body), NotFound { wait: Some(3), ..NotFound::default() }, "{body}");
    }
    // Nor is a part of a member set that cannot be read to its end.
    let parts = br#"{"Login":{"Password":"p"},"Choice":{"StringValue":{}}}"#;
    let headers = HeaderMap::new();
    let parts = ErrorBody::new(Received { status: 404, headers: &headers, body: parts });
    let parts: Everything = parts.read().unwrap();
    assert!(parts.login.is_some() && parts.choice.is_none(), "{parts:?}");
    // What is wrong with one member is not wrong with the others.
    assert_eq!(read(&[("x-wait", "soon")], body), NotFound { wait: None, ..expected });
}

#[test]
fn strict_reading_asks_for_bound_members_as_well() {
    let wrong = |pairs: &[(&'static str, &str)], body: &str| error::<Answered>(pairs, body.as_bytes(), true);
    assert_eq!(wrong(&[], r#"{"name":"n"}"#), "$.Tag: expected a required member, got nothing");
    assert_eq!(wrong(&[("etag", "t")], "{}"), "$.name: expected a required member, got nothing at line 1 column 2");
}
