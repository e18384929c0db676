//! The builder of a call: an input that is being put together, with the client that sends it.

use std::fmt;
use std::marker::PhantomData;

use crate::runtime::call::client::Client;
use crate::runtime::call::customize::CustomizedCall;
use crate::runtime::call::paginate::{Paginated, Paginator};
use crate::runtime::call::sending::Sending;
use crate::runtime::protocol::bind::EmptyText;
use crate::runtime::protocol::operation::Operation;
use crate::runtime::shape::required::Complete;

/// A request that is being put together, with the client that sends it; `S` records which required inputs are set.
///
/// It owns a handle of its client, so that it can be stored, returned and spawned.
#[must_use = "nothing is sent before `send`"]
pub struct Call<R: Operation, S = ()> {
    /// The request so far.
    pub input: R,
    client: Client<R::Service>,
    given: PhantomData<S>,
}

// Every operation has methods of its own on this type, so the fewer names there are here, the better: what is not for
// programs is a function.
impl<R: Operation, S> Call<R, S> {
    /// Sets members through the request itself: optional ones, or those that come from elsewhere.
    ///
    /// A method that adds to a list or a map leaves an optional member absent where there is nothing to add. This sends an
    /// empty one: `.with(|request| request.tags = Some(HashMap::new()))`.
    #[inline]
    pub fn with(mut self, set: impl FnOnce(&mut R)) -> Self {
        set(&mut self.input);
        self
    }

    /// Returns the request without sending it. [`Client::send`] sends it.
    #[inline]
    pub fn into_request(self) -> R
    where
        S: Complete,
    {
        self.input
    }

    /// Signs and sends the request, and reads the response. Nothing happens until the result is awaited; dropping it cancels
    /// the call.
    ///
    /// # Errors
    /// A request that cannot be sent, a missing response, one that is an error, and one that cannot be read.
    #[inline]
    pub fn send(self) -> Sending<R>
    where
        S: Complete,
    {
        self.client.send_given(self.input)
    }

    /// Gives the call settings of its own: timeouts, retries, headers, interceptors, region, endpoint.
    #[inline]
    pub fn customize(self) -> CustomizedCall<R>
    where
        S: Complete,
    {
        CustomizedCall::new(self.client, self.input)
    }

    /// Makes the call page by page, each when it is asked for, starting at the token in the input where there is one.
    #[inline]
    pub fn into_paginator(self) -> Paginator<R>
    where
        R: Paginated,
        S: Complete,
    {
        Paginator::of(self.client, self.input, EmptyText::Given)
    }
}

/// A call whose input is empty yet.
#[doc(hidden)]
#[inline]
pub fn start<R: Operation, S>(client: &Client<R::Service>) -> Call<R, S> {
    Call { input: R::default(), client: client.clone(), given: PhantomData }
}

/// The same call, with one more required input set.
#[doc(hidden)]
#[inline]
pub fn given<R: Operation, S, N>(call: Call<R, S>) -> Call<R, N> {
    Call { input: call.input, client: call.client, given: PhantomData }
}

impl<R: Operation + Clone, S> Clone for Call<R, S> {
    fn clone(&self) -> Self {
        Self { input: self.input.clone(), client: self.client.clone(), given: PhantomData }
    }
}

impl<R: Operation + fmt::Debug, S> fmt::Debug for Call<R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("input", &self.input).finish_non_exhaustive()
    }
}

/// Declares the builder of a call: `call!(GetThingCall<A: id>(GetThingRequest))`. `paged` before the name is for an operation
/// that responds in pages.
#[doc(hidden)]
#[macro_export]
macro_rules! __call {
    (paged $call:ident<$($state:ident: $input:ident),*>($request:ident)) => {
        $crate::__call!($call<$($state: $input),*>($request), " or, page by page, [`into_paginator`](crate::client::Call::into_paginator)");
    };
    ($call:ident<$($state:ident: $input:ident),*>($request:ident) $(, $pages:literal)?) => {
        #[doc = ::core::concat!(
            "A [`", ::core::stringify!($request), "`] that is being put together. [`send`](crate::client::Call::send)" $(, $pages)?, " finishes it.",
        )]
        pub type $call<$($state = inputs::$input),*> = $crate::runtime::__private::Call<$request, ($($state,)*)>;
    };
}
