//! Traits of modelled shapes, on which every walk over them is built.
//!
//! An emitted structure has [`Structure::fields`], which lists its members to be written, and [`Structure::fields_mut`], which lists them in
//! the same order to be read. The JSON body, the bindings of a request, `Debug`, `Serialize` and `Deserialize` are walks over these
//! two, so they cannot disagree. Both are generic: they are compiled in the program that uses them.

use std::fmt::Debug;

use serde_core::ser::Error as _;
use serde_core::{Deserializer, Serializer};

use crate::runtime::base::threads::{MaybeSend, MaybeSync};
use crate::runtime::http::byte_stream::ByteStream;
use crate::runtime::shape::context::ReadContext;
use crate::runtime::shape::document::Document;
use crate::runtime::shape::member::{Location, Member, Payload, TimestampFormat, payload_of};

/// A modelled structure, union, exception, request or response.
#[doc(hidden)]
pub trait Structure: Debug + Default + MaybeSend + MaybeSync + 'static {
    /// The model's facts about the shape.
    const SHAPE: Shape;

    /// The content of the payload member, where there is one.
    const PAYLOAD: Payload = payload_of(Self::SHAPE.members);

    /// Lists every member, in the order of the fields.
    fn fields<F: Fields>(&self, to: &mut F);

    /// Lists every member to be read, in the same order.
    fn fields_mut<F: FieldsMut>(&mut self, from: &mut F);
}

/// The model's facts about a structure. One constant and not three, for each costs every build of the crate a body.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The shape's name.
    pub name: &'static str,
    /// Whether this is a union: exactly one member is set, and a null one does not count.
    pub union: bool,
    /// Whether this is the input of an operation, which serde reads strictly: a program writes it, and a typo in it would
    /// be sent as a call with something missing.
    pub request: bool,
    /// The members, with their names and bindings, in the order in which `Structure::fields` lists them.
    pub members: &'static [Member],
}

/// A walk over the members of a structure. It keeps its first error, so that listing members stays free of `?`.
pub trait Fields {
    /// The member whose value comes next. A union says itself which one it has, and asks for none.
    fn next(&mut self) -> Option<&'static Member>;

    /// Visits a member that is bound to something other than a key of the body.
    ///
    /// One of the body is welcome too; [`Fields::part`] only asks the compiler for less.
    fn at<T: Write>(&mut self, member: &Member, value: &T);

    /// Visits a member of the JSON body.
    fn part<T: Write>(&mut self, member: &Member, value: &T);

    /// Visits the member of a union that this crate does not know.
    fn unknown(&mut self, name: &str, value: &Document);

    /// Visits a member of the JSON body.
    #[inline]
    fn body<T: Write>(&mut self, value: &T) {
        if let Some(member) = self.next() {
            self.part(member, value);
        }
    }

    /// Visits a member that is the whole body.
    #[inline]
    fn payload<T: Write>(&mut self, value: &T) {
        if let Some(member) = self.next() {
            self.at(member, value);
        }
    }

    /// Visits a label of the URI template.
    #[inline]
    fn label<T: Write>(&mut self, value: &T) {
        if let Some(member) = self.next() {
            self.at(member, value);
        }
    }

    /// Visits a query string parameter.
    #[inline]
    fn query<T: Write>(&mut self, value: &T) {
        if let Some(member) = self.next() {
            self.at(member, value);
        }
    }

    /// Visits a map of query string parameters.
    #[inline]
    fn query_map<T: Write>(&mut self, value: &T) {
        if let Some(member) = self.next() {
            self.at(member, value);
        }
    }

    /// Visits a header.
    #[inline]
    fn header<T: Write>(&mut self, value: &T) {
        if let Some(member) = self.next() {
            self.at(member, value);
        }
    }

    /// Visits a map of headers.
    #[inline]
    fn prefix_headers<T: Write>(&mut self, value: &T) {
        if let Some(member) = self.next() {
            self.at(member, value);
        }
    }

    /// Visits the HTTP status of a response.
    #[inline]
    fn status<T: Write>(&mut self, value: &T) {
        if let Some(member) = self.next() {
            self.at(member, value);
        }
    }
}

/// A walk over the members of a structure that reads one of them.
pub trait FieldsMut {
    /// Reads a member. A value that is none, a null, leaves it as it is.
    fn field<T: Read>(&mut self, into: &mut T);

    /// Returns the value of a union's member, where it is the one that was found.
    fn variant<T: Read>(&mut self) -> Option<T>;

    /// Returns the name and the value of the union's member that was found, where no other took it.
    fn unknown(&mut self) -> Option<(String, Document)>;
}

/// The context of a value that is written: its names, its timestamp format and its depth.
#[derive(Debug, Clone, Copy)]
pub struct WriteContext {
    /// Whether members go by the model's names (`true`) or by their names on the wire.
    pub member_names: bool,
    /// The format of timestamps here.
    pub timestamp: TimestampFormat,
    /// Where the value is bound: a payload has the bytes of a blob, all else its base64, and a header has whole seconds.
    pub location: Location,
    /// The number of structures, lists and maps around the value.
    pub depth: u8,
}

impl WriteContext {
    /// JSON by the model's member names: what `Serialize` gives.
    pub const MEMBERS: Self =
        Self { member_names: true, timestamp: TimestampFormat::EpochSeconds, location: Location::Body, depth: 0 };

    /// JSON by the names on the wire.
    pub const WIRE: Self = Self { member_names: false, ..Self::MEMBERS };

    /// The form of a member of a request that is bound to something other than a key of the body.
    #[must_use]
    pub fn bound(member: &Member) -> Self {
        let timestamp = member.timestamp.unwrap_or(default_timestamp(member.location));
        Self { timestamp, location: member.location, ..Self::WIRE }
    }

    /// The form of a member of a structure that is written in this form.
    ///
    /// The JSON that goes by member names has one format for every timestamp, so only the wire minds the trait
    /// `timestampFormat`.
    #[inline]
    #[must_use]
    pub fn member(mut self, member: &Member) -> Self {
        self.timestamp = match member.timestamp {
            Some(format) if !self.member_names => format,
            _ => TimestampFormat::EpochSeconds,
        };
        self
    }
}

/// The format of timestamps at a location, where the model has none (Smithy trait `timestampFormat`).
pub(crate) fn default_timestamp(location: Location) -> TimestampFormat {
    match location {
        Location::Label | Location::Query | Location::QueryMap => TimestampFormat::DateTime,
        Location::Header | Location::PrefixHeaders => TimestampFormat::HttpDate,
        Location::Body | Location::Payload | Location::Status => TimestampFormat::EpochSeconds,
    }
}

/// A value that can be written, wherever it is bound.
pub trait Write: Debug {
    /// Whether this is a union, or the place of one.
    const UNION: bool = false;

    /// Whether there is nothing to write.
    #[inline]
    fn is_absent(&self) -> bool {
        false
    }

    /// The value of a string or an enumeration, which is the same wherever it is written. Other values have none, and write
    /// themselves.
    #[inline]
    fn string(&self) -> Option<&str> {
        None
    }

    /// Whether this is text of no characters, which is what a required member is that was never given.
    #[inline]
    fn is_blank(&self) -> bool {
        self.string().is_some_and(str::is_empty)
    }

    /// Writes the value as part of a document.
    ///
    /// # Errors
    /// Those of the serializer, more levels of nesting than any service takes, and a value that has no form in a document.
    #[inline]
    fn write<S: Serializer>(&self, to: S, context: WriteContext) -> Result<S::Ok, S::Error> {
        let _ = context;
        match self.string() {
            Some(text) => to.serialize_str(text),
            None => Err(S::Error::custom("the value is no text and says not how it is written")),
        }
    }

    /// Passes the text of the value for a label, the query string, a header or a payload to a function, piece by piece: one
    /// for a scalar, those of its elements for a list or a map, none for what has no text.
    #[inline]
    fn text(&self, context: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
        let _ = context;
        if let Some(text) = self.string() {
            to(Fragment::string(text));
        }
    }

    /// The value as the body of a request, where it may be one that is not held in memory (Smithy trait `streaming`).
    #[inline]
    fn stream(&self) -> Option<ByteStream> {
        None
    }
}

/// One piece of text of a value that is bound outside of the JSON body.
#[derive(Debug, Clone, Copy)]
pub struct Fragment<'a> {
    /// The key, where the value is an entry of a map.
    pub key: &'a str,
    /// The text; only of a blob that is a payload, any bytes.
    pub text: &'a [u8],
    /// Whether the value is an element of a list.
    pub element: bool,
    /// Whether the value is a string, which may hold anything, and not a number, a boolean or a timestamp.
    pub string: bool,
}

impl<'a> Fragment<'a> {
    /// The text of a number, a boolean, a timestamp or a blob.
    #[inline]
    #[must_use]
    pub fn plain(text: &'a [u8]) -> Self {
        Self { key: "", text, element: false, string: false }
    }

    /// The text of a string or an enumeration.
    #[inline]
    #[must_use]
    pub fn string(text: &'a str) -> Self {
        Self { key: "", text: text.as_bytes(), element: false, string: true }
    }
}

/// A value that can be read, wherever it is bound.
pub trait Read: Sized {
    /// Whether serde reads it strictly, as it does the input of an operation.
    const STRICT: bool = false;

    /// Reads the value; `None` is a null, or something that tolerant reading leaves out.
    ///
    /// # Errors
    /// Those of the deserializer, and a value that is none of this shape.
    fn read<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error>;

    /// Reads it where it is all that is read. A structure then asks for its members by name, which lets serde's `flatten`
    /// hand it the keys that are its own.
    ///
    /// # Errors
    /// As [`Read::read`].
    #[inline]
    fn read_root<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        Self::read(from, context)
    }

    /// Reads the value into its place, and says whether there was one; where there was none, the place stays as it is.
    ///
    /// Large values are read in place, here and in the next two methods: otherwise they would be moved several times.
    ///
    /// # Errors
    /// As [`Read::read`]. Nothing is left of what was read up to there.
    #[inline]
    fn read_into<'de, D: Deserializer<'de>>(
        from: D,
        context: &ReadContext<'_>,
        into: &mut Self,
    ) -> Result<bool, D::Error> {
        let value = Self::read(from, context)?;
        Ok(value.map(|value| *into = value).is_some())
    }

    /// Reads the value into a place that may be empty.
    ///
    /// # Errors
    /// As [`Read::read_into`].
    #[inline]
    fn read_some<'de, D: Deserializer<'de>>(
        from: D,
        context: &ReadContext<'_>,
        into: &mut Option<Self>,
    ) -> Result<bool, D::Error> {
        let value = Self::read(from, context)?;
        Ok(value.map(|value| *into = Some(value)).is_some())
    }

    /// Reads the value to the end of a list.
    ///
    /// # Errors
    /// As [`Read::read_into`].
    #[inline]
    fn read_last<'de, D: Deserializer<'de>>(
        from: D,
        context: &ReadContext<'_>,
        into: &mut Vec<Self>,
    ) -> Result<bool, D::Error> {
        let value = Self::read(from, context)?;
        Ok(value.map(|value| into.push(value)).is_some())
    }

    /// The value of a null as an element of a list or a value of a map, where it is not left out: the members of a sparse
    /// list (Smithy trait `sparse`), and documents.
    #[inline]
    #[must_use]
    fn null() -> Option<Self> {
        None
    }
}

/// A modelled enumeration: a string that has names for the values known when this crate was generated.
pub trait Enumeration: AsRef<str> + From<String> + Send + Sync + 'static {
    /// Every known value, in the model's order.
    const VALUES: &'static [&'static str];

    /// The known variant for a value.
    fn known(value: &str) -> Option<Self>;

    /// The value on the wire.
    #[inline]
    fn as_str(&self) -> &str {
        self.as_ref()
    }
}
