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
use crate::runtime::call::aside::reading;
use crate::runtime::call::classify::unreadable_response;
use crate::runtime::call::core::Core;
use crate::runtime::call::execution::Execution;
use crate::runtime::call::meta::{Response, ResponseMeta};
use crate::runtime::call::response::{CallFailure, RawResponse};
use crate::runtime::call::send::{self, Exchanging};
use crate::runtime::config::intercept::Outcome;
use crate::runtime::error::Error;
use crate::runtime::http::Body;
use crate::runtime::protocol::bind::{BoundRequest, BuildError, EmptyText, bind};
use crate::runtime::protocol::exception::ErrorBody;
use crate::runtime::protocol::operation::{Exception, Operation, Output, Service};
use crate::runtime::protocol::received::DecodeError;

/// The error of an operation's call.
pub(crate) type ErrorOf<R> = Error<<<R as Operation>::Service as Service>::Exception>;

/// A call on its way: a future that resolves to the operation's output. It owns what it needs of the client, so that it can be
/// spawned, stored and returned. Dropping it cancels the call.
///
/// [`with_meta`](Self::with_meta) gives the request id, the status and the headers of a success as well.
#[must_use = "nothing is sent until it is awaited"]
pub struct Sending<R> {
    core: Arc<Core>,
    exchange: Exchanging,
    execution: Option<Arc<Execution>>,
    operation: PhantomData<fn() -> R>,
}

impl<R: Operation> Sending<R> {
    /// Lets the call resolve to a [`Response`]: the output with the request id, status and headers of the response.
    ///
    // Not compiled: the crate that this file is copied to has any name.
    /// ```ignore
    /// let response = client.stop_contact().contact_id("…").instance_id("…").send().with_meta().await?;
    /// println!("{:?} after {} attempts", response.request_id(), response.meta().attempts());
    /// ```
    pub fn with_meta(self) -> SendingWithMeta<R> {
        SendingWithMeta(self)
    }

    /// Reads a response, and shows interceptors how the call ended.
    fn end(
        &self,
        response: Result<RawResponse, CallFailure>,
        output: &mut R::Output,
    ) -> Result<RawResponse, ErrorOf<R>> {
        let result = read::<R>(&self.core, response, output);
        if let Some(execution) = &self.execution {
            execution.finish(match &result {
                Ok(_) => Outcome::Output(output),
                Err(error) => Outcome::Failure(error.failure()),
            });
        }
        result
    }
}

impl<R: Operation> Future for Sending<R> {
    type Output = Result<R::Output, ErrorOf<R>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.exchange.as_mut().poll(cx));
        let mut output = R::Output::default();
        Poll::Ready(self.end(response, &mut output).map(|_| output))
    }
}

/// A call on its way that resolves to a [`Response`]: see [`Sending::with_meta`].
#[must_use = "nothing is sent until it is awaited"]
pub struct SendingWithMeta<R>(Sending<R>);

impl<R: Operation> Future for SendingWithMeta<R> {
    type Output = Result<Response<R::Output>, ErrorOf<R>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.0.exchange.as_mut().poll(cx));
        let mut output = R::Output::default();
        Poll::Ready(self.0.end(response, &mut output).map(|response| {
            let RawResponse { status, headers, attempts, .. } = response;
            Response::new(output, ResponseMeta { status, headers, attempts })
        }))
    }
}

/// Starts a call with an input. Nothing is sent before the future is polled.
#[inline]
pub(crate) fn start<R: Operation>(core: Arc<Core>, mut input: R, empty: EmptyText) -> Sending<R> {
    let bound = bound(&mut input, empty);
    let execution = Execution::new(&core, input);
    let exchange = send::send(
        core.clone(),
        const { &R::INFO },
        R::Output::STREAMED,
        reading::<R::Output>,
        bound,
        execution.clone(),
    );
    Sending { core, exchange, execution, operation: PhantomData }
}

/// Builds and signs the request that a call with this input would send.
pub(crate) async fn prepare<R: Operation>(
    core: &Core,
    mut input: R,
    at: SystemTime,
) -> Result<Request<Body>, ErrorOf<R>> {
    let bound = bound(&mut input, EmptyText::Missing);
    let execution = Execution::new(core, input);
    let prepared = send::prepare(core, const { &R::INFO }, bound, at, execution.as_deref()).await;
    prepared.map_err(|failure| Error::new(failure, None))
}

/// Binds an input to the parts of its request.
#[inline]
pub(crate) fn bound<R: Operation>(input: &mut R, empty: EmptyText) -> Result<BoundRequest, BuildError> {
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
    response: Result<RawResponse, CallFailure>,
) -> Result<R::Output, ErrorOf<R>> {
    let mut output = R::Output::default();
    read::<R>(core, response, &mut output).map(|_| output)
}

/// Reads a response into an output that is empty yet, and returns the response.
fn read<R: Operation>(
    core: &Core,
    response: Result<RawResponse, CallFailure>,
    output: &mut R::Output,
) -> Result<RawResponse, ErrorOf<R>> {
    let CallFailure { failure, response } = match response {
        Ok(mut response) => match read_success::<R>(core, &mut response, output) {
            Ok(()) => return Ok(response),
            Err(error) => unreadable_response(R::INFO.name, &response, error).into(),
        },
        Err(failed) => failed,
    };
    let exception = response.zip(failure.code.as_deref()).and_then(|(response, code)| {
        <R::Service as Service>::Exception::read(code, ErrorBody::new(response.received()))
    });
    Err(Error::new(failure, exception))
}

/// Reads the output of a success, or has it from the thread that read it.
#[inline]
fn read_success<R: Operation>(
    core: &Core,
    response: &mut RawResponse,
    output: &mut R::Output,
) -> Result<(), DecodeError> {
    if let Some(read) = response.read.take() {
        if let Ok(read) = read?.downcast() {
            *output = *read;
            return Ok(());
        }
    }
    output.read(response.received(), response.stream.clone(), core.config.strict)
}
