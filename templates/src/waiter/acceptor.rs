//! Acceptors: what a response or an error means to a wait.

use super::outcome::FinalPoll;
use super::path::{Expected, Value};
use crate::runtime::call::Response;
use crate::runtime::error::{Error, ErrorKind};

/// What an acceptor makes of a response that fits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The state that is waited for.
    Success,
    /// A state from which that one does not come.
    Failure,
    /// The wait goes on.
    Retry,
}

/// A rule of a waiter.
#[derive(Debug)]
pub struct Acceptor<O: 'static> {
    state: State,
    test: Test<O>,
}

#[derive(Debug)]
enum Test<O: 'static> {
    /// A value of the output is the expected one.
    Is(fn(&O) -> Value<'_>, Expected),
    /// A list of the output is not empty, and all that it holds is the expected value.
    All(fn(&O) -> Value<'_>, Expected),
    /// A list of the output holds the expected value.
    Any(fn(&O) -> Value<'_>, Expected),
    Status(u16),
    /// An error of the service with one of these codes; any where there are none.
    Error(&'static [&'static str]),
    NoError,
}

impl<O> Acceptor<O> {
    /// Fits an output where a value of it is the expected one.
    #[doc(hidden)]
    #[must_use]
    pub const fn is(state: State, value: fn(&O) -> Value<'_>, expected: Expected) -> Self {
        Self { state, test: Test::Is(value, expected) }
    }

    /// Fits an output where a list of it has values, all of them the expected one.
    #[doc(hidden)]
    #[must_use]
    pub const fn all(state: State, value: fn(&O) -> Value<'_>, expected: Expected) -> Self {
        Self { state, test: Test::All(value, expected) }
    }

    /// Fits an output where a list of it has the expected value.
    #[doc(hidden)]
    #[must_use]
    pub const fn any(state: State, value: fn(&O) -> Value<'_>, expected: Expected) -> Self {
        Self { state, test: Test::Any(value, expected) }
    }

    /// Fits a response of this HTTP status.
    #[must_use]
    pub const fn status(state: State, status: u16) -> Self {
        Self { state, test: Test::Status(status) }
    }

    /// Fits an error of the service with one of these codes, or any where there are none.
    #[must_use]
    pub const fn error(state: State, codes: &'static [&'static str]) -> Self {
        Self { state, test: Test::Error(codes) }
    }

    /// Fits any output.
    #[must_use]
    pub const fn no_error(state: State) -> Self {
        Self { state, test: Test::NoError }
    }

    /// What the acceptor makes of an output.
    fn of_output(&self, output: &O, status: u16) -> Option<State> {
        let fits = match &self.test {
            Test::Is(value, expected) => value(output).is(*expected),
            Test::All(value, expected) => value(output).all(*expected),
            Test::Any(value, expected) => value(output).any(*expected),
            Test::Status(expected) => status == *expected,
            Test::Error(_) => false,
            Test::NoError => true,
        };
        fits.then_some(self.state)
    }

    /// What the acceptor makes of an error of the service.
    fn of_error(&self, code: Option<&str>, status: Option<u16>) -> Option<State> {
        let fits = match &self.test {
            Test::Status(expected) => status == Some(*expected),
            Test::Error(codes) => codes.is_empty() || code.is_some_and(|code| codes.contains(&code)),
            _ => false,
        };
        fits.then_some(self.state)
    }
}

/// What the first acceptor that fits makes of a response; `None` where no one fits.
pub(super) fn judge<O, E>(
    acceptors: &[Acceptor<O>],
    poll: Result<Response<O>, Error<E>>,
) -> (Option<State>, FinalPoll<O, E>) {
    match poll {
        Ok(response) => {
            let status = response.meta().status();
            let state = acceptors.iter().find_map(|acceptor| acceptor.of_output(&response, status));
            (state, FinalPoll::Output(response.into_output()))
        }
        Err(error) => {
            let service = error.kind() == ErrorKind::Service;
            let mut acceptors = acceptors.iter().filter(|_| service);
            let state = acceptors.find_map(|acceptor| acceptor.of_error(error.code(), error.status()));
            (state, FinalPoll::Error(error))
        }
    }
}
