//! Errors of a document and their places, in the words of `serde_json`.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{self, Expected, Unexpected};

/// A problem of a document. It is as small as a pointer, because every value that is read may be one.
pub(crate) struct Error(Box<Wrong>);

struct Wrong {
    message: Cow<'static, str>,
    /// The line and the column, once they are known.
    place: Option<(usize, usize)>,
}

impl Error {
    /// A problem of the grammar, and its byte offset.
    pub(super) fn at(message: &'static str, text: &str, end: usize) -> Self {
        Self(Box::new(Wrong { message: Cow::Borrowed(message), place: Some(place(text, end)) }))
    }

    /// Says that it is behind so many bytes, where it has no place yet.
    pub(super) fn place(&mut self, text: &str, end: usize) {
        self.0.place.get_or_insert_with(|| place(text, end));
    }
}

/// The line and the column of the last of so many bytes, both from one on.
fn place(text: &str, end: usize) -> (usize, usize) {
    let before = text.as_bytes().get(..end).unwrap_or(text.as_bytes());
    let line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    (1 + before[..line].iter().filter(|byte| **byte == b'\n').count(), before.len() - line)
}

impl fmt::Display for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0.message)?;
        match self.0.place {
            Some((line, column)) => write!(to, " at line {line} column {column}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Error({:?})", self.to_string())
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Box::new(Wrong { message: Cow::Owned(message.to_string()), place: None }))
    }

    #[cold]
    fn invalid_type(got: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match got {
            Unexpected::Unit => Self::custom(format_args!("invalid type: null, expected {expected}")),
            got => Self::custom(format_args!("invalid type: {got}, expected {expected}")),
        }
    }
}
