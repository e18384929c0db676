//! Settings of retries: the number of attempts and the waits between them.
//!
//! `call::retry` decides whether an attempt may be repeated at all.

use std::time::Duration;

use crate::runtime::error::RetryClass;
use crate::runtime::error::response::RetryAfter;

/// The retry settings.
///
/// | | [`Retry::standard`] | [`Retry::before_2026`] |
/// |---|---|---|
/// | attempts | 3 | 3 |
/// | longest wait before the second attempt | 50 ms | 1 s |
/// | … where the service asks for fewer requests | 1 s | 1 s |
/// | longest wait before any attempt | 20 s | 20 s |
/// | retries that a client may make while no call succeeds | 35 | 100 |
/// | … where the service asks for fewer requests | 100 | 100 |
/// | … after timeouts | 35 | 50 |
///
/// A wait is random, up to a bound that doubles with each attempt.
///
// Not compiled: the crate that this file is copied to has any name.
/// ```ignore
/// let patient = config.retry(Retry::standard().max_attempts(6));
/// let impatient = config.retry(Retry::none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    behavior: Behavior,
    /// The longest wait before the second attempt, where the program sets one.
    base: Option<Duration>,
    /// The same after a failure that asks for fewer requests.
    throttling_base: Option<Duration>,
    cap: Duration,
    repeats_unknown: bool,
}

/// The waits and costs that apply where a program sets none. Source: `aws-smithy-types` 1.9 (`RetrySpec`) and
/// `aws-smithy-runtime` 1.16 (`token_bucket.rs`, `strategy/standard.rs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behavior {
    /// Retry behavior 2.1, which AWS's clients have behind `AWS_NEW_RETRIES_2026` until it is their default.
    Since2026,
    /// Retry behavior 2.0.
    Before2026,
}

/// The longest time that a client waits beyond its own delay because of the header `x-amz-retry-after`.
const LONGER: Duration = Duration::from_secs(5);

impl Retry {
    /// The behavior of AWS's clients since 2026: a retry after a fault comes soon, and there are fewer of them while the
    /// service is in trouble.
    #[must_use]
    pub const fn standard() -> Self {
        Self::of(Behavior::Since2026)
    }

    /// The behavior of AWS's clients before 2026: every retry waits up to a second, or longer.
    #[must_use]
    pub const fn before_2026() -> Self {
        Self::of(Behavior::Before2026)
    }

    const fn of(behavior: Behavior) -> Self {
        let cap = Duration::from_secs(20);
        Self { attempts: 3, behavior, base: None, throttling_base: None, cap, repeats_unknown: false }
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

    /// Sets the longest wait before the second attempt; before each further one it doubles. It applies after every failure,
    /// unless [`throttling_backoff`](Self::throttling_backoff) is set as well.
    #[must_use]
    pub const fn initial_backoff(mut self, longest: Duration) -> Self {
        self.base = Some(longest);
        self
    }

    /// Sets the longest wait before the second attempt where the service asks for fewer requests.
    #[must_use]
    pub const fn throttling_backoff(mut self, longest: Duration) -> Self {
        self.throttling_base = Some(longest);
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

    /// The maximum number of attempts.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The time to wait before the attempt after number `attempt`, which failed with `class`: full jitter, and what the
    /// server asks for.
    ///
    /// `random` is in `0.0..1.0`.
    pub(crate) fn wait(&self, attempt: u32, class: RetryClass, asked: Option<RetryAfter>, random: f64) -> Duration {
        let doubled = 2u32.saturating_pow(attempt.saturating_sub(1));
        let longest = self.first(class).saturating_mul(doubled).min(self.cap);
        // Both factors are in range, so the product is too.
        let jittered = Duration::try_from_secs_f64(longest.as_secs_f64() * random).unwrap_or(longest);
        let wait = match (asked, self.behavior) {
            (None, _) => jittered,
            (Some(RetryAfter::Amz(asked)), Behavior::Since2026) => {
                asked.clamp(jittered, jittered.saturating_add(LONGER))
            }
            (Some(RetryAfter::Amz(asked) | RetryAfter::Http(asked)), _) => jittered.max(asked),
        };
        wait.min(self.cap)
    }

    /// The longest wait before the second attempt.
    fn first(&self, class: RetryClass) -> Duration {
        let set = if class == RetryClass::Throttling { self.throttling_base.or(self.base) } else { self.base };
        set.unwrap_or(match (self.behavior, class) {
            (Behavior::Before2026, _) | (_, RetryClass::Throttling) => Duration::from_secs(1),
            _ => Duration::from_millis(50),
        })
    }

    /// The cost of a retry after a failure of this class, from the client's budget of 500.
    pub(crate) fn cost(&self, class: RetryClass) -> u32 {
        match (self.behavior, class) {
            (_, RetryClass::Throttling) => 5,
            (Behavior::Since2026, _) => 14,
            (Behavior::Before2026, RetryClass::Timeout) => 10,
            (Behavior::Before2026, _) => 5,
        }
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::standard()
    }
}
