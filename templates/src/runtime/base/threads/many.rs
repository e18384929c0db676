//! Targets that have threads.

use std::pin::Pin;

use tokio::runtime::{Handle, Id};
use tokio::task::JoinHandle;

// The traits themselves, so that documentation and the errors of the compiler name them.
#[doc(no_inline)]
pub use std::marker::{Send as MaybeSend, Sync as MaybeSync};

/// A future in a box, which is [`Send`] on targets that have threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The type of a trait object that can be sent to other threads, where there are any: `sendable!(dyn Any)`.
macro_rules! sendable {
    ($($object:tt)+) => { $($object)+ + Send };
}

/// The type of a trait object that threads can share, where there are any: `shareable!(dyn Fn() -> SystemTime)`.
macro_rules! shareable {
    ($($object:tt)+) => { $($object)+ + Send + Sync };
}

/// Declares a value of the whole program that is set once: `value` returns it, and `set_value` returns one that came too late.
macro_rules! global {
    ($type:ty) => {
        static VALUE: std::sync::OnceLock<Box<$type>> = std::sync::OnceLock::new();

        fn set_value(value: Box<$type>) -> Result<(), Box<$type>> {
            VALUE.set(value)
        }

        fn value() -> Option<&'static $type> {
            VALUE.get().map(|value| &**value)
        }
    };
}

pub(crate) use {global, sendable, shareable};

/// The Tokio runtime of the thread, to which tasks and work can be handed.
pub(crate) struct Spawner(Handle);

impl Spawner {
    /// That of this thread; `None` outside of a runtime.
    pub(crate) fn current() -> Option<Self> {
        Handle::try_current().ok().map(Self)
    }

    /// The id of the runtime.
    pub(crate) fn id(&self) -> Id {
        self.0.id()
    }

    /// Runs a task beside the one that calls this.
    pub(crate) fn spawn(&self, task: BoxFuture<'static, ()>) {
        drop(self.0.spawn(task));
    }

    /// Runs work on a thread for blocking work.
    pub(crate) fn spawn_blocking<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
        self.0.spawn_blocking(work)
    }
}

/// Work that a thread can do; `None` where there are no threads.
#[cfg(feature = "credentials")]
#[allow(clippy::unnecessary_wraps, reason = "a target with one thread returns none")]
pub(crate) fn for_thread<T>(work: impl FnOnce() -> T + Send + 'static) -> Option<Box<dyn FnOnce() -> T + Send>> {
    Some(Box::new(work))
}
