//! Takes the answer to a request; gives it whole, or as the failure it stands for. Reads no shape.

use std::fmt;
use std::time::{Duration, SystemTime};

use ::http::header::{DATE, RETRY_AFTER};
use ::http::response::Parts;
use ::http::{HeaderMap, HeaderValue, StatusCode};
use bytes::Bytes;

use crate::runtime::error::{ErrorKind, Failed, Failure};
use crate::runtime::http::byte_stream::ByteStream;
use crate::runtime::protocol::received::{DecodeError, Received};
use crate::runtime::shape::timestamp::DateTime;

/// A whole answer, body included.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The body of an answer that is streamed.
    pub(crate) stream: Option<ByteStream>,
    /// How many attempts it took.
    pub(crate) attempts: u32,
}

impl Answer {
    /// An answer whose body is still to be read.
    pub(crate) fn new(head: Parts, attempts: u32) -> Self {
        Self { status: head.status, headers: head.headers, body: Bytes::new(), stream: None, attempts }
    }

    /// An answer that came some other way than by a call.
    pub(crate) fn whole(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self { status, headers, body, stream: None, attempts: 0 }
    }

    /// The id by which AWS finds the request, from whichever header the service puts it in.
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// What shapes are read from.
    pub(crate) fn received(&self) -> Received<'_> {
        Received { status: self.status.as_u16(), headers: &self.headers, body: &self.body }
    }

    /// The service's time.
    pub(crate) fn date(&self) -> Option<SystemTime> {
        http_date(self.headers.get(DATE)?)
    }

    /// How long the service asks to be left alone. `now` is what a date is counted from.
    pub(crate) fn retry_after(&self, now: SystemTime) -> Option<Duration> {
        let number = |text: &HeaderValue| text.to_str().ok()?.trim().parse::<u64>().ok();
        if let Some(millis) = self.headers.get("x-amz-retry-after").and_then(number) {
            return Some(Duration::from_millis(millis));
        }
        let value = self.headers.get(RETRY_AFTER)?;
        match number(value) {
            Some(seconds) => Some(Duration::from_secs(seconds)),
            None => http_date(value)?.duration_since(now).ok(),
        }
    }

    /// The failure that an answer is which says success and cannot be read.
    pub(crate) fn unreadable(self, operation: &'static str, error: DecodeError) -> Failed {
        let mut failure = Failure::of(ErrorKind::Decode, error.into());
        failure.operation = operation;
        failure.status = Some(self.status.as_u16());
        failure.request_id = self.request_id().map(str::to_owned);
        failure.attempts = self.attempts;
        Box::new(failure)
    }
}

fn http_date(value: &HeaderValue) -> Option<SystemTime> {
    DateTime::parse(value.to_str().ok()?).ok()?.try_into().ok()
}

/// The request id among the headers of an answer.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [&str; 3] = ["x-amzn-requestid", "x-amzn-request-id", "x-amz-request-id"];
    NAMES.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer({}, {} bytes)", self.status, self.body.len())
    }
}
