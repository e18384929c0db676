//! Shapes as the generator emits them, written by hand: one of each kind.

#![allow(dead_code, reason = "each test uses some of them")]

pub mod service;

use std::collections::HashMap;

use templates::runtime::{self, Blob, DateTime, Document, Member, TimestampFormat};

/// An enumeration.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Channel {
    Voice,
    Chat,
    Unknown(String),
}

impl runtime::Enumeration for Channel {
    const NAME: &'static str = "Channel";
    const VALUES: &'static [&'static str] = &["VOICE", "CHAT"];

    fn as_str(&self) -> &str {
        match self {
            Self::Voice => "VOICE",
            Self::Chat => "CHAT",
            Self::Unknown(value) => value,
        }
    }

    fn known(value: &str) -> Option<Self> {
        Some(match value {
            "VOICE" => Self::Voice,
            "CHAT" => Self::Chat,
            _ => return None,
        })
    }

    fn unknown(value: String) -> Self {
        Self::Unknown(value)
    }
}

runtime::enumeration!(Channel);

/// An enumeration that the model calls sensitive.
#[derive(Clone, PartialEq, Eq)]
pub enum Mood {
    Angry,
    Unknown(String),
}

impl runtime::Enumeration for Mood {
    const NAME: &'static str = "Mood";
    const VALUES: &'static [&'static str] = &["ANGRY"];

    fn as_str(&self) -> &str {
        match self {
            Self::Angry => "ANGRY",
            Self::Unknown(value) => value,
        }
    }

    fn known(value: &str) -> Option<Self> {
        (value == "ANGRY").then_some(Self::Angry)
    }

    fn unknown(value: String) -> Self {
        Self::Unknown(value)
    }
}

runtime::enumeration!(Mood, sensitive);

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

impl runtime::Structure for Everything {
    const NAME: &'static str = "Everything";
    const MEMBERS: &'static [runtime::Member] =
        &[runtime::body("Required").required(), runtime::body("Renamed").wire("re-named")];

    fn fields<F: runtime::Fields>(&self, to: &mut F) {
        to.field("Text", &self.text);
        to.field("Required", &self.required);
        to.field("Flag", &self.flag);
        to.field("Small", &self.small);
        to.field("Large", &self.large);
        to.field("Single", &self.single);
        to.field("Double", &self.double);
        to.field("Bytes", &self.bytes);
        to.field("At", &self.at);
        to.part(runtime::body("IsoAt").timestamp(TimestampFormat::DateTime), &self.iso_at);
        to.part(runtime::body("HttpAt").timestamp(TimestampFormat::HttpDate), &self.http_at);
        to.part(runtime::body("IsoTimes").timestamp(TimestampFormat::DateTime), &self.iso_times);
        to.field("Channel", &self.channel);
        to.field("Mood", &self.mood);
        to.part(runtime::body("Secret").sensitive(), &self.secret);
        to.field("List", &self.list);
        to.field("Sparse", &self.sparse);
        to.field("Map", &self.map);
        to.field("ByChannel", &self.by_channel);
        to.field("SparseMap", &self.sparse_map);
        to.field("Document", &self.document);
        to.field("Documents", &self.documents);
        to.field("Inner", &runtime::Boxed(&self.inner));
        to.field("Children", &self.children);
        to.field("Named", &self.named);
        to.field("Choice", &self.choice);
        to.field("Login", &self.login);
        to.part(runtime::body("Renamed").wire("re-named"), &self.renamed);
    }

    fn set<'de, D: runtime::Deserializer<'de>>(
        &mut self,
        name: &str,
        from: runtime::Source<'_, D>,
    ) -> Result<(), D::Error> {
        match name {
            "Text" => from.read(&mut self.text),
            "Required" => from.read(&mut self.required),
            "Flag" => from.read(&mut self.flag),
            "Small" => from.read(&mut self.small),
            "Large" => from.read(&mut self.large),
            "Single" => from.read(&mut self.single),
            "Double" => from.read(&mut self.double),
            "Bytes" => from.read(&mut self.bytes),
            "At" => from.read(&mut self.at),
            "IsoAt" => from.timestamp(TimestampFormat::DateTime).read(&mut self.iso_at),
            "HttpAt" => from.timestamp(TimestampFormat::HttpDate).read(&mut self.http_at),
            "IsoTimes" => from.timestamp(TimestampFormat::DateTime).read(&mut self.iso_times),
            "Channel" => from.read(&mut self.channel),
            "Mood" => from.read(&mut self.mood),
            "Secret" => from.read(&mut self.secret),
            "List" => from.read(&mut self.list),
            "Sparse" => from.read(&mut self.sparse),
            "Map" => from.read(&mut self.map),
            "ByChannel" => from.read(&mut self.by_channel),
            "SparseMap" => from.read(&mut self.sparse_map),
            "Document" => from.read(&mut self.document),
            "Documents" => from.read(&mut self.documents),
            "Inner" => from.read_boxed(&mut self.inner),
            "Children" => from.read(&mut self.children),
            "Named" => from.read(&mut self.named),
            "Choice" => from.read(&mut self.choice),
            "Login" => from.read(&mut self.login),
            "re-named" => from.read(&mut self.renamed),
            _ => from.skip(),
        }
    }
}

runtime::structure!(Everything);

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

impl Default for Choice {
    fn default() -> Self {
        Self::Unknown(String::new(), Document::Null)
    }
}

impl runtime::Structure for Choice {
    const NAME: &'static str = "Choice";
    const UNION: bool = true;

    fn fields<F: runtime::Fields>(&self, to: &mut F) {
        match self {
            Self::StringValue(value) => to.field("StringValue", value),
            Self::NumberValue(value) => to.field("NumberValue", value),
            Self::Not(value) => to.field("Not", &**value),
            Self::And(value) => to.field("And", value),
            Self::Unknown(name, value) => to.unknown(name, value),
        }
    }

    fn set<'de, D: runtime::Deserializer<'de>>(
        &mut self,
        name: &str,
        from: runtime::Source<'_, D>,
    ) -> Result<(), D::Error> {
        match name {
            "StringValue" => from.variant(self, Self::StringValue),
            "NumberValue" => from.variant(self, Self::NumberValue),
            "Not" => from.variant_boxed(self, Self::Not),
            "And" => from.variant(self, Self::And),
            other => from.unknown_variant(self, other, Self::Unknown),
        }
    }
}

runtime::structure!(Choice);

/// A structure that the model calls sensitive.
#[derive(Clone, Default, PartialEq)]
pub struct Login {
    pub password: Option<String>,
}

impl runtime::Structure for Login {
    const NAME: &'static str = "Login";

    fn fields<F: runtime::Fields>(&self, to: &mut F) {
        to.field("Password", &self.password);
    }

    fn set<'de, D: runtime::Deserializer<'de>>(
        &mut self,
        name: &str,
        from: runtime::Source<'_, D>,
    ) -> Result<(), D::Error> {
        match name {
            "Password" => from.read(&mut self.password),
            _ => from.skip(),
        }
    }
}

runtime::structure!(Login, sensitive);

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

/// The member of [`Everything`] that is bound nowhere.
pub const TEXT: Member = runtime::body("Text");
