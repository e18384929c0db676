//! Headers of messages: a name of at most 255 bytes and a typed value.

use bytes::{Buf, BufMut, Bytes, BytesMut};

use super::error::FrameError;

/// The value of a header.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderValue {
    /// A boolean.
    Boolean(bool),
    /// An integer of 8 bits.
    Byte(i8),
    /// An integer of 16 bits.
    Short(i16),
    /// An integer of 32 bits.
    Integer(i32),
    /// An integer of 64 bits.
    Long(i64),
    /// Bytes.
    Bytes(Bytes),
    /// A text.
    Text(String),
    /// Milliseconds since 1970.
    Timestamp(i64),
    /// A UUID.
    Uuid([u8; 16]),
}

impl HeaderValue {
    /// The text, where the value is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Reads a value with its type.
    pub(super) fn read(from: &mut Bytes) -> Result<Self, FrameError> {
        Ok(match take(from, 1)?.get_u8() {
            0 => Self::Boolean(true),
            1 => Self::Boolean(false),
            2 => Self::Byte(take(from, 1)?.get_i8()),
            3 => Self::Short(take(from, 2)?.get_i16()),
            4 => Self::Integer(take(from, 4)?.get_i32()),
            5 => Self::Long(take(from, 8)?.get_i64()),
            6 => Self::Bytes(sized(from)?),
            7 => Self::Text(text(&sized(from)?)?),
            8 => Self::Timestamp(take(from, 8)?.get_i64()),
            9 => {
                let mut uuid = [0; 16];
                take(from, 16)?.copy_to_slice(&mut uuid);
                Self::Uuid(uuid)
            }
            other => return Err(FrameError::HeaderType(other)),
        })
    }

    /// Writes the value with its type.
    pub(super) fn write(&self, to: &mut BytesMut) -> Result<(), FrameError> {
        match self {
            Self::Boolean(on) => to.put_u8(u8::from(!on)),
            Self::Byte(value) => {
                to.put_u8(2);
                to.put_i8(*value);
            }
            Self::Short(value) => {
                to.put_u8(3);
                to.put_i16(*value);
            }
            Self::Integer(value) => {
                to.put_u8(4);
                to.put_i32(*value);
            }
            Self::Long(value) => {
                to.put_u8(5);
                to.put_i64(*value);
            }
            Self::Bytes(bytes) => write_sized(to, 6, bytes)?,
            Self::Text(text) => write_sized(to, 7, text.as_bytes())?,
            Self::Timestamp(millis) => {
                to.put_u8(8);
                to.put_i64(*millis);
            }
            Self::Uuid(uuid) => {
                to.put_u8(9);
                to.put_slice(uuid);
            }
        }
        Ok(())
    }
}

/// Reads the name of a header.
pub(super) fn read_name(from: &mut Bytes) -> Result<String, FrameError> {
    let length = take(from, 1)?.get_u8();
    text(&take(from, length.into())?)
}

/// Writes the name of a header.
pub(super) fn write_name(name: &str, to: &mut BytesMut) -> Result<(), FrameError> {
    to.put_u8(u8::try_from(name.len()).map_err(|_| FrameError::HeaderTooLong(name.len()))?);
    to.put_slice(name.as_bytes());
    Ok(())
}

/// The next bytes of the headers.
fn take(from: &mut Bytes, length: usize) -> Result<Bytes, FrameError> {
    if from.len() < length { Err(FrameError::HeaderCut) } else { Ok(from.split_to(length)) }
}

/// The next bytes, with their length before them.
fn sized(from: &mut Bytes) -> Result<Bytes, FrameError> {
    let length = take(from, 2)?.get_u16();
    take(from, length.into())
}

fn write_sized(to: &mut BytesMut, kind: u8, bytes: &[u8]) -> Result<(), FrameError> {
    to.put_u8(kind);
    to.put_u16(u16::try_from(bytes.len()).map_err(|_| FrameError::HeaderTooLong(bytes.len()))?);
    to.put_slice(bytes);
    Ok(())
}

fn text(bytes: &[u8]) -> Result<String, FrameError> {
    String::from_utf8(bytes.to_vec()).map_err(|_| FrameError::HeaderText)
}
