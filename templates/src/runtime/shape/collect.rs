//! Arguments of setters: what a builder's method takes for one member, and what it adds to lists and maps.
//!
//! A member that is optional stays absent until something was added: an empty list means something to a service, such as
//! "remove all", and nobody says that by having nothing to add.
//!
//! Each trait has a parameter that says how an argument is read. The compiler infers it; it exists because one type may
//! implement a trait in several ways, and programs never name it.

use std::collections::HashMap;
use std::hash::Hash;

/// An argument that is read as one value.
#[derive(Debug, Clone, Copy)]
pub enum One {}

/// An argument that is read as an `Option`.
#[derive(Debug, Clone, Copy)]
pub enum Perhaps {}

/// An argument that is read as several values.
#[derive(Debug, Clone, Copy)]
pub enum Many {}

/// The argument of an optional member's setter: whatever converts into the member's type, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a member of the type `{T}`",
    label = "give what converts into `{T}`, or an `Option` of it"
)]
pub trait IntoValue<T, How> {
    /// The value, where there is one.
    fn into_value(self) -> Option<T>;
}

impl<T, U: Into<T>> IntoValue<T, One> for U {
    #[inline]
    fn into_value(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T, U: Optional<Value: Into<T>>> IntoValue<T, Perhaps> for U {
    #[inline]
    fn into_value(self) -> Option<T> {
        self.into_option().map(Into::into)
    }
}

/// The argument of the setter of an optional member that nothing converts into: a value, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a member of the type `{T}`",
    label = "give a `{T}`, or an `Option` of it"
)]
pub trait Maybe<T> {
    /// The value, where there is one.
    fn maybe(self) -> Option<T>;
}

impl<T> Maybe<T> for T {
    #[inline]
    fn maybe(self) -> Option<T> {
        Some(self)
    }
}

impl<T> Maybe<T> for Option<T> {
    #[inline]
    fn maybe(self) -> Self {
        self
    }
}

/// `Option`, as a bound. A type that is no value at all then fits neither implementation above, and the compiler says what
/// the trait says instead of what the first of them lacks.
pub trait Optional {
    /// The type of its values.
    type Value;

    /// The option itself.
    fn into_option(self) -> Option<Self::Value>;
}

impl<V> Optional for Option<V> {
    type Value = V;

    #[inline]
    fn into_option(self) -> Self {
        self
    }
}

/// The argument of a method that adds to a list: one element, whatever can be iterated, or an `Option` of that.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be added to a list of `{T}`",
    label = "give one value that converts into `{T}`, or something that iterates over such values"
)]
pub trait IntoItems<T, How> {
    /// The elements.
    fn into_items(self) -> impl Iterator<Item = T>;
}

impl<T, U: Into<T>> IntoItems<T, One> for U {
    #[inline]
    fn into_items(self) -> impl Iterator<Item = T> {
        std::iter::once(self.into())
    }
}

impl<T, I: IntoIterator<Item: Into<T>>> IntoItems<T, Many> for I {
    #[inline]
    fn into_items(self) -> impl Iterator<Item = T> {
        self.into_iter().map(Into::into)
    }
}

impl<T, O: Optional<Value: IntoIterator<Item: Into<T>>>> IntoItems<T, Perhaps> for O {
    #[inline]
    fn into_items(self) -> impl Iterator<Item = T> {
        self.into_option().into_iter().flatten().map(Into::into)
    }
}

/// The argument of a method that adds several entries to a map: whatever iterates over pairs, or an `Option` of that.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be added to a map from `{K}` to `{V}`",
    label = "give something that iterates over pairs of what converts into `{K}` and `{V}`"
)]
pub trait IntoEntries<K, V, How> {
    /// The entries.
    fn into_entries(self) -> impl Iterator<Item = (K, V)>;
}

impl<K, V, A: Into<K>, B: Into<V>, I: IntoIterator<Item = (A, B)>> IntoEntries<K, V, Many> for I {
    #[inline]
    fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        self.into_iter().map(|(key, value)| (key.into(), value.into()))
    }
}

impl<K, V, A: Into<K>, B: Into<V>, O: Optional<Value: IntoIterator<Item = (A, B)>>> IntoEntries<K, V, Perhaps> for O {
    #[inline]
    fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        self.into_option().into_iter().flatten().map(|(key, value)| (key.into(), value.into()))
    }
}

/// Adds values to a list.
#[inline]
pub fn extend<T, H>(list: &mut Vec<T>, values: impl IntoItems<T, H>) {
    list.extend(values.into_items());
}

/// Adds values to a list that may be absent. It stays absent where there are no values.
#[inline]
pub fn extend_some<T, H>(list: &mut Option<Vec<T>>, values: impl IntoItems<T, H>) {
    let mut values = values.into_items();
    if let Some(first) = values.next() {
        list.get_or_insert_default().extend(std::iter::once(first).chain(values));
    }
}

/// Adds an entry to a map.
#[inline]
pub fn insert<K: Eq + Hash, V>(map: &mut HashMap<K, V>, key: impl Into<K>, value: impl Into<V>) {
    map.insert(key.into(), value.into());
}

/// Adds an entry to a map that may be absent.
#[inline]
pub fn insert_some<K: Eq + Hash, V>(map: &mut Option<HashMap<K, V>>, key: impl Into<K>, value: impl Into<V>) {
    map.get_or_insert_default().insert(key.into(), value.into());
}

/// Adds entries to a map.
#[inline]
pub fn extend_map<K: Eq + Hash, V, H>(map: &mut HashMap<K, V>, entries: impl IntoEntries<K, V, H>) {
    map.extend(entries.into_entries());
}

/// Adds entries to a map that may be absent. It stays absent where there are no entries.
#[inline]
pub fn extend_map_some<K: Eq + Hash, V, H>(map: &mut Option<HashMap<K, V>>, entries: impl IntoEntries<K, V, H>) {
    let mut entries = entries.into_entries();
    if let Some(first) = entries.next() {
        map.get_or_insert_default().extend(std::iter::once(first).chain(entries));
    }
}
