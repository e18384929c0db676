//! The reaper: a thread that closes idle connections when their time is up.
//!
//! It cannot be a task: a runtime that nobody drives, as between two `block_on`, would leave its connections open, and the
//! service's end of them waiting to be closed. One thread serves all clients of the process. It starts with the first idle
//! connection and ends with the last.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, Weak};

use tokio::time::Instant;

use crate::runtime::base::blocking::start;

static REAPER: Reaper = Reaper {
    state: Mutex::new(State { pools: Vec::new(), asleep_until: None, forgotten: false, running: false }),
    news: Condvar::new(),
};

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
    /// The pools that have idle connections, or had them when they were last looked at.
    pools: Vec<Watched>,
    /// When the thread looks again, while it waits for that.
    asleep_until: Option<Instant>,
    /// Whether a pool went since the thread looked.
    forgotten: bool,
    running: bool,
}

struct Watched {
    pool: Weak<dyn Expire>,
    /// The earliest time at which a connection of the pool may have been idle for too long. Nobody looks at the pool before:
    /// a connection that calls use in turn is not idle at most times, and the pool would be given up and watched again.
    due: Instant,
}

/// Closes a pool's connections when their time is up, the first of them at `due`, until it has none. Returns false where no
/// thread can be started.
pub(super) fn watch(pool: Weak<dyn Expire>, due: Instant) -> bool {
    let mut state = REAPER.lock();
    if !state.running {
        if let Err(error) = start("idle connections", Box::new(|| REAPER.run())) {
            tracing::debug!(%error, "no thread closes idle connections: they are closed when the next call finds them");
            return false;
        }
        state.running = true;
    }
    state.pools.push(Watched { pool, due });
    if state.asleep_until.is_some_and(|until| due < until) {
        REAPER.news.notify_one();
    }
    true
}

/// Says that a pool is gone.
pub(super) fn forget() {
    REAPER.lock().forgotten = true;
    REAPER.news.notify_one();
}

impl Reaper {
    /// Runs until there is no pool to look after.
    fn run(&self) {
        let mut state = self.lock();
        loop {
            let mut pools = std::mem::take(&mut state.pools);
            state.forgotten = false;
            drop(state);
            close_expired(&mut pools);
            state = self.lock();
            state.pools.append(&mut pools);
            if state.forgotten {
                continue;
            }
            let Some(next) = state.pools.iter().map(|watched| watched.due).min() else {
                state.running = false;
                return;
            };
            state.asleep_until = Some(next);
            let wait = next.saturating_duration_since(Instant::now());
            state = self.news.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0;
            state.asleep_until = None;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that panics runs under this lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes what is due in some pools, and leaves those that have idle connections.
fn close_expired(pools: &mut Vec<Watched>) {
    let now = Instant::now();
    pools.retain_mut(|watched| {
        let Some(pool) = watched.pool.upgrade() else { return false };
        if now < watched.due {
            return true;
        }
        let next = pool.close_expired();
        watched.due = next.unwrap_or(watched.due);
        next.is_some()
    });
}
