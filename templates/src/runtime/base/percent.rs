//! Takes bytes; gives them percent-encoded as AWS signs and routes them: all but the unreserved characters of RFC 3986.

/// Appends text to a path or a query string.
pub(crate) fn push_encoded(to: &mut String, text: &[u8], keep_slashes: bool) {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    to.reserve(text.len());
    for &byte in text {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (keep_slashes && byte == b'/') {
            to.push(char::from(byte));
        } else {
            to.push('%');
            to.push(char::from(HEX[usize::from(byte >> 4)]));
            to.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}
