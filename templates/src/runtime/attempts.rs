//! Takes a prepared request; sends it as often as the rules of `retry.rs` allow, within the timeouts.

use std::time::{Duration, SystemTime};

use ::http::Request;
use ::http::response::Parts;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};
use tracing::{Instrument, Span, debug, debug_span, field};

use super::answer::{self, Answer};
use super::byte_stream::ByteStream;
use super::client::Core;
use super::clock::earlier;
use super::error::{ErrorKind, Failed, Failure};
use super::http::{Body, HttpClient, Limits, ReadError, TransportError};
use super::identity::{Identity, identity};
use super::operation::Info;
use super::prepare::Prepared;
use super::random;
use super::retry::{self, Class};
use super::send::{judge, note, within};
use super::settings::Settings;

/// One call: what does not change from attempt to attempt.
pub(super) struct Attempts<'a> {
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
}

impl<'a> Attempts<'a> {
    pub(super) fn new(
        core: &'a Core,
        info: &'static Info,
        settings: &'a Settings,
        prepared: &'a Prepared,
        streamed: bool,
    ) -> Result<Self, Failed> {
        if Handle::try_current().is_err() {
            // tokio would panic at the first timeout.
            return Failure::failed(ErrorKind::Config, "a call has to be awaited in a Tokio runtime");
        }
        let Some(http) = core.config.http.as_deref() else {
            return Failure::failed(ErrorKind::Config, "no HTTP client is set: see Config::http_client");
        };
        Ok(Self { core, info, settings, prepared, http, streamed, deadline: after(core.config.timeouts.call) })
    }

    pub(super) async fn run(&self) -> Result<Answer, Failed> {
        let mut last: Option<Failed> = None;
        let mut corrected = false;
        for number in 1.. {
            if !self.core.config.limiter.wait((self.core.service.id, self.info.name), self.deadline).await {
                // Why the attempt before failed says more than that there is no time for another.
                return Err(last.unwrap_or_else(no_place));
            }
            let span = debug_span!(
                "attempt",
                operation = self.info.name,
                attempt = number,
                status = field::Empty,
                request_id = field::Empty
            );
            let failure = match self.attempt(number, &span).instrument(span.clone()).await {
                Ok(answer) => {
                    self.core.budget.give_back(last.map(|failure| failure.class.cost()));
                    return Ok(answer);
                }
                Err(failure) => failure,
            };
            let Some(wait) = self.again(&failure, &mut corrected) else { return Err(failure) };
            // No message: the service may quote the input in it.
            debug!(
                parent: &span,
                kind = ?failure.kind,
                code = failure.code.as_deref(),
                wait = ?wait,
                "the attempt failed, another one follows"
            );
            last = Some(failure);
            sleep(wait).await;
        }
        // Only after more attempts than there are numbers.
        Err(last.unwrap_or_else(no_place))
    }

    /// How long to wait before another attempt; `None` where there is to be none.
    fn again(&self, failure: &Failure, corrected: &mut bool) -> Option<Duration> {
        let retry = self.settings.retry;
        let last = failure.attempts >= retry.attempts() || !self.prepared.can_be_repeated();
        if failure.class == Class::Final || last {
            return None;
        }
        let wait = if failure.class == Class::Skewed {
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
        let (request, signed_at, identity) = self.sign().await.map_err(|mut failure| {
            failure.attempts = number - 1;
            failure
        })?;
        let timeouts = &self.core.config.timeouts;
        let until = earlier(after(timeouts.attempt), self.deadline);
        let attempt = Attempt { number, until, signed_at };
        self.exchange(&attempt, request, span).await.map_err(|mut failure| {
            if let (Some(identity), true) = (&identity, retry::is_refused(failure.code.as_deref(), failure.class)) {
                identity.refused(self.core, self.settings);
            }
            failure.attempts = number;
            failure
        })
    }

    /// The request as it goes out now, the time it is signed with and for whom.
    async fn sign(&self) -> Result<(Request<Body>, SystemTime, Option<Identity>), Failed> {
        let identity = identity(self.core, self.settings, self.info, self.deadline).await?;
        let now = self.core.config.clock.now();
        Ok((self.prepared.sign(self.core, self.settings, identity.as_ref(), now)?, now, identity))
    }

    async fn exchange(&self, attempt: &Attempt, request: Request<Body>, span: &Span) -> Result<Answer, Failed> {
        let limits = Limits { connect_timeout: self.core.config.timeouts.connect, deadline: attempt.until };
        let response = match within(attempt.until, self.http.send(request, limits)).await {
            Some(Ok(response)) => response,
            Some(Err(error)) => return Err(self.broken(error)),
            None => return Err(self.late()),
        };
        let (head, body) = response.into_parts();
        note(span, Some(head.status.as_u16()), answer::request_id(&head.headers));
        self.finish(attempt, head, body).await
    }

    /// Reads the body of an answer, and says what the whole of it means.
    async fn finish(&self, attempt: &Attempt, head: Parts, body: Body) -> Result<Answer, Failed> {
        let limit = self.core.config.body_limit;
        let mut answer = Answer::new(head, attempt.number);
        if self.streamed && answer.status.is_success() {
            answer.stream = Some(ByteStream::once(body));
            return Ok(answer);
        }
        let mut failure = match within(attempt.until, body.read(limit)).await {
            Some(Ok(body)) => {
                answer.body = body;
                return judge(self.core, self.info, answer, Some(attempt.signed_at));
            }
            Some(Err(ReadError::Transport(error))) => self.broken(error),
            Some(Err(ReadError::TooLarge)) => {
                let message = format!("the body of the answer is longer than the limit of {limit} bytes");
                Box::new(Failure::new(ErrorKind::Decode, message))
            }
            None => self.late(),
        };
        failure.status = Some(answer.status.as_u16());
        failure.request_id = answer.request_id().map(str::to_owned);
        // The status of a refusal stands even where its body does not: a service that says 503 did not act.
        if let Err(refusal) = judge(self.core, self.info, answer, Some(attempt.signed_at)) {
            if refusal.class != Class::Final {
                failure.class = refusal.class;
            }
        }
        Err(failure)
    }

    /// The failure that a transport's error is.
    fn broken(&self, error: TransportError) -> Failed {
        let kind = match (error.may_have_been_sent(), error.is_timeout()) {
            (false, _) => ErrorKind::Connect,
            (true, false) => ErrorKind::Transport,
            (true, true) => ErrorKind::Timeout,
        };
        let mut failure = Failure::new(kind, error.describe());
        failure.class = retry::no_answer(error.may_have_been_sent(), error.is_timeout(), self.info.repeat);
        failure.timeout = error.is_timeout();
        Box::new(failure.caused_by(error))
    }

    /// The failure that a timeout of the attempt or of the call is.
    fn late(&self) -> Failed {
        let timeouts = &self.core.config.timeouts;
        let call_is_over = self.deadline.is_some_and(|deadline| deadline <= Instant::now());
        let message = match (call_is_over, timeouts.call, timeouts.attempt) {
            (true, Some(call), _) => format!("no whole answer within the call's timeout of {call:?}"),
            (_, _, Some(attempt)) => format!("no whole answer within the attempt's timeout of {attempt:?}"),
            _ => "no whole answer in time".to_owned(),
        };
        let mut failure = Failure::new(ErrorKind::Timeout, message);
        failure.class = retry::no_answer(true, true, self.info.repeat);
        Box::new(failure)
    }
}

/// The moment a timeout that starts now ends at. One that reaches past what an instant can hold is none.
fn after(timeout: Option<Duration>) -> Option<Instant> {
    Instant::now().checked_add(timeout?)
}

/// The failure of a call that its rate limit leaves no place for.
fn no_place() -> Failed {
    let mut failure =
        Failure::new(ErrorKind::Timeout, "the rate limit leaves no place for the call before its timeout");
    // Nothing was sent, and there will be place later.
    failure.class = Class::Throttling;
    Box::new(failure)
}
