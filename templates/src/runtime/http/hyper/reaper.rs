//! The reaper: a thread that closes idle connections when their time is up.
//!
//! It cannot be a task: a runtime that nobody drives, as between two `block_on`, would leave its connections open, and the
//! service's end of them waiting to be closed. One thread serves all clients of the process. It starts with the first idle
//! connection and ends with the last.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;

use tokio::time::Instant;

static REAPER: Reaper =
    Reaper { state: Mutex::new(State { pools: Vec::new(), changed: false, running: false }), news: Condvar::new() };

/// An owner of connections that stay idle for a time.
pub(super) trait Expire: Send + Sync {
    /// Closes the connections that have been idle for too long; returns when the next one will have been.
    fn close_expired(&self) -> Option<Instant>;
}

struct Reaper {
    state: Mutex<State>,
    news: Condvar,
}

struct State {
    /// The pools that have idle connections.
    pools: Vec<Weak<dyn Expire>>,
    /// Whether a pool came or went since the thread looked.
    changed: bool,
    running: bool,
}

/// Closes a pool's connections when their time is up, until it has none. Returns false where no thread can be started.
pub(super) fn watch(pool: Weak<dyn Expire>) -> bool {
    let mut state = REAPER.lock();
    if !state.running {
        let thread = thread::Builder::new().name("idle connections".to_owned());
        if let Err(error) = thread.spawn(|| REAPER.run()) {
            tracing::debug!(%error, "no thread closes idle connections: they are closed when the next call finds them");
            return false;
        }
        state.running = true;
    }
    state.pools.push(pool);
    REAPER.notify(&mut state);
    true
}

/// Says that a pool is gone.
pub(super) fn forget() {
    REAPER.notify(&mut REAPER.lock());
}

impl Reaper {
    fn notify(&self, state: &mut State) {
        state.changed = true;
        self.news.notify_one();
    }

    /// Runs until there is no pool to look after.
    fn run(&self) {
        let mut state = self.lock();
        loop {
            let pools = std::mem::take(&mut state.pools);
            state.changed = false;
            drop(state);
            let (pools, next) = close_expired(pools);
            state = self.lock();
            state.pools.extend(pools);
            if state.changed {
                continue;
            }
            let Some(next) = next else {
                state.running = false;
                return;
            };
            let wait = next.saturating_duration_since(Instant::now());
            state = self.news.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that panics runs under this lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes what is due in some pools; returns those that have idle connections left, and when the first of these is due.
fn close_expired(mut pools: Vec<Weak<dyn Expire>>) -> (Vec<Weak<dyn Expire>>, Option<Instant>) {
    let mut next: Option<Instant> = None;
    pools.retain(|pool| {
        let due = pool.upgrade().and_then(|pool| pool.close_expired());
        next = next.into_iter().chain(due).min();
        due.is_some()
    });
    (pools, next)
}
