//! A JSON value whose objects keep the order of their keys.
//!
//! serde_json's own `Value` would need its feature `preserve_order` for that, and cargo would switch the feature on for every
//! crate of the workspace that is built together with this one, the emitted client included.

use serde::ser::{Serialize, Serializer};
use serde_json::{Number, Value};

/// A JSON value. Objects are equal whatever the order of their keys.
#[derive(Debug, Clone, Default)]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// An object: its entries in the order of the text, no two with one key.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The kind of the value, as messages call it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&[(String, Json)]> {
        match self {
            Self::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a key of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.as_object()?.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// The value of a key of an object, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Json> {
        match self {
            Self::Object(entries) => entries.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Sets the value of an object's key; has no effect on other values.
    pub(crate) fn insert(&mut self, key: &str, value: Json) {
        let Self::Object(entries) = self else { return };
        match entries.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => *known = value,
            None => entries.push((key.to_owned(), value)),
        }
    }

    /// Removes a key of an object; gives its value, where there was one.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Json> {
        let Self::Object(entries) = self else { return None };
        let place = entries.iter().position(|(known, _)| known == key)?;
        Some(entries.remove(place).1)
    }

    /// The value of a key, taken out of an object.
    #[must_use]
    pub fn take(self, key: &str) -> Option<Self> {
        match self {
            Self::Object(entries) => entries.into_iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
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

    /// Removes the descriptions of waiters, which are prose: the key `description` of each entry of `waiters`.
    #[must_use]
    pub fn without_descriptions(mut self) -> Self {
        if let Some(Self::Object(waiters)) = self.get_mut("waiters") {
            waiters.iter_mut().for_each(|(_, waiter)| drop(waiter.remove("description")));
        }
        self
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

    /// The text, with two spaces for each level and a newline at the end.
    ///
    /// # Errors
    /// None: the signature is that of the serializer.
    pub fn pretty(&self) -> serde_json::Result<String> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(other)) => one == other,
            (Self::Number(one), Self::Number(other)) => one == other,
            (Self::String(one), Self::String(other)) => one == other,
            (Self::Array(one), Self::Array(other)) => one == other,
            (Self::Object(one), Self::Object(others)) => {
                one.len() == others.len() && one.iter().all(|(key, value)| other.get(key) == Some(value))
            }
            _ => false,
        }
    }
}

/// Whether an entry of an object is a sentence of upstream's.
fn is_prose((key, value): &(String, Json)) -> bool {
    key == "documentation" && matches!(value, Json::String(_))
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

impl From<Json> for Value {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(value) => Self::Bool(value),
            Json::Number(value) => Self::Number(value),
            Json::String(value) => Self::String(value),
            Json::Array(elements) => Self::Array(elements.into_iter().map(Self::from).collect()),
            Json::Object(entries) => {
                Self::Object(entries.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
        }
    }
}

impl<const N: usize> From<[(&str, Json); N]> for Json {
    fn from(entries: [(&str, Json); N]) -> Self {
        Self::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(value) => Self::Number(value),
            Value::String(value) => Self::String(value),
            Value::Array(elements) => Self::Array(elements.into_iter().map(Self::from).collect()),
            Value::Object(entries) => {
                Self::Object(entries.into_iter().map(|(key, value)| (key, value.into())).collect())
            }
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
}
