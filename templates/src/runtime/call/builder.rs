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

use crate::runtime::base::random;
use crate::runtime::call::client::{Client, Core};
use crate::runtime::call::paginate::{Paginated, Paginator};
use crate::runtime::call::send::{self, Exchanging};
use crate::runtime::error::answer::Answer;
use crate::runtime::error::{Error, Failed};
use crate::runtime::http::Body;
use crate::runtime::protocol::bind::{Bound, BuildError, bind};
use crate::runtime::protocol::exception::ErrorBody;
use crate::runtime::protocol::operation::{Exception, Operation, Output, Service};
use crate::runtime::shape::required::Complete;

/// A call that is being put together: the input so far, which required inputs it was given, and the client it goes through.
#[must_use = "nothing is sent before `send`"]
pub struct Call<'c, R: Operation, S = ()> {
    /// What is sent.
    pub input: R,
    client: &'c Client<R::Service>,
    given: PhantomData<S>,
}

/// What an operation's call can go wrong with.
type ErrorOf<R> = Error<<<R as Operation>::Service as Service>::Exception>;

// Every operation has methods of its own on this type, so the fewer names there are here, the better: what is not for
// programs is a function.
impl<'c, R: Operation, S> Call<'c, R, S> {
    /// Sets members through the request itself: what is optional, or comes from elsewhere.
    #[inline]
    pub fn with(mut self, set: impl FnOnce(&mut R)) -> Self {
        set(&mut self.input);
        self
    }

    /// Gives the request without sending it; [`Client::send`] takes it.
    #[inline]
    pub fn into_request(self) -> R
    where
        S: Complete,
    {
        self.input
    }

    /// Signs and sends the request, and reads the answer. Nothing happens until the result is awaited; dropping it cancels
    /// the call.
    ///
    /// # Errors
    /// A request that cannot be sent, no answer, one that says no, and one that is not understood.
    #[inline]
    pub fn send(mut self) -> Sending<'c, R>
    where
        S: Complete,
    {
        let core = self.client.core();
        let exchange = send::send(core, const { &R::INFO }, R::Output::STREAMED, bound(&mut self.input));
        Sending { core, exchange, operation: PhantomData }
    }

    /// Makes the call page by page, each when it is asked for, from the token in the input on where it has one.
    #[inline]
    pub fn into_paginator(self) -> Paginator<'c, R>
    where
        R: Paginated,
        S: Complete,
    {
        Paginator::new(self.client, self.input)
    }
}

/// A call whose input is empty yet.
#[doc(hidden)]
#[inline]
pub fn start<R: Operation, S>(client: &Client<R::Service>) -> Call<'_, R, S> {
    Call { input: R::default(), client, given: PhantomData }
}

/// The same call, with one required input more.
#[doc(hidden)]
#[inline]
pub fn given<'c, R: Operation, S, N>(call: Call<'c, R, S>) -> Call<'c, R, N> {
    Call { input: call.input, client: call.client, given: PhantomData }
}

/// A call with this input.
#[inline]
pub(crate) fn of<R: Operation>(client: &Client<R::Service>, input: R) -> Call<'_, R> {
    Call { input, client, given: PhantomData }
}

/// Builds and signs what a call with this input would send.
pub(crate) async fn prepare<R: Operation>(
    client: &Client<R::Service>,
    mut input: R,
    at: SystemTime,
) -> Result<Request<Body>, ErrorOf<R>> {
    let prepared = send::prepare(client.core(), const { &R::INFO }, bound(&mut input), at).await;
    prepared.map_err(|failure| Error::new(failure, None))
}

impl<R: Operation + Clone, S> Clone for Call<'_, R, S> {
    fn clone(&self) -> Self {
        Self { input: self.input.clone(), client: self.client, given: PhantomData }
    }
}

impl<R: Operation + fmt::Debug, S> fmt::Debug for Call<'_, R, S> {
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
pub(crate) fn bound<R: Operation>(input: &mut R) -> Result<Bound, BuildError> {
    // One token for all attempts: by it the service tells a repeated call from a second one.
    if let Some(token) = input.idempotency_token() {
        token.get_or_insert_with(random::uuid);
    }
    bind(input)
}

/// Reads an answer: the output, or the exception that a failure stands for.
#[inline]
pub(crate) fn decode<R: Operation>(core: &Core, answer: Result<Answer, Failed>) -> Result<R::Output, ErrorOf<R>> {
    let mut output = R::Output::default();
    read::<R>(core, answer, &mut output).map(|()| output)
}

/// Reads an answer into an output that is empty yet.
fn read<R: Operation>(core: &Core, answer: Result<Answer, Failed>, output: &mut R::Output) -> Result<(), ErrorOf<R>> {
    let mut failure = match answer {
        Ok(answer) => match output.read(answer.received(), answer.stream.clone(), core.config.strict) {
            Ok(()) => return Ok(()),
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

/// Declares the builder of a call as a table of its setters:
/// `call! { GetThingCall<A: id>(GetThingRequest) { id(into String) -> (Set), } }`. `paged` before the name is for an operation
/// that responds in pages.
#[doc(hidden)]
#[macro_export]
macro_rules! __call {
    (paged $call:ident $($rest:tt)*) => {
        $crate::__call! {
            @ ", or with [`into_paginator`](crate::client::Call::into_paginator) page by page"; $call $($rest)*
        }
    };
    ($call:ident $($rest:tt)*) => {
        $crate::__call! { @ ""; $call $($rest)* }
    };
    (
        @ $pages:literal; $call:ident $(<$($state:ident: $input:ident),*>)? ($request:ident) {
            $($(#$about:tt)* $method:ident($($kind:tt)*) $(-> ($($after:ty),*))?,)*
        }
    ) => {
        #[doc = ::core::concat!(
            "A call with a [`", ::core::stringify!($request), "`] that is being put together. It is finished with ",
            "[`send`](crate::client::Call::send)", $pages, ".",
        )]
        pub type $call<'c, $($($state = inputs::$input),*)?> =
            $crate::runtime::__private::Call<'c, $request, ($($($state,)*)?)>;

        impl<'c, $($($state),*)?> $call<'c, $($($state),*)?> {
            $($crate::__setter! {
                [$($call<'c, $($after),*>)?] $($kind)*; $method $method [$(#$about)*] [$crate::runtime::__private::call::given]
            })*
        }
    };
}
