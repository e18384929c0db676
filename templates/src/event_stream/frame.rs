//! Frames: the bytes of one message, which are its lengths, headers and payload with a checksum after the lengths and one at the end.

use std::fmt;

use bytes::{Buf, BufMut, Bytes, BytesMut};

use super::error::{FrameError, MOST_HEADERS, MOST_PAYLOAD};
use super::header::{HeaderValue, read_name, write_name};
use crate::runtime::protocol::checksum::Crc32;

/// The bytes of both lengths and their checksum.
pub(super) const PRELUDE: usize = 12;
/// The bytes of a checksum.
const CHECKSUM: usize = 4;

/// A message of a stream.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// The headers; no name is there twice.
    pub headers: Vec<(String, HeaderValue)>,
    /// The payload.
    pub payload: Bytes,
}

impl Message {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&HeaderValue> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value)
    }

    /// The value of a header that is a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.header(name)?.as_text()
    }

    /// Adds a header.
    #[must_use]
    pub fn with(mut self, name: &str, value: HeaderValue) -> Self {
        self.headers.push((name.to_owned(), value));
        self
    }

    /// The bytes of the message.
    ///
    /// # Errors
    /// Headers or a payload that are too long, and a header that is there twice.
    pub fn encode(&self) -> Result<Bytes, FrameError> {
        let mut headers = BytesMut::new();
        for (index, (name, value)) in self.headers.iter().enumerate() {
            if self.headers[..index].iter().any(|(other, _)| other == name) {
                return Err(FrameError::HeaderTwice);
            }
            write_name(name, &mut headers)?;
            value.write(&mut headers)?;
        }
        let lengths = Lengths::new(headers.len(), self.payload.len())?;
        let mut bytes = BytesMut::with_capacity(lengths.total);
        // Both lengths are within their limits, which 32 bits hold.
        bytes.put_u32(lengths.total as u32);
        bytes.put_u32(headers.len() as u32);
        bytes.put_u32(Crc32::IEEE.of(&bytes));
        bytes.put(headers);
        bytes.put_slice(&self.payload);
        bytes.put_u32(Crc32::IEEE.of(&bytes));
        Ok(bytes.freeze())
    }

    /// Reads a whole message, whose lengths were read before.
    pub(super) fn decode(mut bytes: Bytes, lengths: Lengths) -> Result<Self, FrameError> {
        let mut checksum = bytes.split_off(bytes.len().saturating_sub(CHECKSUM));
        check(&bytes, checksum.get_u32(), "message")?;
        bytes.advance(PRELUDE);
        let mut from = bytes.split_to(lengths.headers);
        let mut headers: Vec<(String, HeaderValue)> = Vec::new();
        while !from.is_empty() {
            let name = read_name(&mut from)?;
            let value = HeaderValue::read(&mut from)?;
            headers.push((name, value));
        }
        let mut names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(FrameError::HeaderTwice);
        }
        Ok(Self { headers, payload: bytes })
    }
}

impl fmt::Debug for Message {
    /// Shows how much there is, never what: it may be a customer's.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Message({} headers, {} bytes)", self.headers.len(), self.payload.len())
    }
}

/// The lengths of a message, all within their limits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths {
    /// The bytes of the whole message.
    pub total: usize,
    /// The bytes of its headers.
    pub headers: usize,
}

impl Lengths {
    fn new(headers: usize, payload: usize) -> Result<Self, FrameError> {
        if headers > MOST_HEADERS {
            return Err(FrameError::HeadersTooLong(headers));
        }
        if payload > MOST_PAYLOAD {
            return Err(FrameError::PayloadTooLong(payload));
        }
        Ok(Self { total: PRELUDE + headers + payload + CHECKSUM, headers })
    }

    /// Reads the lengths from the first bytes of a message.
    pub fn read(mut prelude: &[u8]) -> Result<Self, FrameError> {
        let lengths = &prelude[..PRELUDE - CHECKSUM];
        let (total, headers, checksum) = (prelude.get_u32(), prelude.get_u32(), prelude.get_u32());
        check(lengths, checksum, "prelude")?;
        let headers = headers as usize;
        match (total as usize).checked_sub(PRELUDE + CHECKSUM).and_then(|rest| rest.checked_sub(headers)) {
            Some(payload) => Self::new(headers, payload),
            None => Err(FrameError::Lengths),
        }
    }
}

/// Checks bytes against their checksum.
fn check(bytes: &[u8], expected: u32, part: &'static str) -> Result<(), FrameError> {
    if Crc32::IEEE.of(bytes) == expected { Ok(()) } else { Err(FrameError::Checksum(part)) }
}
