//! One entry of `shapes`, and the questions that every stage asks of it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Member;

/// The object `error` of an exception.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ErrorTrait {
    pub http_status_code: Option<u16>,
    #[serde(default)]
    pub sender_fault: bool,
    pub code: Option<String>,
    #[serde(default)]
    pub fault: bool,
}

/// The Smithy trait `retryable`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retryable {
    #[serde(default)]
    pub throttling: bool,
}

/// The types of shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ShapeType {
    Structure,
    List,
    Map,
    String,
    Character,
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigDecimal,
    BigInteger,
    Timestamp,
    Blob,
}

/// One entry of `shapes`: the traits of every type of shape side by side, as upstream writes them.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "the mirror accounts for every key; some carry no fact that the client needs")]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub kind: ShapeType,
    /// Filled from the raw members one by one, so that a fault names its member.
    #[serde(skip)]
    pub members: BTreeMap<String, Member>,
    #[serde(default)]
    pub required: Vec<String>,
    pub member: Option<Element>,
    pub key: Option<Key>,
    pub value: Option<MapValue>,
    #[serde(rename = "enum")]
    pub values: Option<Vec<String>>,
    pub min: Option<serde_json::Number>,
    pub max: Option<serde_json::Number>,
    pub pattern: Option<String>,
    #[serde(default)]
    pub sensitive: bool,
    #[serde(default, rename = "box")]
    pub boxed: bool,
    #[serde(default)]
    pub union: bool,
    #[serde(default)]
    pub exception: bool,
    pub error: Option<ErrorTrait>,
    #[serde(default)]
    pub fault: bool,
    pub retryable: Option<Retryable>,
    pub payload: Option<String>,
    #[serde(default)]
    pub document: bool,
    #[serde(default)]
    pub eventstream: bool,
    #[serde(default)]
    pub event: bool,
    #[serde(default)]
    pub sparse: bool,
    #[serde(default)]
    pub streaming: bool,
    #[serde(default)]
    pub requires_length: bool,
    pub timestamp_format: Option<String>,
    #[serde(default)]
    pub flattened: bool,
    #[serde(default)]
    pub synthetic: bool,
    #[serde(default)]
    pub jsonvalue: bool,
    pub location_name: Option<String>,
    #[serde(default)]
    pub deprecated: bool,
    pub deprecated_message: Option<String>,
    pub deprecated_since: Option<String>,
    pub documentation: Option<String>,
}

/// The elements of a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "names of elements belong to the XML protocols, upstream's prose to the shape")]
pub(crate) struct Element {
    pub shape: String,
    pub location_name: Option<String>,
    pub documentation: Option<String>,
}

/// The keys of a map.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "names of elements belong to the XML protocols, upstream's prose to the shape")]
pub(crate) struct Key {
    pub shape: String,
    pub location_name: Option<String>,
    pub documentation: Option<String>,
}

/// The values of a map.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(dead_code, reason = "names of elements belong to the XML protocols, upstream's prose to the shape")]
pub(crate) struct MapValue {
    pub shape: String,
    pub location_name: Option<String>,
    pub documentation: Option<String>,
}

impl Shape {
    /// The shape of the elements of a list or of the values of a map.
    pub fn element(&self) -> Option<&str> {
        match self.kind {
            ShapeType::List => self.member.as_ref().map(|element| element.shape.as_str()),
            ShapeType::Map => self.value.as_ref().map(|value| value.shape.as_str()),
            _ => None,
        }
    }

    /// The shapes that this one refers to, with the path of each reference inside this one.
    pub fn references(&self) -> impl Iterator<Item = (String, &str)> {
        let members = self.members.iter().map(|(name, member)| (format!("members.{name}"), member.shape.as_str()));
        let parts = [
            ("member", self.member.as_ref().map(|element| &element.shape)),
            ("key", self.key.as_ref().map(|key| &key.shape)),
            ("value", self.value.as_ref().map(|value| &value.shape)),
        ];
        members.chain(parts.into_iter().filter_map(|(part, shape)| Some((part.to_owned(), shape?.as_str()))))
    }

    /// Whether the shape becomes a Rust type of its own.
    pub fn is_item(&self) -> bool {
        (self.kind == ShapeType::Structure && !self.document) || self.is_enumeration()
    }

    /// Whether the shape is an enumeration.
    pub fn is_enumeration(&self) -> bool {
        self.kind == ShapeType::String && self.values.as_ref().is_some_and(|values| !values.is_empty())
    }
}
