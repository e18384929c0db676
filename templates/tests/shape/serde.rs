//! `Serialize`, `Deserialize` and `Debug` of emitted shapes.

use serde_json::json;
use templates::runtime::__private::{Write, WriteContext};
use templates::runtime::{Blob, DateTime, Document};

use crate::support::shapes::{Channel, Choice, Everything, Login, Mood, everything};

#[test]
fn every_kind_of_member_goes_by_the_model_s_names() {
    let value = serde_json::to_value(everything()).unwrap();
    assert_eq!(
        value,
        json!({
            "Text": "héllo \"you\"\n",
            "Required": "yes",
            "Flag": true,
            "Small": -7,
            "Large": 9_007_199_254_740_993_i64,
            "Single": 0.1_f32,
            "Double": -2.5e300,
            "Bytes": "AAH+/w==",
            "At": 1_767_323_045,
            "IsoAt": 1_767_323_045.678,
            "HttpAt": 1_767_323_045,
            "IsoTimes": [0, -1],
            "Channel": "VOICE",
            "Mood": "ANGRY",
            "Secret": "hush",
            "List": ["a", ""],
            "Sparse": [1, null, 3],
            "Map": {"a": "b", "k": "v"},
            "ByChannel": {"CHAT": 1, "NEW": 2},
            "SparseMap": {"on": true, "off": null},
            "Document": {"any": [1, null, "x"]},
            "Documents": [1, null],
            "Inner": {"Required": "r", "Inner": {"Required": "r"}},
            "Children": [{"Required": "r"}, {"Required": "r"}],
            "Named": {"one": {"Required": "r"}},
            "Choice": {"And": [{"Not": {"NumberValue": 1}}, {"StringValue": "s"}]},
            "Login": {"Password": "hunter2"},
            "Renamed": "new",
        })
    );
}

#[test]
fn what_was_written_is_read_back() {
    let text = serde_json::to_string(&everything()).unwrap();
    assert_eq!(serde_json::from_str::<Everything>(&text).unwrap(), everything());
    assert_eq!(serde_json::from_slice::<Everything>(text.as_bytes()).unwrap(), everything());
    assert_eq!(serde_json::from_reader::<_, Everything>(text.as_bytes()).unwrap(), everything());
    let value: Document = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::from_value::<Everything>(value).unwrap(), everything());
}

/// A member is looked for from the one before it on: no order may lose any.
#[test]
fn members_are_read_in_any_order() {
    let json = serde_json::to_value(everything()).unwrap();
    let entries: Vec<_> = json.as_object().unwrap().iter().collect();
    for turn in 0..entries.len() {
        let mut entries = entries.clone();
        entries.rotate_left(turn);
        for entries in [entries.clone(), entries.into_iter().rev().collect()] {
            let members: Vec<_> = entries.iter().map(|(name, value)| format!("{name:?}:{value}")).collect();
            let text = format!("{{{}}}", members.join(","));
            assert_eq!(serde_json::from_str::<Everything>(&text).unwrap(), everything(), "{text}");
        }
    }
}

#[test]
fn a_member_goes_by_its_own_name_and_not_by_that_on_the_wire() {
    let text = r#"{"re-named":"wire","Renamed":"own","Required":"r"}"#;
    let value: Everything = serde_json::from_str(text).unwrap();
    assert_eq!(value.renamed.as_deref(), Some("own"));
    let value: Everything = serde_json::from_str(r#"{"re-named":"wire","Required":"r"}"#).unwrap();
    assert_eq!(value.renamed, None);
}

#[test]
fn absent_members_are_not_written() {
    assert_eq!(serde_json::to_string(&Everything::default()).unwrap(), r#"{"Required":""}"#);
    assert_eq!(serde_json::to_string(&Choice::default()).unwrap(), "{}");
}

#[test]
fn debug_shows_members_and_hides_what_is_sensitive() {
    let value = Everything {
        text: Some("shown".to_owned()),
        secret: Some("hush".to_owned()),
        mood: Some(Mood::Angry),
        channel: Some(Channel::Chat),
        choice: Some(Choice::StringValue("s".to_owned())),
        login: Some(Login { password: Some("hunter2".to_owned()) }),
        bytes: Some("12".into()),
        ..Everything::default()
    };
    assert_eq!(
        format!("{value:?}"),
        "Everything { Text: Some(\"shown\"), Required: \"\", Bytes: Some(Blob(2 bytes)), Channel: Some(Channel(\"CHAT\")), \
         Mood: Some(Mood(** redacted **)), Secret: ** redacted **, Choice: Some(StringValue(\"s\")), \
         Login: Some(Login(** redacted **)) }"
    );
    let unknown = Choice::Unknown("New".to_owned(), json!("hush"));
    assert_eq!(format!("{unknown:?}"), "Unknown(\"New\")");
}

#[test]
fn enumerations_convert_from_and_to_text() {
    assert_eq!(Channel::from("VOICE"), Channel::Voice);
    assert_eq!(Channel::from("voice".to_owned()), Channel::Unknown("voice".to_owned()));
    assert_eq!("CHAT".parse(), Ok(Channel::Chat));
    assert_eq!(Channel::Chat.to_string(), "CHAT");
    assert_eq!(format!("{:>6}", Channel::Chat), "  CHAT");
    assert_eq!(Channel::default().as_ref(), "");
    assert_eq!(serde_json::from_str::<Channel>("\"CHAT\"").unwrap(), Channel::Chat);
}

#[test]
fn errors_say_where_and_never_what() {
    let wrong = |text: &str| {
        let error = serde_json::from_str::<Everything>(text).unwrap_err().to_string();
        error.split_once(" at line 1").unwrap().0.to_owned()
    };
    assert_eq!(
        wrong(r#"{"Children":[{"Required":"r"},{"Small":"secret"}]}"#),
        "$.Children[1].Small: expected an i32, got a string"
    );
    assert_eq!(wrong(r#"{"List":"secret"}"#), "$.List: expected a list, got a string");
    assert_eq!(wrong(r#"{"Inner":"secret"}"#), "$.Inner: expected an object (Everything), got a string");
    assert_eq!(wrong(r#"{"Map":{"a":"b","secret":[1]}}"#), "$.Map{1}: expected a string, got a list");
}

#[test]
fn timestamps_are_read_in_any_format() {
    let at = |text: &str| serde_json::from_str::<Everything>(&format!("{{\"At\":{text}}}")).unwrap().at.unwrap();
    let expected = DateTime::from_secs(1_767_323_045);
    assert_eq!(at("1767323045"), expected);
    assert_eq!(at("1767323045.0"), expected);
    assert_eq!(at("\"1767323045\""), expected);
    assert_eq!(at("\"2026-01-02T03:04:05Z\""), expected);
    assert_eq!(at("\"Fri, 02 Jan 2026 03:04:05 GMT\""), expected);
}

/// A program's own structure, with one of the crate's beside its own keys.
#[test]
fn a_shape_can_be_flattened() {
    let own = json!({"tenant": "t", "Required": "yes", "Small": 7, "other": {"x": 1}});
    let flat: Flat<Everything> = serde_json::from_value(own.clone()).unwrap();
    assert_eq!((flat.tenant.as_str(), flat.shape.required.as_str(), flat.shape.small), ("t", "yes", Some(7)));
    let flat: Flat<Option<Everything>> = serde_json::from_value(own).unwrap();
    assert_eq!(flat.shape.map(|shape| shape.required), Some("yes".to_owned()));
    let text = serde_json::to_value(Flat { tenant: "t".to_owned(), shape: Everything::default() }).unwrap();
    assert_eq!(text, json!({"tenant": "t", "Required": ""}));
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Flat<T> {
    tenant: String,
    #[serde(flatten)]
    shape: T,
}

#[test]
fn timestamps_and_blobs_go_by_themselves_as_they_do_as_members() {
    let at = DateTime::from_secs(1_767_323_045);
    assert_eq!(serde_json::to_value(at).unwrap(), json!(1_767_323_045));
    assert_eq!(serde_json::from_value::<DateTime>(json!("2026-01-02T03:04:05Z")).unwrap(), at);
    let blob = Blob::from(b"\0\x01\xfe".to_vec());
    assert_eq!(serde_json::to_value(&blob).unwrap(), json!("AAH+"));
    assert_eq!(serde_json::from_value::<Blob>(json!("AAH+")).unwrap(), blob);
    assert!(serde_json::from_value::<Blob>(json!("?")).is_err());
}

#[test]
fn a_value_that_says_not_how_it_is_written_is_an_error_and_no_null() {
    #[derive(Debug)]
    struct Formless;
    impl Write for Formless {}
    let error = Formless.write(serde_json::value::Serializer, WriteContext::WIRE).unwrap_err();
    assert_eq!(error.to_string(), "the value is no text and says not how it is written");
}
