//! Declarations of structures: one table from which come the type, the binding of its members, and the setters of its builder.
//!
//! A row is `field: presence kind(types)[index => states] = binding("Key").trait()…`. Presence is `required` or `optional`. The kind says
//! how a value is held and set:
//!
//! | kind | type of a required field | a setter takes |
//! |---|---|---|
//! | `text` | `String` | what converts into it |
//! | `copy(T)` | `T`, a number or a `bool` | a value |
//! | `into(T)` | `T` | what converts into it |
//! | `value(T)` | `T`, a structure or a union | a value |
//! | `boxed(T)` | none: a box is optional, because it ends a recursion | a value |
//! | `document(T)` | `T`, any JSON | what converts into it |
//! | `list(T)` | `Vec<T>` | one element or several |
//! | `sparse_list(T)` | `Vec<T>`, where `T` is an `Option` | several elements |
//! | `map(several: K => V)` | `HashMap<K, V>` | an entry of what converts into both; the method `several` takes several |
//! | `value_map(several: K => V)` | `HashMap<K, V>` | the same, of a value that nothing converts into |
//!
//! `renamed(method kind(types))` is for a field whose setter cannot have the field's name. `[index => states]` is for a required input: its
//! index among those, and the type parameters of the builder once it is set. What follows `=` is a row of
//! [`members!`](crate::runtime::shape::macros). An optional field is an `Option` of the type, and its setter takes an `Option` as well, but
//! for a document, a sparse list and one entry of a map.
//!
//! The generator writes the kind (`emit/types.rs`). `__field!` here makes it a type, `setters.rs` a setter. The rows of `sdk.rs` have the same
//! kinds, so a new kind stands there too.

/// Declares a structure: `structure! { /// Its documentation. Tag by TagBuilder<A: key>, sensitive { key: required text[0 => Set] = body("Key"), } }`.
///
/// `by` is for a structure with a builder that demands its required members, `sensitive` for one of which `Debug` shows nothing, `request` for
/// the input of an operation, which serde reads strictly.
#[doc(hidden)]
#[macro_export]
macro_rules! __structure {
    ($(#[$($about:tt)*])* $structure:ident $(, $flag:ident)* { $(
        $(#[$($of:tt)*])*
        $field:ident: $presence:ident $kind:ident $(($($ty:tt)*))? $([$($after:tt)*])?
            = $binding:ident($key:literal) $(. $trait:ident($($argument:literal)?))*,
    )* }) => {
        $(#[$($about)*])*
        #[derive(Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $structure {
            $($(#[$($of)*])* pub $field: $crate::__field!($presence $kind $(($($ty)*))?),)*
        }

        impl $crate::runtime::__private::Structure for $structure {
            const SHAPE: $crate::runtime::__private::Shape = $crate::runtime::__private::Shape {
                name: ::core::stringify!($structure),
                union: false,
                request: $crate::__structure!(@ $($flag)*),
                members: &[$($crate::runtime::__private::member::$binding::$presence($key)$(.$trait($($argument)?))*),*],
            };

            fn fields<F: $crate::runtime::__private::Fields>(&self, _to: &mut F) {
                $(_to.$binding(&self.$field);)*
            }

            #[inline]
            fn fields_mut<F: $crate::runtime::__private::FieldsMut>(&mut self, _from: &mut F) {
                $(_from.field(&mut self.$field);)*
            }
        }

        $crate::__traits! { $structure $($flag)* }
    };
    ($(#[$($about:tt)*])* $structure:ident by $builder:ident<$($state:ident: $input:ident),*> $(, $flag:ident)* { $($rows:tt)* }) => {
        $crate::__structure! { $(#[$($about)*])* $structure $(, $flag)* { $($rows)* } }
        $crate::__builder!($builder<$($state: $input),*>($structure));
        $crate::__setters! { builder $builder<$($state),*> { $($rows)* } }
    };
    (@ request $($flag:ident)*) => { true };
    (@ $($flag:ident)*) => { false };
}

/// The type of a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __field {
    (optional text) => { Option<String> };
    (required text) => { String };
    (optional boxed($ty:ty)) => { Option<Box<$ty>> };
    (optional list($ty:ty)) => { Option<Vec<$ty>> };
    (required list($ty:ty)) => { Vec<$ty> };
    (optional map($several:ident: $key:ty => $value:ty)) => { Option<::std::collections::HashMap<$key, $value>> };
    (required map($several:ident: $key:ty => $value:ty)) => { ::std::collections::HashMap<$key, $value> };
    ($presence:ident value_map($($entry:tt)*)) => { $crate::__field!($presence map($($entry)*)) };
    (optional sparse_list($ty:ty)) => { Option<Vec<$ty>> };
    (required sparse_list($ty:ty)) => { Vec<$ty> };
    ($presence:ident renamed($method:ident $($kind:tt)*)) => { $crate::__field!($presence $($kind)*) };
    (optional $kind:ident($ty:ty)) => { Option<$ty> };
    (required $kind:ident($ty:ty)) => { $ty };
}

pub use crate::__structure as structure;
