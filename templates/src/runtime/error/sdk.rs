//! Exceptions of errors in the form of the AWS SDK for Rust.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use serde_core::Serializer;
use serde_core::ser::Error as _;

use crate::runtime::error::failure::{Error, ErrorKind, Failure};
use crate::runtime::error::metadata::ErrorMetadata;

/// An enumeration of exceptions that holds any other error of a call as well. Emitted code implements it.
pub trait ServiceError: Sized {
    /// The error without a modelled exception.
    fn unhandled(error: Error<Self>) -> Self;
}

impl<E: ServiceError> Error<E> {
    /// The modelled exception, or the whole error as `Unhandled`.
    #[must_use]
    pub fn into_service_error(self) -> E {
        match self.into_parts() {
            (_, Some(exception)) => exception,
            (failure, None) => E::unhandled(Self::new(failure, None)),
        }
    }
}

/// The error of a call that has no modelled exception: one of the network, of the program, or with a code that no model names.
pub struct Unhandled<E>(Arc<Error<E>>);

impl<E> Unhandled<E> {
    /// Keeps the error.
    #[must_use]
    pub fn new(error: Error<E>) -> Self {
        Self(Arc::new(error))
    }

    /// The error.
    #[must_use]
    pub fn error(&self) -> &Error<E> {
        &self.0
    }
}

impl<E: fmt::Debug + Send + Sync + 'static> Unhandled<E> {
    /// The error, as it came from the call. That of a clone is a copy, with it as its source.
    #[must_use]
    pub fn into_error(self) -> Error<E> {
        Arc::try_unwrap(self.0).unwrap_or_else(|error| {
            let failure = error.failure();
            let mut copy = Failure::new(failure.kind, "");
            copy.operation = failure.operation;
            copy.status = failure.status;
            copy.code.clone_from(&failure.code);
            copy.message.clone_from(&failure.message);
            copy.request_id.clone_from(&failure.request_id);
            (copy.attempts, copy.class, copy.timeout) = (failure.attempts, failure.class, failure.timeout);
            Error::new(Box::new(copy.caused_by(Box::new(Self(error)))), None)
        })
    }
}

/// The error of an exception on its own.
#[must_use]
pub fn error_of<E>(exception: E, code: &str, status: Option<u16>) -> Error<E> {
    let mut failure = Failure::new(ErrorKind::Service, "");
    failure.message = None;
    (failure.code, failure.status) = (Some(code.to_owned()), status);
    Error::new(Box::new(failure), Some(exception))
}

/// The message of an exception: a member that it always has, or one that may be absent.
pub trait MessageMember {
    /// The text.
    fn text(&self) -> Option<&str>;
}

impl MessageMember for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl MessageMember for Option<String> {
    fn text(&self) -> Option<&str> {
        self.as_deref()
    }
}

/// What an exception says.
#[must_use]
pub fn metadata_of<'e>(code: &'e str, messages: &[&'e dyn MessageMember]) -> ErrorMetadata<'e> {
    ErrorMetadata::of_exception(code, messages.iter().find_map(|message| message.text()))
}

/// Makes the exceptions of a service the error of its calls as well, which is matched by exception:
/// `sdk_exceptions! { crate::error { BusyException = "BusyException" message, } }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __sdk_exceptions {
    ($exceptions:path { $($exception:ident = $code:literal $($message:ident)?,)* }) => {
        use $exceptions as SdkException;

        impl From<$crate::runtime::__private::Error<SdkException>> for SdkException {
            fn from(error: $crate::runtime::__private::Error<SdkException>) -> Self {
                error.into_service_error()
            }
        }

        impl From<$crate::runtime::sdk::error::BuildError> for SdkException {
            fn from(error: $crate::runtime::sdk::error::BuildError) -> Self {
                match error {}
            }
        }

        impl $crate::runtime::error::ProvideErrorMetadata for SdkException {
            fn meta(&self) -> $crate::runtime::error::ErrorMetadata<'_> {
                self.meta()
            }
        }

        impl $crate::runtime::call::RequestId for SdkException {
            fn request_id(&self) -> Option<&str> {
                self.meta().request_id()
            }
        }

        impl SdkException {
            /// Code and message, and the request id of an error without an exception: an exception on its own has none.
            #[must_use]
            pub fn meta(&self) -> $crate::runtime::error::ErrorMetadata<'_> {
                match self {
                    $(
                        Self::$exception(exception) => {
                            let _ = exception;
                            $crate::runtime::__private::metadata_of($code, &[$(&exception.$message)?])
                        }
                    )*
                    Self::Unhandled(error) => error.error().meta(),
                }
            }
        }
    };
}

pub use crate::__sdk_exceptions as sdk_exceptions;

/// Why an error without an exception is not written.
pub fn unwritten<S: Serializer>() -> S::Error {
    S::Error::custom("`Unhandled` holds no exception of the model, and cannot be written")
}

impl<E> Clone for Unhandled<E> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<E> PartialEq for Unhandled<E> {
    /// Whether both are of the same call.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<E: fmt::Debug> fmt::Debug for Unhandled<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E> fmt::Display for Unhandled<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: fmt::Debug> StdError for Unhandled<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
