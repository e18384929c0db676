//! Values of headers that are secret.

use ::http::header::HeaderValue;

/// A value that `Debug` does not show and HTTP/2 does not put into its table.
pub(super) fn secret_value(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}
