//! Values without what the model calls sensitive.

use serde_json::{Map, Value};

use super::model::{Kind, ServiceModel, ShapeId};

/// The text that stands for a sensitive text.
const REDACTED: &str = "*** sensitive ***";

impl ServiceModel {
    /// A value of a shape, by member names, in which nothing is left of what the model calls sensitive: texts are replaced by
    /// a note, numbers and times by 0, and what a document or an unknown member holds is taken out.
    #[must_use]
    pub fn redacted(&self, id: Option<ShapeId>, value: &Value) -> Value {
        id.map_or(Value::Object(Map::new()), |id| self.redact(id, value, false))
    }

    fn redact(&self, id: ShapeId, value: &Value, sensitive: bool) -> Value {
        let shape = self.shape(id);
        let sensitive = sensitive || shape.sensitive;
        match (shape.kind, value) {
            (_, Value::Null) => Value::Null,
            (kind, Value::Object(members)) if kind.is_structure() => {
                let known = members.iter().filter_map(|(name, value)| {
                    let member = shape.member(name)?;
                    let sensitive = sensitive || member.sensitive;
                    let value = if member.json {
                        json_of(value, sensitive)
                    } else {
                        self.redact(member.shape, value, sensitive)
                    };
                    Some((name.clone(), value))
                });
                Value::Object(known.collect())
            }
            (Kind::List, Value::Array(elements)) => {
                let redact =
                    |value| shape.element.map_or(Value::Null, |element| self.redact(element, value, sensitive));
                elements.iter().map(redact).collect()
            }
            (Kind::Map, Value::Object(entries)) => {
                let key_is_sensitive = sensitive || shape.key.is_some_and(|key| self.shape(key).sensitive);
                let entries = entries.iter().enumerate().map(|(index, (key, value))| {
                    let key = if key_is_sensitive { format!("{REDACTED} {index}") } else { key.clone() };
                    let value = shape.element.map_or(Value::Null, |element| self.redact(element, value, sensitive));
                    (key, value)
                });
                Value::Object(entries.collect())
            }
            (Kind::Document, value) => json_of(value, sensitive),
            (_, value) if !sensitive => value.clone(),
            (Kind::String, _) => REDACTED.into(),
            (Kind::Blob, _) => "".into(),
            (Kind::Boolean, _) => false.into(),
            _ => 0.into(),
        }
    }
}

/// JSON that the model does not describe.
fn json_of(value: &Value, sensitive: bool) -> Value {
    if sensitive { REDACTED.into() } else { value.clone() }
}
