//! Rate limits: the wait that keeps a request below an operation's quota.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::runtime::base::time::{Instant, sleep};

/// A rate limit of one operation: requests per second on average, and the burst that is allowed after a pause.
///
/// Connect's default quota is 2 a second with bursts of 5, for each operation, account and region; a batch job that keeps
/// to `RateLimit::per_second(2.0).burst(5)` meets no 429.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateLimit {
    rate: f64,
    burst: f64,
}

/// The slowest rate: one request a day. It keeps every wait finite.
const SLOWEST: f64 = 1.0 / 86_400.0;

impl RateLimit {
    /// So many requests a second on average, one at once. What is no positive number counts as one a day.
    #[must_use]
    pub const fn per_second(rate: f64) -> Self {
        Self { rate: if rate > SLOWEST { rate } else { SLOWEST }, burst: 1.0 }
    }

    /// Sets how many may go out at once after a pause; 0 counts as 1.
    #[must_use]
    pub const fn burst(mut self, requests: u32) -> Self {
        self.burst = if requests == 0 { 1.0 } else { requests as f64 };
        self
    }
}

/// The limits of a configuration, and how much of each is used.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    default: Option<RateLimit>,
    // Lists, for a program limits and calls few operations.
    chosen: Vec<(Key, Option<RateLimit>)>,
    used: Mutex<Vec<(Key, Used)>>,
}

/// Service id and operation: the quota's scope, as far as the client knows it.
pub(crate) type Key = (&'static str, &'static str);

/// A token bucket. Tokens below zero are promised to requests that wait already.
#[derive(Debug, Clone, Copy)]
struct Used {
    tokens: f64,
    at: Instant,
}

impl Limiter {
    /// The same limits, with one changed and nothing used yet.
    pub(crate) fn changed(&self, key: Option<Key>, limit: Option<RateLimit>) -> Self {
        let mut chosen = self.chosen.clone();
        let default = if key.is_none() { limit } else { self.default };
        if let Some(key) = key {
            // The first that is found is the one that counts.
            chosen.insert(0, (key, limit));
        }
        Self { default, chosen, used: Mutex::default() }
    }

    /// The limit of an operation, or that of all which have none of their own.
    pub(crate) fn limit(&self, key: Option<Key>) -> Option<RateLimit> {
        let chosen = key.and_then(|key| self.chosen.iter().find(|(other, _)| *other == key));
        chosen.map_or(self.default, |(_, chosen)| *chosen)
    }

    /// Reserves a place in the operation's queue; returns the time to wait for it. `None` where that is longer than `patience`,
    /// and then no place is taken.
    fn take(&self, key: Key, now: Instant, patience: Option<Duration>) -> Option<Duration> {
        let Some(limit) = self.limit(Some(key)) else { return Some(Duration::ZERO) };
        // A panic elsewhere cannot leave the numbers half written.
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let place = place(&used, key).unwrap_or_else(|| {
            used.push((key, Used { tokens: limit.burst, at: now }));
            used.len() - 1
        });
        let entry = &mut used[place].1;
        let refilled = entry.tokens + now.saturating_duration_since(entry.at).as_secs_f64() * limit.rate;
        let left = refilled.min(limit.burst) - 1.0;
        let wait = Duration::try_from_secs_f64((-left).max(0.0) / limit.rate).unwrap_or(Duration::MAX);
        if patience.is_some_and(|patience| wait > patience) {
            return None;
        }
        *entry = Used { tokens: left, at: now.max(entry.at) };
        Some(wait)
    }

    /// Reserves a place in the operation's queue and waits for it; `false` where it would come after `deadline`.
    pub(crate) async fn wait(&self, key: Key, deadline: Option<Instant>) -> bool {
        let now = Instant::now();
        let patience = deadline.map(|deadline| deadline.saturating_duration_since(now));
        let Some(wait) = self.take(key, now, patience) else { return false };
        if !wait.is_zero() {
            let place = Reservation { limiter: self, key };
            sleep(wait).await;
            std::mem::forget(place);
        }
        true
    }
}

/// The index of an operation's bucket.
fn place(used: &[(Key, Used)], key: Key) -> Option<usize> {
    used.iter().position(|(other, _)| *other == key)
}

/// A place in the queue that is waited for. Whoever stops waiting gives it back.
struct Reservation<'l> {
    limiter: &'l Limiter,
    key: Key,
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        let mut used = self.limiter.used.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = place(&used, self.key) {
            used[place].1.tokens += 1.0;
        }
    }
}
