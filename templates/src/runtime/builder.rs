//! Takes the required inputs of a request or a structure; gives the part of its builder that is the same for all.
//!
//! A builder is `Name<A: first, B: second>`: one type parameter for each required input, [`Unset`](super::Unset) until the
//! method of that name was called. Only the methods that set a member are emitted; these macros stand for the rest. A
//! builder lives for one expression, so it has neither `Clone` nor `Debug`: 740 of each would be checked for nothing.

/// The builder of a call: `call!(DescribeContactCall<A: contact_id, B: instance_id>(DescribeContactRequest))`.
///
/// `paged_call!` is for an operation that answers in pages.
#[doc(hidden)]
#[macro_export]
macro_rules! __call {
    ($call:ident<$($state:ident: $input:ident),*>($request:ident)) => {
        #[doc = ::core::concat!("A call that sends [`", ::core::stringify!($request), "`], being put together.")]
        #[must_use = "nothing is sent before `send`"]
        pub struct $call<'c, $($state = $crate::runtime::Unset),*>(
            $crate::runtime::Call<'c, $request>,
            ::core::marker::PhantomData<($($state,)*)>,
        );

        impl<'c, $($state),*> $call<'c, $($state),*> {
            /// Sets members through the request itself: what is optional, or comes from elsewhere.
            #[inline]
            pub fn with(mut self, set: impl FnOnce(&mut $request)) -> Self {
                set(&mut self.0.input);
                self
            }

            /// Gives the request without sending it; `Client::send` takes it.
            #[inline]
            pub fn into_request(self) -> $request
            where
                $($state: $crate::runtime::Given<inputs::$input>,)*
            {
                self.0.input
            }

            /// Signs and sends the request, and reads the answer.
            ///
            /// # Errors
            /// A request that cannot be sent, no answer, one that says no, and one that is not understood.
            #[inline]
            pub fn send(self) -> $crate::runtime::Sending<'c, $request>
            where
                $($state: $crate::runtime::Given<inputs::$input>,)*
            {
                self.0.send()
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __paged_call {
    ($call:ident<$($state:ident: $input:ident),*>($request:ident)) => {
        $crate::__call!($call<$($state: $input),*>($request));

        impl<'c, $($state),*> $call<'c, $($state),*> {
            /// Makes the call page by page, from the token in the input on where it has one.
            #[inline]
            pub fn into_paginator(self) -> $crate::runtime::Paginator<'c, $request>
            where
                $($state: $crate::runtime::Given<inputs::$input>,)*
            {
                self.0.into_paginator()
            }
        }
    };
}

/// The builder of a structure: `builder!(TagBuilder<A: key>(Tag))`.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    ($builder:ident<$($state:ident: $input:ident),*>($structure:ident)) => {
        impl $structure {
            #[doc = ::core::concat!("Starts a [`", ::core::stringify!($structure), "`].")]
            #[inline]
            pub fn builder() -> $builder {
                $builder(Self::default(), ::core::marker::PhantomData)
            }
        }

        #[doc = ::core::concat!("A [`", ::core::stringify!($structure), "`], being put together.")]
        #[must_use = "`build` gives the structure"]
        pub struct $builder<$($state = $crate::runtime::Unset),*>(
            $structure,
            ::core::marker::PhantomData<($($state,)*)>,
        );

        impl<$($state),*> $builder<$($state),*> {
            /// Gives the structure.
            #[inline]
            pub fn build(self) -> $structure
            where
                $($state: $crate::runtime::Given<inputs::$input>,)*
            {
                self.0
            }
        }
    };
}

pub use crate::{__builder as builder, __call as call, __paged_call as paged_call};
