//! Bodies that mean harm, and shapes at random: never a panic, never an endless stack, and what is written is read back.

use std::collections::HashMap;

use http::{HeaderMap, StatusCode};
use proptest::collection::{hash_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Value, json};
use templates::runtime::__private::{Blob, DateTime, ErrorBody, Received, Structure};
use templates::runtime::protocol::bind::{EmptyText, bind};
use templates::runtime::protocol::exception::ErrorSummary;

use crate::support::shapes::service::{Answered, Heads, NotFound, Place};
use crate::support::shapes::{Channel, Choice, Everything, Login, Mood};

fn read<T: Structure>(body: &[u8]) -> Result<T, String> {
    let answer = Received { status: 200, headers: &HeaderMap::new(), body };
    answer.read(false).map_err(|error| error.to_string())
}

#[test]
fn depth_is_bounded() {
    for (open, close) in [("{\"Inner\":", "}"), ("{\"Children\":[", "]}"), ("{\"Choice\":{\"Not\":", "}}"), ("[", "]")]
    {
        for deep in [10_000, 200_000] {
            let body = format!("{}1{}", open.repeat(deep), close.repeat(deep));
            let error = read::<Everything>(body.as_bytes()).expect_err(open);
            assert!(error.contains("recursion limit exceeded") || error.contains("expected an object"), "{error}");
            let headers = HeaderMap::new();
            let summary = ErrorSummary::read(StatusCode::BAD_REQUEST, &headers, body.as_bytes());
            assert_eq!(summary.code, None);
            let received = Received { status: 400, headers: &headers, body: body.as_bytes() };
            assert_eq!(ErrorBody::new(received).read(), Some(NotFound::default()));
            assert!(serde_json::from_str::<Everything>(&body).is_err());
        }
    }
    // What is passed over is not nested on the stack, and so may be deep.
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let unknown = format!("{{\"Unknown\":{}1{}}}", open.repeat(200_000), close.repeat(200_000));
        assert_eq!(read::<Everything>(unknown.as_bytes()), Ok(Everything::default()));
        let document = unknown.replace("Unknown", "Document");
        assert!(read::<Everything>(document.as_bytes()).is_err_and(|error| error.contains("recursion limit exceeded")));
    }
}

#[test]
fn what_is_as_deep_as_can_be_read_can_be_written() {
    let nested = |levels: usize| {
        format!("{}{{\"Required\":\"\"}}{}", "{\"Required\":\"\",\"Inner\":".repeat(levels), "}".repeat(levels))
    };
    let deepest = (1..200).take_while(|levels| read::<Everything>(nested(*levels).as_bytes()).is_ok()).count();
    assert!((60..128).contains(&deepest), "{deepest}");
    let value: Everything = read(nested(deepest).as_bytes()).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), nested(deepest));
}

#[test]
fn broken_bodies_are_errors_that_repeat_nothing() {
    for body in [
        &b"{"[..],
        b"{\"Text\":\"secret",
        b"{\"Text\":secret}",
        b"{\"Text\":\"secret\"}secret",
        b"[\"secret\"]",
        b"\"secret\"",
        b"<html>secret</html>",
        b"{\"Text\":\"\xff secret\"}",
        b"{\"secret\xc3\":1}",
        b"{\"Text\":\"\\x secret\"}",
        b"{\"Text\":\"sec\nret\"}",
        b"{\"Double\":-}",
        b"{\"Large\":01}",
        b"{\"Children\":[{\"Required\":\"secret\"},]}",
        b"{\"Map\":{\"k\":\"secret\",}}",
        b"{1:2}",
        b"\xef\xbb\xbf{}",
        b"\0",
    ] {
        let error = read::<Everything>(body).unwrap_err();
        assert!(error.starts_with('$'), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
    let key = "k".repeat(1_000_000);
    let error = read::<Everything>(format!("{{\"{key}\":[}}").as_bytes()).unwrap_err();
    assert!(error.len() < 200, "{error}");
}

#[test]
fn duplicates_and_numbers_without_end_are_read() {
    let body = format!("{{{}\"Small\":1}}", "\"Map\":{\"a\":\"b\"},\"Small\":2,".repeat(10_000));
    let value = read::<Everything>(body.as_bytes()).unwrap();
    assert_eq!(value.small, Some(1));
    let digits = "9".repeat(100_000);
    assert_eq!(read::<Everything>(format!("{{\"Large\":{digits}}}").as_bytes()), Ok(Everything::default()));
    assert!(read::<Everything>(format!("{{\"Double\":0.{digits}}}").as_bytes()).is_ok());
    assert!(read::<Everything>(format!("{{\"At\":\"{digits}\"}}").as_bytes()).is_err());
    assert!(read::<Everything>(format!("{{\"Unknown\":[{digits}]}}").as_bytes()).is_ok());
}

fn time() -> impl Strategy<Value = DateTime> {
    (-5_000_000_000_i64..5_000_000_000, 0..1_000_000_u32)
        .prop_map(|(seconds, micros)| DateTime::from_secs_and_nanos(seconds, micros * 1000))
}

fn channel() -> impl Strategy<Value = Channel> {
    prop_oneof![Just(Channel::Voice), Just(Channel::Chat), "[A-Z_]{0,8}".prop_map(Channel::from)]
}

fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            hash_map(".{0,4}", inner, 0..3).prop_map(|map| map.into_iter().collect::<Value>())
        ]
    })
}

fn choice() -> impl Strategy<Value = Choice> {
    let leaf = prop_oneof![
        ".*".prop_map(Choice::StringValue),
        any::<i64>().prop_map(Choice::NumberValue),
        document().prop_map(|value| Choice::Unknown("New".to_owned(), value))
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|choice| Choice::Not(Box::new(choice))),
            vec(inner, 0..4).prop_map(Choice::And)
        ]
    })
}

/// Two structures' worth of members: a tuple of strategies has no room for more.
fn everything() -> impl Strategy<Value = Everything> {
    let scalars = (
        of(".*"),
        ".*",
        of(any::<bool>()),
        of(any::<i32>()),
        of(any::<i64>()),
        of(any::<f32>().prop_filter("no equality", |float| !float.is_nan())),
        of(any::<f64>().prop_filter("no equality", |float| !float.is_nan())),
        of(vec(any::<u8>(), 0..20).prop_map(Blob::from)),
        of(time()),
        of(channel()),
    );
    let others = (
        of(vec(time(), 0..3)),
        of(vec(".*", 0..3)),
        of(vec(of(any::<i32>()), 0..3)),
        of(hash_map(".*", ".*", 0..3)),
        of(hash_map(channel(), any::<i64>(), 0..3)),
        of(document()),
        of(choice()),
        of(".*".prop_map(|password| Login { password: Some(password) })),
        of(Just(Mood::Angry)),
    );
    let leaf = (scalars, others).prop_map(|(a, b)| Everything {
        text: a.0,
        required: a.1,
        flag: a.2,
        small: a.3,
        large: a.4,
        single: a.5,
        double: a.6,
        bytes: a.7,
        at: a.8,
        iso_at: a.8,
        channel: a.9,
        iso_times: b.0,
        list: b.1,
        sparse: b.2,
        map: b.3,
        by_channel: b.4,
        document: b.5,
        choice: b.6,
        login: b.7,
        mood: b.8,
        ..Everything::default()
    });
    leaf.prop_recursive(3, 6, 2, |inner| {
        (inner.clone(), of(inner.clone()), vec(inner, 0..2)).prop_map(|(outer, inner, children)| Everything {
            inner: inner.map(Box::new),
            children: Some(children),
            ..outer
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(value in everything()) {
        let text = serde_json::to_string(&value).unwrap();
        let back = serde_json::from_str::<Everything>(&text).unwrap();
        prop_assert_eq!(&back, &value);
        let _ = format!("{value:?}");
    }

    #[test]
    fn any_json_is_read_or_refused(value in document()) {
        let body = json!({"Text": value, "Small": value, "At": value, "List": value, "Map": value, "Choice": value});
        for key in ["Text", "Small", "Double", "Flag", "Bytes", "At", "IsoAt", "Channel", "List", "Sparse", "Map", "Inner", "Choice"] {
            let _ = read::<Everything>(json!({key: value}).to_string().as_bytes());
        }
        let _ = read::<Everything>(body.to_string().as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(body in vec(any::<u8>(), 0..64), near in "[\\[\\]{}\":,a-zA-Z0-9.\\\\ -]{0,64}") {
        for body in [&body[..], near.as_bytes()] {
            let _ = read::<Everything>(body);
            let headers = HeaderMap::new();
            let _ = ErrorSummary::read(StatusCode::BAD_REQUEST, &headers, body);
            let answer = Received { status: 500, headers: &headers, body };
            prop_assert!(ErrorBody::new(answer).read::<NotFound>().is_some());
        }
    }

    #[test]
    fn any_header_is_read_or_refused(text in "[^\\x00-\\x1f\\x7f]{0,64}", list in "[a,\"\\\\ MonTue0-9é]{0,32}") {
        for text in [text, list] {
            for name in ["x-text", "x-count", "x-ratio", "x-on", "x-at", "x-kind", "x-list", "x-numbers", "x-times", "x-json", "x-meta-a"] {
                let mut headers = HeaderMap::new();
                headers.insert(name, http::HeaderValue::from_bytes(text.as_bytes()).unwrap());
                let _ = Received { status: 200, headers: &headers, body: b"" }.read::<Answered>(false);
            }
        }
    }

    #[test]
    fn any_text_is_bound_or_refused(id in ".*", rest in ".*", key in ".*", value in ".*") {
        let place = Place {
            id: Some(id.clone()),
            number: Some(1),
            at: Some(DateTime::default()),
            rest: Some(rest.clone()),
            next: Some(value.clone()),
            more: Some(HashMap::from([(key.clone(), value.clone())])),
            ..Place::default()
        };
        if let Ok(bound) = bind(&place, EmptyText::Missing) {
            let path: http::uri::PathAndQuery = bound.path_and_query.parse().unwrap();
            let segments: Vec<_> = path.path().split('/').collect();
            prop_assert_eq!(segments.len(), 5 + rest.split('/').count());
            prop_assert!(!segments.iter().any(|segment| [".", ".."].contains(segment)));
            prop_assert!(path.query().unwrap().starts_with("fixed=1&bare&nextToken="));
        }
        let heads = Heads {
            text: Some(value.clone()),
            list: Some(vec![id, rest]),
            meta: Some(HashMap::from([(key, value)])),
            ..Heads::default()
        };
        let _ = bind(&heads, EmptyText::Missing);
    }

    #[test]
    fn a_list_of_strings_in_a_header_is_read_back(list in vec("[^\\x00-\\x1f\\x7f\\\\]{0,8}", 1..4)) {
        // botocore quotes what has a comma or a quote, and neither keeps spaces at the ends nor escapes backslashes.
        let list: Vec<String> = list.iter().map(|text| text.trim().to_owned()).collect();
        let bound = bind(&Heads { list: Some(list.clone()), ..Heads::default() }, EmptyText::Missing).unwrap();
        let answer = Received { status: 200, headers: &bound.headers, body: b"" };
        let read = answer.read::<Answered>(false).unwrap().list;
        prop_assert_eq!(read, Some(if list == [""] { Vec::new() } else { list }));
    }
}
