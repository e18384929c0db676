//! Events, written as messages: what a test lets a service respond with.

use bytes::Bytes;
use serde_json::value::Serializer;
use serde_json::{Map, Value};

use super::frame::Message;
use super::header::HeaderValue;
use crate::runtime::shape::document::Document;
use crate::runtime::shape::member::{Location, Member, Payload, TimestampFormat};
use crate::runtime::shape::traits::{Fields, Structure, Write, WriteContext};

/// Why an event cannot be written.
pub type WriteError = serde_json::Error;

/// The message of an event.
///
/// # Errors
/// A value that has no JSON.
pub fn message<T: Structure>(name: &str, event: &T) -> Result<Message, WriteError> {
    let mut fields = EventFields {
        members: T::SHAPE.members.iter(),
        message: head(name),
        payload: None,
        body: Map::new(),
        result: Ok(()),
    };
    event.fields(&mut fields);
    let EventFields { mut message, payload, body, result, .. } = fields;
    result?;
    let has_payload = T::SHAPE.members.iter().any(|member| member.location == Location::Payload);
    message.payload = match payload {
        Some(payload) => payload,
        None if has_payload => Bytes::new(),
        None => serde_json::to_vec(&body)?.into(),
    };
    let content = match T::PAYLOAD {
        Payload::Blob => "application/octet-stream",
        Payload::Text => "text/plain",
        _ => "application/json",
    };
    Ok(message.with(":content-type", HeaderValue::Text(content.to_owned())))
}

/// The message of an event that the model does not know.
///
/// # Errors
/// None: a document always has JSON.
pub fn unknown(name: &str, value: &Document) -> Result<Message, WriteError> {
    let payload = serde_json::to_vec(value)?.into();
    Ok(Message { payload, ..head(name) }.with(":content-type", HeaderValue::Text("application/json".to_owned())))
}

fn head(name: &str) -> Message {
    let text = |text: &str| HeaderValue::Text(text.to_owned());
    Message::default().with(":message-type", text("event")).with(":event-type", text(name))
}

/// The walk that writes the members of an event.
struct EventFields {
    members: std::slice::Iter<'static, Member>,
    message: Message,
    payload: Option<Bytes>,
    body: Map<String, Value>,
    result: Result<(), WriteError>,
}

impl EventFields {
    fn header(&mut self, member: &Member, value: &impl Write) {
        // A header of HTTP has whole seconds, and one of an event milliseconds.
        let is_time = member.timestamp == Some(TimestampFormat::EpochSeconds);
        let context = WriteContext {
            location: if is_time { Location::Body } else { member.location },
            ..WriteContext::bound(member)
        };
        value.text(context, &mut |piece| {
            let text = String::from_utf8_lossy(piece.text);
            let value = if piece.string { HeaderValue::Text(text.into_owned()) } else { scalar(&text, is_time) };
            self.message.headers.push((member.wire.to_owned(), value));
        });
    }
}

/// The value of a number, a boolean or a timestamp.
fn scalar(text: &str, is_time: bool) -> HeaderValue {
    match text {
        "true" => HeaderValue::Boolean(true),
        "false" => HeaderValue::Boolean(false),
        // Milliseconds have room in 64 bits for every time that a timestamp can be.
        _ if is_time => {
            HeaderValue::Timestamp(text.parse::<f64>().map_or(0, |seconds| (seconds * 1000.0).round() as i64))
        }
        _ => match (text.parse(), text.parse()) {
            (Ok(value), _) => HeaderValue::Integer(value),
            (_, Ok(value)) => HeaderValue::Long(value),
            _ => HeaderValue::Text(text.to_owned()),
        },
    }
}

impl Fields for EventFields {
    fn next(&mut self) -> Option<&'static Member> {
        self.members.next()
    }

    fn at<T: Write>(&mut self, member: &Member, value: &T) {
        if value.is_absent() {
            return;
        }
        match (member.location, member.payload) {
            (Location::Header, _) => self.header(member, value),
            (Location::Payload, Payload::Blob | Payload::Text) => {
                value.text(WriteContext::bound(member), &mut |piece| {
                    self.payload = Some(Bytes::copy_from_slice(piece.text));
                })
            }
            (Location::Payload, _) => {
                let json = value
                    .write(Serializer, WriteContext::WIRE.member(member))
                    .and_then(|json| serde_json::to_vec(&json));
                match json {
                    Ok(json) => self.payload = Some(json.into()),
                    Err(error) => self.result = Err(error),
                }
            }
            _ => self.part(member, value),
        }
    }

    fn part<T: Write>(&mut self, member: &Member, value: &T) {
        if value.is_absent() {
            return;
        }
        match value.write(Serializer, WriteContext::WIRE.member(member)) {
            Ok(json) => drop(self.body.insert(member.wire.to_owned(), json)),
            Err(error) => self.result = Err(error),
        }
    }

    // An event is no union.
    fn unknown(&mut self, _name: &str, _value: &Document) {}
}
