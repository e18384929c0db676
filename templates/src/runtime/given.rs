//! Takes which required inputs a builder was given, as types; gives a compile error that names the one that is missing.

/// The state of a required input that was given.
#[derive(Debug, Clone, Copy)]
pub enum Set {}

/// The state of a required input that was not given yet.
#[derive(Debug, Clone, Copy)]
pub enum Unset {}

/// Holds for [`Set`] only. `Input` is a marker named for the setter, so that the compiler can name it to a person.
#[diagnostic::on_unimplemented(
    message = "the required input `{Input}` is missing",
    label = "call `.{Input}(…)` first",
    note = "every required input of an operation or a structure has to be given before it can be sent or built"
)]
pub trait Given<Input> {}

impl<Input> Given<Input> for Set {}

/// Declares the markers of required inputs.
#[doc(hidden)]
#[macro_export]
macro_rules! __inputs {
    ($($name:ident,)*) => {
        $(
            #[allow(non_camel_case_types, missing_docs, reason = "named for the method that gives the input")]
            #[derive(Debug)]
            pub enum $name {}
        )*
    };
}

pub use crate::__inputs as inputs;
