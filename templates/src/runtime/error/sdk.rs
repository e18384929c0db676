//! Exceptions of errors in the form of the AWS SDK for Rust.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use serde_core::Serializer;
use serde_core::ser::Error as _;

use crate::runtime::error::failure::{Error, ErrorKind, Failure};

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
