//! Takes bytes in memory or a body that comes as it is asked for; gives a modelled blob that need not be held in memory
//! (Smithy trait `streaming`).

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use crate::runtime::http::{Body, ReadError, TransportError};

/// Bytes that may come as they are asked for.
///
/// Bytes in memory can be sent again after a failure; a stream can be read once, by whichever clone reads it first. That
/// of an answer holds its connection until it has been read or dropped, and is under no timeout of the call any more.
///
/// `Debug` shows how many bytes there are, never which.
#[derive(Clone)]
pub struct ByteStream(Held);

#[derive(Clone)]
enum Held {
    Bytes(Bytes),
    Once(Arc<Mutex<Option<Body>>>),
}

impl ByteStream {
    /// A stream that can be read once.
    #[must_use]
    pub fn once(body: Body) -> Self {
        Self(Held::Once(Arc::new(Mutex::new(Some(body)))))
    }

    /// The bytes, where they are in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Held::Bytes(bytes) => Some(bytes),
            Held::Once(_) => None,
        }
    }

    /// The body to read; `None` where it was read before.
    #[must_use]
    pub fn into_body(self) -> Option<Body> {
        match self.0 {
            Held::Bytes(bytes) => Some(bytes.into()),
            // A poisoned lock is of a thread that panicked while it took the body; what is left is as good as ever.
            Held::Once(body) => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }

    /// Reads all of it, but no more than `limit` bytes.
    ///
    /// # Errors
    /// Those of the transport, more bytes than the limit, and a stream that was read before.
    pub async fn collect(self, limit: usize) -> Result<Bytes, ReadError> {
        match self.into_body() {
            Some(body) => body.read(limit).await,
            None => Err(ReadError::Transport(TransportError::not_sent("the stream was read before"))),
        }
    }
}

impl Default for ByteStream {
    fn default() -> Self {
        Bytes::new().into()
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Held::Bytes(bytes) => write!(to, "ByteStream({} bytes)", bytes.len()),
            Held::Once(_) => to.write_str("ByteStream(once)"),
        }
    }
}

/// Bytes in memory are equal by what they are, streams by which they are.
impl PartialEq for ByteStream {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Held::Bytes(one), Held::Bytes(other)) => one == other,
            (Held::Once(one), Held::Once(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Eq for ByteStream {}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self(Held::Bytes(bytes))
    }
}

impl From<Body> for ByteStream {
    fn from(body: Body) -> Self {
        Self::once(body)
    }
}

macro_rules! from_bytes {
    ($($from:ty),*) => {$(
        impl From<$from> for ByteStream {
            fn from(bytes: $from) -> Self {
                Bytes::from(bytes).into()
            }
        }
    )*};
}

from_bytes!(Vec<u8>, &'static [u8], String, &'static str);
