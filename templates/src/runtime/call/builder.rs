//! The builder of a call: an input that is being put together, with the client that sends it.

use std::fmt;
use std::marker::PhantomData;

use crate::runtime::call::client::Client;
use crate::runtime::call::customize::CustomizedCall;
use crate::runtime::call::paginate::{Paginated, Paginator};
use crate::runtime::call::sending::Sending;
use crate::runtime::protocol::bind::EmptyText;
use crate::runtime::protocol::operation::Operation;
use crate::runtime::shape::required::{Complete, States};

/// A request that is being put together, with the client that sends it; `S` records which required inputs are set.
///
/// It owns a handle of its client, so that it can be stored, returned and spawned.
#[must_use = "nothing is sent before `send`"]
pub struct Call<R: Operation, S = ()> {
    /// The request so far.
    pub input: R,
    client: Client<R::Service>,
    /// The required inputs that methods set, a bit for each.
    set: u64,
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

    /// The call as a type that stays the same whatever is set, for inputs that are given in a loop or under a condition. A
    /// required input that no method set is an error of [`send`](Self::send), which names it. What [`with`](Self::with) sets
    /// does not count.
    ///
    /// ```text
    /// let mut call = client.describe_contact().check_at_send().instance_id(instance);
    /// if let Some(contact) = contact {
    ///     call = call.contact_id(contact);
    /// }
    /// ```
    #[inline]
    pub fn check_at_send(self) -> Call<R, S::Settled>
    where
        S: States,
    {
        Call { input: self.input, client: self.client, set: self.set, given: PhantomData }
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
        let empty = empty_text::<S>(self.set);
        self.client.send_given(self.input, empty)
    }

    /// Sets settings of this call only: timeouts, retries, headers, interceptors, region, endpoint.
    #[inline]
    pub fn customize(self) -> CustomizedCall<R>
    where
        S: Complete,
    {
        let empty = empty_text::<S>(self.set);
        CustomizedCall::new(self.client, self.input, empty)
    }

    /// Makes the call page by page, each when it is asked for, starting at the token in the input where there is one.
    #[inline]
    pub fn into_paginator(self) -> Paginator<R>
    where
        R: Paginated,
        S: Complete,
    {
        let empty = empty_text::<S>(self.set);
        Paginator::of(self.client, self.input, empty)
    }
}

/// A call whose input is empty yet.
#[doc(hidden)]
#[inline]
pub fn start<R: Operation, S>(client: &Client<R::Service>) -> Call<R, S> {
    Call { input: R::default(), client: client.clone(), set: 0, given: PhantomData }
}

/// The same call, with one more required input set: the one of this index.
#[doc(hidden)]
#[inline]
pub fn given<R: Operation, S, N>(call: Call<R, S>, index: u32) -> Call<R, N> {
    Call { input: call.input, client: call.client, set: call.set | 1 << index, given: PhantomData }
}

/// The knowledge of required inputs once the type says that all of them are set. It says so of a call that is checked when it is
/// sent as well, of which this finds what is missing.
fn empty_text<S: Complete>(set: u64) -> EmptyText {
    match S::ALL & !set {
        0 => EmptyText::Given,
        unset => EmptyText::Unset(unset),
    }
}

impl<R: Operation + Clone, S> Clone for Call<R, S> {
    fn clone(&self) -> Self {
        Self { input: self.input.clone(), client: self.client.clone(), set: self.set, given: PhantomData }
    }
}

impl<R: Operation + fmt::Debug, S> fmt::Debug for Call<R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("input", &self.input).finish_non_exhaustive()
    }
}

/// Declares the input of an operation and the builder of its call, from a table of the rows that
/// [`structure!`](crate::runtime::shape::declare) has: `request! { /// Its documentation. GetThingRequest => GetThingResponse by GetThingCall<A: id>, paged { … } }`.
///
/// `paged` is for an operation that responds in pages, `sensitive` for an input of which `Debug` shows nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __request {
    ($(#[$($about:tt)*])* $request:ident => $output:tt by $call:ident<$($state:ident: $input:ident),*> $(, $flag:ident)* { $($rows:tt)* }) => {
        $crate::__structure! { $(#[$($about)*])* $request, request $(, $flag)* { $($rows)* } }

        #[doc = ::core::concat!(
            "Builder of [`", ::core::stringify!($request), "`]: [`send`](crate::client::Call::send) ",
            $crate::__request!(@ output $output), $crate::__request!(@ $($flag)*), ".",
        )]
        pub type $call<$($state = inputs::$input),*> = $crate::runtime::__private::Call<$request, ($($state,)*)>;

        $crate::__setters! { call $call<$($state),*> { $($rows)* } }
    };
    (@ output ()) => { "returns nothing" };
    (@ output $output:ident) => { ::core::concat!("returns [`", ::core::stringify!($output), "`]") };
    (@ paged $($flag:ident)?) => { " and [`into_paginator`](crate::client::Call::into_paginator) goes on page by page" };
    (@ $($flag:ident)?) => { "" };
}
