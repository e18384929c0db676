//! Collections: what the methods of builders add to lists and maps.
//!
//! A member that is optional stays absent until something was added: an empty list means something to a service, such as
//! "remove all", and nobody says that by having nothing to add.

use std::collections::HashMap;
use std::hash::Hash;

/// Adds values to a list.
#[inline]
pub fn extend<T, U: Into<T>>(list: &mut Vec<T>, values: impl IntoIterator<Item = U>) {
    list.extend(values.into_iter().map(Into::into));
}

/// Adds values to a list that may be absent. It stays absent where there are no values.
#[inline]
pub fn extend_some<T, U: Into<T>>(list: &mut Option<Vec<T>>, values: impl IntoIterator<Item = U>) {
    let mut values = values.into_iter();
    if let Some(first) = values.next() {
        extend(list.get_or_insert_default(), std::iter::once(first).chain(values));
    }
}

/// Adds entries to a map.
#[inline]
pub fn extend_map<K: Eq + Hash, V, A: Into<K>, B: Into<V>>(
    map: &mut HashMap<K, V>,
    entries: impl IntoIterator<Item = (A, B)>,
) {
    map.extend(entries.into_iter().map(|(key, value)| (key.into(), value.into())));
}

/// Adds entries to a map that may be absent. It stays absent where there are no entries.
#[inline]
pub fn extend_map_some<K: Eq + Hash, V, A: Into<K>, B: Into<V>>(
    map: &mut Option<HashMap<K, V>>,
    entries: impl IntoIterator<Item = (A, B)>,
) {
    let mut entries = entries.into_iter();
    if let Some(first) = entries.next() {
        extend_map(map.get_or_insert_default(), std::iter::once(first).chain(entries));
    }
}
