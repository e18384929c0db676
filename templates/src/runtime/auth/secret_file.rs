//! Files with one secret in them, such as a token, that another program renews.

use std::path::Path;

use crate::runtime::base::file::read;
use crate::runtime::base::text::one_line;

/// The most bytes of a file. Tokens have a few kilobytes.
const LONGEST: usize = 64 << 10;

/// The text of a file. It is read anew each time.
///
/// # Errors
/// The file cannot be read, is not UTF-8, or has nothing but white space in it. The error shows the path alone.
pub(super) async fn secret(path: &str) -> Result<String, String> {
    let shown = one_line(path);
    let bytes = read(Path::new(path), LONGEST).await.map_err(|error| format!("{shown} cannot be read: {error}"))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| format!("{shown} is not UTF-8"))?;
    if text.trim().is_empty() {
        return Err(format!("{shown} is empty"));
    }
    Ok(text.to_owned())
}
