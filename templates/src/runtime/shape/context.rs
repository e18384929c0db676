//! The context of a reader: where it is, how values are read there, and what was read although it is not as modelled.
//!
//! Reading is tolerant: what Connect is known to send wrong (a number as a string, a null in a list) is read all the same
//! and reported as a `tracing` event that has the path, what was expected and what came, but never the value.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::fmt::{self, Write as _};

use serde_core::de::{Error, IgnoredAny};
use serde_core::{Deserialize, Deserializer};

use crate::runtime::http::byte_stream::ByteStream;
use crate::runtime::shape::member::{Member, TimestampFormat};

/// The context of a value that is read: its format, and its path for messages.
#[derive(Debug, Clone, Copy)]
pub struct ReadContext<'p> {
    /// Whether members go by the model's names (`true`) or by their names on the wire.
    pub member_names: bool,
    /// The format that timestamps here are modelled to have.
    pub timestamp: TimestampFormat,
    /// Whether the value is the text of a header or a payload: numbers and booleans are then text by right, and blobs
    /// are bytes.
    pub text: bool,
    /// Whether text is the base64 of JSON (botocore's `jsonvalue`).
    pub json_value: bool,
    /// Where the value is.
    pub path: &'p Path<'p>,
    /// The state that is shared by the whole document.
    pub document: &'p Reader,
}

/// The state of the reading of one document.
#[derive(Debug)]
pub struct Reader {
    strict: bool,
    watched: bool,
    failed: OnceCell<String>,
    stream: RefCell<Option<ByteStream>>,
    /// The bytes of memory that elements of lists and entries of maps may still use.
    room: Cell<usize>,
}

/// The memory that the elements and entries of a document may take however short it is.
const LEAST_ROOM: usize = 32 << 20;

/// The bytes of memory that each byte of a document may become. A structure of which nothing is set is some hundred bytes
/// of memory and two of JSON, so a body within its limit could still fill the memory of the machine; responses of services
/// become two to five times their size.
const ROOM_OF_A_BYTE: usize = 16;

impl Reader {
    /// A reader that is tolerant, or one for which everything that tolerant reading puts right is an error.
    #[must_use]
    pub fn new(strict: bool) -> Self {
        let watched = strict || tracing::enabled!(tracing::Level::DEBUG);
        Self { strict, watched, failed: OnceCell::new(), stream: RefCell::new(None), room: Cell::new(usize::MAX) }
    }

    /// The same, for a document whose payload is a stream, where there is one.
    #[must_use]
    pub fn streaming(self, stream: Option<ByteStream>) -> Self {
        self.stream.replace(stream);
        self
    }

    /// The same, for a document of that many bytes: it may become no more than a multiple of them.
    #[must_use]
    pub(crate) fn bounded(self, bytes: usize) -> Self {
        self.room.set(bytes.saturating_mul(ROOM_OF_A_BYTE).saturating_add(LEAST_ROOM));
        self
    }

    /// Subtracts the memory of an element or an entry from the document's limit; `false` where too little is left.
    #[inline]
    pub(crate) fn takes(&self, bytes: usize) -> bool {
        let left = self.room.get().checked_sub(bytes);
        self.room.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether what tolerant reading puts right is an error.
    pub(crate) fn is_strict(&self) -> bool {
        self.strict
    }

    /// Whether the payload is a stream that nobody took.
    pub(crate) fn has_stream(&self) -> bool {
        self.stream.borrow().is_some()
    }

    /// The stream that is the payload, where it is one.
    pub(crate) fn take_stream(&self) -> Option<ByteStream> {
        self.stream.take()
    }

    /// The path of the value that could not be read.
    #[must_use]
    pub fn failed_at(&self) -> Option<&str> {
        self.failed.get().map(String::as_str)
    }

    /// Whether anybody would hear of a required member that is missing.
    #[inline]
    #[must_use]
    pub fn is_watched(&self) -> bool {
        self.watched
    }

    /// The message of a deserializer's error with the path, and without the value that some of them repeat.
    #[must_use]
    pub fn explain(&self, error: &dyn fmt::Display) -> String {
        let path = self.failed_at().unwrap_or("$");
        format!("{path}: {}", without_value(&error.to_string()))
    }

    /// The context of the document itself.
    #[must_use]
    pub fn root(&self, member_names: bool) -> ReadContext<'_> {
        ReadContext {
            member_names,
            timestamp: TimestampFormat::EpochSeconds,
            text: false,
            json_value: false,
            path: &Path::Root,
            document: self,
        }
    }
}

impl<'p> ReadContext<'p> {
    /// The same, at another place.
    #[inline]
    #[must_use]
    pub fn at<'q>(self, path: &'q Path<'q>) -> ReadContext<'q>
    where
        'p: 'q,
    {
        ReadContext { path, ..self }
    }

    /// The same, for a member of the JSON body, at its place; for one that is not known where there is no [`Member`].
    #[inline]
    #[must_use]
    pub fn member<'q>(self, member: Option<&Member>, path: &'q Path<'q>) -> ReadContext<'q>
    where
        'p: 'q,
    {
        let timestamp = member.and_then(|member| member.timestamp).unwrap_or(TimestampFormat::EpochSeconds);
        ReadContext { timestamp, json_value: member.is_some_and(|member| member.json_value), path, ..self }
    }

    /// Says that a value is not quite what the model has and was read all the same.
    ///
    /// # Errors
    /// In strict reading, always.
    #[cold]
    pub fn coerce<E: Error>(&self, expected: &str, got: &str) -> Result<(), E> {
        if self.document.strict {
            return Err(self.wrong(expected, got));
        }
        self.report(expected, got);
        Ok(())
    }

    /// Tells whoever listens that a value is not as modelled.
    #[cold]
    pub(crate) fn report(&self, expected: &str, got: &str) {
        tracing::debug!(path = %self.path, expected, got, "read a value that is not as modelled");
    }

    /// The error for a value that is none of the shape.
    #[cold]
    pub fn wrong<E: Error>(&self, expected: &str, got: &str) -> E {
        self.failed();
        E::custom(format_args!("expected {expected}, got {got}"))
    }

    /// The error for a document that would become too large in memory.
    #[cold]
    pub(crate) fn too_large<E: Error>(&self) -> E {
        self.failed();
        E::custom("the response would take many times its size in memory: its lists and maps have too many elements")
    }

    /// Keeps the path of the first value that could not be read, which is the innermost.
    #[cold]
    pub fn failed(&self) {
        self.document.failed.get_or_init(|| self.path.to_string());
    }
}

/// Removes the value from a message such as `invalid type: string "secret", expected a list`: messages end up in logs.
fn without_value(message: &str) -> Cow<'_, str> {
    let Some(wrong) = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: ")) else {
        return Cow::Borrowed(message);
    };
    let (got, expected) = wrong.rsplit_once(", expected ").unwrap_or((wrong, "something else"));
    let kind = match got.split(['"', '`']).next().unwrap_or_default().trim_end() {
        "map" => "an object",
        "sequence" => "a list",
        "string" => "a string",
        "boolean" => "a boolean",
        "integer" | "floating point" => "a number",
        other => other,
    };
    let (expected, place) = expected.split_at(expected.find(" at line ").unwrap_or(expected.len()));
    Cow::Owned(format!("expected {expected}, got {kind}{place}"))
}

/// The path of a value in a document, as a chain that lives on the stack.
#[derive(Debug)]
pub enum Path<'p> {
    /// The document itself.
    Root,
    /// A member of a structure.
    Key(&'p Path<'p>, &'p str),
    /// An entry of a map, by where it is among the others: its key is data, and may be sensitive.
    Entry(&'p Path<'p>, usize),
    /// An element of a list.
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    /// The key of a member; nothing where the value is none.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Key(_, name) => name,
            Self::Root | Self::Entry(..) | Self::Index(..) => "",
        }
    }

    /// Whether this is the document itself.
    #[inline]
    #[must_use]
    pub fn is_root(&self) -> bool {
        matches!(self, Self::Root)
    }
}

/// The longest part of a key that a path shows: one that the model does not know may be any text.
const KEY_SHOWN: usize = 64;

impl fmt::Display for Path<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => to.write_char('$'),
            Self::Index(parent, index) => write!(to, "{parent}[{index}]"),
            Self::Entry(parent, index) => write!(to, "{parent}{{{index}}}"),
            Self::Key(parent, key) => {
                let plain =
                    key.len() <= KEY_SHOWN && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
                if plain && !key.is_empty() {
                    return write!(to, "{parent}.{key}");
                }
                match key.char_indices().nth(KEY_SHOWN) {
                    Some((end, _)) => write!(to, "{parent}[{:?}…]", &key[..end]),
                    None => write!(to, "{parent}[{key:?}]"),
                }
            }
        }
    }
}

/// The value of one member, still to be read.
#[derive(Debug)]
pub struct MemberValue<'p, D> {
    pub(crate) from: D,
    pub(crate) context: &'p ReadContext<'p>,
}

impl<'de, D: Deserializer<'de>> MemberValue<'_, D> {
    /// Passes over the value of a member that is not known.
    #[inline]
    pub(crate) fn skip(self) -> Result<bool, D::Error> {
        if self.context.document.watched {
            self.context.coerce("a member that the model knows", "an unknown one")?;
        }
        IgnoredAny::deserialize(self.from).map(|_| false)
    }
}
