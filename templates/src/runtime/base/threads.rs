//! Threads: bounds and tasks for targets that have threads, and for those that have one alone.
//!
//! Where there are threads, what a program gives (a transport, a provider, an interceptor, a function) has to be [`Send`] and
//! [`Sync`], and so futures can be spawned on any runtime. A bare target (`wasm32-unknown-unknown`) has one thread, and the values
//! of its JavaScript engine are neither. There, nothing is asked for, and futures are not [`Send`].
//!
//! `many` and `one` have the same items. Errors are [`Send`] and [`Sync`] on all targets, because programs turn them into error
//! types of their own that ask for it.
//!
//! **Invariant:** a bound on what a program gives is one of these. `Send` and `Sync` themselves are for data of the runtime.

#[cfg(not(all(target_family = "wasm", target_os = "unknown", not(target_feature = "atomics"))))]
mod many;
#[cfg(all(target_family = "wasm", target_os = "unknown", not(target_feature = "atomics")))]
mod one;

#[cfg(not(all(target_family = "wasm", target_os = "unknown", not(target_feature = "atomics"))))]
use many as threads;
#[cfg(all(target_family = "wasm", target_os = "unknown", not(target_feature = "atomics")))]
use one as threads;

pub use threads::BoxFuture;
#[cfg(feature = "credentials")]
pub(crate) use threads::for_thread;
#[doc(no_inline)]
pub use threads::{MaybeSend, MaybeSync};
pub(crate) use threads::{Spawner, global, sendable, shareable};
