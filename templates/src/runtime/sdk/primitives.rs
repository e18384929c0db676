//! Primitive types of members, with the methods that they have in the AWS SDK for Rust.

use std::error::Error;
use std::fmt;

#[doc(no_inline)]
pub use crate::runtime::http::ByteStream;
#[doc(no_inline)]
pub use crate::runtime::shape::blob::Blob;
#[doc(no_inline)]
pub use crate::runtime::shape::document::Document;
#[doc(no_inline)]
pub use crate::runtime::shape::member::TimestampFormat;
#[doc(no_inline)]
pub use crate::runtime::shape::timestamp::{DateTime, DateTimeError, OutOfRange};

/// How a point in time is written.
pub type DateTimeFormat = TimestampFormat;

/// A point in time whose milliseconds an `i64` does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConversionError;

impl fmt::Display for ConversionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an `i64` does not hold the milliseconds of the timestamp")
    }
}

impl Error for ConversionError {}

impl Blob {
    /// [`into_bytes`](Self::into_bytes).
    #[must_use]
    pub fn into_inner(self) -> Vec<u8> {
        self.into_bytes()
    }
}

impl DateTime {
    /// Milliseconds since the epoch, rounded down.
    ///
    /// # Errors
    /// An `i64` does not hold them.
    pub fn to_millis(self) -> Result<i64, ConversionError> {
        let millis = i128::from(self.secs()) * 1000 + i128::from(self.subsec_nanos() / 1_000_000);
        millis.try_into().map_err(|_| ConversionError)
    }
}
