//! Exceptions in error responses: code, message and the modelled exception, from every place where restJson1 has them.

use std::fmt;

use ::http::{HeaderMap, StatusCode};
use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Map;

use crate::runtime::base::json;
use crate::runtime::protocol::header::ResponsePart;
use crate::runtime::protocol::received::{Received, bound};
use crate::runtime::shape::context::{MemberValue, Path, ReadContext, Reader};
use crate::runtime::shape::document::Document;
use crate::runtime::shape::member::{Location, Payload};
use crate::runtime::shape::set::set;
use crate::runtime::shape::traits::{Shape, Structure};

/// An error answer, from which an exception's members are read.
#[derive(Debug, Clone, Copy)]
pub struct ErrorBody<'a>(pub(crate) Received<'a>);

impl<'a> ErrorBody<'a> {
    /// An error answer.
    #[must_use]
    pub fn new(answer: Received<'a>) -> Self {
        Self(answer)
    }

    /// Reads the exception. It is always tolerant: what is wrong with a body must not hide that the call failed, and how.
    /// Members that cannot be read stay unset, so that there always is an exception.
    #[inline]
    #[must_use]
    pub fn read<T: Structure>(self) -> Option<T> {
        let mut value = T::default();
        self.fill(const { &T::SHAPE }, &mut |place, from, context| {
            set(&mut value, place, MemberValue { from, context: &context }).map(drop)
        });
        Some(value)
    }

    /// Reads the members of any exception, through a document: every program has all exceptions of the service, and almost
    /// never reads one, so their code is to be small rather than fast.
    fn fill(self, shape: &'static Shape, set: &mut Set<'_>) {
        let reader = Reader::new(false);
        let root = reader.root(false);
        let mut body: Document = json::from_str_tolerant(&String::from_utf8_lossy(self.0.body)).unwrap_or_default();
        let mut read = |place: usize, value: Document, context: ReadContext<'_>| {
            if set(place, value, context).is_err() {
                context.report("a value of the modelled shape", "another");
            }
        };
        let has_payload = shape.members.iter().any(|member| member.location == Location::Payload);
        if let (Some(object), false) = (body.as_object_mut(), has_payload) {
            for (key, value) in std::mem::take(object) {
                if let Some(place) = shape.place_of(&key, 0, &root) {
                    let path = Path::Key(&Path::Root, &key);
                    read(place, value, root.member(shape.members.get(place), &path));
                }
            }
        }
        for (place, member) in shape.members.iter().enumerate() {
            let path = Path::Key(&Path::Root, member.name);
            let value = match member.payload {
                Payload::Json => Some(body.take()),
                _ => self.0.given(member).map(ResponsePart::into_document),
            };
            if let Some(value) = value {
                read(place, value, bound(member, root.at(&path)));
            }
        }
    }
}

/// Reads the value of one member.
type Set<'s> = dyn FnMut(usize, Document, ReadContext<'_>) -> Result<(), serde_json::Error> + 's;

/// The code and message of an error response, without a model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorSummary {
    /// The error code, such as `ResourceNotFoundException`.
    pub code: Option<String>,
    /// The message for people.
    pub message: Option<String>,
    /// Whether the body is a JSON object, as this protocol has it: a proxy or a load balancer writes something else.
    pub is_json: bool,
}

/// The members of an error body that hold its code, in the order in which they count.
const CODES: [&str; 3] = ["code", "Code", "__type"];

/// The members of an error body that hold its message. The last is OAuth's (RFC 6749, section 5.2), which the sign-in service
/// speaks.
const MESSAGES: [&str; 4] = ["message", "Message", "errorMessage", "error_description"];

/// The most bytes of a body that is not JSON which become the message.
const LONGEST_TEXT: usize = 1000;

impl ErrorSummary {
    /// Reads code and message.
    ///
    /// The code is in the header `x-amzn-errortype`, or in the body as `code`, `Code` or `__type`, in that order. It may
    /// have a namespace before it (`aws.connect#`) and a URI behind it (`:http://…`). The text of a body that is not JSON is
    /// the message, but for the HTML of servers in trouble, as in botocore.
    #[must_use]
    pub fn read(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let fields = json::from_str_tolerant::<ErrorFields>(&String::from_utf8_lossy(body)).ok();
        let is_json = fields.is_some();
        let ErrorFields(fields) = fields.unwrap_or_default();
        let header = headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok());
        let mut code = bare(header.unwrap_or_default()).to_owned();
        for name in CODES {
            if code.is_empty() {
                code = bare(&text(&fields, name).unwrap_or_default()).to_owned();
            }
        }
        let message = match is_json {
            true => MESSAGES.iter().find_map(|name| text(&fields, name)),
            // A response whose header names the error has no message to say; the reason of its status would only repeat it.
            false if body.is_empty() && !code.is_empty() => None,
            false => plain(status, body),
        };
        Self { code: (!code.is_empty()).then_some(code), message, is_json }
    }
}

/// The message of a body that is not JSON.
fn plain(status: StatusCode, body: &[u8]) -> Option<String> {
    let body = body.trim_ascii();
    if status.is_server_error() && (body.is_empty() || body.starts_with(b"<html>")) {
        return status.canonical_reason().map(str::to_owned);
    }
    let text = String::from_utf8_lossy(&body[..body.len().min(LONGEST_TEXT)]).into_owned();
    (!text.is_empty()).then_some(text)
}

/// A code without namespace and URI.
fn bare(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

/// The members by which an error body tells what it is. All others are passed over, however deep or large they are.
#[derive(Default)]
struct ErrorFields(Document);

impl<'de> Deserialize<'de> for ErrorFields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(ErrorFieldsVisitor)
    }
}

struct ErrorFieldsVisitor;

impl<'de> Visitor<'de> for ErrorFieldsVisitor {
    type Value = ErrorFields;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<ErrorFields, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = from.next_key::<String>()? {
            if CODES.contains(&key.as_str()) || MESSAGES.contains(&key.as_str()) {
                fields.insert(key, from.next_value()?);
            } else {
                from.next_value::<IgnoredAny>()?;
            }
        }
        Ok(ErrorFields(fields.into()))
    }
}

/// A member of an error body: a string, or a whole number as one.
fn text(body: &Document, name: &str) -> Option<String> {
    match body.get(name)? {
        Document::String(text) => Some(text.clone()),
        Document::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}
