//! Decisions about one failed attempt: whether the request may be sent again, and what that costs.
//!
//! An operation that acts twice when it is repeated ([`Repeat::Never`]) is repeated only where it did not act the first time.
//! The service says so by a throttling code, a 429, a 503 that it wrote itself, an exception that its model marks as retryable,
//! a refused signature time, or by not having received the request. Any other failure leaves open whether it acted.

use std::sync::atomic::{AtomicU32, Ordering};

use ::http::{HeaderMap, StatusCode};

use crate::runtime::config::retry::Retry;
use crate::runtime::error::RetryClass;
use crate::runtime::error::classify::is_incomplete;
use crate::runtime::error::response::request_id;
use crate::runtime::protocol::exception::ErrorSummary;
use crate::runtime::protocol::operation::{OperationInfo, Repeat};

/// Whether an operation may be repeated where it is not known whether the service acted.
pub(crate) fn repeats_unknown_outcomes(info: &OperationInfo, retry: Option<Retry>) -> bool {
    info.repeat != Repeat::Never || retry.is_some_and(|retry| retry.repeats_unknown_outcomes())
}

/// Whether a response says that the service did not act on the request. `modelled` is whether the model marks the exception
/// as retryable.
pub(crate) fn says_not_acted(
    status: StatusCode,
    headers: &HeaderMap,
    summary: &ErrorSummary,
    modelled: bool,
    class: RetryClass,
) -> bool {
    // A load balancer writes 503 as well, after it lost the service that may have acted. It signs nothing of the service's.
    let by_service = || summary.code.is_some() || summary.is_json || request_id(headers).is_some();
    match class {
        RetryClass::Throttling | RetryClass::Skewed => true,
        _ if modelled || summary.code.as_deref().is_some_and(is_incomplete) => true,
        _ => status == StatusCode::SERVICE_UNAVAILABLE && by_service(),
    }
}

/// The class of an attempt without a whole response. `sent` says that the service may have seen the request.
pub(crate) fn without_response(sent: bool, timeout: bool, repeats_unknown: bool) -> RetryClass {
    match (sent && !repeats_unknown, timeout) {
        (true, _) => RetryClass::Final,
        (false, true) => RetryClass::Timeout,
        (false, false) => RetryClass::Transient,
    }
}

/// The budget that the calls of one client may spend on retries, so that a service in trouble is not hit three times as hard.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;

    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Spends the cost of a retry; `false` where too little is left.
    pub(crate) fn take(&self, cost: u32) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(cost)).is_ok()
    }

    /// Refunds the cost of the last retry after a success, or 1 where there was none.
    pub(crate) fn give_back(&self, last_cost: Option<u32>) {
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            Some((left + last_cost.unwrap_or(1)).min(Self::FULL))
        });
    }
}
