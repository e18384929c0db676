//! Deadlines: moments after which a future is no longer waited for. `None` is never.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::host::{self, IS_BARE};
use super::time::{self, Instant};
use tokio::runtime::Handle;

/// The moment at which a timeout that starts now ends.
pub(crate) fn after(timeout: Option<Duration>) -> Option<Instant> {
    Instant::now().checked_add(timeout?)
}

/// The earlier of two deadlines.
pub(crate) fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Waits for a future until a deadline; `None` where the deadline came first.
pub(crate) fn within<F: Future>(deadline: Option<Instant>, future: F) -> impl Future<Output = Option<F::Output>> {
    time::until(deadline, future)
}

/// Checks that timeouts work here.
///
/// # Errors
/// There is neither a host nor a Tokio runtime, or it has no timer; the text says what to do.
pub(crate) fn require_timer() -> Result<(), &'static str> {
    if host::get().is_some() {
        return Ok(());
    }
    if IS_BARE {
        return Err("no host is set, which timeouts and signatures need on this target: see `config::host::set`");
    }
    if Handle::try_current().is_err() {
        return Err("there is no Tokio runtime here: await the call within one");
    }
    if has_driver(|| drop(tokio::time::sleep(Duration::ZERO))) {
        return Ok(());
    }
    Err("the Tokio runtime has no timer, which timeouts and retries need: build it with `enable_time` or `enable_all`")
}

/// Whether the current runtime has the driver that `probe` uses.
///
/// Tokio has no function that answers this. It panics where a driver is missing, and so the probe is caught; the panic
/// hook of the program may report it before the error that follows.
pub(crate) fn has_driver(probe: fn()) -> bool {
    catch_unwind(AssertUnwindSafe(probe)).is_ok()
}
