//! Builders: types that record in their type parameters which required inputs are set.
//!
//! All builders of structures are one type, [`Builder`], and all those of calls another, [`Call`](crate::runtime::call::builder::Call). The emitted
//! part is the name of each, `Name<A: first, B: second>`, with a type parameter for each required input, and the methods that set a
//! member. A program pays for the builders that it uses, and the crate almost nothing for the others.

use std::fmt;
use std::marker::PhantomData;

use crate::runtime::shape::required::Complete;

/// A structure that is being put together, and which of its required members it was given.
#[must_use = "`build` gives the structure"]
pub struct Builder<T, S = ()> {
    pub(crate) input: T,
    given: PhantomData<S>,
}

impl<T, S> Builder<T, S> {
    /// Returns the structure.
    #[inline]
    pub fn build(self) -> T
    where
        S: Complete,
    {
        self.input
    }
}

impl<T: Clone, S> Clone for Builder<T, S> {
    fn clone(&self) -> Self {
        Self { input: self.input.clone(), given: PhantomData }
    }
}

impl<T: fmt::Debug, S> fmt::Debug for Builder<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("input", &self.input).finish()
    }
}

/// A builder that was given nothing yet.
#[doc(hidden)]
#[inline]
pub fn start<T: Default, S>() -> Builder<T, S> {
    Builder { input: T::default(), given: PhantomData }
}

/// The same builder, with one required input more. Which one it is, only a call needs to know.
#[doc(hidden)]
#[inline]
pub fn given<T, S, N>(builder: Builder<T, S>, _index: u32) -> Builder<T, N> {
    Builder { input: builder.input, given: PhantomData }
}

/// Declares the builder of a structure: `builder!(TagBuilder<A: key>(Tag))`.
#[doc(hidden)]
#[macro_export]
macro_rules! __builder {
    ($builder:ident<$($state:ident: $input:ident),*>($structure:ident)) => {
        #[doc = ::core::concat!("Builder of [`", ::core::stringify!($structure), "`]: `build` finishes it.")]
        pub type $builder<$($state = inputs::$input),*> = $crate::runtime::__private::Builder<$structure, ($($state,)*)>;

        impl $structure {
            #[doc = ::core::concat!("Starts a [`", ::core::stringify!($structure), "`].")]
            #[inline]
            pub fn builder() -> $builder {
                $crate::runtime::__private::builder::start()
            }
        }
    };
}
