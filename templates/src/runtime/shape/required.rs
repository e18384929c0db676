//! Required inputs of builders, as types, and the compile error that names a missing one.
//!
//! The type of a builder has a tuple of states, one for each required input: the marker of the input, or [`Set`] once it is set.

/// The state of a required input that was given.
#[derive(Debug, Clone, Copy)]
pub enum Set {}

/// Holds for [`Set`] only, so that the compiler names the input that is still in its place.
#[diagnostic::on_unimplemented(
    message = "the required input `{Self}` is missing",
    label = "call `.{Self}(…)` first",
    note = "every required input of an operation or a structure has to be given before it can be sent or built"
)]
pub trait Given {}

impl Given for Set {}

/// Holds for a tuple of states that all are [`Given`].
pub trait Complete {
    /// A bit for each of them.
    const ALL: u64;
}

impl Complete for () {
    const ALL: u64 = 0;
}

/// A tuple of states.
pub trait States {
    /// The tuple in which all of them are [`Set`].
    type Settled: Complete;
}

impl States for () {
    type Settled = ();
}

/// Implements [`Complete`] for tuples of up to as many states as there are names.
macro_rules! tuples {
    () => {};
    (@ $state:ident) => { Set };
    ($first:ident $($rest:ident)*) => {
        impl<$first: Given, $($rest: Given),*> Complete for ($first, $($rest,)*) {
            const ALL: u64 = <($($rest,)*) as Complete>::ALL << 1 | 1;
        }

        impl<$first, $($rest),*> States for ($first, $($rest,)*) {
            type Settled = (tuples!(@ $first), $(tuples!(@ $rest),)*);
        }

        tuples!($($rest)*);
    };
}

// As many as the generator puts into one builder: `names::MOST_STATES`.
tuples!(A B C D E F G H I J K L M N O P Q R S T U V W X);

/// Declares the markers of required inputs.
#[doc(hidden)]
#[macro_export]
macro_rules! __inputs {
    ($($name:ident,)*) => {
        $(
            #[allow(
                non_camel_case_types,
                missing_docs,
                missing_debug_implementations,
                reason = "named for the method that gives the input, and never a value"
            )]
            pub enum $name {}
        )*
    };
}

pub use crate::__inputs as inputs;
