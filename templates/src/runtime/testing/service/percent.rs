//! Percent-encoding: of paths, query strings and `model.txt`, taken back.

use std::borrow::Cow;

/// A text of the model. Nearly all are slices of the model's own text.
pub(super) type Text = Cow<'static, str>;

/// A text of `model.txt` without its escapes.
pub(super) fn unescaped(text: &'static str) -> Text {
    decoded(text)
}

/// A text without percent-encoding. What is no encoding stays as it is, and bytes that are not UTF-8 become U+FFFD.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let encoded = (byte == b'%').then(|| Some((digit(*after.first()?)? << 4) | digit(*after.get(1)?)?)).flatten();
        bytes.push(encoded.unwrap_or(byte));
        rest = if encoded.is_some() { &after[2..] } else { after };
    }
    Cow::Owned(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
