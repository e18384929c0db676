//! Percent-encoding of everything but the unreserved characters of RFC 3986, as AWS signs and routes paths and queries.

/// Appends text to a path or a query string.
pub(crate) fn push_encoded(to: &mut String, text: &[u8], keep_slashes: bool) {
    push_encoded_but(to, text, if keep_slashes { b"/" } else { b"" });
}

/// Appends text in which some more characters stay as they are.
pub(crate) fn push_encoded_but(to: &mut String, text: &[u8], kept: &[u8]) {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    to.reserve(text.len());
    for &byte in text {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            to.push(char::from(byte));
        } else {
            to.push('%');
            to.push(char::from(HEX[usize::from(byte >> 4)]));
            to.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}
