//! A deserializer of JSON text that is all in memory. It borrows every string that has no escapes.
//!
//! A strict document accepts and refuses what `serde_json` does, with the same messages; tests compare the two. A tolerant
//! document, which responses are, accepts two things more: half of a surrogate pair, which reads as U+FFFD, and a number
//! that no `f64` can hold, which reads as infinity.

mod access;
mod de;
mod error;
mod number;
mod scan;
mod skip;
mod string;

use serde_core::Deserialize;

pub(crate) use error::Error;

/// The name of a newtype that asks for text. A number then comes as its digits, in the form in which `serde_json` passes on
/// numbers of any precision: a map of one entry. Every other deserializer passes over the name.
pub(crate) const TEXT: &str = "$text";

/// The key of that entry.
pub(crate) const NUMBER_KEY: &str = "$serde_json::private::Number";

/// The number of lists and objects that may surround a value: each of them is a call deeper on the stack.
const DEPTH: u8 = 128;

/// A document, up to where it is read.
pub(crate) struct Json<'de> {
    text: &'de str,
    at: usize,
    /// The lists and objects that may still be opened, and one.
    depth: u8,
    /// The last string that has escapes.
    unescaped: String,
    /// Whether half of a surrogate pair and a number that is too large are read all the same.
    tolerant: bool,
}

/// Reads a value that is the whole document.
pub(crate) fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    let mut from = Json::new(text);
    let value = T::deserialize(&mut from)?;
    from.end()?;
    Ok(value)
}

/// Reads a value from a tolerant document.
pub(crate) fn from_str_tolerant<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    let mut from = Json::tolerant(text);
    let value = T::deserialize(&mut from)?;
    from.end()?;
    Ok(value)
}

/// Reads a value from bytes that may not be text.
pub(crate) fn from_slice<'de, T: Deserialize<'de>>(text: &'de [u8]) -> Result<T, Error> {
    from_str(std::str::from_utf8(text).map_err(serde_core::de::Error::custom)?)
}

impl<'de> Json<'de> {
    pub(crate) fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: DEPTH, unescaped: String::new(), tolerant: false }
    }

    /// A document that is read as well as it can be.
    pub(crate) fn tolerant(text: &'de str) -> Self {
        Self { tolerant: true, ..Self::new(text) }
    }

    /// Says that nothing but white space may follow.
    pub(crate) fn end(&mut self) -> Result<(), Error> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.wrong_here("trailing characters")),
        }
    }

    /// The next byte, whatever it is.
    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Consumes a byte.
    #[inline]
    fn take(&mut self) -> Option<u8> {
        let byte = self.byte()?;
        self.at += 1;
        Some(byte)
    }

    /// The next byte behind white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        match self.byte() {
            // Most documents have none.
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.peek_far(),
        }
    }

    fn peek_far(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.byte()
    }

    /// Consumes what is left of `null`, `true` or `false`, of which the first letter was seen.
    fn literal(&mut self, literal: &str) -> Result<(), Error> {
        for expected in literal.bytes() {
            match self.take() {
                Some(byte) if byte == expected => {}
                Some(_) => return Err(self.wrong("expected ident")),
                None => return Err(self.wrong("EOF while parsing a value")),
            }
        }
        Ok(())
    }

    /// Consumes a null, if there is one.
    #[inline(never)]
    fn is_null(&mut self) -> Result<bool, Error> {
        if self.peek() != Some(b'n') {
            return Ok(false);
        }
        self.literal("null").map(|()| true)
    }

    /// Consumes the bracket that opens a list or an object, if there is one.
    #[inline(never)]
    fn opens(&mut self, bracket: u8) -> Result<bool, Error> {
        if self.peek() != Some(bracket) {
            return Ok(false);
        }
        self.depth -= 1;
        if self.depth == 0 {
            return Err(self.wrong_here("recursion limit exceeded"));
        }
        self.at += 1;
        Ok(true)
    }

    /// Consumes the bracket that closes a list or an object, of which all was read.
    fn close(&mut self, bracket: u8) -> Result<(), Error> {
        self.depth += 1;
        match self.peek() {
            Some(byte) if byte == bracket => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.wrong_here("trailing characters")),
            None if bracket == b']' => Err(self.wrong_here("EOF while parsing a list")),
            None => Err(self.wrong_here("EOF while parsing an object")),
        }
    }

    /// The error for the byte that was taken.
    #[cold]
    fn wrong(&self, message: &'static str) -> Error {
        Error::at(message, self.text, self.at)
    }

    /// The error for the byte that comes next.
    #[cold]
    fn wrong_here(&self, message: &'static str) -> Error {
        Error::at(message, self.text, self.at + 1)
    }

    /// Adds its place to the error of a visitor.
    #[cold]
    fn place(&self, error: &mut Error) {
        error.place(self.text, self.at);
    }
}
