//! Setters: the methods of builders, as rows of a table, and what they do with the items of lists and maps.
//!
//! A row is `name(kind Type)`: `value` takes the type itself, `into` whatever converts to it, `list` and `map` whatever can be
//! iterated. `boxed` before it is for a member that is held in a box; `name(field other (kind Type))` is for a method that is
//! not called as its field. A row of a required member says which states the builder has after it: `name(into String) -> (Set, B)`.

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

/// A method of a builder: `[the builder after it] kind Type; name field [attributes] [function that leads there]`. What tells
/// rows apart comes first, and names are those of the prelude, which no shape has: the crate has some thousand rows.
#[doc(hidden)]
#[macro_export]
macro_rules! __setter {
    ([] into $ty:ty; $method:ident $field:ident [$($about:tt)*] $given:tt) => {
        $($about)*
        pub fn $method(mut self, value: impl Into<$ty>) -> Self {
            self.input.$field = Some(value.into());
            self
        }
    };
    ([] value $ty:ty; $method:ident $field:ident [$($about:tt)*] $given:tt) => {
        $($about)*
        #[inline]
        pub fn $method(mut self, value: $ty) -> Self {
            self.input.$field = Some(value);
            self
        }
    };
    ([] list into $ty:ty; $method:ident $field:ident [$($about:tt)*] $given:tt) => {
        $($about)*
        pub fn $method(mut self, values: impl IntoIterator<Item = impl Into<$ty>>) -> Self {
            $crate::runtime::__private::extend(self.input.$field.get_or_insert_default(), values);
            self
        }
    };
    ([] list value $ty:ty; $method:ident $field:ident [$($about:tt)*] $given:tt) => {
        $($about)*
        pub fn $method(mut self, values: impl IntoIterator<Item = $ty>) -> Self {
            $crate::runtime::__private::extend(self.input.$field.get_or_insert_default(), values);
            self
        }
    };
    ([] map $key:ty => value $ty:ty; $method:ident $field:ident [$($about:tt)*] $given:tt) => {
        $($about)*
        pub fn $method(mut self, values: impl IntoIterator<Item = (impl Into<$key>, $ty)>) -> Self {
            $crate::runtime::__private::extend_map(self.input.$field.get_or_insert_default(), values);
            self
        }
    };
    ([] map $key:ty => into $ty:ty; $method:ident $field:ident [$($about:tt)*] $given:tt) => {
        $($about)*
        pub fn $method(mut self, values: impl IntoIterator<Item = (impl Into<$key>, impl Into<$ty>)>) -> Self {
            $crate::runtime::__private::extend_map(self.input.$field.get_or_insert_default(), values);
            self
        }
    };
    ([$($after:tt)+] into $ty:ty; $method:ident $field:ident [$($about:tt)*] [$($given:tt)+]) => {
        $($about)*
        pub fn $method(mut self, value: impl Into<$ty>) -> $($after)+ {
            self.input.$field = value.into();
            $($given)+(self)
        }
    };
    ([$($after:tt)+] value $ty:ty; $method:ident $field:ident [$($about:tt)*] [$($given:tt)+]) => {
        $($about)*
        #[inline]
        pub fn $method(mut self, value: $ty) -> $($after)+ {
            self.input.$field = value;
            $($given)+(self)
        }
    };
    ([$($after:tt)+] list into $ty:ty; $method:ident $field:ident [$($about:tt)*] [$($given:tt)+]) => {
        $($about)*
        pub fn $method(mut self, values: impl IntoIterator<Item = impl Into<$ty>>) -> $($after)+ {
            $crate::runtime::__private::extend(&mut self.input.$field, values);
            $($given)+(self)
        }
    };
    ([$($after:tt)+] list value $ty:ty; $method:ident $field:ident [$($about:tt)*] [$($given:tt)+]) => {
        $($about)*
        pub fn $method(mut self, values: impl IntoIterator<Item = $ty>) -> $($after)+ {
            $crate::runtime::__private::extend(&mut self.input.$field, values);
            $($given)+(self)
        }
    };
    ([$($after:tt)+] map $key:ty => value $ty:ty; $method:ident $field:ident [$($about:tt)*] [$($given:tt)+]) => {
        $($about)*
        pub fn $method(mut self, values: impl IntoIterator<Item = (impl Into<$key>, $ty)>) -> $($after)+ {
            $crate::runtime::__private::extend_map(&mut self.input.$field, values);
            $($given)+(self)
        }
    };
    ([$($after:tt)+] map $key:ty => into $ty:ty; $method:ident $field:ident [$($about:tt)*] [$($given:tt)+]) => {
        $($about)*
        pub fn $method(mut self, values: impl IntoIterator<Item = (impl Into<$key>, impl Into<$ty>)>) -> $($after)+ {
            $crate::runtime::__private::extend_map(&mut self.input.$field, values);
            $($given)+(self)
        }
    };
    ([] boxed value $ty:ty; $method:ident $field:ident [$($about:tt)*] $given:tt) => {
        $($about)*
        #[inline]
        pub fn $method(mut self, value: $ty) -> Self {
            self.input.$field = Some(Box::new(value));
            self
        }
    };
    ($after:tt field $field:ident ($($kind:tt)*); $method:ident $same:ident $about:tt $given:tt) => {
        $crate::__setter!($after $($kind)*; $method $field $about $given);
    };
}
