//! Targets that have one thread.

use std::pin::Pin;

use tokio::runtime::Id;
use tokio::task::JoinHandle;

/// Any type: this target has one thread. On targets that have threads it is [`Send`].
pub trait MaybeSend {}

impl<T: ?Sized> MaybeSend for T {}

/// Any type: this target has one thread. On targets that have threads it is [`Sync`].
pub trait MaybeSync {}

impl<T: ?Sized> MaybeSync for T {}

/// A future in a box. On targets that have threads it is [`Send`].
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The type of a trait object that can be sent to other threads, of which there are none here.
macro_rules! sendable {
    ($($object:tt)+) => { $($object)+ };
}

/// The type of a trait object that threads can share, of which there is one here.
macro_rules! shareable {
    ($($object:tt)+) => { $($object)+ };
}

/// Declares a value of the whole program that is set once: `value` returns it, and `set_value` returns one that came too late.
macro_rules! global {
    ($type:ty) => {
        std::thread_local! {
            static VALUE: std::cell::OnceCell<&'static $type> = const { std::cell::OnceCell::new() };
        }

        fn set_value(value: Box<$type>) -> Result<(), Box<$type>> {
            if self::value().is_some() {
                return Err(value);
            }
            VALUE.with(|cell| _ = cell.set(Box::leak(value)));
            Ok(())
        }

        fn value() -> Option<&'static $type> {
            VALUE.with(|cell| cell.get().copied())
        }
    };
}

pub(crate) use {global, sendable, shareable};

/// Nothing: a Tokio runtime takes only tasks and work that may go to other threads.
pub(crate) enum Spawner {}

impl Spawner {
    /// `None`.
    pub(crate) fn current() -> Option<Self> {
        None
    }

    pub(crate) fn id(&self) -> Id {
        match *self {}
    }

    pub(crate) fn spawn(&self, _: BoxFuture<'static, ()>) {
        match *self {}
    }

    pub(crate) fn spawn_blocking<T>(&self, _: impl FnOnce() -> T) -> JoinHandle<T> {
        match *self {}
    }
}

/// Returns nothing, because there is no thread to do the work.
#[cfg(feature = "credentials")]
pub(crate) fn for_thread<T>(_: impl FnOnce() -> T + 'static) -> Option<Box<dyn FnOnce() -> T + Send>> {
    None
}
