//! Contexts of interceptors: the request before it is signed, the result of an attempt, and the end of a call.

use std::any::Any;
use std::fmt;
use std::time::Duration;

use ::http::header::{HeaderName, HeaderValue};
use ::http::{HeaderMap, Method, Uri};
use bytes::Bytes;

use crate::runtime::base::threads::shareable;
use crate::runtime::error::{ErrorKind, Failure, RetryClass, response};
use crate::runtime::protocol::operation::OperationInfo;

/// The operation and the input of a call.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) service: &'static str,
    pub(crate) info: &'static OperationInfo,
    pub(crate) input: &'a shareable!(dyn Any),
}

macro_rules! subject_methods {
    ($context:ident) => {
        impl $context<'_> {
            /// The id of the service, such as `Connect`.
            #[must_use]
            pub fn service(&self) -> &'static str {
                self.subject.service
            }

            /// The name of the operation, such as `DescribeContact`.
            #[must_use]
            pub fn operation(&self) -> &'static str {
                self.subject.info.name
            }

            /// The model's facts about the operation.
            #[must_use]
            pub fn info(&self) -> &'static OperationInfo {
                self.subject.info
            }

            /// The input of the call; `None` where it is of another type.
            #[must_use]
            pub fn input<R: Any>(&self) -> Option<&R> {
                self.subject.input.downcast_ref()
            }
        }
    };
}

subject_methods!(BeforeSigning);
subject_methods!(AfterAttempt);
subject_methods!(AfterCall);

/// A request that is about to be signed.
pub struct BeforeSigning<'a> {
    pub(crate) subject: Subject<'a>,
    pub(crate) attempt: u32,
    pub(crate) method: &'a Method,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a mut HeaderMap,
    pub(crate) body: Option<&'a Bytes>,
    pub(crate) fault: Option<String>,
}

impl BeforeSigning<'_> {
    /// The number of the attempt, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.method
    }

    /// Where the request goes.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        self.uri
    }

    /// The headers so far; those of the signature are still to come.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.headers
    }

    /// The headers, to be changed.
    pub fn headers_mut(&mut self) -> HeadersMut<'_> {
        HeadersMut { map: self.headers, fault: &mut self.fault }
    }

    /// The body; `None` where it is a stream.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.body
    }
}

/// The headers of a request that is about to be signed.
///
/// A name or a value that no header can have ends the call with an error that names the header, and is not sent.
pub struct HeadersMut<'h> {
    map: &'h mut HeaderMap,
    fault: &'h mut Option<String>,
}

impl HeadersMut<'_> {
    /// Sets a header, in the place of those of its name.
    pub fn insert(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        if let Some((name, value)) = self.checked(name.as_ref(), value.as_ref()) {
            self.map.insert(name, value);
        }
    }

    /// Adds a header, beside those of its name.
    pub fn append(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        if let Some((name, value)) = self.checked(name.as_ref(), value.as_ref()) {
            self.map.append(name, value);
        }
    }

    /// Removes the headers of a name.
    pub fn remove(&mut self, name: impl AsRef<str>) {
        self.map.remove(name.as_ref());
    }

    #[cfg(feature = "sdk_compat")]
    pub(crate) fn map(&self) -> &HeaderMap {
        self.map
    }

    /// The headers as the crate `http` has them.
    pub fn as_map(&mut self) -> &mut HeaderMap {
        self.map
    }

    // The value may be secret, and is not shown.
    fn checked(&mut self, name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
        let checked = match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => return Some((name, value)),
            (Err(_), _) => format!("{name:?} is not the name of a header"),
            (_, Err(_)) => format!("the value of the header {name:?} has characters that a header cannot have"),
        };
        self.fault.get_or_insert(checked);
        None
    }
}

impl fmt::Debug for HeadersMut<'_> {
    /// Shows the names, never the values: they may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.map.keys()).finish()
    }
}

/// The outcome of an attempt.
pub struct AfterAttempt<'a> {
    pub(crate) subject: Subject<'a>,
    pub(crate) attempt: u32,
    pub(crate) elapsed: Duration,
    pub(crate) status: Option<u16>,
    pub(crate) headers: Option<&'a HeaderMap>,
    pub(crate) body: Option<&'a Bytes>,
    pub(crate) failure: Option<&'a Failure>,
}

impl<'a> AfterAttempt<'a> {
    /// The number of the attempt, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The duration of the attempt.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The status of the response; `None` where there was none.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The headers of the response; `None` where there was none.
    #[must_use]
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        self.headers
    }

    /// The body of the response; `None` where there was none, and where it is left to the program as a stream.
    #[must_use]
    pub fn body(&self) -> Option<&'a Bytes> {
        self.body
    }

    /// The id that AWS support finds the request by.
    #[must_use]
    pub fn request_id(&self) -> Option<&'a str> {
        self.headers.and_then(response::request_id)
    }

    /// Whether the service responded with a success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.failure.is_none()
    }

    /// The kind of the error, where there was one.
    #[must_use]
    pub fn error_kind(&self) -> Option<ErrorKind> {
        self.failure.map(|failure| failure.kind)
    }

    /// The service's error code, where there was one.
    #[must_use]
    pub fn error_code(&self) -> Option<&'a str> {
        self.failure.and_then(|failure| failure.code.as_deref())
    }

    /// Whether the service asked to be called less often.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.failure.is_some_and(|failure| failure.class == RetryClass::Throttling)
    }
}

/// The end of a call.
pub struct AfterCall<'a> {
    pub(crate) subject: Subject<'a>,
    pub(crate) attempts: u32,
    pub(crate) throttled: u32,
    pub(crate) elapsed: Duration,
    pub(crate) outcome: Outcome<'a>,
}

/// The outcome of a call.
#[derive(Clone, Copy)]
pub(crate) enum Outcome<'a> {
    Output(&'a dyn Any),
    Failure(&'a Failure),
    Dropped,
}

impl<'a> AfterCall<'a> {
    /// The number of attempts; 0 where nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The number of attempts that the service throttled.
    #[must_use]
    pub fn throttled_attempts(&self) -> u32 {
        self.throttled
    }

    /// The duration of the call, with the waits between its attempts.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Whether the call has an output.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self.outcome, Outcome::Output(_))
    }

    /// Whether the program dropped the call before it ended.
    #[must_use]
    pub fn is_dropped(&self) -> bool {
        matches!(self.outcome, Outcome::Dropped)
    }

    /// The output of a success; `None` where it is of another type.
    #[must_use]
    pub fn output<O: Any>(&self) -> Option<&'a O> {
        match self.outcome {
            Outcome::Output(output) => output.downcast_ref(),
            _ => None,
        }
    }

    /// The kind of the error, where there was one.
    #[must_use]
    pub fn error_kind(&self) -> Option<ErrorKind> {
        self.failure().map(|failure| failure.kind)
    }

    /// The service's error code, where there was one.
    #[must_use]
    pub fn error_code(&self) -> Option<&'a str> {
        self.failure().and_then(|failure| failure.code.as_deref())
    }

    /// The HTTP status of an error, where there was a response.
    #[must_use]
    pub fn error_status(&self) -> Option<u16> {
        self.failure().and_then(|failure| failure.status)
    }

    fn failure(&self) -> Option<&'a Failure> {
        match self.outcome {
            Outcome::Failure(failure) => Some(failure),
            _ => None,
        }
    }
}

macro_rules! debug {
    ($($context:ident),*) => {$(
        impl fmt::Debug for $context<'_> {
            /// Says which operation it is about, never what is in it: it may be a customer's.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($context), "({})"), self.subject.info.name)
            }
        }
    )*};
}

debug!(BeforeSigning, AfterAttempt, AfterCall);
