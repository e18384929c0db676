//! Files that settings name, read to a limit and away from the executor.
//!
//! A path may name a pipe, a device without end, or a file on a mount that no longer answers.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;

use crate::runtime::base::blocking::Blocking;

/// The most files that are read at once. Each takes a thread for as long as its file hangs.
const AT_ONCE: usize = 8;

type Content = Result<Bytes, Arc<io::Error>>;

static READERS: LazyLock<Blocking<Content>> = LazyLock::new(|| Blocking::new("file", AT_ONCE));

/// The content of a file. The executor goes on while the file is read; a caller that stops waiting leaves the thread behind
/// until the operating system answers.
///
/// # Errors
/// The file cannot be read, or is longer than `limit` bytes.
pub(crate) async fn read(path: &Path, limit: usize) -> Result<Bytes, Arc<io::Error>> {
    let (key, path) = (path.to_string_lossy().into_owned(), path.to_owned());
    let read = move || read_here(&path, limit).map(Bytes::from).map_err(Arc::new);
    READERS.run(&key, read).await.map_err(Arc::new)?
}

/// The content of a file, read on this thread, which waits for as long as it takes.
///
/// # Errors
/// The file cannot be read, or is longer than `limit` bytes.
pub(crate) fn read_here(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    // One byte more shows that there is more.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut content)?;
    if content.len() > limit {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is longer than {limit} bytes")));
    }
    Ok(content)
}
