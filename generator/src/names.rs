//! Names: those of the model and of the wire, the Rust names made of them, and the rules that lead from one to the other.
//!
//! Each kind is a type of its own, so that a name of the model cannot be printed as Rust by mistake. A Rust name can only be
//! made here: what this module gives is valid, and unique in its scope. `case` is the only user of heck.
//!
//! Case follows aws-sdk-connect, so that a program written for it reads the same: fields, methods and modules in snake
//! case, variants and types in upper camel case.

mod case;
mod package;
mod record;
mod reserved;
mod scope;
mod spelling;

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

pub(crate) use case::{
    field_name, module_name, operation_name, sdk_name, service_name, type_name, variable_name, variant_methods,
    variant_name,
};
pub(crate) use package::validate_package;
pub(crate) use record::{Record, Table, UsualSpelling, kept, remembered, to_remember};
pub(crate) use reserved::{LONGEST, MOST_STATES, is_feature, is_keyword, is_service_module, type_parameter, validate};
pub(crate) use scope::{WantedName, allocate, unique};
pub(crate) use spelling::Spelling;

macro_rules! names {
    ($($(#[$docs:meta])* $name:ident,)*) => {$(
        $(#[$docs])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(String);

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
