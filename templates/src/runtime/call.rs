//! Takes an operation's input; gives its output or its error. All of a call that is compiled once per operation is here.
//!
//! That is: binding the input to a request, and reading the output or the exception from the answer. What happens between
//! is `send.rs`, compiled once in this crate.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use ::http::Request;

use super::answer::Answer;
use super::bind::{Bound, BuildError, bind};
use super::client::{Client, Core};
use super::error::{Error, Failed};
use super::exception::ErrorBody;
use super::http::Body;
use super::operation::{Exception, Operation, Output, Service};
use super::paginate::{Paginated, Paginator};
use super::random;
use super::send::{self, Exchanging};

/// A call that is being put together: the input so far, and the client it goes through.
pub struct Call<'c, R: Operation> {
    /// What is sent.
    pub input: R,
    client: &'c Client<R::Service>,
}

/// What an operation's call can go wrong with.
type ErrorOf<R> = Error<<<R as Operation>::Service as Service>::Exception>;

impl<'c, R: Operation> Call<'c, R> {
    /// A call whose input is empty yet.
    #[inline]
    pub fn new(client: &'c Client<R::Service>) -> Self {
        Self::of(client, R::default())
    }

    /// A call with this input.
    #[inline]
    pub fn of(client: &'c Client<R::Service>, input: R) -> Self {
        Self { input, client }
    }

    /// Sends the call. Nothing happens until the result is awaited; dropping it cancels the call.
    #[inline]
    pub fn send(mut self) -> Sending<'c, R> {
        let core = self.client.core();
        let exchange = send::send(core, const { &R::INFO }, R::Output::STREAMED, bound(&mut self.input));
        Sending { core, exchange, operation: PhantomData }
    }

    /// Builds and signs what would be sent.
    pub(super) async fn prepare(mut self, at: SystemTime) -> Result<Request<Body>, ErrorOf<R>> {
        let prepared = send::prepare(self.client.core(), const { &R::INFO }, bound(&mut self.input), at).await;
        prepared.map_err(|failure| Error::new(failure, None))
    }

    /// Makes the call page by page, each when it is asked for, from the token in the input on where it has one.
    #[inline]
    pub fn into_paginator(self) -> Paginator<'c, R>
    where
        R: Paginated,
    {
        Paginator::new(self)
    }

    #[inline]
    pub(super) fn into_parts(self) -> (&'c Client<R::Service>, R) {
        (self.client, self.input)
    }
}

impl<R: Operation + Clone> Clone for Call<'_, R> {
    fn clone(&self) -> Self {
        Self { input: self.input.clone(), client: self.client }
    }
}

impl<R: Operation + fmt::Debug> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("input", &self.input).finish_non_exhaustive()
    }
}

/// A call on its way: a future that gives the operation's output.
#[must_use = "nothing is sent until it is awaited"]
pub struct Sending<'c, R> {
    core: &'c Core,
    exchange: Exchanging<'c>,
    operation: PhantomData<fn() -> R>,
}

impl<R: Operation> Future for Sending<'_, R> {
    type Output = Result<R::Output, ErrorOf<R>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.exchange.as_mut().poll(cx));
        Poll::Ready(decode::<R>(self.core, answer))
    }
}

/// What of an input goes where in the request.
#[inline]
pub(super) fn bound<R: Operation>(input: &mut R) -> Result<Bound, BuildError> {
    // One token for all attempts: by it the service tells a repeated call from a second one.
    if let Some(token) = input.idempotency_token() {
        token.get_or_insert_with(random::uuid);
    }
    bind(input)
}

/// Reads an answer: the output, or the exception that a failure stands for.
#[inline]
pub(super) fn decode<R: Operation>(core: &Core, answer: Result<Answer, Failed>) -> Result<R::Output, ErrorOf<R>> {
    let mut failure = match answer {
        Ok(answer) => match R::Output::read(answer.received(), answer.stream.clone(), core.config.strict) {
            Ok(output) => return Ok(output),
            Err(error) => answer.unreadable(R::INFO.name, error),
        },
        Err(failure) => failure,
    };
    // The body is not kept: nothing of it is to be shown.
    let exception =
        failure.answer.take().zip(failure.code.as_deref()).and_then(|(answer, code)| {
            <R::Service as Service>::Exception::read(code, ErrorBody::new(answer.received()))
        });
    Err(Error::new(failure, exception))
}
