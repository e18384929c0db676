//! A cache of one value that expires, such as credentials: loaded when it is needed and renewed before it expires.
//!
//! **Invariant:** nobody depends on a task or a runtime that nobody drives. A load is a task of the runtime that needs it, and
//! goes on when the caller stops waiting. A caller waits for a load of its own runtime only, of which there is one at a time.

use std::fmt;
use std::future::{Future, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::SystemTime;

use tokio::sync::Notify;

use crate::runtime::auth::error::CredentialsError;
use crate::runtime::base::deadline::require_timer;
use crate::runtime::base::host;
use crate::runtime::base::threads::{BoxFuture, MaybeSend, MaybeSync, Spawner, shareable};
use crate::runtime::base::time::within;
use state::{Decision, LIMIT, State};

mod state;

pub(crate) use state::Expires;

/// The source of the value. `Debug` shows no secret.
pub(crate) trait Load<T>: MaybeSend + MaybeSync + fmt::Debug {
    /// Loads a value.
    fn load(&self) -> Loading<'_, T>;
}

/// The future of [`Load::load`].
pub(crate) type Loading<'a, T> = BoxFuture<'a, Result<T, CredentialsError>>;

/// A cache. Clones share its content.
pub(crate) struct Cache<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    source: Box<dyn Load<T>>,
    clock: Box<shareable!(dyn Fn() -> SystemTime)>,
    state: Mutex<State<T>>,
    /// Wakes all waiting callers at the end of each load.
    ended: Notify,
}

/// A load that is registered in the state until it ends, also where its task ends without a result.
struct Registered<T: Expires> {
    shared: Arc<Shared<T>>,
    number: u64,
}

impl<T: Expires> Cache<T> {
    /// An empty cache. Expiry times are compared with `clock`.
    pub(crate) fn new(source: Box<dyn Load<T>>, clock: Box<shareable!(dyn Fn() -> SystemTime)>) -> Self {
        let (state, ended) = (Mutex::new(State::new()), Notify::new());
        Self { shared: Arc::new(Shared { source, clock, state, ended }) }
    }

    /// The value, at once where it is cached.
    ///
    /// # Errors
    /// There is none that serves, and the source failed to load one, now or a moment ago.
    pub(crate) async fn get(&self) -> Result<T, CredentialsError> {
        match self.shared.decide() {
            Decision::Serve(value) => Ok(value),
            Decision::ServeAndRenew(value) => {
                self.start(true).await;
                Ok(value)
            }
            Decision::Fail(error) => Err(error),
            Decision::Load => self.wait().await,
        }
    }

    /// Drops a value that a service refused, so that the next caller loads one: it may have been revoked, or expire earlier
    /// than it says. A value that is no longer cached is not looked at.
    pub(crate) fn refuse(&self, value: &T) {
        self.shared.lock().refuse(value);
    }

    /// Waits for a value. In a box, as [`start`](Self::start) is: few calls wait, and all have room for this future.
    fn wait(&self) -> Loading<'_, T> {
        Box::pin(async {
            loop {
                // Created before the state is read, so that the end of no load is missed.
                let ended = self.shared.ended.notified();
                match self.shared.decide() {
                    Decision::Serve(value) | Decision::ServeAndRenew(value) => return Ok(value),
                    Decision::Fail(error) => return Err(error),
                    Decision::Load => self.begin(false).await,
                }
                ended.await;
            }
        })
    }

    /// Starts a load, unless one is in progress that will do. Waits for nothing inside of a runtime.
    fn start(&self, is_renewal: bool) -> BoxFuture<'_, ()> {
        Box::pin(self.begin(is_renewal))
    }

    async fn begin(&self, is_renewal: bool) {
        let runtime = Spawner::current();
        let host = host::get();
        let (id, is_task) = (runtime.as_ref().map(Spawner::id), runtime.is_some() || host.is_some());
        let Some(number) = self.shared.lock().begin(id, is_task, is_renewal) else { return };
        let mut load = Box::pin(Registered { shared: self.shared.clone(), number }.run());
        if !is_task {
            return load.await;
        }
        // What is in memory is there after one poll, and needs no task.
        if poll_fn(|cx| Poll::Ready(load.as_mut().poll(cx).is_pending())).await {
            match (host, runtime) {
                (Some(host), _) => host.spawn(load),
                (None, Some(runtime)) => runtime.spawn(load),
                (None, None) => load.await,
            }
        }
    }
}

impl<T> Clone for Cache<T> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

impl<T> fmt::Debug for Cache<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shared.source.fmt(f)
    }
}

impl<T: Expires> Registered<T> {
    async fn run(self) {
        let load = self.shared.source.load();
        let result = if require_timer().is_ok() {
            within(LIMIT, load).await.unwrap_or_else(|| Err(timeout_error()))
        } else {
            load.await
        };
        let now = (self.shared.clock)();
        self.shared.lock().end(self.number, result, now);
    }
}

impl<T: Expires> Drop for Registered<T> {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        if std::thread::panicking() {
            let panicked = CredentialsError::failed("provider", "it panicked");
            state.end(self.number, Err(panicked), SystemTime::UNIX_EPOCH);
        }
        // After a result there is nothing to forget.
        state.abandon(self.number);
        drop(state);
        self.shared.ended.notify_waiters();
    }
}

impl<T: Expires> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // A panic leaves the state whole: every change of it is one assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn decide(&self) -> Decision<T> {
        self.lock().decide(&*self.clock)
    }
}

fn timeout_error() -> CredentialsError {
    CredentialsError::failed("provider", format!("no credentials within {} s", LIMIT.as_secs()))
}
