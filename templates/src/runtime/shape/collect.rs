//! Takes what a builder's method was given for a list or a map; adds it to the member.

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
