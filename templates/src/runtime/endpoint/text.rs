//! Takes strings; gives parts of them, or other spellings (`substring`, `split`, `uriEncode`), or one of two (`ite`).

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
    match limit {
        _ if delimiter.is_empty() => vec![value],
        0 => value.split(delimiter).collect(),
        limit => value.splitn(limit, delimiter).collect(),
    }
}

/// The value with every byte percent-encoded that RFC 3986 does not call unreserved.
#[must_use]
pub fn uri_encode(value: &str) -> String {
    percent_encode(value, b"")
}

/// The value with every byte percent-encoded that is neither unreserved nor one of `safe`.
pub(super) fn percent_encode(value: &str, safe: &[u8]) -> String {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || safe.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(['%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
    encoded
}

/// One of two values.
pub fn ite<T>(condition: bool, then: T, otherwise: T) -> T {
    if condition { then } else { otherwise }
}
