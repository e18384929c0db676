//! Macros for the trait implementations of every structure and enumeration.
//!
//! They replace derive macros, which every program that depends on this crate would have to build and run. Each implementation is one
//! call of a function here.

use crate::runtime::shape::context::{ReadContext, Reader};
use crate::runtime::shape::traits::{Read, Write, WriteContext};

#[doc(hidden)]
pub use serde_core::{Deserialize, Deserializer, Serialize, Serializer, de};

/// `Serialize`: by the model's member names.
///
/// # Errors
/// Those of the serializer.
#[inline]
pub fn serialize<T: Write, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    value.write(to, WriteContext::MEMBERS)
}

/// `Deserialize`: by the model's member names, with the path of what could not be read in the error. The input of an
/// operation is read strictly: a member that the model does not know, one that it requires and that is missing, and a value
/// that is not as modelled are errors. Everything else is read tolerantly.
///
/// # Errors
/// Those of the deserializer, and a value that is none of the shape.
#[inline]
pub fn deserialize<'de, T: Read, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    read_root(from, T::STRICT)
}

/// Reads a value by the model's member names as tolerantly as responses are read.
///
/// # Errors
/// As [`deserialize`].
#[inline]
pub(crate) fn deserialize_tolerant<'de, T: Read, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    read_root(from, false)
}

#[inline]
fn read_root<'de, T: Read, D: Deserializer<'de>>(from: D, strict: bool) -> Result<T, D::Error> {
    let document = Reader::new(strict);
    // Through a pointer: of a call, rustc would walk everything that reading a shape may call, for each shape anew, before
    // it decides not to inline it.
    let read: fn(_, &ReadContext<'_>) -> Result<Option<T>, _> = T::read_root;
    match read(from, &document.root(true)) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(de::Error::custom("expected a value, got none")),
        Err(error) => Err(de::Error::custom(document.explain(&error))),
    }
}

/// A value that serde reads tolerantly, whatever it is: `serde_json::from_str::<Tolerant<CreateUserRequest>>(text)?.0`.
///
/// Members that the model does not know are passed over, missing ones are their defaults, and a number may stand as text. A
/// request that another version of the crate wrote is read so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tolerant<T>(pub T);

impl<'de, T: Read> Deserialize<'de> for Tolerant<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        deserialize_tolerant(from).map(Self)
    }
}

/// Implements `Debug`, `Serialize` and `Deserialize` for a type that implements [`Structure`](crate::runtime::shape::traits::Structure).
///
/// `traits!(Shape sensitive)` is for a shape that the model calls sensitive: its `Debug` shows nothing of it. The flags `request` and
/// `paged` say nothing here.
#[doc(hidden)]
#[macro_export]
macro_rules! __traits {
    ($shape:ident $(request)? $(paged)?) => {
        $crate::__serde!($shape);

        impl ::core::fmt::Debug for $shape {
            #[inline]
            fn fmt(&self, to: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::__private::debug::debug(self, to)
            }
        }
    };
    ($shape:ident $(request)? $(paged)? sensitive) => {
        $crate::__serde!($shape);

        impl ::core::fmt::Debug for $shape {
            #[inline]
            fn fmt(&self, to: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::runtime::__private::debug::redacted(::core::stringify!($shape), to)
            }
        }
    };
}

/// Implements `Serialize` and `Deserialize`. Two implementations for each shape are a tenth of what the crate takes to
/// check, and so they can be left out.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($shape:ident) => {
        impl $crate::runtime::__private::derive::Serialize for $shape {
            #[inline]
            fn serialize<S: $crate::runtime::__private::derive::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::__private::derive::serialize(self, to)
            }
        }

        impl<'de> $crate::runtime::__private::derive::Deserialize<'de> for $shape {
            #[inline]
            fn deserialize<D: $crate::runtime::__private::derive::Deserializer<'de>>(
                from: D,
            ) -> Result<Self, D::Error> {
                $crate::runtime::__private::derive::deserialize(from)
            }
        }
    };
}

/// Implements nothing: `Serialize` and `Deserialize` are there with the feature `serde`.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($shape:ident) => {};
}
