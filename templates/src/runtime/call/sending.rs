//! The future of a call, and the steps of a call that are compiled once per operation: binding the input, and reading the
//! output or the exception.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::SystemTime;

use ::http::Request;

use crate::runtime::base::random;
use crate::runtime::call::classify::unreadable_response;
use crate::runtime::call::core::Core;
use crate::runtime::call::response::{CallFailure, Response};
use crate::runtime::call::send::{self, Exchanging};
use crate::runtime::error::Error;
use crate::runtime::http::Body;
use crate::runtime::protocol::bind::{Bound, BuildError, EmptyText, bind};
use crate::runtime::protocol::exception::ErrorBody;
use crate::runtime::protocol::operation::{Exception, Operation, Output, Service};

/// The error of an operation's call.
pub(crate) type ErrorOf<R> = Error<<<R as Operation>::Service as Service>::Exception>;

/// A call on its way: a future that resolves to the operation's output. It owns what it needs of the client, so that it can be
/// spawned, stored and returned. Dropping it cancels the call.
#[must_use = "nothing is sent until it is awaited"]
pub struct Sending<R> {
    core: Arc<Core>,
    exchange: Exchanging,
    operation: PhantomData<fn() -> R>,
}

impl<R: Operation> Future for Sending<R> {
    type Output = Result<R::Output, ErrorOf<R>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.exchange.as_mut().poll(cx));
        Poll::Ready(decode::<R>(&self.core, response))
    }
}

/// Starts a call with an input. Nothing is sent before the future is polled.
#[inline]
pub(crate) fn start<R: Operation>(core: &Arc<Core>, mut input: R, empty: EmptyText) -> Sending<R> {
    let exchange = send::send(core.clone(), const { &R::INFO }, R::Output::STREAMED, bound(&mut input, empty));
    Sending { core: core.clone(), exchange, operation: PhantomData }
}

/// Builds and signs the request that a call with this input would send.
pub(crate) async fn prepare<R: Operation>(
    core: &Core,
    mut input: R,
    at: SystemTime,
) -> Result<Request<Body>, ErrorOf<R>> {
    let prepared = send::prepare(core, const { &R::INFO }, bound(&mut input, EmptyText::Missing), at).await;
    prepared.map_err(|failure| Error::new(failure, None))
}

/// Binds an input to the parts of its request.
#[inline]
pub(crate) fn bound<R: Operation>(input: &mut R, empty: EmptyText) -> Result<Bound, BuildError> {
    // One token for all attempts: by it the service tells a repeated call from a second one.
    if let Some(token) = input.idempotency_token() {
        token.get_or_insert_with(random::uuid);
    }
    bind(input, empty)
}

/// Reads a response: the output, or the exception that a failure stands for.
#[inline]
pub(crate) fn decode<R: Operation>(
    core: &Core,
    response: Result<Response, CallFailure>,
) -> Result<R::Output, ErrorOf<R>> {
    let mut output = R::Output::default();
    read::<R>(core, response, &mut output).map(|()| output)
}

/// Reads a response into an output that is empty yet.
fn read<R: Operation>(
    core: &Core,
    response: Result<Response, CallFailure>,
    output: &mut R::Output,
) -> Result<(), ErrorOf<R>> {
    let CallFailure { failure, response } = match response {
        Ok(response) => match output.read(response.received(), response.stream.clone(), core.config.strict) {
            Ok(()) => return Ok(()),
            Err(error) => unreadable_response(R::INFO.name, &response, error).into(),
        },
        Err(failed) => failed,
    };
    let exception = response.zip(failure.code.as_deref()).and_then(|(response, code)| {
        <R::Service as Service>::Exception::read(code, ErrorBody::new(response.received()))
    });
    Err(Error::new(failure, exception))
}
