//! The attempts of one call: a prepared request is sent as often as `retry.rs` allows, within the timeouts.
//!
//! Code between two awaits is in functions of its own: in an asynchronous function each call has a landing pad, which is several
//! times the code.

use std::time::{Duration, SystemTime};

use ::http::Request;
use bytes::Bytes;
use tracing::{Instrument, Span};

use crate::runtime::auth::identity::Identity;
use crate::runtime::base::clock::Correction;
use crate::runtime::base::deadline::{after, earlier, require_timer, within};
use crate::runtime::base::random;
use crate::runtime::base::time::{Instant, sleep};
use crate::runtime::call::classify::{
    classify_response, cut_response, rate_limit_failure, requested_wait, timeout_failure, transport_failure,
};
use crate::runtime::call::core::Core;
use crate::runtime::call::execution::Execution;
use crate::runtime::call::identity::{identity, refused};
use crate::runtime::call::prepare::Prepared;
use crate::runtime::call::response::{CallFailure, RawResponse};
use crate::runtime::call::retry::repeats_unknown_outcomes;
use crate::runtime::call::trace::{attempt_span, log_retry, record_failure, record_response};
use crate::runtime::config::retry::Retry;
use crate::runtime::config::settings::Settings;
use crate::runtime::error::classify::{is_refused, may_mean_skew};
use crate::runtime::error::{ErrorKind, Failed, Failure, RetryClass, response};
use crate::runtime::http::{Body, ByteStream, HttpClient, Lane, Limits, ReadError, TransportError};
use crate::runtime::protocol::operation::OperationInfo;

/// One call: everything that stays the same from attempt to attempt.
pub(crate) struct Attempts<'a> {
    core: &'a Core,
    info: &'static OperationInfo,
    settings: &'a Settings,
    prepared: &'a Prepared,
    http: &'a dyn HttpClient,
    /// Whether the body of a success is left unread.
    streamed: bool,
    retry: Retry,
    execution: Option<&'a Execution>,
    /// Whether the request may be repeated where the service may have acted.
    repeats_unknown: bool,
    /// When the call's time is up.
    deadline: Option<Instant>,
    /// The marker that tells the attempts of this call from those of others.
    #[cfg(feature = "mock")]
    call: u64,
}

/// One attempt.
struct Attempt {
    number: u32,
    /// When its time is up.
    until: Option<Instant>,
    /// The time it is signed with.
    signed_at: SystemTime,
    /// The identity it is signed for.
    identity: Option<Identity>,
}

impl<'a> Attempts<'a> {
    pub(crate) fn new(
        core: &'a Core,
        info: &'static OperationInfo,
        settings: &'a Settings,
        prepared: &'a Prepared,
        streamed: bool,
        deadline: Option<Instant>,
        execution: Option<&'a Execution>,
    ) -> Result<Self, Failed> {
        require_timer().or_else(|message| Failure::failed(ErrorKind::Config, message))?;
        let Some(http) = core.config.http.as_deref() else {
            return Failure::failed(ErrorKind::Config, "no HTTP client is set: see Config::http_client");
        };
        let retry = settings.retry(&core.config)?;
        let repeats_unknown = repeats_unknown_outcomes(info, Some(retry));
        Ok(Self {
            core,
            info,
            settings,
            prepared,
            http,
            streamed,
            retry,
            execution,
            repeats_unknown,
            deadline,
            #[cfg(feature = "mock")]
            call: crate::runtime::call::mark::number(),
        })
    }

    /// Sends the request until an attempt succeeds or fails for good.
    pub(crate) async fn run(&self) -> Result<RawResponse, CallFailure> {
        let mut last: Option<CallFailure> = None;
        let mut correction = None;
        let mut number = 0;
        loop {
            number += 1;
            if !self.core.config.limiter.wait((self.core.service.id, self.info.name), self.deadline).await {
                // The last failure says more than that no time is left for another attempt.
                return Err(last.unwrap_or_else(|| rate_limit_failure().into()));
            }
            let span = attempt_span(self.info, number, self.prepared.uri());
            let failed = match self.attempt(number, &mut correction, &span).instrument(span.clone()).await {
                Ok(response) => {
                    let cost = last.map(|failed| self.retry.cost(failed.failure.class));
                    self.core.budget.give_back(cost);
                    return Ok(response);
                }
                Err(failed) => failed,
            };
            record_failure(&span, &failed.failure);
            let Some(wait) = self.retry_delay(&failed, correction) else { return Err(failed) };
            log_retry(&span, &failed.failure, wait);
            last = Some(failed);
            sleep(wait).await;
        }
    }

    /// The time to wait before another attempt; `None` where there is to be none. `correction` is that of the clock which the
    /// next attempt would be signed with.
    fn retry_delay(&self, failed: &CallFailure, correction: Option<Correction>) -> Option<Duration> {
        let (retry, failure) = (self.retry, &failed.failure);
        let last = failure.attempts >= retry.attempts() || !self.prepared.can_be_repeated();
        if failure.class == RetryClass::Final || last {
            return None;
        }
        let wait = if failure.class == RetryClass::Skewed {
            // Without a correction the next attempt would be refused as this one was.
            correction.map(|_| Duration::ZERO)?
        } else {
            let requested = requested_wait(failed, self.core.config.clock.now());
            retry.wait(failure.attempts, failure.class, requested, random::unit())
        };
        // The failure that is known now says more than a timeout during the wait.
        let in_time = self.deadline.is_none_or(|deadline| Instant::now() + wait < deadline);
        (in_time && self.core.budget.take(retry.cost(failure.class))).then_some(wait)
    }

    async fn attempt(
        &self,
        number: u32,
        correction: &mut Option<Correction>,
        span: &Span,
    ) -> Result<RawResponse, CallFailure> {
        let identity = identity(self.core, self.settings, self.info, self.deadline).await;
        let (attempt, request) = self.begin(number, identity)?;
        let begun = self.execution.map(|_| Instant::now());
        let result = match self.exchange(&attempt, request, span).await {
            Ok(response) => Ok(response),
            Err(failed) => Err(self.fail(&attempt, failed, correction)),
        };
        if let Some((execution, begun)) = self.execution.zip(begun) {
            execution.after_attempt(number, begun, result.as_ref())?;
        }
        result
    }

    /// The attempt, and the request as it goes out now.
    fn begin(
        &self,
        number: u32,
        identity: Result<Option<Identity>, Failed>,
    ) -> Result<(Attempt, Request<Body>), Failed> {
        let signed_at = self.core.config.clock.now();
        let signed = identity.and_then(|identity| {
            let request =
                self.prepared.sign(self.core, self.settings, identity.as_ref(), signed_at, self.execution, number)?;
            #[cfg(feature = "mock")]
            let request = self.marked(request);
            Ok((identity, request))
        });
        match signed {
            Ok((identity, request)) => {
                let until = earlier(after(self.core.config.timeouts.attempt), self.deadline);
                Ok((Attempt { number, until, signed_at, identity }, request))
            }
            Err(mut failure) => {
                failure.attempts = number - 1;
                Err(failure)
            }
        }
    }

    /// The request with the mark by which a mock knows its call.
    #[cfg(feature = "mock")]
    fn marked(&self, mut request: Request<Body>) -> Request<Body> {
        let (service, info, call) = (self.core.service, self.info, self.call);
        request.extensions_mut().insert(crate::runtime::call::mark::CallMarker { service, info, call });
        request
    }

    /// Lets the caches and the clock learn from a failure.
    fn fail(&self, attempt: &Attempt, mut failed: CallFailure, correction: &mut Option<Correction>) -> CallFailure {
        let failure = &mut failed.failure;
        failure.attempts = attempt.number;
        if is_refused(failure.code.as_deref(), failure.class) {
            if let Some(identity) = &attempt.identity {
                refused(identity, self.core, self.settings);
            }
        }
        self.follow_clock(attempt, &failed, correction);
        failed
    }

    /// Corrects the clock after a failure that a wrong one explains, and undoes a correction of this call that did not help.
    fn follow_clock(&self, attempt: &Attempt, failed: &CallFailure, correction: &mut Option<Correction>) {
        let clock = &self.core.config.clock;
        if !failed.failure.code.as_deref().is_some_and(may_mean_skew) {
            return;
        }
        if let Some(correction) = correction.take() {
            clock.undo(correction);
        } else if failed.failure.class == RetryClass::Skewed {
            let date = failed.response.as_ref().and_then(|response| response::date(&response.headers));
            *correction = date.and_then(|date| clock.correct(date, attempt.signed_at));
        }
    }

    async fn exchange(
        &self,
        attempt: &Attempt,
        request: Request<Body>,
        span: &Span,
    ) -> Result<RawResponse, CallFailure> {
        let response = within(attempt.until, self.http.send(request, self.limits(attempt))).await;
        let (mut response, body) = self.begun(attempt, response, span)?;
        if self.streamed && response.status.is_success() {
            response.stream = Some(ByteStream::of_response(body, self.info.name, response.request_id()));
            return Ok(response);
        }
        let body = within(attempt.until, body.read(self.core.config.body_limit)).await;
        self.finish(attempt, response, body)
    }

    fn limits(&self, attempt: &Attempt) -> Limits {
        let connect_timeout = self.core.config.timeouts.connect;
        Limits { connect_timeout, deadline: attempt.until, lane: Lane::Calls, direct: false }
    }

    /// A response whose headers are there, and its body.
    fn begun(
        &self,
        attempt: &Attempt,
        response: Option<Result<::http::Response<Body>, TransportError>>,
        span: &Span,
    ) -> Result<(RawResponse, Body), Failed> {
        let response = match response {
            Some(Ok(response)) => response,
            Some(Err(error)) => return Err(self.transport_failure(error)),
            None => return Err(self.timeout_failure()),
        };
        let (head, body) = response.into_parts();
        record_response(span, Some(head.status.as_u16()), response::request_id(&head.headers));
        Ok((RawResponse::new(head, attempt.number), body))
    }

    /// The outcome of a whole response, or of one whose body did not come.
    fn finish(
        &self,
        attempt: &Attempt,
        mut response: RawResponse,
        body: Option<Result<Bytes, ReadError>>,
    ) -> Result<RawResponse, CallFailure> {
        let failure = match body {
            Some(Ok(body)) => {
                response.body = body;
                return self.classify(attempt, response);
            }
            Some(Err(ReadError::Transport(error))) => self.transport_failure(error),
            Some(Err(ReadError::TooLarge)) => {
                let limit = self.core.config.body_limit;
                let message = format!("the body of the response is longer than the limit of {limit} bytes");
                Box::new(Failure::new(ErrorKind::Decode, message))
            }
            None => self.timeout_failure(),
        };
        Err(cut_response(failure, self.classify(attempt, response)))
    }

    fn classify(&self, attempt: &Attempt, response: RawResponse) -> Result<RawResponse, CallFailure> {
        classify_response(self.core, self.info, response, Some(attempt.signed_at), self.repeats_unknown)
    }

    fn transport_failure(&self, error: TransportError) -> Failed {
        transport_failure(error, self.prepared.uri(), self.repeats_unknown)
    }

    fn timeout_failure(&self) -> Failed {
        timeout_failure(&self.core.config.timeouts, self.deadline, self.prepared.uri(), self.repeats_unknown)
    }
}
