//! Functions of rule sets on strings (`substring`, `split`, `uriEncode`), and the choice between two values (`ite`).

use crate::runtime::base::percent::push_encoded;

/// The bytes from `start` up to `end`, both counted from the end of the string where `reverse` is set.
///
/// `None` where the string is too short or not ASCII, and where `start` is not before `end`.
#[must_use]
pub fn substring(value: &str, start: usize, end: usize, reverse: bool) -> Option<&str> {
    if start >= end || !value.is_ascii() {
        return None;
    }
    if reverse { value.get(value.len().checked_sub(end)?..value.len() - start) } else { value.get(start..end) }
}

/// The parts between delimiters: at most `limit` of them, the last of which keeps what is left; all where it is 0.
#[must_use]
pub fn split<'a>(value: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    if delimiter.is_empty() {
        return vec![value];
    }
    value.splitn(if limit == 0 { usize::MAX } else { limit }, delimiter).collect()
}

/// The value with every byte percent-encoded that RFC 3986 does not call unreserved.
#[must_use]
pub fn uri_encode(value: &str) -> String {
    let mut encoded = String::new();
    push_encoded(&mut encoded, value.as_bytes(), false);
    encoded
}

/// One of two values.
pub fn ite<T>(condition: bool, then: T, otherwise: T) -> T {
    if condition { then } else { otherwise }
}
