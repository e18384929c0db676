//! Files that settings name, read to a limit in size and in time, and away from the executor.
//!
//! A path may name a pipe, a device without end, or a file on a mount that no longer responds.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;

use crate::runtime::base::blocking::{Blocking, wait_here};
use crate::runtime::base::host::IS_BARE;

/// The most reads at once. Each takes a thread for as long as a file hangs.
const AT_ONCE: usize = 8;
/// The time for which a caller waits for files.
const PATIENCE: Duration = Duration::from_secs(2);
/// The time for which the executor waits for files before it goes on. Reading small ones takes a part of it, and less than what it
/// takes to hand the wait to another thread.
const BRIEF: Duration = Duration::from_millis(1);

/// The content of a file, or why there is none.
pub(crate) type Content = Result<Bytes, Arc<io::Error>>;

/// The future of a read. It is boxed here, once, so that none of those that wait for it hold and compile it anew.
pub(crate) type Reading<T> = Pin<Box<dyn Future<Output = T> + Send>>;

static READERS: LazyLock<Blocking<Vec<Content>>> = LazyLock::new(|| Blocking::new("file", AT_ONCE));

/// The content of a file. A caller that stops waiting leaves a thread behind until the operating system responds.
///
/// # Errors
/// The file cannot be read, is longer than `limit` bytes, or is not read within two seconds.
#[allow(dead_code, reason = "files of tokens and certificates are features")]
pub(crate) fn read(path: &Path, limit: usize) -> Reading<Content> {
    let contents = read_all(vec![path.to_owned()], limit);
    Box::pin(async { contents.await.pop().unwrap_or_else(|| Err(Arc::new(io::ErrorKind::Other.into()))) })
}

/// The contents of some files, which are read one after the other: all as by [`read`], with the time limit for all.
pub(crate) fn read_all(paths: Vec<PathBuf>, limit: usize) -> Reading<Vec<Content>> {
    Box::pin(contents(paths, limit))
}

async fn contents(paths: Vec<PathBuf>, limit: usize) -> Vec<Content> {
    let count = paths.len();
    if count == 0 {
        return Vec::new();
    }
    let failed = |error: io::Error| vec![Err(Arc::new(error)); count];
    let late = || io::Error::new(io::ErrorKind::TimedOut, format!("it was not read within {} s", PATIENCE.as_secs()));
    match wait(Box::pin(run(paths, limit))).await {
        Some(Ok(contents)) => contents,
        Some(Err(error)) => failed(error),
        None => failed(late()),
    }
}

async fn run(paths: Vec<PathBuf>, limit: usize) -> io::Result<Vec<Content>> {
    let mut key = String::new();
    for path in &paths {
        key.push_str(&path.to_string_lossy());
        key.push('\n');
    }
    let read = move || paths.iter().map(|path| read_here(path, limit)).collect();
    READERS.run(&key, read).await
}

/// The result of a run, or `None` after [`PATIENCE`].
///
/// A thread of Tokio's pool waits, never longer than that, and not a timer: a paused clock, as tests have it, stands still
/// while that pool works, and would otherwise jump over the time that a healthy file takes.
async fn wait(mut run: Reading<io::Result<Vec<Content>>>) -> Option<io::Result<Vec<Content>>> {
    if IS_BARE {
        return Some(run.await);
    }
    if let Some(result) = wait_here(&mut run, BRIEF) {
        return Some(result);
    }
    match Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(move || wait_here(&mut run, PATIENCE)).await.ok()?,
        Err(_) => wait_here(&mut run, PATIENCE),
    }
}

/// The content of a file, read on this thread, which waits for as long as it takes.
///
/// # Errors
/// The file cannot be read, or is longer than `limit` bytes.
pub(crate) fn read_here(path: &Path, limit: usize) -> Content {
    let read = || {
        let mut content = Vec::new();
        // One byte more shows that there is more.
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        File::open(path)?.take(most).read_to_end(&mut content)?;
        if content.len() > limit {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is longer than {limit} bytes")));
        }
        Ok(content)
    };
    read().map(Bytes::from).map_err(Arc::new)
}
