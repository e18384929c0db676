//! The failures of attempts: a response that is no success, a transport that failed, a timeout, a rate limit.

use std::time::SystemTime;

use ::http::Uri;

use crate::runtime::base::clock::{Clock, apart};
use crate::runtime::base::time::Instant;
use crate::runtime::call::core::Core;
use crate::runtime::call::response::{CallFailure, RawResponse};
use crate::runtime::call::retry::{says_not_acted, without_response};
use crate::runtime::config::timeouts::Timeouts;
use crate::runtime::error::response::{self, RetryAfter};
use crate::runtime::error::{ErrorKind, Failed, Failure, RetryClass};
use crate::runtime::http::{HostAndPort, TransportError};
use crate::runtime::protocol::exception::ErrorSummary;
use crate::runtime::protocol::operation::OperationInfo;
use crate::runtime::protocol::received::DecodeError;

/// Returns a response that is a success, and the failure that any other one stands for.
///
/// `signed_at` is the time that the request was signed with, and `repeats_unknown` whether the operation may be repeated where
/// the service may have acted.
pub(crate) fn classify_response(
    core: &Core,
    info: &OperationInfo,
    response: RawResponse,
    signed_at: Option<SystemTime>,
    repeats_unknown: bool,
) -> Result<RawResponse, CallFailure> {
    if response.status.is_success() {
        return Ok(response);
    }
    let summary = ErrorSummary::read(response.status, &response.headers, &response.body);
    let class = class(core, &response, &summary, signed_at, repeats_unknown);
    let mut failure = Failure::new(ErrorKind::Service, String::new());
    failure.operation = info.name;
    failure.message = summary.message;
    // As botocore has it, so that there always is one.
    failure.code = summary.code.or_else(|| Some(response.status.as_str().to_owned()));
    failure.class = class;
    describe(&mut failure, &response);
    Err(CallFailure { failure: Box::new(failure), response: Some(Box::new(response)) })
}

fn class(
    core: &Core,
    response: &RawResponse,
    summary: &ErrorSummary,
    signed_at: Option<SystemTime>,
    repeats_unknown: bool,
) -> RetryClass {
    let modelled = summary.code.as_deref().and_then(core.retryable);
    let date = response::date(&response.headers).filter(|date| Clock::is_plausible(*date));
    let skew = signed_at.zip(date).map(|(signed, date)| apart(signed, date));
    let class = RetryClass::of_response(response.status.as_u16(), summary.code.as_deref(), modelled, skew);
    let known = || says_not_acted(response.status, &response.headers, summary, modelled.is_some(), class);
    if repeats_unknown || class == RetryClass::Final || known() { class } else { RetryClass::Final }
}

/// Writes into a failure what it shows of a response.
fn describe(failure: &mut Failure, response: &RawResponse) {
    failure.status = Some(response.status.as_u16());
    failure.request_id = response.request_id().map(str::to_owned);
    failure.attempts = response.attempts;
}

/// The failure of a response whose body did not come to its end. `refusal` is what the response means without its body: the
/// status of a refusal stands all the same.
pub(crate) fn cut_response(mut failure: Failed, refusal: Result<RawResponse, CallFailure>) -> CallFailure {
    match refusal {
        Ok(response) => {
            describe(&mut failure, &response);
            failure.into()
        }
        Err(CallFailure { failure: refused, response }) => {
            (failure.status, failure.request_id) = (refused.status, refused.request_id);
            if refused.class != RetryClass::Final {
                failure.class = refused.class;
            }
            CallFailure { failure, response }
        }
    }
}

/// The failure of a response that says success and cannot be read.
pub(crate) fn unreadable_response(operation: &'static str, response: &RawResponse, error: DecodeError) -> Failed {
    let mut failure = Failure::of(ErrorKind::Decode, error.into());
    failure.operation = operation;
    describe(&mut failure, response);
    Box::new(failure)
}

/// The failure of an exchange that the transport did not finish.
pub(crate) fn transport_failure(error: TransportError, url: &Uri, repeats_unknown: bool) -> Failed {
    let (sent, timeout) = (error.may_have_been_sent(), error.is_timeout());
    let kind = match (sent, timeout) {
        _ if error.is_misconfigured() => ErrorKind::Config,
        (false, _) => ErrorKind::Connect,
        (true, false) => ErrorKind::Transport,
        (true, true) => ErrorKind::Timeout,
    };
    let mut failure = Failure::new(kind, error.describe_for(url));
    if !error.is_permanent() {
        failure.class = without_response(sent, timeout, repeats_unknown);
    }
    failure.timeout = timeout;
    Box::new(failure.caused_by(error.into()))
}

/// The failure of an attempt that took longer than its timeout, or than the call's, which ends at `deadline`.
pub(crate) fn timeout_failure(
    timeouts: &Timeouts,
    deadline: Option<Instant>,
    url: &Uri,
    repeats_unknown: bool,
) -> Failed {
    let call_is_over = deadline.is_some_and(|deadline| deadline <= Instant::now());
    let which = match (call_is_over, timeouts.call, timeouts.attempt) {
        (true, Some(call), _) => format!("within the call's timeout of {call:?}"),
        (_, _, Some(attempt)) => format!("within the attempt's timeout of {attempt:?}"),
        _ => "in time".to_owned(),
    };
    let message = format!("no whole response from {} {which}", HostAndPort(url));
    let mut failure = Failure::new(ErrorKind::Timeout, message);
    failure.class = without_response(true, true, repeats_unknown);
    Box::new(failure)
}

/// The failure of a call that the rate limit does not let through before its timeout. Nothing was sent.
pub(crate) fn rate_limit_failure() -> Failed {
    let mut failure =
        Failure::new(ErrorKind::Timeout, "the rate limit allows the call only after its timeout; nothing was sent");
    failure.class = RetryClass::Throttling;
    Box::new(failure)
}

/// The time for which a service asks not to be called; `now` is what a date is counted from.
pub(crate) fn requested_wait(failed: &CallFailure, now: SystemTime) -> Option<RetryAfter> {
    response::retry_after(&failed.response.as_ref()?.headers, now)
}
