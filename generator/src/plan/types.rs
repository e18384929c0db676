//! Takes a shape by name; gives the Rust type of a value of it.

use std::collections::{BTreeMap, BTreeSet};

use super::TimestampFormat;
use crate::model::{Member, ServiceModel, ShapeType};

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
    DateTime,
    Document,
    /// A structure or a union.
    Structure(String),
    Enumeration(String),
    List(Box<Type>),
    Map(Box<Type>, Box<Type>),
    /// An element that may be null.
    Sparse(Box<Type>),
}

impl Type {
    /// The items that the type names.
    pub fn names<'a>(&'a self, into: &mut BTreeSet<&'a str>) {
        match self {
            Self::Structure(ident) | Self::Enumeration(ident) => {
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

/// Finds types and the traits that reach through lists and maps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Types<'a> {
    pub model: &'a ServiceModel,
    /// The names of the items, by shape.
    pub idents: &'a BTreeMap<String, String>,
}

impl Types<'_> {
    /// The type of a value of a shape. Lists and maps end, as resolving has seen to.
    pub fn of(&self, name: &str) -> Type {
        let shape = &self.model.shapes[name];
        let element = |inner: &str| {
            let inner = self.of(inner);
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
            ShapeType::Structure => Type::Structure(self.idents[name].clone()),
            ShapeType::List => {
                Type::List(Box::new(shape.member.as_ref().map_or(Type::Text, |inner| element(&inner.shape))))
            }
            ShapeType::Map => {
                let key = shape.key.as_ref().map_or(Type::Text, |key| self.of(&key.shape));
                let value = shape.value.as_ref().map_or(Type::Text, |value| element(&value.shape));
                Type::Map(Box::new(key), Box::new(value))
            }
            _ if shape.is_enumeration() => Type::Enumeration(self.idents[name].clone()),
            _ => Type::Text,
        }
    }

    /// The type of a member's value, where it is not a stream.
    pub fn of_member(&self, member: &Member) -> Type {
        if is_json_value(self.model, member) { Type::Document } else { self.of(&member.shape) }
    }

    /// Whether a value of the shape shows something sensitive that its own type does not hide.
    pub fn sensitive(&self, member: &Member) -> bool {
        let mut next = Some(member.shape.as_str());
        let mut sensitive = member.sensitive;
        while let Some(name) = next {
            let shape = &self.model.shapes[name];
            sensitive |= shape.sensitive && !shape.is_item();
            // The keys of a map count as well.
            let key = shape.key.as_ref().map(|key| &self.model.shapes[&key.shape]);
            sensitive |= key.is_some_and(|key| key.sensitive && !key.is_item());
            next = shape.element();
        }
        sensitive
    }

    /// The modelled format of the timestamps in a member: the member's, or that of the shape it leads to.
    pub fn timestamp(&self, member: &Member) -> Option<TimestampFormat> {
        let mut next = Some(member.shape.as_str());
        let mut format = member.timestamp_format.as_deref();
        let mut leads_to_timestamp = false;
        while let Some(name) = next {
            let shape = &self.model.shapes[name];
            format = format.or(shape.timestamp_format.as_deref());
            leads_to_timestamp = shape.kind == ShapeType::Timestamp;
            next = shape.element();
        }
        match format.filter(|_| leads_to_timestamp)? {
            "iso8601" => Some(TimestampFormat::DateTime),
            "rfc822" => Some(TimestampFormat::HttpDate),
            _ => Some(TimestampFormat::EpochSeconds),
        }
    }
}

/// Whether a member is JSON inside a string (trait `jsonvalue`).
pub(super) fn is_json_value(model: &ServiceModel, member: &Member) -> bool {
    member.jsonvalue || model.shapes[&member.shape].jsonvalue
}
