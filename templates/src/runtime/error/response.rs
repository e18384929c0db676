//! Headers of a response that errors use: the request id, the service's time, and the time of the next attempt.

use std::time::{Duration, SystemTime};

use ::http::header::{DATE, RETRY_AFTER};
use ::http::{HeaderMap, HeaderValue};

use crate::runtime::shape::timestamp::DateTime;

/// The id by which AWS finds the request, from whichever header the service puts it in.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [&str; 3] = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"];
    NAMES.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

/// The service's time.
pub(crate) fn date(headers: &HeaderMap) -> Option<SystemTime> {
    http_date(headers.get(DATE)?)
}

/// The time for which a service asks not to be called, by the header that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryAfter {
    /// `x-amz-retry-after`, which AWS's services write.
    Amz(Duration),
    /// `Retry-After` of HTTP, which anything on the way may write.
    Http(Duration),
}

/// The time for which the service asks not to be called. `now` is what a date is counted from.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<RetryAfter> {
    let number = |text: &HeaderValue| text.to_str().ok()?.trim().parse::<u64>().ok();
    if let Some(millis) = headers.get("x-amz-retry-after").and_then(number) {
        return Some(RetryAfter::Amz(Duration::from_millis(millis)));
    }
    let value = headers.get(RETRY_AFTER)?;
    let wait = match number(value) {
        Some(seconds) => Duration::from_secs(seconds),
        None => http_date(value)?.duration_since(now).ok()?,
    };
    Some(RetryAfter::Http(wait))
}

fn http_date(value: &HeaderValue) -> Option<SystemTime> {
    DateTime::parse(value.to_str().ok()?).ok()?.try_into().ok()
}
