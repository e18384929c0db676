//! The class of a failure: whether and how another attempt may succeed. A response is classified by its status and code.
//!
//! Source: the standard mode of the page "Retry behavior" of the AWS SDKs and Tools Reference Guide, with two differences for
//! Connect: a 429 is throttling whatever its code says, and an exceeded limit or quota is final whatever its status says.

use std::time::Duration;

/// The class of a failed attempt, which decides whether another follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryClass {
    /// Another attempt cannot succeed, or might do harm.
    Final,
    /// The next attempt may succeed.
    Transient,
    /// Time ran out: the next attempt may succeed.
    Timeout,
    /// The service asks for fewer requests.
    Throttling,
    /// The service's clock differs from this one.
    Skewed,
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
const INCOMPLETE: &[&str] = &["RequestTimeout", "RequestTimeoutException"];

/// Codes that always mean a wrong clock.
const SKEWED: &[&str] = &["RequestTimeTooSkewed", "RequestInTheFuture"];

/// Codes that may mean a wrong clock, if the date of the response says so too.
const PERHAPS_SKEWED: &[&str] =
    &["AuthFailure", "InvalidSignatureException", "RequestExpired", "SignatureDoesNotMatch", "UnauthorizedAccess"];

/// Codes by which services refuse keys and tokens that have expired, or that they do not know, or no longer.
const REFUSED: &[&str] =
    &["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "RequestExpired", "UnrecognizedClientException"];

/// The difference of the clocks from which an error that a wrong clock can cause counts as one. Signatures hold for five minutes.
const SKEW: Duration = Duration::from_secs(240);

impl RetryClass {
    /// The class of a response that is no success.
    ///
    /// `modelled` is what the model says of the code: retryable, and then whether as throttling. `skew` is how far the
    /// response's date is from the time that was signed; `None` where there is no date that a clock can be corrected by.
    pub(crate) fn of_response(status: u16, code: Option<&str>, modelled: Option<bool>, skew: Option<Duration>) -> Self {
        if let Some(code) = code {
            if NEVER.contains(&code) {
                return Self::Final;
            }
            if THROTTLING.contains(&code) {
                return Self::Throttling;
            }
            if let Some(skew) = skew {
                if SKEWED.contains(&code) || (PERHAPS_SKEWED.contains(&code) && skew >= SKEW) {
                    return Self::Skewed;
                }
            }
            if is_incomplete(code) {
                return Self::Transient;
            }
        }
        match (status, modelled) {
            (429, _) | (_, Some(true)) => Self::Throttling,
            (500 | 502 | 503 | 504, _) | (_, Some(false)) => Self::Transient,
            _ => Self::Final,
        }
    }
}

/// Whether a code says that the request did not arrive whole or in time.
pub(crate) fn is_incomplete(code: &str) -> bool {
    INCOMPLETE.contains(&code)
}

/// Whether a code can mean that the request was signed with a wrong time.
pub(crate) fn may_mean_skew(code: &str) -> bool {
    SKEWED.contains(&code) || PERHAPS_SKEWED.contains(&code)
}

/// Whether a failure is the refusal of keys or of a token, as such.
pub(crate) fn is_refused(code: Option<&str>, class: RetryClass) -> bool {
    class == RetryClass::Final && code.is_some_and(|code| REFUSED.contains(&code))
}
