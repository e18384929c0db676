//! The decoder: bytes in pieces of any size become messages.

use std::fmt;

use bytes::BytesMut;

use super::error::FrameError;
use super::frame::{Lengths, Message, PRELUDE};

/// A decoder of messages.
///
/// It holds the bytes of one message and of the piece that ends it. The lengths of a message are believed only to refuse it: memory is
/// reserved for bytes that have come.
#[derive(Default)]
pub struct Decoder {
    bytes: BytesMut,
    /// The lengths of the message at the start of the bytes, where they were read.
    lengths: Option<Lengths>,
}

impl Decoder {
    /// A decoder that has no bytes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds bytes of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next message; `None` where its bytes have not all come. What follows an error is no message.
    ///
    /// # Errors
    /// Bytes that are no message.
    pub fn next_message(&mut self) -> Result<Option<Message>, FrameError> {
        let lengths = match self.lengths {
            Some(lengths) => lengths,
            None if self.bytes.len() < PRELUDE => return Ok(None),
            None => *self.lengths.insert(Lengths::read(&self.bytes[..PRELUDE])?),
        };
        if self.bytes.len() < lengths.total {
            return Ok(None);
        }
        self.lengths = None;
        Message::decode(self.bytes.split_to(lengths.total).freeze(), lengths).map(Some)
    }

    /// Ends the stream.
    ///
    /// # Errors
    /// Bytes of a message that has not all come.
    pub fn finish(&self) -> Result<(), FrameError> {
        if self.bytes.is_empty() { Ok(()) } else { Err(FrameError::Cut) }
    }
}

impl fmt::Debug for Decoder {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Decoder({} bytes)", self.bytes.len())
    }
}
