//! Takes one failed attempt; says whether to make another one, and when. Decides only: `attempts.rs` acts on it.
//!
//! This is the standard mode of the "Retry behavior" page of the AWS SDKs and Tools Reference Guide, with three differences,
//! each for Connect: a 429 is throttling whatever its code says, an exceeded limit or quota is final whatever its status
//! says, and a failure that leaves open whether the service acted is repeated only where acting twice does no harm.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::runtime::error::RetryClass;
use crate::runtime::protocol::operation::Repeat;

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
pub(crate) fn answer(status: u16, code: Option<&str>, modelled: Option<bool>, skew: Option<Duration>) -> RetryClass {
    if let Some(code) = code {
        if NEVER.contains(&code) {
            return RetryClass::Final;
        }
        if THROTTLING.contains(&code) {
            return RetryClass::Throttling;
        }
        if let Some(skew) = skew {
            if SKEWED.contains(&code) || (PERHAPS_SKEWED.contains(&code) && skew >= SKEW) {
                return RetryClass::Skewed;
            }
        }
        if TRANSIENT.contains(&code) {
            return RetryClass::Transient;
        }
    }
    match (status, modelled) {
        (429, _) | (_, Some(true)) => RetryClass::Throttling,
        (500 | 502 | 503 | 504, _) | (_, Some(false)) => RetryClass::Transient,
        _ => RetryClass::Final,
    }
}

/// Whether a failure is the refusal of keys or of a token, as such.
pub(crate) fn is_refused(code: Option<&str>, class: RetryClass) -> bool {
    class == RetryClass::Final && code.is_some_and(|code| REFUSED.contains(&code))
}

/// What an attempt means that got no whole answer.
///
/// `sent` says that the service may have seen the request: it is then repeated only if acting twice does no harm.
pub(crate) fn no_answer(sent: bool, timeout: bool, repeat: Repeat) -> RetryClass {
    match (sent && repeat == Repeat::Never, timeout) {
        (true, _) => RetryClass::Final,
        (false, true) => RetryClass::Timeout,
        (false, false) => RetryClass::Transient,
    }
}

/// What the calls of one client may spend on retries, so that a service in trouble is not hit three times as hard.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;

    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Takes the cost of a retry; `false` where too little is left.
    pub(crate) fn take(&self, cost: u32) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(cost)).is_ok()
    }

    /// Gives back after a success: what its last retry cost, or 1 where there was none.
    pub(crate) fn give_back(&self, last_cost: Option<u32>) {
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some((left + last_cost.unwrap_or(1)).min(Self::FULL))
        });
    }
}
