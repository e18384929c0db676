//! Responses: outputs and exceptions, written as a service writes them.

use std::fmt;

use ::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use ::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::{Map, Value};

use super::from_wire::{Path, TypeMismatch};
use super::model::{Kind, MemberModel, OperationModel, ServiceModel, ShapeModel};
use super::text::{expected_text, scalar_text};
use crate::runtime::shape::blob;
use crate::runtime::shape::member::Location;
use crate::runtime::shape::traits::default_timestamp;

/// An output or an exception that cannot be written, because it is not of its shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteError(String);

impl fmt::Display for WriteError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl std::error::Error for WriteError {}

impl From<TypeMismatch> for WriteError {
    fn from(misfit: TypeMismatch) -> Self {
        match &*misfit.path {
            "" => Self(format!("the output is not {}", misfit.expected)),
            path if misfit.expected.starts_with("no ") => Self(format!("the shape has no member {path}")),
            path => Self(format!("{path} is not {}", misfit.expected)),
        }
    }
}

impl ServiceModel {
    /// Writes an output that is given by the model's member names.
    ///
    /// # Errors
    /// A value that is not of the output's shape, and a member that the shape does not have.
    pub fn write_output(&self, operation: &OperationModel, output: &Value) -> Result<Response<Bytes>, WriteError> {
        let Some(id) = operation.output else { return Ok(respond(operation.status, HeaderMap::new(), Bytes::new())) };
        let shape = self.shape(id);
        let Value::Object(members) = output else { return Err(TypeMismatch::new(&Path::Root, "an object").into()) };
        let mut to = Parts { status: operation.status, ..Parts::default() };
        self.write_members(shape, members, &mut to)?;
        // These statuses say that there is no body.
        let bodiless = matches!(to.status, 204 | 304) && to.keys.is_empty();
        if shape.payload.is_none() && !bodiless {
            to.json_keys();
        }
        Ok(respond(to.status, to.headers, to.body))
    }

    /// Writes an exception. `members` are those besides the message, by the model's names; those that the exception does not
    /// have are left out. A code that the model does not know is written with the status 400.
    #[must_use]
    pub fn write_exception(&self, code: &str, message: &str, members: &Map<String, Value>) -> Response<Bytes> {
        match self.exception(code) {
            Some(shape) => self.exception_of(shape, message, members),
            None => Self::write_error(400, code, message),
        }
    }

    /// Writes an error that the model does not know.
    #[must_use]
    pub fn write_error(status: u16, code: &str, message: &str) -> Response<Bytes> {
        let mut to = Parts { status, ..Parts::default() };
        to.error_type(code);
        let keys = Map::from_iter([("message".to_owned(), message.into())]);
        to.json(&Value::Object(keys));
        respond(status, to.headers, to.body)
    }

    fn exception_of(&self, shape: &ShapeModel, message: &str, members: &Map<String, Value>) -> Response<Bytes> {
        let mut all = members.clone();
        all.retain(|name, _| shape.member(name).is_some());
        let holder = shape.members.iter().find(|member| member.name.eq_ignore_ascii_case("message"));
        let mut to = Parts { status: shape.status, ..Parts::default() };
        match holder {
            Some(member) => drop(all.entry(member.name.to_string()).or_insert(message.into())),
            None => drop(to.keys.insert("message".to_owned(), message.into())),
        }
        // An exception that cannot be written whole is one with its code and its message all the same.
        if self.write_members(shape, &all, &mut to).is_err() {
            return Self::write_error(shape.status, shape.code(), message);
        }
        to.error_type(shape.code());
        if shape.payload.is_none() {
            to.json_keys();
        }
        respond(to.status, to.headers, to.body)
    }

    fn write_members(
        &self,
        shape: &ShapeModel,
        members: &Map<String, Value>,
        to: &mut Parts,
    ) -> Result<(), WriteError> {
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let path = Path::Member(&Path::Root, name);
            let Some(member) = shape.member(name) else {
                return Err(TypeMismatch::new(&path, "no member of this name").into());
            };
            match member.in_response() {
                Location::Status => {
                    let status = value.as_u64().and_then(|status| u16::try_from(status).ok());
                    to.status = status.ok_or_else(|| TypeMismatch::new(&path, "an HTTP status"))?;
                }
                Location::Header => self.write_header(member, value, &path, to)?,
                Location::PrefixHeaders => write_prefix_headers(member, value, &path, to)?,
                Location::Payload => self.write_payload(member, value, &path, to)?,
                _ => drop(to.keys.insert(member.wire.to_string(), self.member_to_wire(member, value, &path)?)),
            }
        }
        Ok(())
    }

    fn write_header(
        &self,
        member: &MemberModel,
        value: &Value,
        path: &Path<'_>,
        to: &mut Parts,
    ) -> Result<(), WriteError> {
        let shape = self.shape(member.shape);
        let text = match (shape.kind, value) {
            _ if member.json => Some(blob::encode(value.to_string())),
            (Kind::List, Value::Array(elements)) => {
                let texts: Option<Vec<String>> =
                    elements.iter().map(|element| self.header_element(member, shape, element)).collect();
                texts.map(|texts| texts.join(", "))
            }
            (kind, value) => {
                let format = member.timestamp.or(shape.timestamp).unwrap_or(default_timestamp(Location::Header));
                scalar_text(kind, value, format)
            }
        };
        let text = text.ok_or_else(|| TypeMismatch::new(path, expected_text(shape.kind)))?;
        to.header(&member.wire, &text, path)
    }

    /// An element of a list in a header; a string that has commas or quotes is quoted.
    fn header_element(&self, member: &MemberModel, list: &ShapeModel, value: &Value) -> Option<String> {
        let element = self.shape(list.element?);
        let format = member.timestamp.or(list.timestamp).or(element.timestamp);
        let text = scalar_text(element.kind, value, format.unwrap_or(default_timestamp(Location::Header)))?;
        let quoted = element.kind == Kind::String && (text.contains([',', '"']) || text.is_empty());
        Some(if quoted { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) } else { text })
    }

    fn write_payload(
        &self,
        member: &MemberModel,
        value: &Value,
        path: &Path<'_>,
        to: &mut Parts,
    ) -> Result<(), WriteError> {
        match (self.shape(member.shape).kind, value) {
            (Kind::Blob, Value::String(text)) => {
                let bytes = blob::decode(text).ok_or_else(|| TypeMismatch::new(path, "base64 text"))?;
                to.bytes(bytes, "application/octet-stream");
            }
            (Kind::String, Value::String(text)) if !member.json => to.bytes(text.clone().into_bytes(), "text/plain"),
            (Kind::Blob | Kind::String, _) if !member.json => return Err(TypeMismatch::new(path, "a string").into()),
            _ => to.json(&self.member_to_wire(member, value, path)?),
        }
        Ok(())
    }
}

fn write_prefix_headers(
    member: &MemberModel,
    value: &Value,
    path: &Path<'_>,
    to: &mut Parts,
) -> Result<(), WriteError> {
    let Value::Object(entries) = value else { return Err(TypeMismatch::new(path, "an object").into()) };
    for (key, value) in entries {
        let path = Path::Key(path, key);
        let Value::String(text) = value else { return Err(TypeMismatch::new(&path, "a string").into()) };
        to.header(&format!("{}{key}", member.wire), text, &path)?;
    }
    Ok(())
}

/// A response that is being written.
#[derive(Default)]
struct Parts {
    status: u16,
    headers: HeaderMap,
    /// The keys of the body, where it is JSON without a payload member.
    keys: Map<String, Value>,
    body: Bytes,
}

impl Parts {
    fn header(&mut self, name: &str, text: &str, path: &Path<'_>) -> Result<(), WriteError> {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(text.as_bytes())) {
            (Ok(name), Ok(value)) => self.insert(name, value, path),
            _ => Err(TypeMismatch::new(path, "text that a header can carry").into()),
        }
    }

    fn insert(&mut self, name: HeaderName, value: HeaderValue, path: &Path<'_>) -> Result<(), WriteError> {
        let full = |_| TypeMismatch::new(path, "one of as many headers as a response has room for").into();
        self.headers.try_insert(name, value).map(drop).map_err(full)
    }

    fn error_type(&mut self, code: &str) {
        if let Ok(code) = HeaderValue::from_str(code) {
            self.headers.insert(HeaderName::from_static("x-amzn-errortype"), code);
        }
    }

    /// The body of JSON that the keys are.
    fn json_keys(&mut self) {
        let keys = std::mem::take(&mut self.keys);
        self.json(&Value::Object(keys));
    }

    fn json(&mut self, value: &Value) {
        self.bytes(value.to_string().into_bytes(), "application/json");
    }

    fn bytes(&mut self, bytes: Vec<u8>, kind: &'static str) {
        self.body = bytes.into();
        self.headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(kind));
    }
}

fn respond(status: u16, headers: HeaderMap, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    *response.headers_mut() = headers;
    response
}
