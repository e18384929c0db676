//! Inputs: read from the path, the query string, the headers and the body of a request.

use std::borrow::Cow;
use std::fmt;

use ::http::HeaderMap;
use ::http::header::CONTENT_ENCODING;
use serde_core::de::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::from_wire::{Path, TypeMismatch};
use super::model::{Kind, MemberModel, ServiceModel};
use super::route::Route;
use super::template::parameters;
use super::text::{expected_text, scalar_of};
use crate::runtime::base::json;
use crate::runtime::protocol::header::ResponsePart;
use crate::runtime::shape::blob;
use crate::runtime::shape::member::{Location, TimestampFormat};
use crate::runtime::shape::traits::default_timestamp;

/// A request that has not the shape of its operation's input. It says where and why, and repeats nothing of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError(String);

impl fmt::Display for ReadError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    pub(super) fn not_an_object() -> Self {
        TypeMismatch::new(&Path::Root, "an object").into()
    }
}

impl From<TypeMismatch> for ReadError {
    fn from(misfit: TypeMismatch) -> Self {
        match &*misfit.path {
            "" => Self(format!("the body is not {}", misfit.expected)),
            path => Self(format!("{path} is not {}", misfit.expected)),
        }
    }
}

/// A request as far as an input is read from it.
#[derive(Clone, Copy)]
struct RequestView<'a> {
    route: &'a Route<'a>,
    query: &'a [(Cow<'a, str>, Cow<'a, str>)],
    headers: &'a HeaderMap,
    body: &'a [u8],
}

impl ServiceModel {
    /// Reads the input of a request, by the model's member names. Members that the model does not know are passed over.
    /// Required members that are missing are not an error here: [`check`](Self::check) reports them.
    ///
    /// # Errors
    /// A body that is not JSON, or compressed, and a value that is not of its shape.
    pub fn read_input(
        &self,
        route: &Route<'_>,
        query: &str,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Value, ReadError> {
        let Some(input) = route.operation.input else { return Ok(Value::Object(Map::new())) };
        if headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding.as_bytes().ends_with(b"gzip")) {
            return Err(ReadError("the body is compressed: set disable_request_compression".to_owned()));
        }
        let is_form = route.operation.form && query.is_empty();
        let form = String::from_utf8_lossy(if is_form { body } else { b"" });
        let query = parameters(if is_form { &form } else { query });
        let source = RequestView { route, query: &query, headers, body };
        let shape = self.shape(input);
        let mut members = self.body_members(input, source)?;
        for member in shape.members.iter().filter(|member| member.in_request() != Location::Body) {
            if let Some(value) = self.bound_member(shape, member, source)? {
                members.insert(member.name.to_string(), value);
            }
        }
        Ok(Value::Object(members))
    }

    /// The members that are keys of the JSON body.
    fn body_members(&self, input: super::ShapeId, source: RequestView<'_>) -> Result<Map<String, Value>, ReadError> {
        let shape = self.shape(input);
        let in_body = |member: &&MemberModel| member.in_request() == Location::Body;
        let has_payload = shape.members.iter().any(|member| member.in_request() == Location::Payload);
        let mut found = Map::new();
        if has_payload || source.body.trim_ascii().is_empty() || !shape.members.iter().any(|member| in_body(&member)) {
            return Ok(found);
        }
        let Value::Object(mut keys) = json_of(source.body)? else {
            return Err(ReadError::not_an_object());
        };
        for member in shape.members.iter().filter(in_body) {
            let Some(wire) = keys.remove(&*member.wire) else { continue };
            let path = Path::Member(&Path::Root, &member.name);
            if let Some(value) = self.member_from_wire(member, wire, &path)? {
                found.insert(member.name.to_string(), value);
            }
        }
        Ok(found)
    }

    /// A member that is bound to something other than a key of the body.
    fn bound_member(
        &self,
        input: &super::ShapeModel,
        member: &MemberModel,
        source: RequestView<'_>,
    ) -> Result<Option<Value>, ReadError> {
        let path = Path::Member(&Path::Root, &member.name);
        let wire = &*member.wire;
        match member.in_request() {
            Location::Label => {
                let text = source.route.label(wire).or_else(|| source.route.label(&member.name));
                text.map(|text| self.text_value(member, text, &path)).transpose()
            }
            Location::Query => {
                let texts: Vec<&str> =
                    source.query.iter().filter(|(key, _)| key == wire).map(|(_, text)| &**text).collect();
                self.texts_value(member, &texts, &path)
            }
            Location::QueryMap => Ok(self.query_map(input, member, source)),
            Location::Header => {
                let given = ResponsePart::header(source.headers, wire);
                given.map(|given| self.header_value(member, given, &path)).transpose()
            }
            Location::PrefixHeaders => {
                let Value::Object(entries) = ResponsePart::Headers(source.headers, wire).into_document() else {
                    return Ok(None);
                };
                Ok((!entries.is_empty()).then_some(Value::Object(entries)))
            }
            Location::Payload => self.payload_value(member, source.body, &path),
            Location::Body | Location::Status => Ok(None),
        }
    }

    /// The value of one text that is no list.
    fn text_value(&self, member: &MemberModel, text: &str, path: &Path<'_>) -> Result<Value, ReadError> {
        let shape = self.shape(member.shape);
        if member.json || shape.kind == Kind::Document {
            return json::from_str(text).map_err(|_| TypeMismatch::new(path, "JSON").into());
        }
        let format = self.text_format(member);
        scalar_of(shape.kind, text, format).ok_or_else(|| TypeMismatch::new(path, expected_text(shape.kind)).into())
    }

    fn text_format(&self, member: &MemberModel) -> TimestampFormat {
        let mut shape = self.shape(member.shape);
        let mut format = member.timestamp.or(shape.timestamp);
        while let Some(element) = shape.element {
            shape = self.shape(element);
            format = format.or(shape.timestamp);
        }
        format.unwrap_or(default_timestamp(member.in_request()))
    }

    /// The value of the parameters of one name: all of them where the member is a list, else the first.
    fn texts_value(&self, member: &MemberModel, texts: &[&str], path: &Path<'_>) -> Result<Option<Value>, ReadError> {
        let shape = self.shape(member.shape);
        let (Kind::List, Some(element)) = (shape.kind, shape.element) else {
            return texts.first().map(|text| self.text_value(member, text, path)).transpose();
        };
        let (kind, format) = (self.shape(element).kind, self.text_format(member));
        let values = texts.iter().enumerate().map(|(index, text)| {
            let misfit = || TypeMismatch::new(&Path::Element(path, index), expected_text(kind)).into();
            scalar_of(kind, text, format).ok_or_else(misfit)
        });
        let values = values.collect::<Result<Vec<_>, ReadError>>()?;
        Ok((!values.is_empty()).then_some(Value::Array(values)))
    }

    pub(super) fn header_value(
        &self,
        member: &MemberModel,
        given: ResponsePart<'_>,
        path: &Path<'_>,
    ) -> Result<Value, ReadError> {
        let misfit = |expected| ReadError::from(TypeMismatch::new(path, expected));
        if self.shape(member.shape).kind == Kind::List {
            // A list of timestamps or strings is split where its commas are, and not where a date has one.
            let texts = given.deserialize_seq(Texts).map_err(|_| misfit("a list"))?;
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            return Ok(self.texts_value(member, &texts, path)?.unwrap_or(Value::Array(Vec::new())));
        }
        let Value::String(text) = given.into_document() else { return Err(misfit("text")) };
        if !member.json {
            return self.text_value(member, text.trim(), path);
        }
        let json = blob::decode(&text).and_then(|json| json::from_slice(&json).ok());
        json.ok_or_else(|| misfit("JSON in base64"))
    }

    /// The parameters that no other member and no constant of the template has.
    fn query_map(&self, input: &super::ShapeModel, member: &MemberModel, source: RequestView<'_>) -> Option<Value> {
        let element = self.shape(member.shape).element?;
        let many = self.shape(element).kind == Kind::List;
        let constants = source.route.operation.uri.split_once('?').map_or("", |(_, query)| query);
        let constants = parameters(constants);
        let mut entries = Map::new();
        for (key, text) in source.query {
            let bound = |other: &MemberModel| other.in_request() == Location::Query && other.wire == *key;
            if input.members.iter().any(bound) || constants.iter().any(|(constant, _)| constant == key) {
                continue;
            }
            let text = Value::String(text.clone().into_owned());
            match (entries.get_mut(&**key), many) {
                (Some(Value::Array(texts)), true) => texts.push(text),
                (None, true) => drop(entries.insert(key.to_string(), Value::Array(vec![text]))),
                (None, false) => drop(entries.insert(key.to_string(), text)),
                (Some(_), _) => {}
            }
        }
        (!entries.is_empty()).then_some(Value::Object(entries))
    }

    pub(super) fn payload_value(
        &self,
        member: &MemberModel,
        body: &[u8],
        path: &Path<'_>,
    ) -> Result<Option<Value>, ReadError> {
        match self.shape(member.shape).kind {
            Kind::Blob => Ok((!body.is_empty()).then(|| blob::encode(body).into())),
            Kind::String if !member.json => {
                let text = std::str::from_utf8(body).map_err(|_| TypeMismatch::new(path, "UTF-8 text"))?;
                Ok((!text.is_empty()).then(|| text.into()))
            }
            _ if body.trim_ascii().is_empty() => Ok(None),
            _ => Ok(self.member_from_wire(member, json_of(body)?, path)?),
        }
    }
}

pub(super) fn json_of(body: &[u8]) -> Result<Value, ReadError> {
    // The error says where the body stops being JSON, and nothing of what is there.
    json::from_slice(body).map_err(|error| ReadError(format!("the body is not JSON: {error}")))
}

/// The texts of a list in a header.
struct Texts;

impl<'de> serde_core::de::Visitor<'de> for Texts {
    type Value = Vec<String>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a list")
    }

    fn visit_seq<A: serde_core::de::SeqAccess<'de>>(self, mut from: A) -> Result<Vec<String>, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = from.next_element::<Text>()? {
            texts.push(text.0);
        }
        Ok(texts)
    }
}

/// A text; plain `String`s are read by the runtime's own trait.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self)
    }
}
