//! Calls without asynchronous code (feature `blocking`): a call is waited for, pages and items are iterators.
//!
//! Configuration and connections are those of any other call; see `base::block_on` for who drives them.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;

use futures_core::Stream;

use crate::runtime::base::block_on::{CannotBlock, block_on};
use crate::runtime::call::builder::Call;
use crate::runtime::call::customize::CustomizedCall;
use crate::runtime::call::meta::Response;
use crate::runtime::call::paginate::{Items, Paginated, Paginator};
use crate::runtime::call::sending::{ErrorOf, Sending, SendingWithMeta};
use crate::runtime::error::{Error, ErrorKind, Failed, Failure};
use crate::runtime::protocol::operation::Operation;
use crate::runtime::shape::required::Complete;

impl<R: Operation, S: Complete> Call<R, S> {
    /// Signs and sends the request, and waits for the response (feature `blocking`).
    ///
    /// # Errors
    /// Those of [`send`](Self::send); and [`ErrorKind::Config`] within an asynchronous runtime, which it would block.
    /// `tokio::task::spawn_blocking` is no such place.
    pub fn send_blocking(self) -> Result<R::Output, ErrorOf<R>> {
        self.send().blocking()
    }
}

impl<R: Operation> CustomizedCall<R> {
    /// Signs and sends the request, and waits for the response (feature `blocking`).
    ///
    /// # Errors
    /// As [`Call::send_blocking`].
    pub fn send_blocking(self) -> Result<R::Output, ErrorOf<R>> {
        self.send().blocking()
    }
}

impl<R: Operation> Sending<R> {
    /// Waits for the output (feature `blocking`).
    ///
    /// # Errors
    /// As [`Call::send_blocking`].
    pub fn blocking(self) -> Result<R::Output, ErrorOf<R>> {
        wait(R::INFO.name, self)
    }
}

impl<R: Operation> SendingWithMeta<R> {
    /// Waits for the output and the response that it was read from (feature `blocking`).
    ///
    /// # Errors
    /// As [`Call::send_blocking`].
    pub fn blocking(self) -> Result<Response<R::Output>, ErrorOf<R>> {
        wait(R::INFO.name, self)
    }
}

impl<R: Paginated> Paginator<R> {
    /// The pages as an iterator, which waits for each page when it is asked for (feature `blocking`).
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::over(self, R::INFO.name)
    }
}

impl<R: Paginated> Items<R> {
    /// The items as an iterator, which waits for each page when its first item is asked for (feature `blocking`).
    pub fn blocking(self) -> Blocking<Self> {
        Blocking::over(self, R::INFO.name)
    }
}

/// Pages, items or events as an iterator. It ends after the last, and after an error.
#[must_use = "asks for nothing until it is iterated"]
pub struct Blocking<S> {
    stream: Option<S>,
    operation: &'static str,
}

impl<S> Blocking<S> {
    /// A stream of the response to an operation as an iterator, which waits for each item when it is asked for.
    pub(crate) fn over(stream: S, operation: &'static str) -> Self {
        Self { stream: Some(stream), operation }
    }
}

impl<T, E, S: Stream<Item = Result<T, Error<E>>> + Unpin> Iterator for Blocking<S> {
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.stream.as_mut()?;
        let next = block_on(poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)));
        next.unwrap_or_else(|error| {
            self.stream = None;
            Some(Err(Error::new(failure(self.operation, error), None)))
        })
    }
}

impl<S> fmt::Debug for Blocking<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Blocking").field(&self.operation).finish()
    }
}

fn wait<T, E>(operation: &'static str, call: impl Future<Output = Result<T, Error<E>>>) -> Result<T, Error<E>> {
    block_on(call).unwrap_or_else(|error| Err(Error::new(failure(operation, error), None)))
}

/// The failure of a call that cannot be waited for. Nothing was sent.
pub(crate) fn failure(operation: &'static str, error: CannotBlock) -> Failed {
    let mut failure = match error {
        CannotBlock::InsideRuntime => Failure::new(
            ErrorKind::Config,
            "a blocking call was made within an asynchronous runtime, which it would block: await `send()` there, \
             or make the call in `tokio::task::spawn_blocking`",
        ),
        CannotBlock::NoRuntime(error) => Failure::of(ErrorKind::Config, error.into()),
    };
    failure.operation = operation;
    Box::new(failure)
}
