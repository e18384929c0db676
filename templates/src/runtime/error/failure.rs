//! Errors of calls, with operation, status, code, message and request id.
//!
//! [`Error`] is generic only over the exceptions of the service. Everything else is in `Failure`, which the call path passes around, so that
//! it is compiled once and not once per service.

use std::error::Error as StdError;
use std::fmt::{self, Display, Write as _};

use super::classify::RetryClass;
use crate::runtime::base::text::one_line;
use crate::runtime::http::TransportError;

/// The kind of a failure, by which a program knows who can mend it: the caller, the network or the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input cannot be sent: an empty path label, a line break in a header. Nothing was sent.
    Build,
    /// A setting is missing or makes no sense; the message says where it was looked for. Nothing was sent.
    Config,
    /// There are no credentials, or they could not be had. Nothing was sent.
    Credentials,
    /// The service has no endpoint for this configuration. Nothing was sent.
    Endpoint,
    /// There was no connection: the name, the port, TLS. Nothing was sent.
    Connect,
    /// The connection failed after some of the request may have been sent: the service may have acted on it.
    Transport,
    /// Time ran out: the attempt's or the whole call's. The service may have acted on the request.
    Timeout,
    /// The service responded with an error.
    Service,
    /// The service responded with a success that cannot be read.
    Decode,
    /// The service gave a page the token of an earlier one: the rest of the list cannot be read. What was read before is good.
    Pagination,
    /// An interceptor of the program failed. Before the first attempt nothing was sent; after one, the service may have acted.
    Interceptor,
}

impl ErrorKind {
    /// The former name of [`ErrorKind::Service`].
    #[deprecated(note = "use `ErrorKind::Service`")]
    #[allow(non_upper_case_globals, reason = "it was a variant")]
    pub const Answer: Self = Self::Service;
}

/// Why a call failed: its operation, and as far as they are known the status, code, message and request id.
///
/// `Display` is one line with all of them and never the body. `E` is the enum of the service's modelled exceptions.
pub struct Error<E> {
    failure: Box<Failure>,
    exception: Option<Box<E>>,
}

/// Everything about a failed call but its typed exception.
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    pub(crate) operation: &'static str,
    pub(crate) status: Option<u16>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) attempts: u32,
    pub(crate) class: RetryClass,
    pub(crate) timeout: bool,
    pub(crate) source: Option<Cause>,
}

/// A failure on its way through the call path: in a box, so that the way of success carries no room for it.
pub(crate) type Failed = Box<Failure>;

/// The cause of a failure.
pub(crate) type Cause = Box<dyn StdError + Send + Sync>;

impl Failure {
    /// A failure that is final, before anything was sent.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            operation: "",
            status: None,
            code: None,
            message: Some(message.into()),
            request_id: None,
            attempts: 0,
            class: RetryClass::Final,
            timeout: kind == ErrorKind::Timeout,
            source: None,
        }
    }

    /// The same, as the call path passes it.
    pub(crate) fn failed<T>(kind: ErrorKind, message: impl Into<String>) -> Result<T, Failed> {
        Err(Box::new(Self::new(kind, message)))
    }

    /// The failure that another error is, which says why.
    pub(crate) fn of(kind: ErrorKind, source: Cause) -> Self {
        Self::new(kind, source.to_string()).caused_by(source)
    }

    /// Adds what caused it. It comes in its box, so that this is compiled once.
    #[must_use]
    pub(crate) fn caused_by(mut self, source: Cause) -> Self {
        self.source = Some(source);
        self
    }
}

impl<E> Error<E> {
    pub(crate) fn new(failure: Failed, exception: Option<E>) -> Self {
        Self { failure, exception: exception.map(Box::new) }
    }

    /// Everything about it, and the typed exception.
    #[allow(dead_code, reason = "only streams of events and `sdk_compat` need it")]
    pub(crate) fn into_parts(self) -> (Failed, Option<E>) {
        (self.failure, self.exception.map(|exception| *exception))
    }

    /// Everything about it but the typed exception.
    pub(crate) fn failure(&self) -> &Failure {
        &self.failure
    }

    /// The kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.failure.kind
    }

    /// The operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.failure.operation
    }

    /// The HTTP status of the last answer, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.failure.status
    }

    /// The service's error code, such as `ResourceNotFoundException`, known to the model or not.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.failure.code.as_deref()
    }

    /// The service's message, or what this client says went wrong.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.failure.message.as_deref()
    }

    /// The id that AWS support finds the request by.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.failure.request_id.as_deref()
    }

    /// The number of attempts; 0 where no request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.failure.attempts
    }

    /// The typed exception, where the service answered one that its model names.
    #[must_use]
    pub fn exception(&self) -> Option<&E> {
        self.exception.as_deref()
    }

    /// The typed exception, to keep.
    #[must_use]
    pub fn into_exception(self) -> Option<E> {
        self.exception.map(|exception| *exception)
    }

    /// Whether the service asked to be called less often: status 429, or a code that says so.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.failure.status == Some(429) || self.failure.class == RetryClass::Throttling
    }

    /// Whether the same call may succeed later and does no harm when it is made again. The client has then usually tried
    /// already: see [`Error::attempts`].
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.failure.class != RetryClass::Final
    }

    /// The host and port of the proxy on the way, where the connection failed there or behind it. Where the proxy itself
    /// failed, a [`ProxyError`](crate::runtime::http::ProxyError) is among the sources and says how.
    #[must_use]
    pub fn proxy(&self) -> Option<&str> {
        self.failure.source.as_deref()?.downcast_ref::<TransportError>()?.proxy()
    }

    /// Whether time ran out: for a connection, for an attempt, or for the whole call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.failure.timeout
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("kind", &self.kind)
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("retry", &self.class)
            .field("source", &self.source)
            .finish()
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A response without a code has its status as one, which is shown already.
        let code = self.code.as_deref().filter(|code| self.status.is_none_or(|status| *code != status.to_string()));
        f.write_str(self.operation)?;
        let mut separator = if self.operation.is_empty() { "" } else { ": " };
        if let Some(status) = self.status {
            write!(f, "{separator}{status}")?;
            separator = if code.is_some() { " " } else { ": " };
        }
        if let Some(code) = code {
            f.write_str(separator)?;
            write!(f, "{}", one_line(code))?;
            separator = ": ";
        }
        if let Some(message) = &self.message {
            f.write_str(separator)?;
            write!(f, "{}", one_line(message))?;
        }
        match (&self.request_id, self.attempts > 1) {
            (Some(id), repeated) => {
                f.write_str(" (request id ")?;
                write!(f, "{}", one_line(id))?;
                if repeated {
                    write!(f, ", {} attempts", self.attempts)?;
                }
                f.write_char(')')
            }
            (None, true) => write!(f, " ({} attempts)", self.attempts),
            (None, false) => Ok(()),
        }
    }
}

impl<E> Display for Error<E> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.fmt(f)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Error").field(&self.failure).field(&self.exception).finish()
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    #[inline]
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.failure.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
