//! Takes one failed attempt; says whether to make another one, and when. Decides only: `attempts.rs` acts on it.
//!
//! This is the standard mode of the "Retry behavior" page of the AWS SDKs and Tools Reference Guide, with three differences,
//! each for Connect: a 429 is throttling whatever its code says, an exceeded limit or quota is final whatever its status
//! says, and a failure that leaves open whether the service acted is repeated only where acting twice does no harm.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::operation::Repeat;

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
}

impl Retry {
    /// Three attempts; before the second a random wait of up to one second, before the third of up to two.
    #[must_use]
    pub const fn standard() -> Self {
        Self { attempts: 3, base: Duration::from_secs(1), cap: Duration::from_secs(20) }
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

    /// How often a request is tried at most.
    #[must_use]
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long to wait before the attempt after number `attempt`: full jitter, but no shorter than the server asks for.
    ///
    /// `random` is in `0.0..1.0`.
    pub(super) fn wait(&self, attempt: u32, asked: Option<Duration>, random: f64) -> Duration {
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

/// What a failed attempt means for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// There is no point in another attempt, or it might do harm.
    Final,
    /// The next one may go better.
    Transient,
    /// Time ran out: the next one may go better, but costs more of the budget.
    Timeout,
    /// The service asks for fewer requests.
    Throttling,
    /// The service's clock differs from this one.
    Skewed,
}

impl Class {
    /// What another attempt takes out of the budget.
    pub(super) fn cost(self) -> u32 {
        match self {
            Self::Timeout => 10,
            _ => 5,
        }
    }
}

/// Codes that are final although their status or a model's trait may say otherwise: waiting does not raise a quota.
const NEVER: &[&str] =
    &["LimitExceeded", "LimitExceededException", "ServiceQuotaExceeded", "ServiceQuotaExceededException"];

/// Codes that ask for fewer requests.
const THROTTLING: &[&str] = &[
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

/// Codes of requests that did not arrive whole or in time.
const TRANSIENT: &[&str] = &["RequestTimeout", "RequestTimeoutException"];

/// Codes that always mean a wrong clock.
const SKEWED: &[&str] = &["RequestTimeTooSkewed", "RequestInTheFuture"];

/// Codes that may mean a wrong clock, if the answer's date says so too.
const PERHAPS_SKEWED: &[&str] =
    &["AuthFailure", "InvalidSignatureException", "RequestExpired", "SignatureDoesNotMatch", "UnauthorizedAccess"];

/// Codes by which services refuse keys and tokens that have expired, or that they do not know, or no longer.
const REFUSED: &[&str] =
    &["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "RequestExpired", "UnrecognizedClientException"];

/// How far the clocks may differ before an error that a wrong clock can cause is put down to it. Signatures hold for five
/// minutes.
const SKEW: Duration = Duration::from_secs(240);

/// What an answer that is no success means.
///
/// `modelled` is what the model says of the code: retryable, and then whether as throttling. `skew` is how far the
/// answer's date is from the time that was signed.
pub(super) fn answer(status: u16, code: Option<&str>, modelled: Option<bool>, skew: Option<Duration>) -> Class {
    if let Some(code) = code {
        if NEVER.contains(&code) {
            return Class::Final;
        }
        if THROTTLING.contains(&code) {
            return Class::Throttling;
        }
        if let Some(skew) = skew {
            if SKEWED.contains(&code) || (PERHAPS_SKEWED.contains(&code) && skew >= SKEW) {
                return Class::Skewed;
            }
        }
        if TRANSIENT.contains(&code) {
            return Class::Transient;
        }
    }
    match (status, modelled) {
        (429, _) | (_, Some(true)) => Class::Throttling,
        (500 | 502 | 503 | 504, _) | (_, Some(false)) => Class::Transient,
        _ => Class::Final,
    }
}

/// Whether a failure is the refusal of keys or of a token, as such.
pub(super) fn is_refused(code: Option<&str>, class: Class) -> bool {
    class == Class::Final && code.is_some_and(|code| REFUSED.contains(&code))
}

/// What an attempt means that got no whole answer.
///
/// `sent` says that the service may have seen the request: it is then repeated only if acting twice does no harm.
pub(super) fn no_answer(sent: bool, timeout: bool, repeat: Repeat) -> Class {
    match (sent && repeat == Repeat::Never, timeout) {
        (true, _) => Class::Final,
        (false, true) => Class::Timeout,
        (false, false) => Class::Transient,
    }
}

/// What the calls of one client may spend on retries, so that a service in trouble is not hit three times as hard.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;

    pub(super) const fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Takes the cost of a retry; `false` where too little is left.
    pub(super) fn take(&self, cost: u32) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(cost)).is_ok()
    }

    /// Gives back after a success: what its last retry cost, or 1 where there was none.
    pub(super) fn give_back(&self, last_cost: Option<u32>) {
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some((left + last_cost.unwrap_or(1)).min(Self::FULL))
        });
    }
}
