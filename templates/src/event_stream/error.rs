//! Errors of messages: bytes that are none, and messages that are no event of their name.

use std::fmt;

use crate::runtime::protocol::received::DecodeError;

/// The most bytes of the headers of a message, as botocore has it.
pub(super) const MOST_HEADERS: usize = 128 << 10;
/// The most bytes of the payload of a message, as botocore has it.
pub(super) const MOST_PAYLOAD: usize = 24 << 20;

/// Why bytes are no message, or a message cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// The checksum of the prelude or of the message is that of other bytes.
    Checksum(&'static str),
    /// The lengths contradict each other.
    Lengths,
    /// The headers are longer than 128 KiB.
    HeadersTooLong(usize),
    /// The payload is longer than 24 MiB.
    PayloadTooLong(usize),
    /// A header ends behind the end of the headers.
    HeaderCut,
    /// A header has a type that there is not.
    HeaderType(u8),
    /// A name or a text is not UTF-8.
    HeaderText,
    /// A header is there twice.
    HeaderTwice,
    /// A name is longer than 255 bytes, or a value longer than 65,535.
    HeaderTooLong(usize),
    /// The stream ends inside of a message.
    Cut,
}

impl fmt::Display for FrameError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checksum(part) => write!(to, "the checksum of the {part} does not match its bytes"),
            Self::Lengths => to.write_str("the lengths in the message contradict each other"),
            Self::HeadersTooLong(length) => {
                write!(to, "the headers of the message have {length} bytes, which is over the limit of {MOST_HEADERS}")
            }
            Self::PayloadTooLong(length) => {
                write!(to, "the payload of the message has {length} bytes, which is over the limit of {MOST_PAYLOAD}")
            }
            Self::HeaderCut => to.write_str("a header of the message runs past the end of the headers"),
            Self::HeaderType(kind) => write!(to, "a header of the message has the type {kind}, which is unknown"),
            Self::HeaderText => to.write_str("a header of the message has text that is not UTF-8"),
            Self::HeaderTwice => to.write_str("the message has a header twice"),
            Self::HeaderTooLong(length) => write!(to, "a header of the message has {length} bytes, which is too long"),
            Self::Cut => to.write_str("the stream ends within a message"),
        }
    }
}

impl std::error::Error for FrameError {}

/// Why a message is no event of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventError {
    /// The event has not the modelled shape.
    Shape(DecodeError),
    /// The header of a member has control characters.
    Header(&'static str),
}

impl fmt::Display for EventError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(error) => error.fmt(to),
            Self::Header(name) => write!(to, "$.{name}: the header has control characters"),
        }
    }
}

impl std::error::Error for EventError {}
