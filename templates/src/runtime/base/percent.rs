//! Percent-encoding (and back) of everything but the unreserved characters of RFC 3986, as AWS signs and routes paths and queries.

#[cfg(any(feature = "client", feature = "mock", feature = "stand_in"))]
use std::borrow::Cow;

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

/// The bytes that percent-encoded text stands for. A percent sign that begins no such byte stands for itself.
#[cfg(any(feature = "client", feature = "mock", feature = "stand_in"))]
pub(crate) fn decoded(text: &str) -> Cow<'_, [u8]> {
    if !text.contains('%') {
        return Cow::Borrowed(text.as_bytes());
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let encoded = (byte == b'%').then(|| Some((digit(*after.first()?)? << 4) | digit(*after.get(1)?)?)).flatten();
        bytes.push(encoded.unwrap_or(byte));
        rest = if encoded.is_some() { &after[2..] } else { after };
    }
    Cow::Owned(bytes)
}
