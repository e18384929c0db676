//! Byte streams as members: bytes in memory are written as they are, other streams as a body of their own.

use bytes::Bytes;
use serde_core::ser::Error;
use serde_core::{Deserializer, Serializer};

use super::blob::{Blob, encode};
use super::context::ReadContext;
use super::scalar::{Fit, Scalar, read_scalar};
use super::traits::{Fragment, Read, Write, WriteContext};
use crate::runtime::http::ByteStream;

impl From<Blob> for ByteStream {
    fn from(blob: Blob) -> Self {
        Bytes::from(blob).into()
    }
}

impl Write for ByteStream {
    #[inline]
    fn write<S: Serializer>(&self, to: S, _form: WriteContext) -> Result<S::Ok, S::Error> {
        match self.as_bytes() {
            Some(bytes) => to.serialize_str(&encode(bytes)),
            None => Err(S::Error::custom("a stream that is not in memory has no JSON")),
        }
    }

    fn text(&self, _form: WriteContext, to: &mut dyn FnMut(Fragment<'_>)) {
        if let Some(bytes) = self.as_bytes() {
            to(Fragment::plain(bytes));
        }
    }

    #[inline]
    fn stream(&self) -> Option<ByteStream> {
        Some(self.clone())
    }
}

impl Read for ByteStream {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(from: D, context: &ReadContext<'_>) -> Result<Option<Self>, D::Error> {
        match context.document.take_stream() {
            Some(stream) => Ok(Some(stream)),
            None => read_scalar(from, context),
        }
    }
}

/// Read from memory, it is a blob.
impl Scalar for ByteStream {
    const EXPECTED: &'static str = Blob::EXPECTED;

    fn text(text: &str, context: &ReadContext<'_>) -> Fit<Self> {
        match <Blob as Scalar>::text(text, context) {
            Fit::Modelled(blob) => Fit::Modelled(blob.into()),
            Fit::Coerced(blob) => Fit::Coerced(blob.into()),
            Fit::TooLarge => Fit::TooLarge,
            Fit::Wrong => Fit::Wrong,
        }
    }

    fn bytes(bytes: &[u8], _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Modelled(bytes.to_vec().into())
    }

    fn integer(_value: i128, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Wrong
    }

    fn float(_value: f64, _form: &ReadContext<'_>) -> Fit<Self> {
        Fit::Wrong
    }
}
