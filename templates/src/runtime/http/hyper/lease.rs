//! A lease: what becomes of a connection, and of those beside it, after one exchange.

use std::sync::Arc;
use std::time::Duration;

use ::http::StatusCode;
use tokio::time::Instant;

use super::exchange::Connection;
use super::origin::Origin;
use super::pool::Pool;
use super::turns::Turn;

/// The shortest duration of a dropped exchange that counts as failed.
const LONG: Duration = Duration::from_secs(1);

/// One exchange's use of a connection. It holds the exchange's turn.
pub(super) struct Lease {
    pool: Arc<Pool>,
    origin: Origin,
    _turn: Turn,
    began: Instant,
    deadline: Option<Instant>,
    /// Whether the connection may serve another request after this one.
    reusable: bool,
    /// Whether the exchange has come to an end that says nothing about other connections.
    ended: bool,
}

impl Lease {
    pub(super) fn new(pool: Arc<Pool>, origin: Origin, turn: Turn, deadline: Option<Instant>) -> Self {
        Self { pool, origin, _turn: turn, began: Instant::now(), deadline, reusable: true, ended: false }
    }

    /// Where the connection leads.
    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Notes the status of the response. Whatever answers a server error may be one sick host among several: the next
    /// attempt must not go to it because its connection is there already.
    pub(super) fn note(&mut self, status: StatusCode) {
        self.reusable = !status.is_server_error();
    }

    /// Leaves the connection to the next request, after the response has come whole.
    pub(super) fn give_back(mut self, connection: Box<Connection>) {
        self.ended = true;
        if self.reusable {
            self.pool.put(self.origin.clone(), connection);
        }
    }

    /// Ends the exchange; the connection has been closed in order.
    pub(super) fn end(mut self) {
        self.ended = true;
    }

    /// Notes that the connection broke. Those that are as old are closed: the next attempt opens a new one.
    pub(super) fn fail(mut self) {
        self.ended = true;
        self.pool.close_older(&self.origin, self.began);
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // A timeout shows here only as an exchange that is dropped: by the call when its time is up, or by a program that
        // keeps a time of its own. One that is dropped soon was no longer wanted, which says nothing about the connection.
        let now = Instant::now();
        let is_late = self.deadline.is_some_and(|deadline| deadline <= now) || self.began + LONG <= now;
        if !self.ended && is_late {
            self.pool.close_older(&self.origin, self.began);
        }
    }
}
