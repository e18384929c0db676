//! The response to a request, as the call path hands it on, and the failure of a call with the response that it came from.

use std::any::Any;
use std::fmt;

use ::http::response::Parts;
use ::http::{HeaderMap, StatusCode};
use bytes::Bytes;

use crate::runtime::base::threads::sendable;
use crate::runtime::error::Failed;
use crate::runtime::error::response::request_id;
use crate::runtime::http::ByteStream;
use crate::runtime::protocol::received::{DecodeError, Received};

/// What a body became that was read on another thread. Its type is known to the call alone, for what reads it there to be
/// compiled once for all operations.
pub(crate) type ReadAside = Result<Box<sendable!(dyn Any)>, DecodeError>;

/// A whole response, body included.
pub(crate) struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The body of a response that is streamed.
    pub(crate) stream: Option<ByteStream>,
    /// What the body became, where another thread has read it.
    pub(crate) read: Option<ReadAside>,
    /// The number of attempts.
    pub(crate) attempts: u32,
}

impl RawResponse {
    /// A response whose body is still to be read.
    pub(crate) fn new(head: Parts, attempts: u32) -> Self {
        Self { status: head.status, headers: head.headers, body: Bytes::new(), stream: None, read: None, attempts }
    }

    /// A response that came some other way than by a call.
    pub(crate) fn whole(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body, stream: None, read: None, attempts: 0 }
    }

    /// The id by which AWS finds the request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The parts that shapes are read from.
    pub(crate) fn received(&self) -> Received<'_> {
        Received { status: self.status.as_u16(), headers: &self.headers, body: &self.body }
    }
}

impl fmt::Debug for RawResponse {
    /// Shows how much there is, never what: it may be a customer's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} bytes)", self.status, self.body.len())
    }
}

/// A call that failed, and the response of the service where there was one: the typed exception is read from it.
#[derive(Debug)]
pub(crate) struct CallFailure {
    pub(crate) failure: Failed,
    // In a box, so that the way of success carries no room for it.
    pub(crate) response: Option<Box<RawResponse>>,
}

impl From<Failed> for CallFailure {
    fn from(failure: Failed) -> Self {
        Self { failure, response: None }
    }
}
