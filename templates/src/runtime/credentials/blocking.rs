//! Takes work that blocks: reading files, running a program; gives what comes of it, without blocking the runtime.

use std::thread;

use tokio::sync::oneshot;

/// Does the work on a thread of its own: it comes once in an hour, and so needs no pool, and no runtime that has one.
pub(super) async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, String> {
    let (give, take) = oneshot::channel();
    let work = move || {
        // Nobody waits for it any more where the call was dropped.
        let _ = give.send(work());
    };
    thread::Builder::new()
        .name("aws-credentials".to_owned())
        .spawn(work)
        .map_err(|error| format!("no thread could be started: {error}"))?;
    take.await.map_err(|_| "the thread that did it panicked".to_owned())
}

/// Reads a small text file: a token that someone else renews.
pub(super) async fn read_file(path: std::path::PathBuf) -> Result<String, String> {
    let read = off_thread(move || {
        let error = |error| format!("{} cannot be read: {error}", path.display());
        std::fs::read_to_string(&path).map_err(error)
    });
    read.await?
}
