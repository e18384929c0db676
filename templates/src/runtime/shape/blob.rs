//! Blobs: bytes that are base64 in a document and themselves in a payload.

use std::fmt;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_core::Serializer;

use crate::runtime::shape::context::ReadContext;
use crate::runtime::shape::member::Location;
use crate::runtime::shape::scalar::{Fit, Scalar, read_as_scalar};
use crate::runtime::shape::traits::{Fragment, Write, WriteContext};

/// Bytes.
///
/// `Debug` shows how many, never which.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Blob(Vec<u8>);

impl Blob {
    /// A blob of these bytes.
    #[must_use]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl AsRef<[u8]> for Blob {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Blob {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Blob {
    fn from(bytes: [u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Blob {
    fn from(bytes: &[u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<String> for Blob {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

impl From<&str> for Blob {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl From<bytes::Bytes> for Blob {
    fn from(bytes: bytes::Bytes) -> Self {
        Self(bytes.into())
    }
}

impl From<Blob> for Vec<u8> {
    fn from(blob: Blob) -> Self {
        blob.0
    }
}

impl From<Blob> for bytes::Bytes {
    fn from(blob: Blob) -> Self {
        blob.0.into()
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Blob({} bytes)", self.0.len())
    }
}

/// The standard alphabet, padded when written; padding may be missing when read, and bits left over are passed over.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes as base64 text.
pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    BASE64.encode(bytes)
}

/// Bytes from base64 text.
pub(crate) fn decode(text: impl AsRef<[u8]>) -> Option<Vec<u8>> {
    BASE64.decode(text).ok()
}

read_as_scalar!(Blob);

// As a member: base64.
crate::__serde!(Blob);

impl Write for Blob {
    #[inline]
    fn write<S: Serializer>(&self, to: S, _form: WriteContext) -> Result<S::Ok, S::Error> {
        to.serialize_str(&encode(&self.0))
    }

    fn text(&self, context: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
        if context.location == Location::Payload {
            to(Fragment::plain(&self.0));
        } else {
            to(Fragment::plain(encode(&self.0).as_bytes()));
        }
    }
}

impl Scalar for Blob {
    const EXPECTED: &'static str = "base64 text";

    fn text(text: &str, context: &ReadContext<'_>) -> Fit<Self> {
        if context.text {
            return Fit::Modelled(text.into());
        }
        match decode(text) {
            Some(bytes) => Fit::Modelled(Self(bytes)),
            // Encoders that fold lines are common, and what they mean is clear.
            None => {
                let mut folded = text.as_bytes().to_vec();
                folded.retain(|byte| !byte.is_ascii_whitespace());
                decode(folded).map_or(Fit::Wrong, |bytes| Fit::Coerced(Self(bytes)))
            }
        }
    }

    fn bytes(bytes: &[u8], _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Modelled(bytes.into())
    }

    fn integer(_value: i128, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Wrong
    }

    fn float(_value: f64, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Wrong
    }
}
