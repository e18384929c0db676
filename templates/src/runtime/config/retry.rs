//! How often and after what waits a failed attempt is repeated, as values that a program sets.
//!
//! `call::retry` decides whether an attempt may be repeated at all.

use std::time::Duration;

/// How failed attempts are repeated.
///
// Not compiled: the crate that this file is copied to has any name.
/// ```ignore
/// let patient = config.retry(Retry::standard().max_attempts(6));
/// let impatient = config.retry(Retry::none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    base: Duration,
    cap: Duration,
    repeats_unknown: bool,
}

impl Retry {
    /// Three attempts; before the second a random wait of up to one second, before the third of up to two.
    #[must_use]
    pub const fn standard() -> Self {
        Self { attempts: 3, base: Duration::from_secs(1), cap: Duration::from_secs(20), repeats_unknown: false }
    }

    /// One attempt.
    #[must_use]
    pub const fn none() -> Self {
        Self::standard().max_attempts(1)
    }

    /// Sets how often a request is tried at most, the first time included; 0 counts as 1.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// Sets the longest wait before the second attempt; before each further one it doubles.
    #[must_use]
    pub const fn initial_backoff(mut self, longest: Duration) -> Self {
        self.base = longest;
        self
    }

    /// Sets the longest wait before any attempt, also for what a server asks for; 20 seconds unless set.
    #[must_use]
    pub const fn max_backoff(mut self, longest: Duration) -> Self {
        self.cap = longest;
        self
    }

    /// Sets whether an operation that acts twice when it is repeated is repeated also where it is not known whether the service
    /// acted: after a status of 500, 502 or 504, a broken connection, a timeout. Off unless set; AWS's own clients do it.
    ///
    /// Operations that read, are idempotent or carry an idempotency token are repeated in either case.
    #[must_use]
    pub const fn repeat_unknown_outcomes(mut self, on: bool) -> Self {
        self.repeats_unknown = on;
        self
    }

    /// Whether operations are repeated where it is not known whether the service acted.
    #[must_use]
    pub const fn repeats_unknown_outcomes(&self) -> bool {
        self.repeats_unknown
    }

    /// How often a request is tried at most.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long to wait before the attempt after number `attempt`: full jitter, but no shorter than the server asks for.
    ///
    /// `random` is in `0.0..1.0`.
    pub(crate) fn wait(&self, attempt: u32, asked: Option<Duration>, random: f64) -> Duration {
        let doubled = 2u32.saturating_pow(attempt.saturating_sub(1));
        let longest = self.base.saturating_mul(doubled).min(self.cap);
        // Both factors are in range, so the product is too.
        let jittered = Duration::try_from_secs_f64(longest.as_secs_f64() * random).unwrap_or(longest);
        jittered.max(asked.unwrap_or_default()).min(self.cap)
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::standard()
    }
}
