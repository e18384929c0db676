//! Types: the Rust type of a value, by its shape.

use std::collections::BTreeSet;
use std::fmt;

use super::context::Context;
use crate::model::{Member, ServiceModel, ShapeType};
use crate::names::Ident;

/// The Rust type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Type {
    Boolean,
    Integer,
    Long,
    Float,
    Double,
    Text,
    Blob,
    /// The bytes of a payload that is not held in memory.
    Stream,
    /// The events of a payload that is a stream of them, as the union of its events.
    Events(Ident),
    DateTime,
    Document,
    /// A structure or a union.
    Structure(Ident),
    Enumeration(Ident),
    List(Box<Type>),
    Map(Box<Type>, Box<Type>),
    /// An element that may be null.
    Sparse(Box<Type>),
}

impl Type {
    /// The items that the type names.
    pub fn names<'a>(&'a self, into: &mut BTreeSet<&'a str>) {
        match self {
            Self::Structure(ident) | Self::Enumeration(ident) | Self::Events(ident) => {
                into.insert(ident);
            }
            Self::List(inner) | Self::Sparse(inner) => inner.names(into),
            Self::Map(key, value) => {
                key.names(into);
                value.names(into);
            }
            _ => {}
        }
    }
}

/// As a program writes it.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean => f.write_str("bool"),
            Self::Integer => f.write_str("i32"),
            Self::Long => f.write_str("i64"),
            Self::Float => f.write_str("f32"),
            Self::Double => f.write_str("f64"),
            Self::Text => f.write_str("String"),
            Self::Blob => f.write_str("Blob"),
            Self::Stream => f.write_str("ByteStream"),
            Self::Events(ident) => write!(f, "EventStream<{ident}>"),
            Self::DateTime => f.write_str("DateTime"),
            Self::Document => f.write_str("Document"),
            Self::Structure(ident) | Self::Enumeration(ident) => f.write_str(ident),
            Self::List(inner) => write!(f, "Vec<{inner}>"),
            Self::Map(key, value) => write!(f, "HashMap<{key}, {value}>"),
            Self::Sparse(inner) => write!(f, "Option<{inner}>"),
        }
    }
}

impl Context<'_> {
    /// The type of a value of a shape. Lists and maps end, as resolving has seen to.
    pub fn type_of(&self, name: &str) -> Type {
        let shape = &self.model.shapes[name];
        let element = |inner: &str| {
            let inner = self.type_of(inner);
            if shape.sparse { Type::Sparse(Box::new(inner)) } else { inner }
        };
        match shape.kind {
            ShapeType::Boolean => Type::Boolean,
            ShapeType::Byte | ShapeType::Short | ShapeType::Integer => Type::Integer,
            ShapeType::Long => Type::Long,
            ShapeType::Float => Type::Float,
            ShapeType::Double => Type::Double,
            ShapeType::Timestamp => Type::DateTime,
            ShapeType::Blob => Type::Blob,
            ShapeType::Structure if shape.document => Type::Document,
            ShapeType::Structure if shape.eventstream => Type::Events(self.names.types[name].clone()),
            ShapeType::Structure => Type::Structure(self.names.types[name].clone()),
            ShapeType::List => {
                Type::List(Box::new(shape.member.as_ref().map_or(Type::Text, |inner| element(&inner.shape))))
            }
            ShapeType::Map => {
                let key = shape.key.as_ref().map_or(Type::Text, |key| self.type_of(&key.shape));
                let value = shape.value.as_ref().map_or(Type::Text, |value| element(&value.shape));
                Type::Map(Box::new(key), Box::new(value))
            }
            _ if shape.is_enumeration() => Type::Enumeration(self.names.types[name].clone()),
            _ => Type::Text,
        }
    }

    /// The type of a member's value, where it is not a stream.
    pub fn type_of_member(&self, member: &Member) -> Type {
        if is_json_value(self.model, member) { Type::Document } else { self.type_of(&member.shape) }
    }
}

/// Whether a member is JSON inside a string (trait `jsonvalue`).
pub(crate) fn is_json_value(model: &ServiceModel, member: &Member) -> bool {
    model.is_json_value(member)
}
