//! Setters: the methods of builders, as rows of a table, and what they do with the items of lists and maps.
//!
//! A row is `name(kind Type)`: `value` takes the type itself, `into` whatever converts to it, `list` and `map` whatever can be
//! iterated. `boxed` before it is for a member that is held in a box, and `name = field(…)` for a method that is not called as
//! its field. A row of a required member says which states the builder has after it: `name(into String) -> (Set, B)`.

use std::collections::HashMap;
use std::hash::Hash;

/// Adds values to a list.
#[inline]
pub fn extend<T, U: Into<T>>(list: &mut Vec<T>, values: impl IntoIterator<Item = U>) {
    list.extend(values.into_iter().map(Into::into));
}

/// Adds entries to a map.
#[inline]
pub fn extend_map<K: Eq + Hash, V, A: Into<K>, B: Into<V>>(
    map: &mut HashMap<K, V>,
    entries: impl IntoIterator<Item = (A, B)>,
) {
    map.extend(entries.into_iter().map(|(key, value)| (key.into(), value.into())));
}

/// A method of a builder: `[attributes] name [field] [kind Type] [given] [the builder once it is given]`. `given` leads to the
/// function that makes the one builder the other.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ($about:tt $method:ident [] $($rest:tt)*) => {
        $crate::__setter!($about $method [$method] $($rest)*);
    };
    ([$($about:tt)*] $method:ident [$field:ident] [value $ty:ty] $given:tt []) => {
        $($about)*
        #[inline]
        pub fn $method(mut self, value: $ty) -> Self {
            self.input.$field = ::core::option::Option::Some(value);
            self
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [into $ty:ty] $given:tt []) => {
        $($about)*
        pub fn $method(mut self, value: impl ::core::convert::Into<$ty>) -> Self {
            self.input.$field = ::core::option::Option::Some(value.into());
            self
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [boxed value $ty:ty] $given:tt []) => {
        $($about)*
        #[inline]
        pub fn $method(mut self, value: $ty) -> Self {
            self.input.$field = ::core::option::Option::Some(::std::boxed::Box::new(value));
            self
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [list value $ty:ty] $given:tt []) => {
        $($about)*
        pub fn $method(mut self, values: impl ::core::iter::IntoIterator<Item = $ty>) -> Self {
            $crate::runtime::__private::extend(self.input.$field.get_or_insert_default(), values);
            self
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [list into $ty:ty] $given:tt []) => {
        $($about)*
        pub fn $method(
            mut self,
            values: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$ty>>,
        ) -> Self {
            $crate::runtime::__private::extend(self.input.$field.get_or_insert_default(), values);
            self
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [map $key:ty => value $ty:ty] $given:tt []) => {
        $($about)*
        pub fn $method(
            mut self,
            values: impl ::core::iter::IntoIterator<Item = (impl ::core::convert::Into<$key>, $ty)>,
        ) -> Self {
            $crate::runtime::__private::extend_map(self.input.$field.get_or_insert_default(), values);
            self
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [map $key:ty => into $ty:ty] $given:tt []) => {
        $($about)*
        pub fn $method(
            mut self,
            values: impl ::core::iter::IntoIterator<
                Item = (impl ::core::convert::Into<$key>, impl ::core::convert::Into<$ty>),
            >,
        ) -> Self {
            $crate::runtime::__private::extend_map(self.input.$field.get_or_insert_default(), values);
            self
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [value $ty:ty] [$($given:tt)+] [$($after:tt)+]) => {
        $($about)*
        #[inline]
        pub fn $method(mut self, value: $ty) -> $($after)+ {
            self.input.$field = value;
            $($given)+(self)
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [into $ty:ty] [$($given:tt)+] [$($after:tt)+]) => {
        $($about)*
        pub fn $method(mut self, value: impl ::core::convert::Into<$ty>) -> $($after)+ {
            self.input.$field = value.into();
            $($given)+(self)
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [list value $ty:ty] [$($given:tt)+] [$($after:tt)+]) => {
        $($about)*
        pub fn $method(mut self, values: impl ::core::iter::IntoIterator<Item = $ty>) -> $($after)+ {
            $crate::runtime::__private::extend(&mut self.input.$field, values);
            $($given)+(self)
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [list into $ty:ty] [$($given:tt)+] [$($after:tt)+]) => {
        $($about)*
        pub fn $method(
            mut self,
            values: impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<$ty>>,
        ) -> $($after)+ {
            $crate::runtime::__private::extend(&mut self.input.$field, values);
            $($given)+(self)
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [map $key:ty => value $ty:ty] [$($given:tt)+] [$($after:tt)+]) => {
        $($about)*
        pub fn $method(
            mut self,
            values: impl ::core::iter::IntoIterator<Item = (impl ::core::convert::Into<$key>, $ty)>,
        ) -> $($after)+ {
            $crate::runtime::__private::extend_map(&mut self.input.$field, values);
            $($given)+(self)
        }
    };
    ([$($about:tt)*] $method:ident [$field:ident] [map $key:ty => into $ty:ty] [$($given:tt)+] [$($after:tt)+]) => {
        $($about)*
        pub fn $method(
            mut self,
            values: impl ::core::iter::IntoIterator<
                Item = (impl ::core::convert::Into<$key>, impl ::core::convert::Into<$ty>),
            >,
        ) -> $($after)+ {
            $crate::runtime::__private::extend_map(&mut self.input.$field, values);
            $($given)+(self)
        }
    };
}
