//! The pool: idle connections, for the next request to the same place.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Id;
use tokio::time::Instant;

use super::exchange::Connection;
use super::origin::Origin;
use super::reaper::{self, Expire};

/// Connections that nobody uses. One list for all places: a program calls few.
pub(super) struct Pool {
    most: usize,
    /// The time for which a connection stays after its last use.
    timeout: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// In the order of their last use, the oldest first.
    idle: Vec<Idle>,
    /// Whether the reaper looks after this pool.
    watched: bool,
}

struct Idle {
    origin: Origin,
    since: Instant,
    connection: Box<Connection>,
}

impl Pool {
    pub(super) fn new(most: usize, timeout: Duration) -> Self {
        Self { most, timeout, state: Mutex::default() }
    }

    /// The connection to a place that was used last and is still good; closes those that it finds to be closed or too old.
    ///
    /// Only one of the same runtime: a connection gets its events from the runtime that it was opened in.
    pub(super) fn take(&self, origin: &Origin, runtime: Id) -> Option<Box<Connection>> {
        loop {
            let mut found = {
                let mut state = self.lock();
                let at = state.idle.iter().rposition(|idle| idle.is_for(origin, runtime))?;
                state.idle.remove(at)
            };
            let now = Instant::now();
            if now < found.since + self.timeout && now < found.connection.expires && found.connection.is_reusable() {
                return Some(found.connection);
            }
        }
    }

    /// Keeps a connection, unless it has reached the end of its life.
    pub(super) fn put(self: &Arc<Self>, origin: Origin, connection: Box<Connection>) {
        let since = Instant::now();
        if since >= connection.expires || self.most == 0 || self.timeout.is_zero() {
            return;
        }
        connection.set_idle();
        let mut state = self.lock();
        // Closing is a system call: not while others wait for the lock.
        let excess = (state.idle.len() >= self.most).then(|| state.idle.remove(0));
        if state.idle.capacity() == 0 {
            // Many clients have one connection; a list that grows by itself begins with room for four.
            state.idle.reserve_exact(1);
        }
        state.idle.push(Idle { origin, since, connection });
        let watched = std::mem::replace(&mut state.watched, true);
        drop(state);
        drop(excess);
        if !watched && !reaper::watch(Arc::<Self>::downgrade(self), since + self.timeout) {
            self.lock().watched = false;
        }
    }

    /// Closes the connections to a place that nobody has used since a request began that failed. Whatever made that one
    /// fail (a firewall that forgot it, a host that is gone) has happened to them as well; one that was used later works.
    pub(super) fn close_older(&self, origin: &Origin, began: Instant) {
        self.close(|idle| idle.origin == *origin && idle.since <= began);
    }

    /// Closes the connections whose runtime has ended: each holds descriptors of its runtime as well as its own.
    pub(super) fn close_orphans(&self, runtime: Id) {
        // One connection that is alive shows that its runtime is.
        let mut alive = vec![runtime];
        self.close(|idle| {
            let connection = &mut idle.connection;
            if alive.contains(&connection.runtime) {
                return false;
            }
            let is_open = connection.is_open_now();
            if is_open {
                alive.push(connection.runtime);
            }
            !is_open
        });
    }

    fn close(&self, mut is_doomed: impl FnMut(&mut Idle) -> bool) {
        let mut closed = Vec::new();
        {
            let mut state = self.lock();
            for mut idle in std::mem::take(&mut state.idle) {
                if is_doomed(&mut idle) { &mut closed } else { &mut state.idle }.push(idle);
            }
        }
        drop(closed);
    }

    /// The number of connections that are idle.
    pub(super) fn idle(&self) -> usize {
        self.lock().idle.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Whoever panicked while holding the lock left a whole list.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Expire for Pool {
    fn close_expired(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut state = self.lock();
        let expired = state.idle.partition_point(|idle| idle.since + self.timeout <= now);
        let closed: Vec<_> = state.idle.drain(..expired).collect();
        let next = state.idle.first().map(|oldest| oldest.since + self.timeout);
        state.watched = next.is_some();
        drop(state);
        drop(closed);
        next
    }
}

impl Idle {
    fn is_for(&self, origin: &Origin, runtime: Id) -> bool {
        self.connection.runtime == runtime && self.origin == *origin
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        if self.lock().watched {
            reaper::forget();
        }
    }
}
