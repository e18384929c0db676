//! Takes a value of any shape and a serde serializer or deserializer; gives the one walk that everything else is built on.
//!
//! An emitted structure has two functions: [`Structure::fields`] lists its members in order, [`Structure::set`] reads one
//! member by name. The JSON body, the bindings of a request, `Debug`, `Serialize` and `Deserialize` are all walks over
//! those two, so they cannot disagree. Both are generic: they are compiled in the program that uses them.

use serde_core::{Deserialize, Deserializer, Serializer};

use super::document::Document;
use super::member::{Member, TimestampFormat, body};

/// A modelled structure, union, exception, request or response.
pub trait Structure: Default + Send + Sync + 'static {
    /// The shape's name in the model.
    const NAME: &'static str;

    /// Whether this is a union: exactly one member is set, and a null one does not count.
    const UNION: bool = false;

    /// The wire names of the members that the model requires.
    const REQUIRED: &'static [&'static str] = &[];

    /// `(member, wire)` for every member of the body whose name on the wire is not the model's name.
    const RENAMED: &'static [(&'static str, &'static str)] = &[];

    /// The members that are bound to something other than a key of the body. [`Structure::set`] knows these by the
    /// model's name, all others by their name on the wire.
    const BOUND: &'static [Member] = &[];

    /// What the bytes of the payload member are, where there is one.
    const PAYLOAD: Payload = Payload::None;

    /// Lists every member, in the model's order.
    fn fields<F: Fields>(&self, to: &mut F);

    /// Reads one member.
    ///
    /// # Errors
    /// Those of the deserializer, and a value that cannot be one of the member's shape.
    fn set<'de, D: Deserializer<'de>>(&mut self, name: &str, from: Source<'_, D>) -> Result<(), D::Error>;
}

/// What the bytes of a payload member are (Smithy trait `httpPayload`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// There is no payload member: the body is the JSON of the members that are bound nowhere else.
    None,
    /// JSON: a structure, a union, a list, a map or a document.
    Json,
    /// The bytes of a blob.
    Blob,
    /// The text of a string or an enumeration.
    Text,
    /// The bytes of a blob that is not held in memory.
    Stream,
}

/// A walk over the members of a structure.
pub trait Fields {
    /// Takes a member that has binding traits.
    fn at<T: Write>(&mut self, member: Member, value: &T);

    /// Takes the member of a union that this crate does not know.
    fn unknown(&mut self, name: &str, value: &Document);

    /// Takes a member of the JSON body that has no trait of its own.
    #[inline]
    fn field<T: Write>(&mut self, name: &'static str, value: &T) {
        self.at(body(name), value);
    }
}

/// How a value is written: which names, which timestamp format, how deep already.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Whether members go by the model's names (`true`) or by their names on the wire.
    pub member_names: bool,
    /// The format of timestamps here.
    pub timestamp: TimestampFormat,
    /// Whether a blob is written as bytes (`true`) or as base64 text.
    pub raw_blob: bool,
    /// How many structures, lists and maps surround the value.
    pub depth: u8,
}

/// A value that can be written, wherever it is bound.
pub trait Write {
    /// Whether there is nothing to write.
    #[inline]
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes the value.
    ///
    /// # Errors
    /// Those of the serializer.
    fn write<S: Serializer>(&self, to: S, form: Form) -> Result<S::Ok, S::Error>;
}

/// A value that can be read, wherever it is bound.
pub trait Read: Sized {
    /// Reads the value; `None` is a null, or something that tolerant reading leaves out.
    ///
    /// # Errors
    /// Those of the deserializer, and a value that is none of this shape.
    fn read<'de, D: Deserializer<'de>>(from: D, form: Reading<'_>) -> Result<Option<Self>, D::Error>;
}

/// A modelled enumeration: a string that has names for the values known when this crate was generated.
pub trait Enumeration: Sized + Send + Sync + 'static {
    /// The shape's name in the model.
    const NAME: &'static str;

    /// Every known value, in the model's order.
    const VALUES: &'static [&'static str];

    /// The value on the wire.
    fn as_str(&self) -> &str;

    /// The known variant for a value.
    fn known(value: &str) -> Option<Self>;

    /// The variant that keeps a value that is not known.
    fn unknown(value: String) -> Self;
}

/// How a value is read, and where it is, for messages.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'p> {
    /// Whether members go by the model's names (`true`) or by their names on the wire.
    pub member_names: bool,
    /// The format that timestamps here are modelled to have.
    pub timestamp: TimestampFormat,
    /// Whether the value is the text of a header, a query parameter or a payload: numbers and booleans are then text by
    /// right, and blobs are bytes.
    pub text: bool,
    /// Whether what tolerant reading would put right is an error.
    pub strict: bool,
    /// Where the value is.
    pub path: &'p Path<'p>,
}

/// Where a value is in a document, as a chain that lives on the stack.
#[derive(Debug)]
pub enum Path<'p> {
    /// The document itself.
    Root,
    /// A member of a structure, or an entry of a map.
    Key(&'p Path<'p>, &'p str),
    /// An element of a list.
    Index(&'p Path<'p>, usize),
}

/// The value of one member, still to be read.
pub struct Source<'p, D> {
    pub(super) from: D,
    pub(super) form: Reading<'p>,
}

impl<'de, D: Deserializer<'de>> Source<'_, D> {
    /// Reads the value into a member; a null leaves the member as it is.
    ///
    /// # Errors
    /// Those of the deserializer, and a value that is none of the member's shape.
    #[inline]
    pub fn read<T: Read>(self, into: &mut T) -> Result<(), D::Error> {
        if let Some(value) = T::read(self.from, self.form)? {
            *into = value;
        }
        Ok(())
    }

    /// Reads the value of a member that is boxed because its shape contains itself.
    ///
    /// # Errors
    /// As [`Source::read`].
    #[inline]
    pub fn read_boxed<T: Read>(self, into: &mut Option<Box<T>>) -> Result<(), D::Error> {
        *into = T::read(self.from, self.form)?.map(Box::new);
        Ok(())
    }

    /// Reads the value of a union's member.
    ///
    /// # Errors
    /// As [`Source::read`].
    #[inline]
    pub fn variant<T: Read, U>(self, into: &mut U, variant: fn(T) -> U) -> Result<(), D::Error> {
        if let Some(value) = T::read(self.from, self.form)? {
            *into = variant(value);
        }
        Ok(())
    }

    /// Reads the value of a union's member that is not known.
    ///
    /// # Errors
    /// As [`Source::read`].
    #[inline]
    pub fn unknown_variant<U>(self, into: &mut U, name: &str, variant: fn(String, Document) -> U) -> Result<(), D::Error> {
        if let Some(value) = Document::read(self.from, self.form)? {
            *into = variant(name.to_owned(), value);
        }
        Ok(())
    }

    /// Says the format of the timestamps in the value, where it is not the default of its location.
    #[must_use]
    pub fn timestamp(mut self, format: TimestampFormat) -> Self {
        self.form.timestamp = format;
        self
    }

    /// Passes over the value of a member that is not known.
    ///
    /// # Errors
    /// Those of the deserializer; in strict reading, always.
    pub fn skip(self) -> Result<(), D::Error> {
        serde_core::de::IgnoredAny::deserialize(self.from).map(drop)
    }
}
