//! Places of members in a request. The expected texts are botocore's for the same input.

use std::collections::HashMap;

use serde_json::json;
use templates::runtime::protocol::bind::{BoundRequest, EmptyText, Problem, bind};
use templates::runtime::{ByteStream, DateTime, Operation};

use crate::support::shapes::service::{
    BlobPayload, Bodied, DocumentPayload, EnumerationPayload, Heads, Hosted, Inner, JsonPayload, ListPayload, Nothing,
    Place, StreamPayload, TextPayload, UnionPayload,
};
use crate::support::shapes::{Channel, Choice};

const AT: DateTime = DateTime::from_secs(1_576_540_098);

fn bound<O: Operation>(input: &O) -> BoundRequest {
    bind(input, EmptyText::Missing).unwrap()
}

fn problem<O: Operation>(input: &O) -> (String, Problem) {
    let error = bind(input, EmptyText::Missing).unwrap_err();
    assert_eq!(error.operation(), O::INFO.name);
    (error.member().to_owned(), error.problem().clone())
}

fn header(bound: &BoundRequest, name: &str) -> Option<String> {
    let mut values = bound.headers.get_all(name).iter();
    let value = values.next().map(|value| String::from_utf8(value.as_bytes().to_vec()).unwrap());
    assert!(values.next().is_none(), "{name} is there twice");
    value
}

fn place() -> Place {
    let text = |text: &str| Some(text.to_owned());
    Place { id: text("i"), number: Some(7), at: Some(AT), rest: text("r"), ..Place::default() }
}

/// The path with this `Id` and `Rest`.
fn path(id: &str, rest: &str) -> String {
    let bound = bound(&Place { id: Some(id.to_owned()), rest: Some(rest.to_owned()), ..place() });
    let path = bound.path_and_query.strip_prefix("/a/").unwrap().strip_suffix("?fixed=1&bare").unwrap();
    path.replace("/7/2019-12-16T23%3A48%3A18Z/", " ")
}

#[test]
fn labels_are_encoded_but_for_the_unreserved_characters() {
    assert_eq!(path("i", "r"), "i r");
    assert_eq!(
        path(" %:/?#[]@!$&'()*+,;=\u{1f639}", "a b/c+d/~e"),
        "%20%25%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%F0%9F%98%B9 a%20b/c%2Bd/~e"
    );
    assert_eq!(path("aZ09-._~", "aZ09-._~"), "aZ09-._~ aZ09-._~");
    assert_eq!(path("\0\r\n\x7f%2F", "%2e%2e"), "%00%0D%0A%7F%252F %252e%252e");
    assert_eq!(
        path("arn:aws:connect:us-west-2:123456789012:instance/i", "...a"),
        "arn%3Aaws%3Aconnect%3Aus-west-2%3A123456789012%3Ainstance%2Fi ...a"
    );
}

#[test]
fn a_label_that_leads_to_another_operation_is_refused() {
    let with_id = |id: &str| problem(&Place { id: Some(id.to_owned()), ..place() });
    assert_eq!(with_id(""), ("Id".to_owned(), Problem::EmptyLabel));
    assert_eq!(with_id("."), ("Id".to_owned(), Problem::DotLabel));
    assert_eq!(with_id(".."), ("Id".to_owned(), Problem::DotLabel));
    assert_eq!(problem(&Place { number: None, ..place() }).1, Problem::EmptyLabel);
    let with_rest = |rest: &str| problem(&Place { rest: Some(rest.to_owned()), ..place() }).1;
    assert_eq!(with_rest(""), Problem::EmptyLabel);
    for rest in ["..", "a/..", "../a", "a/./b", "."] {
        assert_eq!(with_rest(rest), Problem::DotLabel, "{rest}");
    }
    let error = bind(&Place { id: Some(String::new()), ..place() }, EmptyText::Missing).unwrap_err();
    assert_eq!(error.to_string(), "the input Id is part of the path and must not be empty");
}

/// The query string behind the template's own.
fn query(place: &Place) -> String {
    let bound = bound(place);
    let (_, query) = bound.path_and_query.split_once("?fixed=1&bare").unwrap();
    query.strip_prefix('&').unwrap_or(query).to_owned()
}

#[test]
fn query_parameters_have_the_text_that_botocore_gives_them() {
    assert_eq!(query(&place()), "");
    let all = Place {
        next: Some("a b+c/d=&é".to_owned()),
        count: Some(-3),
        ratio: Some(1.0),
        on: Some(false),
        since: Some(DateTime::from_millis(1_576_540_098_250)),
        since_epoch: Some(DateTime::from_millis(1_576_540_098_250)),
        kinds: Some(vec![Channel::Voice, Channel::from("a,b")]),
        times: Some(vec![AT, DateTime::from_secs(0)]),
        ..place()
    };
    assert_eq!(
        query(&all),
        "nextToken=a%20b%2Bc%2Fd%3D%26%C3%A9&Count=-3&Ratio=1.0&On=false&Since=2019-12-16T23%3A48%3A18.250000Z\
         &SinceEpoch=1576540098.25&kind=VOICE&kind=a%2Cb&Times=2019-12-16T23%3A48%3A18Z&Times=1970-01-01T00%3A00%3A00Z"
    );
    assert_eq!(query(&Place { next: Some(String::new()), kinds: Some(Vec::new()), ..place() }), "nextToken=");
}

#[test]
fn floats_outside_of_json_are_written_as_botocore_does() {
    for (float, text) in [
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (1.1, "1.1"),
        (100.0, "100.0"),
        (123_456.789, "123456.789"),
        (0.0001, "0.0001"),
        (0.000_012_3, "1.23e-05"),
        (1e-7, "1e-07"),
        (1e15, "1000000000000000.0"),
        (9_007_199_254_740_993.0, "9007199254740992.0"),
        (1e16, "1e%2B16"),
        (-1.5e300, "-1.5e%2B300"),
        (f64::MAX, "1.7976931348623157e%2B308"),
        (5e-324, "5e-324"),
        (f64::NAN, "NaN"),
        (f64::INFINITY, "Infinity"),
        (f64::NEG_INFINITY, "-Infinity"),
    ] {
        assert_eq!(query(&Place { ratio: Some(float), ..place() }), format!("Ratio={text}"));
    }
}

#[test]
fn maps_give_parameters_that_no_member_has() {
    let map = |pairs: &[(&str, &str)]| Some(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect());
    let place = Place {
        next: Some("member".to_owned()),
        more: map(&[("nextToken", "map"), ("fixed", "map"), ("bare", "map"), ("b c", "d&e"), ("Count", "map")]),
        many: Some(HashMap::from([
            ("x".to_owned(), vec!["1".to_owned(), "2".to_owned()]),
            ("none".to_owned(), vec![]),
        ])),
        ..place()
    };
    assert_eq!(query(&place), "nextToken=member&Count=map&b%20c=d%26e&x=1&x=2");
}

#[test]
fn headers_have_the_text_that_botocore_gives_them() {
    let list = |list: &[&str]| Some(list.iter().map(|text| (*text).to_owned()).collect());
    let heads = bound(&Heads {
        text: Some("a, \"b\" é".to_owned()),
        count: Some(3),
        on: Some(true),
        at: Some(DateTime::from_millis(1_576_540_098_250)),
        iso: Some(DateTime::from_millis(1_576_540_098_250)),
        epoch: Some(DateTime::from_millis(1_576_540_098_250)),
        list: list(&["b,c", "\"def\"", "a", ""]),
        kinds: Some(vec![Channel::Voice, Channel::from("a,b")]),
        times: Some(vec![AT, AT]),
        numbers: Some(vec![1.1, 2.0]),
        json: Some(json!({"a": [1, "b"]})),
        meta: Some(HashMap::from([("One".to_owned(), "1".to_owned()), ("two".to_owned(), String::new())])),
        ..Heads::default()
    });
    let header = |name: &str| header(&heads, name).unwrap();
    assert_eq!(header("x-text"), "a, \"b\" é");
    assert_eq!(header("x-count"), "3");
    assert_eq!(header("x-on"), "true");
    assert_eq!(header("x-at"), "Mon, 16 Dec 2019 23:48:18 GMT");
    assert_eq!(header("x-iso"), "2019-12-16T23:48:18Z");
    assert_eq!(header("x-epoch"), "1576540098");
    assert_eq!(header("x-list"), r#""b,c","\"def\"",a,"#);
    assert_eq!(header("x-kinds"), r#"VOICE,"a,b""#);
    assert_eq!(header("x-times"), "Mon, 16 Dec 2019 23:48:18 GMT,Mon, 16 Dec 2019 23:48:18 GMT");
    assert_eq!(header("x-numbers"), "1.1,2.0");
    assert_eq!(header("x-json"), "eyJhIjpbMSwiYiJdfQ==");
    assert_eq!(header("x-meta-one"), "1");
    assert_eq!(header("x-meta-two"), "");
    assert_eq!(heads.headers.len(), 13);
    assert!(heads.body.is_empty());

    let empty = bound(&Heads { text: Some(String::new()), list: Some(Vec::new()), ..Heads::default() });
    assert_eq!(empty.headers.len(), 2);
    assert_eq!(empty.headers["x-text"], "");
    assert_eq!(empty.headers["x-list"], "");
}

#[test]
fn a_header_that_would_end_early_is_refused() {
    for text in ["a\r\nb: c", "a\nb", "a\rb", "a\0b", "\x7f", "\x1b"] {
        let heads = Heads { text: Some(text.to_owned()), ..Heads::default() };
        assert_eq!(problem(&heads), ("Text".to_owned(), Problem::HeaderValue));
        let heads = Heads { list: Some(vec!["a".to_owned(), text.to_owned()]), ..Heads::default() };
        assert_eq!(problem(&heads), ("List".to_owned(), Problem::HeaderValue));
        let meta = |key: &str, value: &str| Some(HashMap::from([(key.to_owned(), value.to_owned())]));
        let heads = Heads { meta: meta("k", text), ..Heads::default() };
        assert_eq!(problem(&heads), ("Meta".to_owned(), Problem::HeaderValue));
        let heads = Heads { meta: meta(text, "v"), ..Heads::default() };
        assert_eq!(problem(&heads), ("Meta".to_owned(), Problem::HeaderName));
    }
    let heads = Heads { text: Some("secret\n".to_owned()), ..Heads::default() };
    assert_eq!(
        bind(&heads, EmptyText::Missing).unwrap_err().to_string(),
        "the input Text is sent as a header and must not have line breaks or other control characters"
    );
}

#[test]
fn headers_without_end_are_refused() {
    let meta = |entries: usize| Some((0..entries).map(|entry| (entry.to_string(), String::new())).collect());
    assert_eq!(bound(&Heads { meta: meta(1000), ..Heads::default() }).headers.len(), 1000);
    let heads = Heads { meta: meta(100_000), ..Heads::default() };
    assert_eq!(problem(&heads), ("Meta".to_owned(), Problem::TooManyHeaders));
}

#[test]
fn a_sensitive_header_is_not_shown() {
    let bound = bound(&Heads { secret: Some("hush".to_owned()), ..Heads::default() });
    assert!(bound.headers["x-secret"].is_sensitive());
    assert!(!format!("{bound:?}").contains("hush"));
}

fn body(bound: &BoundRequest) -> (&str, Option<String>) {
    (std::str::from_utf8(&bound.body).unwrap(), header(bound, "content-type"))
}

const JSON: &str = "application/json";

#[test]
fn the_body_has_the_members_that_are_bound_nowhere_else() {
    let id = || Some("i".to_owned());
    let empty = bound(&Bodied { id: id(), ..Bodied::default() });
    assert_eq!(body(&empty), ("{}", Some(JSON.to_owned())));
    let full = bound(&Bodied {
        id: id(),
        name: Some("\"é\"\u{1}".to_owned()),
        at: Some(DateTime::from_millis(1500)),
        iso: Some(DateTime::from_millis(1500)),
        choice: Some(Choice::Unknown("New".to_owned(), json!(1))),
        inner: Some(Inner { tag: Some("t".to_owned()) }),
    });
    assert_eq!(
        body(&full),
        (
            r#"{"n":"\"é\"\u0001","At":1.5,"Iso":"1970-01-01T00:00:01.500000Z","Choice":{"New":1},"Inner":{"X-Tag":"t"}}"#,
            Some(JSON.to_owned())
        )
    );
    assert_eq!(full.path_and_query, "/bodied/i");
    assert_eq!(full.headers.len(), 1);
    let nothing = bound(&Nothing {});
    assert_eq!(body(&nothing), ("", None));
    assert_eq!(nothing.path_and_query, "/nothing");
}

#[test]
fn a_payload_is_the_body() {
    let json = bound(&JsonPayload { body: Some(Inner { tag: Some("t".to_owned()) }), ..JsonPayload::default() });
    assert_eq!(body(&json), (r#"{"X-Tag":"t"}"#, Some(JSON.to_owned())));
    assert_eq!(body(&bound(&JsonPayload::default())), ("{}", Some(JSON.to_owned())));
    // A union with no member is nothing, not an object without keys.
    assert_eq!(body(&bound(&UnionPayload::default())), ("", None));
    let list = bound(&ListPayload { body: Some(vec!["a".to_owned()]), ..ListPayload::default() });
    assert_eq!(body(&list), (r#"["a"]"#, Some(JSON.to_owned())));
    let document = bound(&DocumentPayload { body: Some(json!("hello")), ..DocumentPayload::default() });
    assert_eq!(body(&document), (r#""hello""#, Some(JSON.to_owned())));

    let blob = bound(&BlobPayload { body: Some("bytes\n".into()), ..BlobPayload::default() });
    assert_eq!(body(&blob), ("bytes\n", Some("application/octet-stream".to_owned())));
    let typed = bound(&BlobPayload { kind: Some("image/jpg".to_owned()), body: Some("1".into()) });
    assert_eq!(body(&typed), ("1", Some("image/jpg".to_owned())));
    assert_eq!(body(&bound(&BlobPayload::default())), ("", None));
    let text = bound(&TextPayload { body: Some("té\"xt".to_owned()), ..TextPayload::default() });
    assert_eq!(body(&text), ("té\"xt", Some("text/plain".to_owned())));
    let known = bound(&EnumerationPayload { body: Some(Channel::Voice), ..EnumerationPayload::default() });
    assert_eq!(body(&known), ("VOICE", Some("text/plain".to_owned())));
}

#[test]
fn a_stream_is_the_body_without_being_read() {
    let memory = bound(&StreamPayload { body: Some("bytes".into()), ..StreamPayload::default() });
    assert_eq!(body(&memory), ("bytes", Some("application/octet-stream".to_owned())));
    assert_eq!(memory.stream, None);
    let stream = ByteStream::once("later".into());
    let once = bound(&StreamPayload { body: Some(stream.clone()), kind: Some("text/csv".to_owned()) });
    assert_eq!(body(&once), ("", Some("text/csv".to_owned())));
    assert_eq!(once.stream, Some(stream.clone()));
    assert_eq!(body(&bound(&StreamPayload::default())), ("", None));
    assert_eq!(once.stream.unwrap().into_body().unwrap().as_bytes(), Some(&b"later"[..]));
    assert!(stream.into_body().is_none(), "it is read once");
}

#[test]
fn host_labels_go_before_the_host_and_where_they_are_bound() {
    let hosted = |account: &str, zone: &str| Hosted { account: Some(account.to_owned()), zone: Some(zone.to_owned()) };
    let good = bound(&hosted("a1", "b-c.d"));
    assert_eq!(good.host_prefix.as_deref(), Some("a1.b-c.d-data."));
    assert_eq!(good.path_and_query, "/?zone=b-c.d");
    assert_eq!(body(&good).0, r#"{"Account":"a1"}"#);
    for account in ["", "a/b", "a@evil.example", "a:1", "é", "a_b", "a b", "a%2f"] {
        assert_eq!(problem(&hosted(account, "z")), ("Account".to_owned(), Problem::HostLabel), "{account}");
    }
    assert_eq!(problem(&Hosted::default()).1, Problem::HostLabel);
    assert_eq!(bound(&Nothing {}).host_prefix, None);
}

#[test]
fn nesting_without_an_end_is_refused() {
    let nested = |levels| {
        let mut choice = Choice::NumberValue(1);
        for _ in 0..levels {
            choice = Choice::Not(Box::new(choice));
        }
        Bodied { id: Some("i".to_owned()), choice: Some(choice), ..Bodied::default() }
    };
    assert!(bind(&nested(100), EmptyText::Missing).is_ok());
    let (member, problem) = problem(&nested(1000));
    assert_eq!(member, "Choice");
    assert_eq!(problem, Problem::Json("the value is nested more than 128 levels deep".to_owned()));
}
