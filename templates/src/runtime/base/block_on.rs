//! Waiting for a future on a thread that runs no asynchronous code (feature `blocking`).
//!
//! One thread of the process drives timers and sockets for all blocking calls, from the first of them on. So connections are
//! kept and closed between calls as they are in an asynchronous program, and nobody depends on a thread that calls no more.
//! The future itself is polled on the thread that waits.

use std::future::{Future, pending};
use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::Semaphore;

use super::blocking::{Unpark, start};

/// Why a future cannot be waited for.
#[derive(Debug)]
pub(crate) enum CannotBlock {
    /// The thread runs asynchronous code, which would stand still.
    InsideRuntime,
    /// The thread that drives timers and sockets could not be started.
    NoRuntime(io::Error),
}

/// Waits for a future.
///
/// # Errors
/// The thread runs asynchronous code; or the process can start no thread.
pub(crate) fn block_on<F: Future>(future: F) -> Result<F::Output, CannotBlock> {
    if is_inside_task() {
        return Err(CannotBlock::InsideRuntime);
    }
    let handle = handle().map_err(CannotBlock::NoRuntime)?;
    let _entered = handle.enter();
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Ok(output);
        }
        thread::park();
    }
}

/// The runtime whose timers and sockets blocking calls use, started at the first of them.
fn handle() -> io::Result<Handle> {
    static STARTED: Mutex<Option<Handle>> = Mutex::new(None);
    // A panic while the lock was held left a handle or none.
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(handle) = &*started {
        return Ok(handle.clone());
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let drive = move || runtime.block_on(pending::<()>());
    start("blocking-calls", Box::new(drive))?;
    *started = Some(handle.clone());
    Ok(handle)
}

/// Whether this thread polls a task, or the future of a runtime's `block_on`.
///
/// Tokio has no function that answers this, and panics where it matters. It does limit what a task may do in one poll: after
/// so many operations each returns as if it had to wait. Outside of a task, in `spawn_blocking` for example, nothing is
/// limited, and an operation that can go on always does. A task in `unconstrained` is not recognised; it blocks its worker
/// for the time of the call, and nothing worse: the runtime above is another one.
fn is_inside_task() -> bool {
    /// More than a poll may do: Tokio's limit is 128.
    const OPERATIONS: usize = 1024;
    if Handle::try_current().is_err() {
        return false;
    }
    let semaphore = Semaphore::new(1);
    let mut context = Context::from_waker(Waker::noop());
    (0..OPERATIONS).any(|_| pin!(semaphore.acquire()).poll(&mut context).is_pending())
}
