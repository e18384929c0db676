//! Takes connections that are done with a request; gives them to the next one that goes to the same place.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::Id;
use tokio::time::Instant;

use super::connect::Origin;
use super::exchange::Connection;

/// Connections that nobody uses. One list for all places: a program calls few.
pub(super) struct Pool {
    most: usize,
    kept: Duration,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    origin: Origin,
    since: Instant,
    connection: Box<Connection>,
}

impl Pool {
    pub(super) fn new(most: usize, kept: Duration) -> Self {
        Self { most, kept, idle: Mutex::default() }
    }

    /// The connection to a place that was used last, still open; closes what it finds to be closed or too old.
    ///
    /// Only one of the same runtime: a connection gets its events from the runtime it was made in, which may not run.
    pub(super) fn take(&self, origin: &Origin, runtime: Id) -> Option<Box<Connection>> {
        loop {
            let mut found = {
                let mut idle = self.lock();
                let at = idle.iter().rposition(|idle| idle.connection.runtime == runtime && idle.origin == *origin)?;
                idle.remove(at)
            };
            if found.since.elapsed() < self.kept && found.connection.is_reusable() {
                return Some(found.connection);
            }
        }
    }

    /// Keeps a connection, and closes those that were kept too long.
    pub(super) fn put(&self, origin: Origin, connection: Box<Connection>) {
        let since = Instant::now();
        let mut closed = Vec::new();
        {
            let mut idle = self.lock();
            while idle.first().is_some_and(|oldest| oldest.since + self.kept <= since || idle.len() >= self.most) {
                closed.push(idle.remove(0));
            }
            idle.push(Idle { origin, since, connection });
        }
        // Closing is a system call each: not while others wait for the lock.
        drop(closed);
    }

    /// How many connections are kept.
    pub(super) fn idle(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Idle>> {
        // Whoever panicked while holding the lock left a whole list.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
