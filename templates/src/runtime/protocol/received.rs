//! Received responses, read into outputs and exceptions as restJson1 binds them: status, headers and body.

use std::fmt;

use crate::runtime::base::json::{self, Json};
use crate::runtime::protocol::header::ResponsePart;
use crate::runtime::shape::context::{MemberValue, Path, ReadContext, Reader};
use crate::runtime::shape::member::{Location, Member, Payload};
use crate::runtime::shape::set::set;
use crate::runtime::shape::traits::{Read, Structure, default_timestamp};
use ::http::HeaderMap;

/// An answer, as far as a shape is read from it.
#[derive(Clone, Copy)]
pub struct Received<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
}

impl fmt::Debug for Received<'_> {
    /// Says how much there is, never what: it may be a customer's.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Received({}, {} bytes)", self.status, self.body.len())
    }
}

/// An answer that cannot be read. It says where and why, and repeats nothing of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(String);

impl fmt::Display for DecodeError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl std::error::Error for DecodeError {}

impl<'a> Received<'a> {
    /// Reads a response or an exception.
    ///
    /// # Errors
    /// An answer that has not the shape; in strict reading, one that is not quite as modelled.
    #[inline]
    pub fn read<T: Structure>(self, strict: bool) -> Result<T, DecodeError> {
        let mut value = T::default();
        self.read_into(&mut value, Reader::new(strict).bounded(self.body.len())).map(|()| value)
    }

    /// Reads a response or an exception where it is to be.
    ///
    /// # Errors
    /// As [`Received::read`].
    #[inline]
    pub(crate) fn read_into<T: Structure>(self, value: &mut T, reader: Reader) -> Result<(), DecodeError> {
        self.read_with(value, &reader).map_err(|error: json::Error| DecodeError(reader.explain(&error)))
    }

    #[inline]
    fn read_with<T: Structure>(self, value: &mut T, reader: &Reader) -> Result<(), json::Error> {
        // A body of no bytes is that of a structure of which nothing is set.
        if const { matches!(T::PAYLOAD, Payload::None) } {
            let mut from = document(if self.is_blank() { b"{}" } else { self.body }, reader)?;
            T::read_into(&mut from, &reader.root(false), value)?;
            from.end()?;
        }
        if const { has_bound(T::SHAPE.members) } {
            for (place, member) in T::SHAPE.members.iter().enumerate() {
                let path = Path::Key(&Path::Root, member.name);
                let context = bound(member, reader.root(false).at(&path));
                self.read_bound(place, member, &context, value).inspect_err(|_| context.failed())?;
            }
        }
        Ok(())
    }

    /// Reads a member that is bound to something other than a key of the body.
    #[inline]
    fn read_bound<T: Structure>(
        self,
        place: usize,
        member: &Member,
        context: &ReadContext<'_>,
        into: &mut T,
    ) -> Result<(), json::Error> {
        if const { matches!(T::PAYLOAD, Payload::Json) } && member.location == Location::Payload {
            if self.is_blank() {
                return missing(member, context);
            }
            let mut from = document(self.body, context.document)?;
            set(into, place, MemberValue { from: &mut from, context })?;
            return from.end();
        }
        let is_stream = const { matches!(T::PAYLOAD, Payload::Stream) } && member.location == Location::Payload;
        if is_stream && context.document.has_stream() {
            return set(into, place, MemberValue { from: ResponsePart::Bytes(b""), context }).map(drop);
        }
        match self.given(member) {
            Some(given) => set(into, place, MemberValue { from: given, context }).map(drop),
            None if member.location == Location::Body => Ok(()),
            None => missing(member, context),
        }
    }

    /// The part of the response that a member is bound to, where that is not a key of the JSON body.
    pub(crate) fn given(self, member: &Member) -> Option<ResponsePart<'a>> {
        match member.location {
            Location::Status => Some(ResponsePart::Status(self.status)),
            Location::Header => ResponsePart::header(self.headers, member.wire),
            Location::PrefixHeaders => Some(ResponsePart::Headers(self.headers, member.wire)),
            Location::Payload if self.body.is_empty() => None,
            Location::Payload => Some(ResponsePart::Bytes(self.body)),
            // These are of requests.
            Location::Body | Location::Label | Location::Query | Location::QueryMap => None,
        }
    }

    fn is_blank(self) -> bool {
        self.body.iter().all(u8::is_ascii_whitespace)
    }
}

fn document<'a>(body: &'a [u8], reader: &Reader) -> Result<Json<'a>, json::Error> {
    // Once for all strings: they are slices of it.
    match std::str::from_utf8(body) {
        Ok(text) if reader.is_strict() => Ok(Json::new(text)),
        Ok(text) => Ok(Json::tolerant(text)),
        Err(_) => Err(reader.root(false).wrong("JSON", "bytes that are not UTF-8")),
    }
}

/// The context of a member that is bound to something other than a key of the body.
pub(crate) fn bound<'p>(member: &Member, context: ReadContext<'p>) -> ReadContext<'p> {
    ReadContext {
        timestamp: member.timestamp.unwrap_or(default_timestamp(member.location)),
        json_value: member.json_value,
        text: !(member.location == Location::Payload && member.payload == Payload::Json),
        ..context
    }
}

fn missing(member: &Member, context: &ReadContext<'_>) -> Result<(), json::Error> {
    if member.required && context.document.is_watched() {
        context.coerce("a required member", "nothing")
    } else {
        Ok(())
    }
}

/// Whether any member is bound to something other than a key of the body.
const fn has_bound(members: &[Member]) -> bool {
    let mut index = 0;
    while index < members.len() {
        if !matches!(members[index].location, Location::Body) {
            return true;
        }
        index += 1;
    }
    false
}
