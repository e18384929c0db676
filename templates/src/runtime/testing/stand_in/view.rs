//! Views of records: a member as an answer has it, and records as values of a shape.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::service::{Fill, Kind, MemberModel, ServiceModel, ShapeId};
use super::facts::Family;
use super::store::{Key, Record};
use crate::runtime::base::hash;
use crate::runtime::shape::member::TimestampFormat;
use crate::runtime::shape::timestamp::DateTime;

/// The time that a status takes to ripen, in seconds.
const RIPENS_AFTER: f64 = 1.0;

/// A record, and what has to be known to show it.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub model: &'a ServiceModel,
    pub family: &'a Family,
    pub key: &'a Key,
    pub record: &'a Record,
    pub region: &'a str,
    pub now: f64,
}

impl<'a> View<'a> {
    /// The value of a member, by any name that a shape has for it.
    pub fn get(&self, member: &str) -> Option<Cow<'a, Value>> {
        let owned = |value: Value| Some(Cow::Owned(value));
        let name = self.family.canonical(member);
        if let Some(place) = self.family.labels.iter().position(|label| label == member) {
            if let Some(id) = self.key.scope.get(place) {
                return owned(id.as_str().into());
            }
        }
        let is_id = name == "Id" || is_label(self.family, &name);
        if is_id && !self.record.members.contains_key(&*name) {
            return owned(self.record.id.as_str().into());
        }
        if let Some([ripe, from, to]) = &self.family.ripens {
            let is_ripe = name == ripe.as_str()
                && self.record.members.get(ripe).and_then(Value::as_str) == Some(from)
                && self.now >= self.record.created + RIPENS_AFTER;
            if is_ripe {
                return owned(to.as_str().into());
            }
        }
        match (&*name, self.record.members.get(&*name)) {
            (_, Some(value)) => Some(Cow::Borrowed(value)),
            ("Arn", None) if !self.record.arn.is_empty() => owned(self.record.arn.as_str().into()),
            ("Tags", None) => owned(Value::Object(Map::new())),
            ("LastModifiedRegion" | "Region", None) => owned(self.region.into()),
            (name, None) => self.time(name).or_else(|| self.content_hash(name)).map(Cow::Owned),
        }
    }

    /// The name under which records of a family keep a member, where a value that is kept is the answer; `None` for what the place
    /// of a record, its id or its age tells.
    pub fn kept<'m>(family: &Family, member: &'m str) -> Option<Cow<'m, str>> {
        let name = family.canonical(member);
        let is_told = family.labels.iter().any(|label| label == member) || name == "Id" || is_label(family, &name);
        let ripens = family.ripens.as_ref().is_some_and(|[ripe, ..]| name == ripe.as_str());
        (!is_told && !ripens).then_some(name)
    }

    /// The time of making or of the last change, by the names that shapes have for them.
    fn time(&self, name: &str) -> Option<Value> {
        let is_time = ["Time", "Timestamp", "At", "On", "Date"].iter().any(|end| name.ends_with(end));
        let time = match name {
            _ if !is_time => return None,
            _ if name.contains("Modified") || name.contains("Updated") => self.record.modified,
            _ if name.starts_with("Creat") || name.starts_with("Start") => self.record.created,
            _ => return None,
        };
        Some(time.into())
    }

    fn content_hash(&self, name: &str) -> Option<Value> {
        if !name.ends_with("ContentSha256") {
            return None;
        }
        let content = self.record.members.get("Content")?;
        let text = content.as_str().map_or_else(|| content.to_string(), str::to_owned);
        let hex = hash::hex(&hash::sha256(text.as_bytes()));
        Some(String::from_utf8_lossy(&hex).into_owned().into())
    }

    /// The record as a value of a structure.
    pub fn shape(&self, id: ShapeId) -> Value {
        let shape = self.model.shape(id);
        let members = shape.members().iter().filter_map(|member| {
            let value = self.get(member.name()).and_then(|value| fit(self.model, member.shape(), &value));
            Some((member.name().to_owned(), value.or_else(|| filler(self.model, member))?))
        });
        Value::Object(members.collect())
    }
}

/// Whether a canonical name is that of the id's label.
fn is_label(family: &Family, name: &str) -> bool {
    family.labels.last().is_some_and(|label| family.canonical(label) == name)
}

/// A valid value of a required member that nothing is known of.
fn filler(model: &ServiceModel, member: &MemberModel) -> Option<Value> {
    member.is_required().then(|| model.example(Some(member.shape()), Fill::Required, &mut |_| 0))
}

/// A value as one of a shape: without members that the shape does not have, and with those that it requires; `None` where it is
/// of another kind.
pub(super) fn fit(model: &ServiceModel, id: ShapeId, value: &Value) -> Option<Value> {
    let shape = model.shape(id);
    match (shape.kind(), value) {
        (Kind::Document, value) => Some(value.clone()),
        (Kind::Structure | Kind::Union | Kind::Exception, Value::Object(members)) => {
            let fitted = shape.members().iter().filter_map(|member| {
                let value = members.get(member.name()).and_then(|value| fit(model, member.shape(), value));
                Some((member.name().to_owned(), value.or_else(|| filler(model, member))?))
            });
            Some(Value::Object(fitted.collect()))
        }
        (Kind::List, Value::Array(elements)) => {
            let element = shape.element()?;
            Some(Value::Array(elements.iter().filter_map(|value| fit(model, element, value)).collect()))
        }
        (Kind::Map, Value::Object(entries)) => {
            let element = shape.element()?;
            let fitted = entries.iter().filter_map(|(key, value)| Some((key.clone(), fit(model, element, value)?)));
            Some(Value::Object(fitted.collect()))
        }
        (Kind::String, Value::String(_)) | (Kind::Boolean, Value::Bool(_)) | (Kind::Blob, Value::String(_)) => {
            Some(value.clone())
        }
        (Kind::String, Value::Number(number)) => Some(text_of_number(number)),
        (kind, Value::Number(_)) if is_number(kind) => Some(value.clone()),
        (kind, Value::String(text)) if is_number(kind) => Some(text.parse::<i64>().ok()?.into()),
        _ => None,
    }
}

fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::Float | Kind::Double | Kind::Timestamp)
}

/// A number as a text: the times that some shapes hold as text, and counts.
fn text_of_number(number: &serde_json::Number) -> Value {
    match number.as_f64() {
        // A count is never as large as a time in seconds.
        Some(seconds) if seconds > 1e9 => {
            let time = DateTime::from_secs_f64(seconds).map(|time| time.format(TimestampFormat::DateTime));
            time.unwrap_or_else(|| number.to_string()).into()
        }
        _ => number.to_string().into(),
    }
}
