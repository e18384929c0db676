//! Files with secrets in them: tokens that another program renews, and sign-ins that this crate shares with AWS's tools.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::runtime::base::file::read;
use crate::runtime::base::random;
use crate::runtime::base::text::one_line;
use crate::runtime::base::threads::BoxFuture;

/// The most bytes of a file. Tokens have a few kilobytes.
const LONGEST: usize = 64 << 10;

/// The text of a file. It is read anew each time.
///
/// # Errors
/// The file cannot be read, is not UTF-8, or has nothing but white space in it. The error shows the path alone.
pub(super) fn secret(path: &str) -> BoxFuture<'_, Result<String, String>> {
    Box::pin(async move {
        let shown = one_line(path);
        let bytes = read(Path::new(path), LONGEST).await.map_err(|error| format!("{shown} cannot be read: {error}"))?;
        let text = std::str::from_utf8(&bytes).map_err(|_| format!("{shown} is not UTF-8"))?;
        if text.trim().is_empty() {
            return Err(format!("{shown} is empty"));
        }
        Ok(text.to_owned())
    })
}

/// Replaces a file at once, by one that nobody else can read.
pub(super) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let fresh = path.with_extension(format!("{:016x}.tmp", random::bits()));
    let placed = write_new(&fresh, text).and_then(|()| fs::rename(&fresh, path));
    if placed.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    placed
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
