//! Messages, read into events and failures.

use ::http::{HeaderMap, HeaderName, HeaderValue as HttpValue, StatusCode};

use super::error::EventError;
use super::event::Event;
use super::frame::Message;
use super::header::HeaderValue;
use crate::runtime::base::json;
use crate::runtime::error::{Error, ErrorKind, Failure, RetryClass};
use crate::runtime::protocol::exception::{ErrorBody, ErrorSummary};
use crate::runtime::protocol::operation::Exception;
use crate::runtime::protocol::received::Received;
use crate::runtime::shape::blob::encode;
use crate::runtime::shape::document::Document;
use crate::runtime::shape::member::Location;
use crate::runtime::shape::traits::Structure;

/// The status by which a message is read that is an exception, as botocore has it.
const FAILED: StatusCode = StatusCode::BAD_REQUEST;

/// What a message is: an event, or `None` for one that a reader passes over.
pub(super) type Read<E> = Result<Option<E>, Error<<E as Event>::Exception>>;

/// Reads a message.
pub(super) fn read<E: Event>(message: &Message, strict: bool) -> Read<E> {
    match message.text(":message-type") {
        // As in botocore, a message without a type is an event.
        Some("event") | None => read_event(message, strict),
        Some("exception") => Err(exception::<E>(message)),
        Some("error") => Err(error(message)),
        Some(_) => Err(unreadable("a message of the stream has a type that is unknown")),
    }
}

fn read_event<E: Event>(message: &Message, strict: bool) -> Read<E> {
    let Some(name) = message.text(":event-type") else {
        return Err(unreadable("an event of the stream has no name: the header `:event-type` is missing"));
    };
    match E::read(name, message, strict) {
        Ok(Some(event)) => Ok(Some(event)),
        // The members that it would have stand in the headers of the response.
        Ok(None) if name == "initial-response" => Ok(None),
        Ok(None) if strict => Err(unreadable("an event of the stream has a name that the model does not know")),
        Ok(None) => {
            tracing::debug!(event = name, "the stream has an event that the model does not know");
            Ok(Some(E::unknown(name.to_owned(), document(&message.payload))))
        }
        Err(error) => {
            let text = format!("the event `{name}` of the stream cannot be read: {error}");
            Err(failed(Failure::new(ErrorKind::Decode, text).caused_by(error.into())))
        }
    }
}

/// The payload of an event that the model does not know: JSON, or its bytes as text.
fn document(payload: &[u8]) -> Document {
    match json::from_slice(payload) {
        Ok(document) => document,
        Err(_) if payload.is_empty() => Document::Null,
        Err(_) => String::from_utf8_lossy(payload).into_owned().into(),
    }
}

/// The error of an exception that the model may know.
fn exception<E: Event>(message: &Message) -> Error<E::Exception> {
    let name = message.text(":exception-type").unwrap_or_default();
    let headers = HeaderMap::new();
    let code = E::code(name).unwrap_or(name);
    let received = Received { status: FAILED.as_u16(), headers: &headers, body: &message.payload };
    let exception = E::Exception::read(code, ErrorBody::new(received));
    let text = ErrorSummary::read(FAILED, &headers, &message.payload).message;
    service_error::<E::Exception>(code, text, exception)
}

/// The error of a failure that no model knows.
fn error<X: Exception>(message: &Message) -> Error<X> {
    let code = message.text(":error-code").unwrap_or_default();
    service_error(code, message.text(":error-message").map(str::to_owned), None)
}

fn service_error<X: Exception>(code: &str, message: Option<String>, exception: Option<X>) -> Error<X> {
    let mut failure = Failure::new(ErrorKind::Service, "");
    failure.message = message;
    failure.code = (!code.is_empty()).then(|| code.to_owned());
    // The service has acted: only that it asks to be called less often still holds.
    let class = RetryClass::of_response(FAILED.as_u16(), Some(code), X::retryable(code), None);
    if class == RetryClass::Throttling {
        failure.class = class;
    }
    Error::new(Box::new(failure), exception)
}

fn unreadable<X>(message: &str) -> Error<X> {
    failed(Failure::new(ErrorKind::Decode, message))
}

/// The error without an exception that a failure is.
pub(super) fn failed<X>(failure: Failure) -> Error<X> {
    Error::new(Box::new(failure), None)
}

/// Reads an event. Its members are bound to the headers and the payload of a message as those of an output are to a response.
///
/// # Errors
/// A message that has not the shape; in strict reading, one that is not quite as modelled.
pub fn event<T: Structure>(message: &Message, strict: bool) -> Result<T, EventError> {
    let mut headers = HeaderMap::new();
    for member in T::SHAPE.members.iter().filter(|member| member.location == Location::Header) {
        let Some(value) = message.header(member.wire) else { continue };
        let name = HeaderName::from_bytes(member.wire.as_bytes());
        let value = HttpValue::from_bytes(text(value).as_bytes());
        let (Ok(name), Ok(value)) = (name, value) else { return Err(EventError::Header(member.name)) };
        headers.insert(name, value);
    }
    let received = Received { status: StatusCode::OK.as_u16(), headers: &headers, body: &message.payload };
    received.read(strict).map_err(EventError::Shape)
}

/// The text of a value, as a header of HTTP has it; a timestamp in seconds.
fn text(value: &HeaderValue) -> String {
    match value {
        HeaderValue::Boolean(on) => on.to_string(),
        HeaderValue::Byte(value) => value.to_string(),
        HeaderValue::Short(value) => value.to_string(),
        HeaderValue::Integer(value) => value.to_string(),
        HeaderValue::Long(value) => value.to_string(),
        HeaderValue::Text(text) => text.clone(),
        HeaderValue::Timestamp(millis) => {
            let sign = if *millis < 0 { "-" } else { "" };
            format!("{sign}{}.{:03}", millis.unsigned_abs() / 1000, millis.unsigned_abs() % 1000)
        }
        HeaderValue::Bytes(bytes) => encode(bytes),
        HeaderValue::Uuid(uuid) => {
            let digits: String = uuid.iter().map(|byte| format!("{byte:02x}")).collect();
            [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
        }
    }
}
