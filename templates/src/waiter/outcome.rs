//! The outcome of a wait: the response or error that ended it, or why it ended without one.

use std::error::Error as StdError;
use std::fmt;

use crate::runtime::error::Error;

/// The last response of a wait. An error can be what was waited for: a waiter for the end of a resource ends with the exception
/// that says that there is none.
#[derive(Debug)]
pub enum FinalPoll<O, E> {
    /// A response.
    Output(O),
    /// An error of the service.
    Error(Error<E>),
}

impl<O, E> FinalPoll<O, E> {
    /// The response, or the error of the service.
    ///
    /// # Errors
    /// The last response was an error of the service.
    pub fn into_result(self) -> Result<O, Error<E>> {
        match self {
            Self::Output(output) => Ok(output),
            Self::Error(error) => Err(error),
        }
    }

    /// The response, or the error of the service.
    ///
    /// # Errors
    /// The last response was an error of the service.
    pub fn as_result(&self) -> Result<&O, &Error<E>> {
        match self {
            Self::Output(output) => Ok(output),
            Self::Error(error) => Err(error),
        }
    }
}

/// Why a wait ended without the state that was waited for.
#[derive(Debug)]
pub struct WaitError<O, E> {
    waiter: &'static str,
    operation: &'static str,
    attempts: u32,
    kind: WaitErrorKind<O, E>,
}

/// What ended a wait.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitErrorKind<O, E> {
    /// A response or an error from which the state that is waited for does not come.
    Failure(FinalPoll<O, E>),
    /// The time that the program gave is over.
    MaxWait {
        /// The last response, where there was one.
        last: Option<FinalPoll<O, E>>,
    },
    /// The largest number of requests was sent: see [`Waiting::max_attempts`](super::Waiting::max_attempts).
    MaxAttempts {
        /// The last response.
        last: Option<FinalPoll<O, E>>,
    },
    /// A call failed with an error that says nothing about the state.
    Call(Error<E>),
}

impl<O, E> WaitError<O, E> {
    pub(super) fn new(waiter: &'static str, operation: &'static str, attempts: u32, kind: WaitErrorKind<O, E>) -> Self {
        Self { waiter, operation, attempts, kind }
    }

    /// The waiter's name in the model.
    #[must_use]
    pub fn waiter(&self) -> &'static str {
        self.waiter
    }

    /// The number of calls that ended, by a response or by an error. One that was under way when the time was over is not among them.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// What ended the wait.
    #[must_use]
    pub fn kind(&self) -> &WaitErrorKind<O, E> {
        &self.kind
    }

    /// What ended the wait, to keep.
    #[must_use]
    pub fn into_kind(self) -> WaitErrorKind<O, E> {
        self.kind
    }
}

impl<O, E> fmt::Display for WaitError<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { waiter, operation, attempts, kind } = self;
        let plural = if *attempts == 1 { "" } else { "s" };
        write!(f, "the wait {waiter} for {operation} ended after {attempts} call{plural}: ")?;
        match kind {
            WaitErrorKind::Failure(FinalPoll::Output(_)) => {
                f.write_str("the service is in a state that cannot become the awaited one")
            }
            WaitErrorKind::MaxWait { .. } => f.write_str("the time given to `wait` has passed"),
            WaitErrorKind::MaxAttempts { .. } => {
                f.write_str("that is the largest number of calls; `max_attempts` sets another")
            }
            WaitErrorKind::Failure(FinalPoll::Error(error)) | WaitErrorKind::Call(error) => error.fmt(f),
        }
    }
}

impl<O: fmt::Debug, E: fmt::Debug + 'static> StdError for WaitError<O, E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.kind {
            WaitErrorKind::Failure(FinalPoll::Error(error)) | WaitErrorKind::Call(error) => Some(error),
            _ => None,
        }
    }
}
