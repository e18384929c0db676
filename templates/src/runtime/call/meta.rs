//! The output of a call with what the response said besides it: request id, status, headers, and how many attempts it took.

use std::fmt;
use std::ops::{Deref, DerefMut};

use ::http::{HeaderMap, StatusCode};

use crate::runtime::error::Error;
use crate::runtime::error::response::request_id;

/// An output, and the response that it was read from. It can be used as the output.
#[derive(Debug, Clone, Default)]
pub struct Response<O> {
    output: O,
    meta: ResponseMeta,
}

/// The metadata of a response.
#[derive(Clone, Default)]
pub struct ResponseMeta {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: u32,
}

/// The id by which AWS finds a request. Responses and errors have it.
pub trait RequestId {
    /// The id; `None` where there was no response, or it has none.
    fn request_id(&self) -> Option<&str>;
}

impl<O> Response<O> {
    pub(crate) fn new(output: O, meta: ResponseMeta) -> Self {
        Self { output, meta }
    }

    /// The metadata of the response.
    #[must_use]
    pub fn meta(&self) -> &ResponseMeta {
        &self.meta
    }

    /// The id that AWS support finds the request by.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }

    /// The output alone.
    #[must_use]
    pub fn into_output(self) -> O {
        self.output
    }

    /// The output, and what the response says besides it.
    #[must_use]
    pub fn into_parts(self) -> (O, ResponseMeta) {
        (self.output, self.meta)
    }
}

impl ResponseMeta {
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a header; `None` where it is not there, or is not text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The id that AWS support finds the request by.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl<O> Deref for Response<O> {
    type Target = O;

    fn deref(&self) -> &O {
        &self.output
    }
}

impl<O> DerefMut for Response<O> {
    fn deref_mut(&mut self) -> &mut O {
        &mut self.output
    }
}

impl<O> RequestId for Response<O> {
    fn request_id(&self) -> Option<&str> {
        self.meta.request_id()
    }
}

impl RequestId for ResponseMeta {
    fn request_id(&self) -> Option<&str> {
        Self::request_id(self)
    }
}

impl<E> RequestId for Error<E> {
    fn request_id(&self) -> Option<&str> {
        Self::request_id(self)
    }
}

impl fmt::Debug for ResponseMeta {
    /// Shows no header: they may be a customer's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseMeta")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
