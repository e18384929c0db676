//! The binder, which passes the members of an input to [`RequestWriter`] by their bindings. It holds only the code that has to be
//! compiled once for each kind of value.

use std::slice;

use super::bound::BoundRequest;
use super::empty::EmptyText;
use super::error::{BuildError, Problem};
use super::writer::RequestWriter;
use crate::runtime::protocol::operation::Operation;
use crate::runtime::shape::document::Document;
use crate::runtime::shape::member::{Location, Member, Payload};
use crate::runtime::shape::traits::{Fields, Write, WriteContext};

/// The walk over an input. `HOST` says whether the operation has a host prefix, into which any member may go as well.
pub(super) struct InputBinder<const HOST: bool>(RequestWriter, slice::Iter<'static, Member>);

impl<const HOST: bool> InputBinder<HOST> {
    pub(super) fn new<O: Operation>(empty: EmptyText) -> Self {
        Self(RequestWriter::new(const { &O::INFO }, O::PAYLOAD, empty), O::SHAPE.members.iter())
    }

    pub(super) fn finish(self) -> Result<BoundRequest, BuildError> {
        self.0.finish()
    }

    /// Writes a value as JSON to the end of the body.
    #[inline]
    fn json<T: Write>(&mut self, member: &Member, value: &T, context: WriteContext) {
        let mut to = serde_json::Serializer::new(&mut self.0.body);
        if let Err(error) = value.write(&mut to, context) {
            self.0.fail(member.name, Problem::Json(error.to_string()));
        }
    }

    /// Whether a required member was never given, which fails the request: its empty text would be sent without a word.
    #[inline]
    fn is_missing<T: Write>(&mut self, member: &Member, value: &T) -> bool {
        let is_missing =
            member.required && !member.may_be_blank && value.is_blank() && self.0.empty == EmptyText::Missing;
        if is_missing {
            self.0.fail(member.name, Problem::Blank);
        }
        is_missing
    }

    #[inline]
    fn host<T: Write>(&mut self, member: &Member, value: &T) {
        if member.host_label {
            value.text(WriteContext::WIRE, &mut |piece| self.0.host_label(member.name, piece));
        }
    }
}

impl<const HOST: bool> Fields for InputBinder<HOST> {
    #[inline]
    fn next(&mut self) -> Option<&'static Member> {
        self.1.next()
    }

    fn at<T: Write>(&mut self, member: &Member, value: &T) {
        if member.location == Location::Body {
            return self.part(member, value);
        }
        if value.is_absent() || self.0.has_failed() {
            if T::UNION && member.location == Location::Payload {
                self.0.no_body();
            }
            return;
        }
        // An empty label has a problem of its own.
        if member.location != Location::Label && self.is_missing(member, value) {
            return;
        }
        if HOST {
            self.host(member, value);
        }
        let context = WriteContext::bound(member);
        if member.location == Location::Payload && self.0.payload == Payload::Json {
            self.json(member, value, context);
            return;
        }
        if member.location == Location::Payload && self.0.payload == Payload::Stream {
            self.0.stream = value.stream();
            return;
        }
        value.text(context, &mut |piece| self.0.piece(member, piece));
        if member.json_value && self.0.is_nothing() {
            // A document has no text of its own; a string has, and is taken for JSON that was written already.
            let body = self.0.body.len();
            self.json(member, value, context);
            self.0.take_text(body);
        }
        self.0.end(member);
    }

    #[inline]
    fn part<T: Write>(&mut self, member: &Member, value: &T) {
        self.0.has_parts = true;
        if value.is_absent() || self.0.has_failed() {
            return;
        }
        if self.is_missing(member, value) {
            return;
        }
        if HOST {
            self.host(member, value);
        }
        self.0.key(member.wire);
        self.json(member, value, WriteContext::WIRE.member(member));
    }

    fn unknown(&mut self, _name: &str, _value: &Document) {
        // Inputs are structures, and only unions have such members.
    }
}
