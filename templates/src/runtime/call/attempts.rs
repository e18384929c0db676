//! Takes a prepared request; sends it as often as the rules of `retry.rs` allow, within the timeouts.

use std::time::{Duration, SystemTime};

use ::http::{Request, Response};
use bytes::Bytes;
use tokio::time::{Instant, sleep};
use tracing::{Instrument, Span, debug, debug_span, field};

use crate::runtime::auth::identity::Identity;
use crate::runtime::base::deadline::{after, earlier, require_timer, within};
use crate::runtime::base::random;
use crate::runtime::call::client::Core;
use crate::runtime::call::identity::{identity, refused};
use crate::runtime::call::prepare::Prepared;
use crate::runtime::call::retry;
use crate::runtime::call::send::{judge, note};
use crate::runtime::config::settings::Settings;
use crate::runtime::error::RetryClass;
use crate::runtime::error::answer::{self, Answer};
use crate::runtime::error::{ErrorKind, Failed, Failure};
use crate::runtime::http::byte_stream::ByteStream;
use crate::runtime::http::{Body, HostAndPort, HttpClient, Limits, ReadError, TransportError};
use crate::runtime::protocol::operation::Info;

/// One call: what does not change from attempt to attempt.
pub(crate) struct Attempts<'a> {
    core: &'a Core,
    info: &'static Info,
    settings: &'a Settings,
    prepared: &'a Prepared,
    http: &'a dyn HttpClient,
    /// Whether the body of a success is left unread.
    streamed: bool,
    /// When the call's time is up.
    deadline: Option<Instant>,
}

/// What one attempt is given.
struct Attempt {
    number: u32,
    /// When its time is up.
    until: Option<Instant>,
    /// The time it is signed with.
    signed_at: SystemTime,
    /// Whom it is signed for.
    identity: Option<Identity>,
}

impl<'a> Attempts<'a> {
    pub(crate) fn new(
        core: &'a Core,
        info: &'static Info,
        settings: &'a Settings,
        prepared: &'a Prepared,
        streamed: bool,
    ) -> Result<Self, Failed> {
        require_timer().or_else(|message| Failure::failed(ErrorKind::Config, message))?;
        let Some(http) = core.config.http.as_deref() else {
            return Failure::failed(ErrorKind::Config, "no HTTP client is set: see Config::http_client");
        };
        Ok(Self { core, info, settings, prepared, http, streamed, deadline: after(core.config.timeouts.call) })
    }

    // What stands between two awaits is in functions of its own: in an asynchronous function each call has a landing pad,
    // which is several times the code.
    pub(crate) async fn run(&self) -> Result<Answer, Failed> {
        let mut last: Option<Failed> = None;
        let mut corrected = false;
        let mut number = 0;
        loop {
            number += 1;
            if !self.core.config.limiter.wait((self.core.service.id, self.info.name), self.deadline).await {
                // Why the attempt before failed says more than that there is no time for another.
                return Err(last.unwrap_or_else(no_place));
            }
            let span = self.span(number);
            let failure = match self.attempt(number, &span).instrument(span.clone()).await {
                Ok(answer) => {
                    self.core.budget.give_back(last.map(|failure| failure.class.cost()));
                    return Ok(answer);
                }
                Err(failure) => failure,
            };
            let Some(wait) = self.again(&failure, &mut corrected) else { return Err(failure) };
            tell(&span, &failure, wait);
            last = Some(failure);
            sleep(wait).await;
        }
    }

    fn span(&self, number: u32) -> Span {
        debug_span!(
            "attempt",
            operation = self.info.name,
            attempt = number,
            status = field::Empty,
            request_id = field::Empty
        )
    }

    /// How long to wait before another attempt; `None` where there is to be none.
    fn again(&self, failure: &Failure, corrected: &mut bool) -> Option<Duration> {
        let retry = self.settings.retry;
        let last = failure.attempts >= retry.attempts() || !self.prepared.can_be_repeated();
        if failure.class == RetryClass::Final || last {
            return None;
        }
        let wait = if failure.class == RetryClass::Skewed {
            if std::mem::replace(corrected, true) {
                return None;
            }
            Duration::ZERO
        } else {
            let asked = failure.answer.as_ref().and_then(|answer| answer.retry_after(self.core.config.clock.now()));
            retry.wait(failure.attempts, asked, random::unit())
        };
        // What is known now is a better answer than a timeout later.
        let in_time = self.deadline.is_none_or(|deadline| Instant::now() + wait < deadline);
        (in_time && self.core.budget.take(failure.class.cost())).then_some(wait)
    }

    async fn attempt(&self, number: u32, span: &Span) -> Result<Answer, Failed> {
        let identity = identity(self.core, self.settings, self.info, self.deadline).await;
        let (attempt, request) = self.begin(number, identity)?;
        match self.exchange(&attempt, request, span).await {
            Ok(answer) => Ok(answer),
            Err(failure) => Err(self.fail(&attempt, failure)),
        }
    }

    /// The attempt, and the request as it goes out now.
    fn begin(
        &self,
        number: u32,
        identity: Result<Option<Identity>, Failed>,
    ) -> Result<(Attempt, Request<Body>), Failed> {
        let signed_at = self.core.config.clock.now();
        let signed = identity.and_then(|identity| {
            let request = self.prepared.sign(self.core, self.settings, identity.as_ref(), signed_at)?;
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

    fn fail(&self, attempt: &Attempt, mut failure: Failed) -> Failed {
        if retry::is_refused(failure.code.as_deref(), failure.class) {
            if let Some(identity) = &attempt.identity {
                refused(identity, self.core, self.settings);
            }
        }
        failure.attempts = attempt.number;
        failure
    }

    async fn exchange(&self, attempt: &Attempt, request: Request<Body>, span: &Span) -> Result<Answer, Failed> {
        let response = within(attempt.until, self.http.send(request, self.limits(attempt))).await;
        let (mut answer, body) = self.begun(attempt, response, span)?;
        if self.streamed && answer.status.is_success() {
            answer.stream = Some(ByteStream::once(body));
            return Ok(answer);
        }
        let body = within(attempt.until, body.read(self.core.config.body_limit)).await;
        self.finish(attempt, answer, body)
    }

    fn limits(&self, attempt: &Attempt) -> Limits {
        Limits { connect_timeout: self.core.config.timeouts.connect, deadline: attempt.until }
    }

    /// An answer whose headers are there, and its body.
    fn begun(
        &self,
        attempt: &Attempt,
        response: Option<Result<Response<Body>, TransportError>>,
        span: &Span,
    ) -> Result<(Answer, Body), Failed> {
        let response = match response {
            Some(Ok(response)) => response,
            Some(Err(error)) => return Err(self.broken(error)),
            None => return Err(self.late()),
        };
        let (head, body) = response.into_parts();
        note(span, Some(head.status.as_u16()), answer::request_id(&head.headers));
        Ok((Answer::new(head, attempt.number), body))
    }

    /// What a whole answer means, or one whose body did not come.
    fn finish(
        &self,
        attempt: &Attempt,
        mut answer: Answer,
        body: Option<Result<Bytes, ReadError>>,
    ) -> Result<Answer, Failed> {
        let mut failure = match body {
            Some(Ok(body)) => {
                answer.body = body;
                return judge(self.core, self.info, answer, Some(attempt.signed_at));
            }
            Some(Err(ReadError::Transport(error))) => self.broken(error),
            Some(Err(ReadError::TooLarge)) => {
                let limit = self.core.config.body_limit;
                let message = format!("the body of the answer is longer than the limit of {limit} bytes");
                Box::new(Failure::new(ErrorKind::Decode, message))
            }
            None => self.late(),
        };
        failure.status = Some(answer.status.as_u16());
        failure.request_id = answer.request_id().map(str::to_owned);
        // The status of a refusal stands even where its body does not: a service that says 503 did not act.
        if let Err(refusal) = judge(self.core, self.info, answer, Some(attempt.signed_at)) {
            if refusal.class != RetryClass::Final {
                failure.class = refusal.class;
            }
        }
        Err(failure)
    }

    /// The failure that a transport's error is.
    fn broken(&self, error: TransportError) -> Failed {
        let kind = match (error.may_have_been_sent(), error.is_timeout()) {
            _ if error.is_misconfigured() => ErrorKind::Config,
            (false, _) => ErrorKind::Connect,
            (true, false) => ErrorKind::Transport,
            (true, true) => ErrorKind::Timeout,
        };
        let mut failure = Failure::new(kind, error.describe_for(self.prepared.uri()));
        if !error.is_permanent() {
            failure.class = retry::no_answer(error.may_have_been_sent(), error.is_timeout(), self.info.repeat);
        }
        failure.timeout = error.is_timeout();
        Box::new(failure.caused_by(error.into()))
    }

    /// The failure that a timeout of the attempt or of the call is.
    fn late(&self) -> Failed {
        let timeouts = &self.core.config.timeouts;
        let call_is_over = self.deadline.is_some_and(|deadline| deadline <= Instant::now());
        let whose = match (call_is_over, timeouts.call, timeouts.attempt) {
            (true, Some(call), _) => format!("within the call's timeout of {call:?}"),
            (_, _, Some(attempt)) => format!("within the attempt's timeout of {attempt:?}"),
            _ => "in time".to_owned(),
        };
        let message = format!("no whole response from {} {whose}", HostAndPort(self.prepared.uri()));
        let mut failure = Failure::new(ErrorKind::Timeout, message);
        failure.class = retry::no_answer(true, true, self.info.repeat);
        Box::new(failure)
    }
}

fn tell(span: &Span, failure: &Failure, wait: Duration) {
    // No message: the service may quote the input in it.
    debug!(
        parent: span,
        kind = ?failure.kind,
        code = failure.code.as_deref(),
        wait = ?wait,
        "the attempt failed, another one follows"
    );
}

/// The failure of a call that its rate limit leaves no place for.
fn no_place() -> Failed {
    let mut failure =
        Failure::new(ErrorKind::Timeout, "the rate limit leaves no place for the call before its timeout");
    // Nothing was sent, and there will be place later.
    failure.class = RetryClass::Throttling;
    Box::new(failure)
}
