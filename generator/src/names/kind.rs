//! Kinds of names, a type each. Only the modules of `names` can make the Rust ones.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

macro_rules! names {
    ($($(#[$docs:meta])* $name:ident,)*) => {$(
        $(#[$docs])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(pub(super) String);

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

names! {
    /// The name of a shape in the model.
    ShapeName,
    /// The name of an operation in the model.
    OperationName,
    /// The name of a waiter in the model.
    WaiterName,
    /// The name of a member of a structure or a union in the model.
    MemberName,
    /// A text on the wire: the key of a member, the value of an enumeration, the code of an exception.
    WireName,
    /// A Rust identifier: a type, a variant, a field or a method.
    Ident,
    /// The name of a module, which is the stem of its file as well.
    ModuleName,
}

/// Names of the model and of the wire are whatever the model says; Rust names are made by the rules of this module only.
macro_rules! taken_as_they_are {
    ($($name:ident),*) => {$(
        impl $name {
            pub fn new(name: &str) -> Self {
                Self(name.to_owned())
            }
        }

        impl From<&String> for $name {
            fn from(name: &String) -> Self {
                Self(name.clone())
            }
        }
    )*};
}

taken_as_they_are!(ShapeName, OperationName, WaiterName, MemberName, WireName);
