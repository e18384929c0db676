//! Serialization of values of any shape, by the names of the model or by those on the wire.

use std::collections::HashMap;
use std::fmt::Debug;
use std::slice;

use serde_core::ser::{Error, SerializeMap, SerializeSeq};
use serde_core::{Serialize, Serializer};

use crate::runtime::http::byte_stream::ByteStream;
use crate::runtime::shape::document::Document;
use crate::runtime::shape::member::Member;
use crate::runtime::shape::traits::{Fields, Fragment, Structure, Write, WriteContext};

/// The levels of nesting after which writing stops, as reading does: recursive shapes nest as deep as a program likes.
const DEPTH_LIMIT: u8 = 128;

impl WriteContext {
    /// The form of what is inside a value that is written in this form.
    #[inline]
    fn inside<E: Error>(mut self) -> Result<Self, E> {
        if self.depth >= DEPTH_LIMIT {
            return Err(E::custom("the value is nested more than 128 levels deep"));
        }
        self.depth += 1;
        Ok(self)
    }
}

/// A value and the form it is written in, as serde wants them.
pub(crate) struct WithContext<'a, T>(pub(crate) &'a T, pub(crate) WriteContext);

impl<T: Write> Serialize for WithContext<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write(to, self.1)
    }
}

impl<T: Structure> Write for T {
    const UNION: bool = T::SHAPE.union;

    #[inline]
    fn write<S: Serializer>(&self, to: S, context: WriteContext) -> Result<S::Ok, S::Error> {
        let context = context.inside()?;
        let mut entries = Entries::new(to.serialize_map(None)?, context, T::SHAPE.members);
        self.fields(&mut entries);
        entries.end()
    }
}

/// The walk that writes the members of a structure as entries of a map.
///
/// All members are written, wherever they are bound: bindings hold for requests and responses only, not for the same
/// shape inside of a document.
struct Entries<M: SerializeMap> {
    map: M,
    context: WriteContext,
    members: slice::Iter<'static, Member>,
    result: Result<(), M::Error>,
}

impl<M: SerializeMap> Entries<M> {
    #[inline]
    fn new(map: M, context: WriteContext, members: &'static [Member]) -> Self {
        Self { map, context, members: members.iter(), result: Ok(()) }
    }

    #[inline]
    fn end(self) -> Result<M::Ok, M::Error> {
        self.result?;
        self.map.end()
    }
}

impl<M: SerializeMap> Fields for Entries<M> {
    #[inline]
    fn next(&mut self) -> Option<&'static Member> {
        self.members.next()
    }

    #[inline]
    fn at<T: Write>(&mut self, member: &Member, value: &T) {
        self.part(member, value);
    }

    #[inline]
    fn part<T: Write>(&mut self, member: &Member, value: &T) {
        if self.result.is_ok() && !value.is_absent() {
            let name = if self.context.member_names { member.name } else { member.wire };
            self.result = self.map.serialize_entry(name, &WithContext(value, self.context.member(member)));
        }
    }

    fn unknown(&mut self, name: &str, value: &Document) {
        // A union that was never set has the empty name and no value.
        let is_set = !(name.is_empty() && value.is_null());
        if self.result.is_ok() && is_set {
            self.result = self.map.serialize_entry(name, value);
        }
    }
}

impl<T: Write> Write for Option<T> {
    const UNION: bool = T::UNION;

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    #[inline]
    fn write<S: Serializer>(&self, to: S, context: WriteContext) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(to, context),
            None => to.serialize_none(),
        }
    }

    #[inline]
    fn text(&self, context: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
        if let Some(value) = self {
            value.text(context, to);
        }
    }

    #[inline]
    fn stream(&self) -> Option<ByteStream> {
        self.as_ref().and_then(T::stream)
    }
}

impl<T: Write> Write for Vec<T> {
    fn write<S: Serializer>(&self, to: S, context: WriteContext) -> Result<S::Ok, S::Error> {
        let context = context.inside()?;
        let mut list = to.serialize_seq(Some(self.len()))?;
        for element in self {
            list.serialize_element(&WithContext(element, context))?;
        }
        list.end()
    }

    fn text(&self, context: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
        for element in self {
            element.text(context, &mut |piece| to(Fragment { element: true, ..piece }));
        }
    }
}

impl<K: AsRef<str> + Debug, T: Write, H> Write for HashMap<K, T, H> {
    fn write<S: Serializer>(&self, to: S, context: WriteContext) -> Result<S::Ok, S::Error> {
        let context = context.inside()?;
        let mut map = to.serialize_map(Some(self.len()))?;
        for (key, value) in in_order(self) {
            map.serialize_entry(key, &WithContext(value, context))?;
        }
        map.end()
    }

    fn text(&self, context: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
        for (key, value) in in_order(self) {
            value.text(context, &mut |piece| to(Fragment { key, ..piece }));
        }
    }
}

/// The entries by key, so that the same request has the same bytes every time.
fn in_order<K: AsRef<str>, T, H>(map: &HashMap<K, T, H>) -> Vec<(&str, &T)> {
    let mut entries: Vec<_> = map.iter().map(|(key, value)| (key.as_ref(), value)).collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries
}
