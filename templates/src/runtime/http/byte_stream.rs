//! Byte streams: modelled blobs that need not be held in memory (Smithy trait `streaming`).

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use crate::runtime::http::{Body, ReadError, TransportError};

/// Bytes that may come as they are asked for.
///
/// Bytes in memory can be sent again after a failure. A stream can be read once, by whichever clone reads it first. The
/// stream of a response keeps its connection until it has been read or dropped; no timeout of the call applies to it.
///
/// `Debug` shows the number of bytes, never the bytes.
#[derive(Clone)]
pub struct ByteStream(Content);

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Once(Arc<Once>),
}

struct Once {
    body: Mutex<Option<Body>>,
    /// The operation and the request id, where the stream is that of a response.
    origin: Option<(&'static str, Option<String>)>,
}

impl ByteStream {
    /// A stream that can be read once.
    #[must_use]
    pub fn once(body: Body) -> Self {
        Self(Content::Once(Arc::new(Once { body: Mutex::new(Some(body)), origin: None })))
    }

    /// The stream of the response to a call.
    pub(crate) fn of_response(body: Body, operation: &'static str, request_id: Option<&str>) -> Self {
        let origin = Some((operation, request_id.map(str::to_owned)));
        Self(Content::Once(Arc::new(Once { body: Mutex::new(Some(body)), origin })))
    }

    /// The operation that the stream is the response of; `None` for a stream that comes from somewhere else.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.origin().map(|(operation, _)| *operation)
    }

    /// The id that AWS support finds the request of the stream by.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.origin()?.1.as_deref()
    }

    fn origin(&self) -> Option<&(&'static str, Option<String>)> {
        match &self.0 {
            Content::Bytes(_) => None,
            Content::Once(once) => once.origin.as_ref(),
        }
    }

    /// The bytes, if they are in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Once(_) => None,
        }
    }

    /// The body to read; `None` if it was read before.
    #[must_use]
    pub fn into_body(self) -> Option<Body> {
        match self.0 {
            Content::Bytes(bytes) => Some(bytes.into()),
            // A thread that panicked under this lock left the body whole, or taken.
            Content::Once(once) => once.body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }

    /// Reads all of it, at most `limit` bytes.
    ///
    /// # Errors
    /// Those of the transport, a stream that is longer than the limit, and one that was read before.
    pub async fn collect(self, limit: usize) -> Result<Bytes, ReadError> {
        match self.into_body() {
            Some(body) => body.read(limit).await,
            None => Err(ReadError::Transport(TransportError::not_sent("the stream has been read already"))),
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
            Content::Bytes(bytes) => write!(to, "ByteStream({} bytes)", bytes.len()),
            Content::Once(_) => to.write_str("ByteStream(once)"),
        }
    }
}

/// Bytes in memory are equal by value, streams by identity.
impl PartialEq for ByteStream {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Content::Bytes(one), Content::Bytes(other)) => one == other,
            (Content::Once(one), Content::Once(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Eq for ByteStream {}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Bytes(bytes))
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
