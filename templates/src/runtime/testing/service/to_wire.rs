//! A value by the model's member names, and the same as JSON of a body on the wire.

use serde_json::{Map, Value};

use super::from_wire::{Path, TypeMismatch, integer};
use super::model::{Kind, MemberModel, ServiceModel, ShapeId};
use super::text::time_of;
use crate::runtime::shape::blob;
use crate::runtime::shape::member::TimestampFormat;

impl ServiceModel {
    /// The JSON of a shape on the wire. A member that the model does not have is an error, for it would be lost.
    pub(super) fn to_wire(
        &self,
        id: ShapeId,
        value: &Value,
        format: Option<TimestampFormat>,
        path: &Path<'_>,
    ) -> Result<Value, TypeMismatch> {
        let shape = self.shape(id);
        let misfit = |expected| Err(TypeMismatch::new(path, expected));
        match (shape.kind, value) {
            (Kind::Document, value) => Ok(value.clone()),
            (kind, Value::Object(members)) if kind.is_structure() => {
                let mut wire = Map::new();
                for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
                    let path = Path::Member(path, name);
                    let Some(member) = shape.member(name) else {
                        return Err(TypeMismatch::new(&path, "no member of this name"));
                    };
                    wire.insert(member.wire.to_string(), self.member_to_wire(member, value, &path)?);
                }
                if kind == Kind::Union && wire.len() != 1 {
                    return misfit("an object with one member that the union has");
                }
                Ok(Value::Object(wire))
            }
            (kind, _) if kind.is_structure() => misfit("an object"),
            (Kind::List, Value::Array(elements)) => {
                let (Some(element), format) = (shape.element, format.or(shape.timestamp)) else {
                    return Ok(value.clone());
                };
                let wire = elements.iter().enumerate().map(|(index, value)| match value {
                    Value::Null if shape.sparse => Ok(Value::Null),
                    value => self.to_wire(element, value, format, &Path::Element(path, index)),
                });
                wire.collect::<Result<Vec<Value>, _>>().map(Value::Array)
            }
            (Kind::List, _) => misfit("a list"),
            (Kind::Map, Value::Object(entries)) => {
                let (Some(element), format) = (shape.element, format.or(shape.timestamp)) else {
                    return Ok(value.clone());
                };
                let wire = entries.iter().map(|(key, value)| match value {
                    Value::Null if shape.sparse => Ok((key.clone(), Value::Null)),
                    value => Ok((key.clone(), self.to_wire(element, value, format, &Path::Key(path, key))?)),
                });
                wire.collect::<Result<Map<String, Value>, _>>().map(Value::Object)
            }
            (Kind::Map, _) => misfit("an object"),
            (Kind::Timestamp, value) => {
                let format = format.or(shape.timestamp).unwrap_or(TimestampFormat::EpochSeconds);
                match (time_of(value), format) {
                    (None, _) => misfit("seconds since 1970, or the text of a timestamp"),
                    (Some(_), TimestampFormat::EpochSeconds) if value.is_number() => Ok(value.clone()),
                    (Some(time), TimestampFormat::EpochSeconds) => Ok(super::text::time_value(time)),
                    (Some(time), format) => Ok(time.format(format).into()),
                }
            }
            (kind, value) => match scalar_misfit(kind, value) {
                None => Ok(value.clone()),
                Some(expected) => misfit(expected),
            },
        }
    }

    /// The JSON of a member of a body.
    pub(super) fn member_to_wire(
        &self,
        member: &MemberModel,
        value: &Value,
        path: &Path<'_>,
    ) -> Result<Value, TypeMismatch> {
        if member.json { Ok(value.clone()) } else { self.to_wire(member.shape, value, member.timestamp, path) }
    }
}

/// The expected kind of a scalar by member names that is of another; `None` where it is. A timestamp is none of these.
pub(super) fn scalar_misfit(kind: Kind, value: &Value) -> Option<&'static str> {
    let is_special = |text: &str| matches!(text, "NaN" | "Infinity" | "-Infinity");
    match (kind, value) {
        (Kind::String, Value::String(_)) | (Kind::Boolean, Value::Bool(_)) => None,
        (Kind::String, _) => Some("a string"),
        (Kind::Boolean, _) => Some("a boolean"),
        (Kind::Blob, Value::String(text)) if blob::decode(text).is_some() => None,
        (Kind::Blob, _) => Some("base64 text"),
        (Kind::Float | Kind::Double, Value::Number(_)) => None,
        (Kind::Float | Kind::Double, Value::String(text)) if is_special(text) => None,
        (kind, Value::Number(number)) if kind.is_integer() && integer(kind, number).is_some() => None,
        (kind, _) if kind.is_integer() => Some("an integer of the modelled size"),
        _ => Some("a number"),
    }
}
