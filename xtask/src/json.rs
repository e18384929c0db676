//! Takes JSON text; gives it back in the form models are kept in: without prose, pretty, keys in upstream's order.
//!
//! serde_json's own `Value` would need its `preserve_order` feature for that, and cargo would switch the feature on for
//! every crate of the workspace that is built together with this one, the emitted client included.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Number;

/// A JSON value whose objects keep their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// An object, its keys in the order of the text.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a text.
    pub fn parse(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// Removes every key `documentation` that holds a string. A member that is *named* so holds an object, and stays.
    #[must_use]
    pub fn without_documentation(self) -> Self {
        match self {
            Self::Array(elements) => Self::Array(elements.into_iter().map(Self::without_documentation).collect()),
            Self::Object(entries) => {
                let facts = entries.into_iter().filter(|entry| !is_prose(entry));
                Self::Object(facts.map(|(key, value)| (key, value.without_documentation())).collect())
            }
            scalar => scalar,
        }
    }

    /// Lays `other` over this value: objects are merged key by key, all else is replaced.
    pub fn merge(&mut self, other: Self) {
        match (self, other) {
            (Self::Object(entries), Self::Object(others)) => {
                for (key, value) in others {
                    match entries.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, entry)) => entry.merge(value),
                        None => entries.push((key, value)),
                    }
                }
            }
            (this, other) => *this = other,
        }
    }

    /// The value of a key, taken out of an object.
    pub fn take(self, key: &str) -> Option<Self> {
        match self {
            Self::Object(entries) => entries.into_iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, with two spaces for each level and a newline at the end.
    pub fn pretty(&self) -> serde_json::Result<String> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }
}

/// Whether an entry of an object is a sentence of upstream's.
fn is_prose((key, value): &(String, Json)) -> bool {
    key == "documentation" && matches!(value, Json::String(_))
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Json, E> {
        Number::from_f64(value).map(Json::Number).ok_or_else(|| E::custom("a number that is not finite"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Json, A::Error> {
        let mut array = Vec::new();
        while let Some(element) = elements.next_element()? {
            array.push(element);
        }
        Ok(Json::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            object.push(entry);
        }
        Ok(Json::Object(object))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::String(value) => serializer.serialize_str(value),
            Self::Array(elements) => serializer.collect_seq(elements),
            Self::Object(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn keeps_order_numbers_and_text() {
        let text = "{\n  \"z\": 1,\n  \"a\": [\n    1.0,\n    -2,\n    9223372036854775807,\n    0.999999\n  ],\n  \
                    \"m\": {},\n  \"e\": [],\n  \"é\\u0001\\\"\": null,\n  \"b\": true\n}\n";
        assert_eq!(Json::parse(text).unwrap().pretty().unwrap(), text);
    }

    #[test]
    fn removes_sentences_and_nothing_else() {
        let model = r#"{
            "documentation": "<p>The service.</p>",
            "shapes": {
                "Ticket": {
                    "type": "structure",
                    "members": {
                        "documentation": { "shape": "Text", "documentation": "<p>A link.</p>" },
                        "deprecatedMessage": { "shape": "Text", "deprecatedMessage": "Use it no more." }
                    },
                    "enum": ["documentation"],
                    "documentation": ["kept", { "documentation": "" }]
                },
                "documentation": { "type": "string" }
            }
        }"#;
        let facts = r#"{
            "shapes": {
                "Ticket": {
                    "type": "structure",
                    "members": {
                        "documentation": { "shape": "Text" },
                        "deprecatedMessage": { "shape": "Text", "deprecatedMessage": "Use it no more." }
                    },
                    "enum": ["documentation"],
                    "documentation": ["kept", {}]
                },
                "documentation": { "type": "string" }
            }
        }"#;
        assert_eq!(Json::parse(model).unwrap().without_documentation(), Json::parse(facts).unwrap());
    }

    #[test]
    fn merges_objects_and_replaces_the_rest() {
        let mut base = Json::parse(r#"{"a": {"x": 1, "y": [1, 2]}, "b": 1}"#).unwrap();
        base.merge(Json::parse(r#"{"a": {"y": [3], "z": 2}, "c": {}}"#).unwrap());
        assert_eq!(base, Json::parse(r#"{"a": {"x": 1, "y": [3], "z": 2}, "b": 1, "c": {}}"#).unwrap());
    }

    #[test]
    fn deep_nesting_is_an_error() {
        assert!(Json::parse(&"[".repeat(100_000)).is_err());
    }
}
