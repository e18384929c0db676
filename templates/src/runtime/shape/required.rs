//! Required inputs as types: a builder that was not given one does not compile to a call, and the error names it.
//!
//! A builder has a tuple of states in its type, one for each required input: the marker of the input until it was given,
//! [`Set`] from then on.
//!
//! A marker is `IsSet` where its parameter has a trait of the input's own, and that is never the case. The trait carries the
//! text of the error. A text by `{Self}` of one trait for all would print the path of a marker, such as
//! `amazon_connect::inputs::value`, wherever something else of that name is in sight: in another module of the crate, or in a
//! crate that the program uses.

/// The state of a required input that was given.
#[derive(Debug, Clone, Copy)]
pub enum Set {}

/// The parameter of a marker.
#[derive(Debug, Clone, Copy)]
pub enum Missing {}

/// Holds for [`Set`], and for no marker of an input.
#[diagnostic::on_unimplemented(
    message = "a required input is missing",
    note = "every required input of an operation or a structure has to be given before it can be sent or built"
)]
pub trait IsSet {}

impl IsSet for Set {}

/// Holds for a tuple of states that all are [`IsSet`].
///
/// It is a name for [`AllSet`], because the compiler lists other implementations of the trait of a bound: of this one there are no
/// others.
pub trait Complete {
    /// A bit for each of them.
    const ALL: u64;
}

impl<S: AllSet> Complete for S {
    const ALL: u64 = S::BITS;
}

/// The implementations of [`Complete`], one for each length of a tuple.
pub trait AllSet {
    /// A bit for each state.
    const BITS: u64;
}

impl AllSet for () {
    const BITS: u64 = 0;
}

/// A tuple of states.
pub trait States {
    /// The tuple in which all of them are [`Set`].
    type Settled: Complete;
}

impl States for () {
    type Settled = ();
}

/// Implements [`AllSet`] and [`States`] for tuples of up to as many states as there are names.
macro_rules! tuples {
    () => {};
    (@ $state:ident) => { Set };
    ($first:ident $($rest:ident)*) => {
        impl<$first: IsSet, $($rest: IsSet),*> AllSet for ($first, $($rest,)*) {
            const BITS: u64 = <($($rest,)*) as AllSet>::BITS << 1 | 1;
        }

        impl<$first, $($rest),*> States for ($first, $($rest,)*) {
            type Settled = (tuples!(@ $first), $(tuples!(@ $rest),)*);
        }

        tuples!($($rest)*);
    };
}

// As many as the generator puts into one builder: `names::MOST_STATES`.
tuples!(A B C D E F G H I J K L M N O P Q R S T U V W X);

/// Declares the markers of required inputs, each with the texts of the error that names it.
#[doc(hidden)]
#[macro_export]
macro_rules! __inputs {
    ($($name:ident: $message:literal, $label:literal,)*) => {
        $(
            #[allow(
                non_camel_case_types,
                missing_docs,
                missing_debug_implementations,
                reason = "named for the method that gives the input, and never a value"
            )]
            pub struct $name<S = $crate::runtime::__private::Missing>(::core::marker::PhantomData<S>);

            const _: () = {
                #[diagnostic::on_unimplemented(message = $message, label = $label)]
                pub trait Provided {}

                impl<S: Provided> $crate::runtime::__private::IsSet for $name<S> {}
            };
        )*
    };
}

pub use crate::__inputs as inputs;
