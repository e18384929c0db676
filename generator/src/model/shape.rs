//! One entry of `shapes`, and the questions that every stage asks of it.

use std::collections::BTreeMap;

use serde_json::Number;

use super::member::Member;
use super::reasons::{PROSE, XML};
use crate::json::{Node, Reader};

/// The types of shapes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ShapeType {
    #[default]
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

impl ShapeType {
    /// The types, as models name them.
    const NAMES: &[(&str, Self)] = &[
        ("structure", Self::Structure),
        ("list", Self::List),
        ("map", Self::Map),
        ("string", Self::String),
        ("character", Self::Character),
        ("boolean", Self::Boolean),
        ("byte", Self::Byte),
        ("short", Self::Short),
        ("integer", Self::Integer),
        ("long", Self::Long),
        ("float", Self::Float),
        ("double", Self::Double),
        ("bigdecimal", Self::BigDecimal),
        ("biginteger", Self::BigInteger),
        ("timestamp", Self::Timestamp),
        ("blob", Self::Blob),
    ];

    /// The type, as models name it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("unknown", |(name, _)| name)
    }

    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.one_of(node, Self::NAMES)
    }
}

/// One entry of `shapes`: the traits of every type of shape side by side, as upstream writes them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    pub kind: ShapeType,
    pub members: BTreeMap<String, Member>,
    pub required: Vec<String>,
    pub member: Option<Element>,
    pub key: Option<Key>,
    pub value: Option<MapValue>,
    pub values: Option<Vec<String>>,
    pub min: Option<Number>,
    pub max: Option<Number>,
    pub pattern: Option<String>,
    /// Read by `is_sensitive`, which the other stages ask.
    pub(super) sensitive: bool,
    pub union: bool,
    pub exception: bool,
    pub error: Option<ErrorTrait>,
    pub fault: bool,
    pub retryable: Option<Retryable>,
    pub payload: Option<String>,
    pub document: bool,
    pub eventstream: bool,
    pub event: bool,
    pub sparse: bool,
    pub streaming: bool,
    pub requires_length: bool,
    pub timestamp_format: Option<String>,
    pub jsonvalue: bool,
    pub deprecated: bool,
    pub deprecated_message: Option<String>,
    pub deprecated_since: Option<String>,
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

    /// Whether members of the shape stand in the headers or are the whole payload of the message that an event is.
    pub fn has_event_bindings(&self) -> bool {
        self.members.values().any(|member| member.event_header || member.event_payload)
    }

    /// Whether the shape is an enumeration.
    pub fn is_enumeration(&self) -> bool {
        self.kind == ShapeType::String && self.values.as_ref().is_some_and(|values| !values.is_empty())
    }

    pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("box", Reader::boolean, "what is not required is an Option already");
            fields.unused("flattened", Reader::boolean, XML);
            fields.unused("locationName", Reader::text, XML);
            let kind = fields.required("type", ShapeType::read);
            let eventstream = fields.flag("eventstream");
            fields.unused(
                "synthetic",
                Reader::boolean,
                "it says that a tool made up the shape, which is like any other",
            );
            Self {
                kind,
                members: fields.map("members", Member::read),
                required: fields.optional_texts("required").unwrap_or_default(),
                member: fields.optional("member", Element::read),
                key: fields.optional("key", Key::read),
                value: fields.optional("value", MapValue::read),
                values: fields.optional_texts("enum"),
                min: fields.optional("min", Reader::number),
                max: fields.optional("max", Reader::number),
                pattern: fields.optional_text("pattern"),
                sensitive: fields.flag("sensitive"),
                // An event is one member of its stream, which Smithy calls a union and botocore does not.
                union: fields.flag("union") || (eventstream && kind == ShapeType::Structure),
                exception: fields.flag("exception"),
                error: fields.optional("error", ErrorTrait::read),
                fault: fields.flag("fault"),
                retryable: fields.optional("retryable", Retryable::read),
                payload: fields.optional_text("payload"),
                document: fields.flag("document"),
                eventstream,
                event: fields.flag("event"),
                sparse: fields.flag("sparse"),
                streaming: fields.flag("streaming"),
                requires_length: fields.flag("requiresLength"),
                timestamp_format: fields.optional_text("timestampFormat"),
                jsonvalue: fields.flag("jsonvalue"),
                deprecated: fields.flag("deprecated"),
                deprecated_message: fields.optional_text("deprecatedMessage"),
                deprecated_since: fields.optional_text("deprecatedSince"),
                documentation: fields.optional_text("documentation"),
            }
        })
    }
}

/// The elements of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    pub shape: String,
}

impl Element {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("locationName", Reader::text, XML);
            fields.unused("documentation", Reader::text, PROSE);
            Self { shape: fields.text("shape") }
        })
    }
}

/// The keys of a map.
#[derive(Debug, Clone, Default)]
pub(crate) struct Key {
    pub shape: String,
}

impl Key {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("locationName", Reader::text, XML);
            fields.unused("documentation", Reader::text, PROSE);
            Self { shape: fields.text("shape") }
        })
    }
}

/// The values of a map.
#[derive(Debug, Clone, Default)]
pub(crate) struct MapValue {
    pub shape: String,
}

impl MapValue {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("locationName", Reader::text, XML);
            fields.unused("documentation", Reader::text, PROSE);
            Self { shape: fields.text("shape") }
        })
    }
}

/// The object `error` of an exception.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ErrorTrait {
    pub http_status_code: Option<u16>,
    pub code: Option<String>,
}

impl ErrorTrait {
    pub(super) fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        const STATUS: &str = "the HTTP status says it";
        reader.fields(node, |fields| {
            fields.unused("senderFault", Reader::boolean, STATUS);
            fields.unused("fault", Reader::boolean, STATUS);
            Self {
                http_status_code: fields.optional("httpStatusCode", Reader::status),
                code: fields.optional_text("code"),
            }
        })
    }
}

/// The Smithy trait `retryable`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Retryable {
    pub throttling: bool,
}

impl Retryable {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| Self { throttling: fields.flag("throttling") })
    }
}
