//! JSON of a body as it is on the wire, and the same value by the model's member names.

use std::fmt;

use serde_json::{Map, Value};

use super::model::{Kind, MemberModel, ServiceModel, ShapeId};
use super::text::{time_value, timestamp_of};
use crate::runtime::shape::blob;
use crate::runtime::shape::member::TimestampFormat;
use crate::runtime::shape::timestamp::DateTime;

/// The path of a value, for messages.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'p> {
    Root,
    Member(&'p Path<'p>, &'p str),
    Element(&'p Path<'p>, usize),
    Key(&'p Path<'p>, &'p str),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Member(Self::Root, name) => to.write_str(name),
            Self::Member(parent, name) => write!(to, "{parent}.{name}"),
            Self::Element(parent, index) => write!(to, "{parent}[{index}]"),
            Self::Key(parent, key) => write!(to, "{parent}[{key:?}]"),
        }
    }
}

/// A value that is not of its shape: where, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypeMismatch {
    pub(super) path: String,
    pub(super) expected: &'static str,
}

impl TypeMismatch {
    pub(super) fn new(path: &Path<'_>, expected: &'static str) -> Self {
        Self { path: path.to_string(), expected }
    }
}

impl ServiceModel {
    /// The value of a shape by member names. `None` is a null, which is nothing at all. Members that the model does not know
    /// are passed over.
    pub(super) fn value_from_wire(
        &self,
        id: ShapeId,
        wire: Value,
        format: Option<TimestampFormat>,
        path: &Path<'_>,
    ) -> Result<Option<Value>, TypeMismatch> {
        let shape = self.shape(id);
        let misfit = |expected| Err(TypeMismatch::new(path, expected));
        let value = match (shape.kind, wire) {
            (Kind::Document, wire) => wire,
            (_, Value::Null) => return Ok(None),
            (kind, Value::Object(members)) if kind.is_structure() => self.structure_from_wire(id, members, path)?,
            (kind, _) if kind.is_structure() => return misfit("an object"),
            (Kind::List, Value::Array(elements)) => {
                let format = format.or(shape.timestamp);
                self.list_from_wire(id, elements, format, path)?
            }
            (Kind::List, _) => return misfit("a list"),
            (Kind::Map, Value::Object(entries)) => {
                let format = format.or(shape.timestamp);
                self.map_from_wire(id, entries, format, path)?
            }
            (Kind::Map, _) => return misfit("an object"),
            (Kind::String, text @ Value::String(_)) => text,
            (Kind::String, _) => return misfit("a string"),
            (Kind::Blob, Value::String(text)) if blob::decode(&text).is_some() => Value::String(text),
            (Kind::Blob, _) => return misfit("base64 text"),
            (Kind::Boolean, on @ Value::Bool(_)) => on,
            (Kind::Boolean, _) => return misfit("a boolean"),
            (Kind::Timestamp, wire) => {
                let format = format.or(shape.timestamp).unwrap_or(TimestampFormat::EpochSeconds);
                match time_from_wire(&wire, format) {
                    Some(time) => time_value(time),
                    None => return misfit("a timestamp in the modelled format"),
                }
            }
            (kind, Value::Number(number)) if kind.is_integer() => match integer(kind, &number) {
                Some(value) => value,
                None => return misfit("an integer of the modelled size"),
            },
            (kind, _) if kind.is_integer() => return misfit("an integer"),
            (_, number @ Value::Number(_)) => number,
            (_, Value::String(text)) if matches!(&*text, "NaN" | "Infinity" | "-Infinity") => Value::String(text),
            _ => return misfit("a number"),
        };
        Ok(Some(value))
    }

    fn structure_from_wire(
        &self,
        id: ShapeId,
        members: Map<String, Value>,
        path: &Path<'_>,
    ) -> Result<Value, TypeMismatch> {
        let shape = self.shape(id);
        let mut found = Map::new();
        for (key, wire) in members {
            let Some(member) = shape.members.iter().find(|member| *member.wire == *key) else { continue };
            let path = Path::Member(path, &member.name);
            if let Some(value) = self.member_from_wire(member, wire, &path)? {
                found.insert(member.name.to_string(), value);
            }
        }
        if shape.kind == Kind::Union && found.len() != 1 {
            return Err(TypeMismatch::new(path, "an object with one member that the union has"));
        }
        Ok(Value::Object(found))
    }

    /// The value of a member of a body.
    pub(super) fn member_from_wire(
        &self,
        member: &MemberModel,
        wire: Value,
        path: &Path<'_>,
    ) -> Result<Option<Value>, TypeMismatch> {
        if member.json {
            return Ok((!wire.is_null()).then_some(wire));
        }
        // A null is a document of its own, but as a member it is one that was left out.
        if wire.is_null() {
            return Ok(None);
        }
        self.value_from_wire(member.shape, wire, member.timestamp, path)
    }

    fn list_from_wire(
        &self,
        id: ShapeId,
        wire: Vec<Value>,
        format: Option<TimestampFormat>,
        path: &Path<'_>,
    ) -> Result<Value, TypeMismatch> {
        let (sparse, Some(element)) = (self.shape(id).sparse, self.shape(id).element) else { return Ok(wire.into()) };
        let mut elements = Vec::with_capacity(wire.len());
        for (index, wire) in wire.into_iter().enumerate() {
            match self.value_from_wire(element, wire, format, &Path::Element(path, index))? {
                Some(value) => elements.push(value),
                None if sparse => elements.push(Value::Null),
                None => {}
            }
        }
        Ok(elements.into())
    }

    fn map_from_wire(
        &self,
        id: ShapeId,
        wire: Map<String, Value>,
        format: Option<TimestampFormat>,
        path: &Path<'_>,
    ) -> Result<Value, TypeMismatch> {
        let (sparse, Some(element)) = (self.shape(id).sparse, self.shape(id).element) else { return Ok(wire.into()) };
        let mut entries = Map::new();
        for (key, wire) in wire {
            let value = self.value_from_wire(element, wire, format, &Path::Key(path, &key))?;
            match value {
                Some(value) => entries.insert(key, value),
                None if sparse => entries.insert(key, Value::Null),
                None => None,
            };
        }
        Ok(Value::Object(entries))
    }
}

/// A point in time of a body: a number, or a text in another format.
fn time_from_wire(wire: &Value, format: TimestampFormat) -> Option<DateTime> {
    match (wire, format) {
        (Value::Number(number), TimestampFormat::EpochSeconds) => match number.as_i64() {
            Some(seconds) => Some(DateTime::from_secs(seconds)),
            None => number.as_f64().and_then(DateTime::from_secs_f64),
        },
        (Value::String(text), TimestampFormat::DateTime | TimestampFormat::HttpDate) => timestamp_of(text, format),
        _ => None,
    }
}

/// A number without a fraction that its kind has room for.
pub(super) fn integer(kind: Kind, number: &serde_json::Number) -> Option<Value> {
    let whole = |float: f64| (float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0).then_some(float as i64);
    let value = number.as_i64().or_else(|| number.as_f64().and_then(whole))?;
    let fits = match kind {
        Kind::Byte => i8::try_from(value).is_ok(),
        Kind::Short => i16::try_from(value).is_ok(),
        Kind::Integer => i32::try_from(value).is_ok(),
        _ => true,
    };
    fits.then(|| value.into())
}
