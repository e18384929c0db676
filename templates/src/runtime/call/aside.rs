//! The reading of large responses: on a thread for blocking work, so that the task that awaits the call leaves its own thread
//! to other tasks meanwhile.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::Span;

use crate::runtime::base::deadline::within;
use crate::runtime::base::threads::Spawner;
use crate::runtime::base::time::Instant;
use crate::runtime::call::response::{RawResponse, ReadAside};
use crate::runtime::protocol::operation::Output;
use crate::runtime::protocol::received::Received;

/// Reads a response of an operation; the flag asks for strict reading.
pub(crate) type Reading = fn(Received<'_>, bool) -> ReadAside;

/// The bytes of the longest body that is read where the call is polled. A release build takes about 5 ms for them.
const SHORT: usize = 1 << 20;

/// The [`Reading`] of an operation.
pub(crate) fn reading<O: Output>(received: Received<'_>, strict: bool) -> ReadAside {
    let mut output = O::default();
    output.read(received, None, strict)?;
    Ok(Box::new(output))
}

/// Whether a response is read on another thread, where there is a Tokio runtime to read it on.
pub(crate) fn is_large(response: &RawResponse) -> bool {
    response.body.len() > SHORT
}

/// Reads a response on a thread for blocking work, and keeps with it what it became.
///
/// A response that no thread is free for by the deadline, or whose runtime ends, keeps nothing: the call then reads it itself. Nobody
/// reads it twice, and nobody reads the response of a call that was dropped meanwhile.
pub(crate) async fn read_aside(response: &mut RawResponse, read: Reading, strict: bool, deadline: Option<Instant>) {
    let Some(runtime) = Spawner::current() else { return };
    let (status, headers, body) = (response.status.as_u16(), response.headers.clone(), response.body.clone());
    let claim = Claimant::default();
    let of_thread = claim.0.clone();
    // What tolerant reading tells belongs to the call.
    let span = Span::current();
    let mut reading = runtime.spawn_blocking(move || {
        let read = || read(Received { status, headers: &headers, body: &body }, strict);
        of_thread.take().then(|| span.in_scope(read))
    });
    let end = match within(deadline, &mut reading).await {
        // The thread has begun: it ends sooner than another reading would.
        None if !claim.0.take() => reading.await,
        None => return,
        Some(end) => end,
    };
    match end {
        Ok(read) => response.read = read,
        Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
        // The runtime ends.
        Err(_) => {}
    }
}

/// The right to read a response, which either the thread or the call takes.
#[derive(Debug, Default, Clone)]
struct Claim(Arc<AtomicBool>);

impl Claim {
    /// Takes the right; false where the other side has it.
    fn take(&self) -> bool {
        !self.0.swap(true, Ordering::Relaxed)
    }
}

/// The call's side of a [`Claim`]: a dropped call takes the right, so that a thread that has not begun reads nothing.
#[derive(Debug, Default)]
struct Claimant(Claim);

impl Drop for Claimant {
    fn drop(&mut self) {
        self.0.take();
    }
}
