//! Takes an answer that is an error; gives its code, its message and the modelled exception, wherever restJson1 has them.

use std::fmt;

use ::http::HeaderMap;
use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::document::Document;
use super::header::Given;
use super::member::{Location, Payload};
use super::reading::{Path, Reader, Reading, Source};
use super::received::{Received, bound};
use super::shape::Structure;
use super::structure::Shape;

/// An error answer, from which an exception's members are read.
#[derive(Debug, Clone, Copy)]
pub struct ErrorBody<'a>(pub(super) Received<'a>);

impl<'a> ErrorBody<'a> {
    /// An error answer.
    #[must_use]
    pub fn new(answer: Received<'a>) -> Self {
        Self(answer)
    }

    /// Reads the exception. It is always tolerant: what is wrong with a body must not hide that the call failed, and how.
    /// What cannot be read is not set, and so there always is an exception.
    #[inline]
    #[must_use]
    pub fn read<T: Structure>(self) -> Option<T> {
        let mut value = T::default();
        self.fill(const { &Shape::of::<T>() }, &mut |place, from, form| {
            value.set(place, Source { from, form }).map(drop)
        });
        Some(value)
    }

    /// Reads the members of any exception, through a document: every program has all exceptions of the service, and almost
    /// never reads one, so their code is to be small rather than fast.
    fn fill(self, shape: &'static Shape, set: &mut Set<'_>) {
        let reader = Reader::new(false);
        let root = reader.root(false);
        let mut body: Document = serde_json::from_slice(self.0.body).unwrap_or_default();
        let mut read = |place: usize, value: Document, form: Reading<'_>| {
            if set(place, value, form).is_err() {
                form.report("a value of the modelled shape", "another");
            }
        };
        let has_payload = shape.members.iter().any(|member| member.location == Location::Payload);
        if let (Some(object), false) = (body.as_object_mut(), has_payload) {
            for (key, value) in std::mem::take(object) {
                if let Some(place) = shape.place_of(&key, 0, root) {
                    let path = Path::Key(&Path::Root, &key);
                    read(place, value, root.member(shape.members.get(place), &path));
                }
            }
        }
        for (place, member) in shape.members.iter().enumerate() {
            let path = Path::Key(&Path::Root, member.name);
            let value = match member.payload {
                Payload::Json => Some(body.take()),
                _ => self.0.given(member).map(Given::into_document),
            };
            if let Some(value) = value {
                read(place, value, bound(member, root.at(&path)));
            }
        }
    }
}

/// Reads the value of one member.
type Set<'s> = dyn FnMut(usize, Document, Reading<'_>) -> Result<(), serde_json::Error> + 's;

/// What an error answer says of itself without a model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fault {
    /// The error code, such as `ResourceNotFoundException`.
    pub code: Option<String>,
    /// The message for people.
    pub message: Option<String>,
}

impl Fault {
    /// Reads code and message.
    ///
    /// The code is in the header `x-amzn-errortype`, or in the body as `code`, `Code` or `__type`, in that order. It may
    /// have a namespace before it (`aws.connect#`) and a URI behind it (`:http://…`).
    #[must_use]
    pub fn read(headers: &HeaderMap, body: &[u8]) -> Self {
        let told: Told = serde_json::from_slice(body).unwrap_or_default();
        let header = headers.get("x-amzn-errortype").and_then(|value| value.to_str().ok());
        let codes = [header, told.code.as_deref(), told.capital_code.as_deref(), told.kind.as_deref()];
        let mut code = None;
        for given in codes {
            let given = bare(given.unwrap_or_default());
            if code.is_none() && !given.is_empty() {
                code = Some(given.to_owned());
            }
        }
        Self { code, message: told.message.or(told.capital_message).or(told.error_message) }
    }
}

/// A code without namespace and URI.
fn bare(code: &str) -> &str {
    let code = code.split(':').next().unwrap_or_default();
    code.rsplit('#').next().unwrap_or_default().trim()
}

/// The members by which error bodies tell what they are.
#[derive(Default)]
struct Told {
    code: Option<String>,
    capital_code: Option<String>,
    kind: Option<String>,
    message: Option<String>,
    capital_message: Option<String>,
    error_message: Option<String>,
}

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(ToldVisitor)
    }
}

struct ToldVisitor;

impl<'de> Visitor<'de> for ToldVisitor {
    type Value = Told;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Told, A::Error> {
        let mut told = Told::default();
        while let Some(key) = from.next_key::<String>()? {
            let into = match key.as_str() {
                "code" => &mut told.code,
                "Code" => &mut told.capital_code,
                "__type" => &mut told.kind,
                "message" => &mut told.message,
                "Message" => &mut told.capital_message,
                "errorMessage" => &mut told.error_message,
                _ => {
                    from.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *into = from.next_value::<Text>()?.0;
        }
        Ok(told)
    }
}

/// A string, or a number as one; of anything else nothing, and no error either.
struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("anything")
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(Some(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Text, A::Error> {
        while from.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Text(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Text, A::Error> {
        while from.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Text(None))
    }
}
