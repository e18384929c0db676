//! Headers, groups of headers with a common prefix, the status and the bytes of a response, as deserializers for serde.

use std::borrow::Cow;

use ::http::header::{HeaderMap, HeaderValue};
use serde_core::Deserializer;
use serde_core::de::value::MapDeserializer;
use serde_core::de::{IntoDeserializer, Visitor};
use serde_core::forward_to_deserialize_any;
use serde_json::Map;

use crate::runtime::base::json;
use crate::runtime::shape::document::Document;

/// Something that is not JSON.
#[derive(Debug, Clone)]
pub(crate) enum ResponsePart<'a> {
    /// The text of a header.
    Text(Cow<'a, str>),
    /// The bytes of a payload.
    Bytes(&'a [u8]),
    /// The status.
    Status(u16),
    /// The headers that share a prefix, which is left out of their names.
    Headers(&'a HeaderMap, &'a str),
}

impl<'a> ResponsePart<'a> {
    /// The header of that name; of several, the list of all.
    pub(crate) fn header(headers: &'a HeaderMap, name: &str) -> Option<Self> {
        let mut values = headers.get_all(name).iter();
        let mut all = text(values.next()?);
        for value in values {
            all = Cow::Owned(format!("{all}, {}", text(value)));
        }
        Some(Self::Text(all))
    }
}

impl ResponsePart<'_> {
    /// The same as a value of a document.
    pub(crate) fn into_document(self) -> Document {
        match self {
            Self::Text(text) => text.into_owned().into(),
            Self::Bytes(bytes) => String::from_utf8_lossy(bytes).into(),
            Self::Status(status) => status.into(),
            Self::Headers(headers, prefix) => {
                let mut object = Map::new();
                for (key, text) in headers_after(headers, prefix) {
                    object.insert(key, text.into_owned().into());
                }
                object.into()
            }
        }
    }
}

/// The headers that share a prefix, without it. Names in a `HeaderMap` are in lower case.
fn headers_after<'a>(headers: &'a HeaderMap, prefix: &str) -> impl Iterator<Item = (String, Cow<'a, str>)> {
    let prefix = prefix.to_ascii_lowercase();
    headers.iter().filter_map(move |(name, value)| Some((name.as_str().strip_prefix(&prefix)?.to_owned(), text(value))))
}

/// The text of a header: UTF-8, or else the bytes as the characters they are in Latin-1 (RFC 9110, section 5.5).
fn text(value: &HeaderValue) -> Cow<'_, str> {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(value.as_bytes().iter().copied().map(char::from).collect()),
    }
}

impl<'de> Deserializer<'de> for ResponsePart<'de> {
    type Error = json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self {
            Self::Text(Cow::Borrowed(text)) => visitor.visit_str(text),
            Self::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Self::Bytes(bytes) => visitor.visit_bytes(bytes),
            Self::Status(status) => visitor.visit_u16(status),
            Self::Headers(headers, prefix) => {
                let entries = headers_after(headers, prefix).map(|(key, text)| (key, Self::Text(text)));
                MapDeserializer::new(entries).deserialize_any(visitor)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self {
            Self::Text(text) => {
                let elements = elements(&text).map(|element| Self::Text(Cow::Owned(element.into_owned())));
                visitor.visit_seq(serde_core::de::value::SeqDeserializer::new(elements))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, json::Error> for ResponsePart<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The elements of a list in a header: between commas, quoted where an element has commas of its own (Smithy trait
/// `httpHeader`). An HTTP date has a comma and is not quoted.
fn elements(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut rest = Some(text.trim()).filter(|text| !text.is_empty());
    std::iter::from_fn(move || {
        let text = rest?.trim_start();
        let (element, after) = match text.strip_prefix('"') {
            Some(quoted) => unquote(quoted),
            None => {
                let comma = text.find(',').filter(|comma| !is_date(text, *comma)).or_else(|| second_comma(text));
                let (element, after) = comma.map_or((text, None), |comma| (&text[..comma], Some(&text[comma + 1..])));
                (Cow::Borrowed(element.trim_end()), after)
            }
        };
        rest = after;
        Some(element)
    })
}

/// Whether the comma at `comma` is that of an HTTP date: behind the name of a day, before its number.
fn is_date(text: &str, comma: usize) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let (day, number) = (&text[..comma], text[comma + 1..].trim_start());
    DAYS.contains(&day) && number.starts_with(|first: char| first.is_ascii_digit())
}

fn second_comma(text: &str) -> Option<usize> {
    let first = text.find(',')? + 1;
    Some(first + text[first..].find(',')?)
}

/// A quoted element, from behind its first quote on, and what comes behind the comma after it.
fn unquote(text: &str) -> (Cow<'_, str>, Option<&str>) {
    let mut element = String::new();
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => {
                let after = text[at + 1..].split_once(',').map(|(_, after)| after);
                return (Cow::Owned(element), after);
            }
            '\\' => element.extend(chars.next().map(|(_, escaped)| escaped)),
            _ => element.push(char),
        }
    }
    // The quote never ends: what there is, is the element.
    (Cow::Owned(element), None)
}
