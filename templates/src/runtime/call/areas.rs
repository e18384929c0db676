//! Areas that are off: methods that name the feature which a program has to turn on.

/// Adds a hidden method to a client for each operation of an area whose feature is off. A call of one does not compile, and the
/// compiler's message is the area's: `areas! { crate::Client, "how" { "things": "which feature" [get_thing, list_things], } }`.
///
/// The bound is never met. It holds a lifetime, so that the compiler asks for it at a call and not here. The type of the result is
/// left open, so that what follows the call is no second error.
#[doc(hidden)]
#[macro_export]
macro_rules! __areas {
    ($client:ty, $note:literal { $($feature:literal: $message:literal [$($method:ident),* $(,)?],)* }) => {
        $(
            #[cfg(not(feature = $feature))]
            $crate::__area!($client, $note, $message, $($method)*);
        )*
    };
}

/// The methods of one area that is off.
#[doc(hidden)]
#[macro_export]
macro_rules! __area {
    ($client:ty, $note:literal, $message:literal, $($method:ident)*) => {
        const _: () = {
            #[diagnostic::on_unimplemented(message = $message, label = "the feature is off", note = $note)]
            pub trait Enabled {
                fn never<T>(self) -> T;
            }

            impl $client {
                $(
                    #[doc(hidden)]
                    pub fn $method<'a, T>(&'a self) -> T
                    where
                        &'a Self: Enabled,
                    {
                        Enabled::never(self)
                    }
                )*
            }
        };
    };
}
