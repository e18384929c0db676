//! Percent-encoding: of paths, query strings and `model.txt`, taken back.

use std::borrow::Cow;

use crate::runtime::base::percent;

/// A text of the model. Nearly all are slices of the model's own text.
pub(super) type Text = Cow<'static, str>;

/// A text of `model.txt` without its escapes.
pub(super) fn unescaped(text: &'static str) -> Text {
    decoded(text)
}

/// A text without percent-encoding. What is no encoding stays as it is, and bytes that are not UTF-8 become U+FFFD.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    match percent::decoded(text) {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
}
