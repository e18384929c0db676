//! Turns: how many requests may be under way at once.
//!
//! They are counted for each runtime. A runtime that nobody drives keeps the turns of its calls for as long as it stands
//! still, and it must not stop the calls of others. Within a runtime, whoever asks first goes first.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Id;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::runtime::http::Lane;

/// The number of requests for credentials that may be under way at once, beside all others. They are few: providers ask one at a
/// time.
const CREDENTIALS: usize = 16;

/// The number of queues that are kept before those without requests are removed.
const QUEUES: usize = 8;

/// The turns of one client.
pub(super) struct Turns {
    calls: usize,
    queues: Mutex<Vec<Queue>>,
}

struct Queue {
    runtime: Id,
    lane: Lane,
    turns: Arc<Semaphore>,
}

/// The right to have a request under way; given back when it is dropped.
pub(super) type Turn = OwnedSemaphorePermit;

impl Turns {
    pub(super) fn new(calls: usize) -> Self {
        Self { calls: calls.clamp(1, Semaphore::MAX_PERMITS), queues: Mutex::new(Vec::with_capacity(1)) }
    }

    /// The turns of a runtime.
    pub(super) fn of(&self, runtime: Id, lane: Lane) -> Arc<Semaphore> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = queues.iter().find(|queue| queue.runtime == runtime && queue.lane == lane) {
            return queue.turns.clone();
        }
        if queues.len() >= QUEUES {
            // Nobody waits in a queue that only the list holds, and nobody has a turn of it: its runtime may be gone.
            queues.retain(|queue| Arc::strong_count(&queue.turns) > 1);
        }
        let most = match lane {
            Lane::Calls => self.calls,
            Lane::Credentials => CREDENTIALS,
        };
        let turns = Arc::new(Semaphore::new(most));
        queues.push(Queue { runtime, lane, turns: turns.clone() });
        turns
    }
}
