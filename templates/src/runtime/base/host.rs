//! The host: the clock, the timer, the random numbers and the tasks of what the program runs in.
//!
//! Without a word, they are those of the operating system and of the Tokio runtime that a call is awaited in. A program that
//! has neither, such as one in a browser's engine, sets a [`Host`] before its first call.

use std::fmt;
use std::time::Duration;

#[doc(inline)]
pub use super::threads::BoxFuture;
use super::threads::global;
#[doc(no_inline)]
pub use super::threads::{MaybeSend, MaybeSync};

/// Whether the standard library has no clock, no random numbers and no threads here, but panics or makes some up.
pub(crate) const IS_BARE: bool = cfg!(all(target_family = "wasm", target_os = "unknown"));

/// A task that a host runs, or a timer that it provides.
pub type HostFuture = BoxFuture<'static, ()>;

/// The host environment of a program, where that is not Tokio on an operating system.
pub trait Host: MaybeSend + MaybeSync + fmt::Debug {
    /// The time since 1970-01-01 in UTC. Requests are signed with it.
    fn since_epoch(&self) -> Duration;

    /// The time since any moment that stays the same while the program runs. It never goes back.
    fn uptime(&self) -> Duration;

    /// A future that is ready after a time.
    fn sleep(&self, time: Duration) -> HostFuture;

    /// Runs a task to its end beside the one that calls this.
    fn spawn(&self, task: HostFuture);

    /// Fills bytes with random numbers that nobody can guess. Idempotency tokens are made of them: two programs that get the
    /// same ones would take each other's requests for their own.
    fn fill_random(&self, bytes: &mut [u8]);
}

global!(dyn Host);

/// Sets the host of this program, once, before the first call. On a target whose standard library has no clock
/// (`wasm32-unknown-unknown`), calls fail without one.
///
/// # Errors
/// A host was set before. It stays.
pub fn set(host: impl Host + 'static) -> Result<(), AlreadySet> {
    set_value(Box::new(host)).map_err(|_| AlreadySet)
}

/// The host that the program set.
pub(crate) fn get() -> Option<&'static dyn Host> {
    value()
}

/// A host was set before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlreadySet;

impl fmt::Display for AlreadySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a host was set before and stays")
    }
}

impl std::error::Error for AlreadySet {}
