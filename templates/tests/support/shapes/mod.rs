//! Shapes as the generator emits them, written by hand: one of each kind.

#![allow(dead_code, reason = "each test uses some of them")]

pub mod service;

use std::collections::HashMap;

use templates::runtime::__private::{self as runtime, Blob, DateTime, Document};

runtime::enumeration! {
    /// An enumeration.
    Channel {
        Voice = "VOICE",
        Chat = "CHAT",
    }
}

runtime::enumeration! {
    /// An enumeration that the model calls sensitive.
    Mood: sensitive {
        Angry = "ANGRY",
    }
}

/// A structure with a member of every kind; recursive, directly and through a list and a map.
#[derive(Clone, Default, PartialEq)]
pub struct Everything {
    pub text: Option<String>,
    pub required: String,
    pub flag: Option<bool>,
    pub small: Option<i32>,
    pub large: Option<i64>,
    pub single: Option<f32>,
    pub double: Option<f64>,
    pub bytes: Option<Blob>,
    pub at: Option<DateTime>,
    pub iso_at: Option<DateTime>,
    pub http_at: Option<DateTime>,
    pub iso_times: Option<Vec<DateTime>>,
    pub channel: Option<Channel>,
    pub mood: Option<Mood>,
    pub secret: Option<String>,
    pub list: Option<Vec<String>>,
    pub sparse: Option<Vec<Option<i32>>>,
    pub map: Option<HashMap<String, String>>,
    pub by_channel: Option<HashMap<Channel, i64>>,
    pub sparse_map: Option<HashMap<String, Option<bool>>>,
    pub document: Option<Document>,
    pub documents: Option<Vec<Document>>,
    pub inner: Option<Box<Everything>>,
    pub children: Option<Vec<Everything>>,
    pub named: Option<HashMap<String, Everything>>,
    pub choice: Option<Choice>,
    pub login: Option<Login>,
    pub renamed: Option<String>,
}

runtime::members! { Everything {
    text: body("Text"),
    required: body("Required").required(),
    flag: body("Flag"),
    small: body("Small"),
    large: body("Large"),
    single: body("Single"),
    double: body("Double"),
    bytes: body("Bytes"),
    at: body("At"),
    iso_at: body("IsoAt").date_time(),
    http_at: body("HttpAt").http_date(),
    iso_times: body("IsoTimes").date_time(),
    channel: body("Channel"),
    mood: body("Mood"),
    secret: body("Secret").sensitive(),
    list: body("List"),
    sparse: body("Sparse"),
    map: body("Map"),
    by_channel: body("ByChannel"),
    sparse_map: body("SparseMap"),
    document: body("Document"),
    documents: body("Documents"),
    inner: body("Inner"),
    children: body("Children"),
    named: body("Named"),
    choice: body("Choice"),
    login: body("Login"),
    renamed: body("re-named").member("Renamed"),
} }
runtime::recursive!(Everything);

/// A union that contains itself.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Choice {
    StringValue(String),
    NumberValue(i64),
    Not(Box<Choice>),
    And(Vec<Choice>),
    Unknown(String, Document),
}

runtime::variants! { Choice {
    StringValue: body("StringValue"),
    NumberValue: body("NumberValue"),
    Not: body("Not"),
    And: body("And"),
} }
runtime::recursive!(Choice);

/// A structure that the model calls sensitive.
#[derive(Clone, Default, PartialEq)]
pub struct Login {
    pub password: Option<String>,
}

runtime::members! { sensitive Login { password: body("Password"), } }

/// A value of [`Everything`] in which everything is set.
pub fn everything() -> Everything {
    let small = || Everything { required: "r".to_owned(), ..Everything::default() };
    Everything {
        text: Some("héllo \"you\"\n".to_owned()),
        required: "yes".to_owned(),
        flag: Some(true),
        small: Some(-7),
        large: Some(9_007_199_254_740_993),
        single: Some(0.1),
        double: Some(-2.5e300),
        bytes: Some(Blob::from(&[0, 1, 254, 255])),
        at: Some(DateTime::from_secs(1_767_323_045)),
        iso_at: Some(DateTime::from_millis(1_767_323_045_678)),
        http_at: Some(DateTime::from_secs(1_767_323_045)),
        iso_times: Some(vec![DateTime::from_secs(0), DateTime::from_secs(-1)]),
        channel: Some(Channel::Voice),
        mood: Some(Mood::Angry),
        secret: Some("hush".to_owned()),
        list: Some(vec!["a".to_owned(), String::new()]),
        sparse: Some(vec![Some(1), None, Some(3)]),
        map: Some(HashMap::from([("k".to_owned(), "v".to_owned()), ("a".to_owned(), "b".to_owned())])),
        by_channel: Some(HashMap::from([(Channel::Chat, 1), (Channel::from("NEW"), 2)])),
        sparse_map: Some(HashMap::from([("on".to_owned(), Some(true)), ("off".to_owned(), None)])),
        document: Some(serde_json::json!({"any": [1, null, "x"]})),
        documents: Some(vec![serde_json::json!(1), Document::Null]),
        inner: Some(Box::new(Everything { inner: Some(Box::new(small())), ..small() })),
        children: Some(vec![small(), small()]),
        named: Some(HashMap::from([("one".to_owned(), small())])),
        choice: Some(Choice::And(vec![
            Choice::Not(Box::new(Choice::NumberValue(1))),
            Choice::StringValue("s".to_owned()),
        ])),
        login: Some(Login { password: Some("hunter2".to_owned()) }),
        renamed: Some("new".to_owned()),
    }
}
