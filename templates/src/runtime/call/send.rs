//! Takes a bound input; gives the answer to it. Everything between is here, and is compiled once for all operations.

use std::future::Future;
use std::pin::Pin;
use std::time::SystemTime;

use ::http::Request;
use tracing::{Instrument, Span, debug_span, field};

use crate::runtime::base::clock::apart;
use crate::runtime::call::attempts::Attempts;
use crate::runtime::call::client::Core;
use crate::runtime::call::identity::identity;
use crate::runtime::call::prepare::Prepared;
use crate::runtime::call::retry;
use crate::runtime::config::settings::Settings;
use crate::runtime::error::RetryClass;
use crate::runtime::error::answer::Answer;
use crate::runtime::error::{ErrorKind, Failed, Failure};
use crate::runtime::http::Body;
use crate::runtime::protocol::bind::{Bound, BuildError};
use crate::runtime::protocol::exception::Fault;
use crate::runtime::protocol::operation::Info;

/// An answer on its way.
pub(crate) type Exchanging<'c> = Pin<Box<dyn Future<Output = Result<Answer, Failed>> + Send + 'c>>;

/// Sends a request, as often as it takes.
///
/// `streamed` says that the body of a success is left to whoever takes the output.
pub(crate) fn send<'c>(
    core: &'c Core,
    info: &'static Info,
    streamed: bool,
    bound: Result<Bound, BuildError>,
) -> Exchanging<'c> {
    Box::pin(async move {
        let span = span(core, info);
        let sending = async {
            let bound = bound.map_err(unsendable)?;
            let own = settings_of(core, &bound)?;
            let settings = own.as_ref().map_or_else(|| core.settings(), Ok)?;
            let prepared = Prepared::new(settings, info, bound)?;
            Attempts::new(core, info, settings, &prepared, streamed)?.run().await
        };
        let end = sending.instrument(span.clone()).await;
        finish(info, &span, end)
    })
}

fn span(core: &Core, info: &'static Info) -> Span {
    debug_span!(
        "call",
        service = core.service.id,
        operation = info.name,
        attempts = field::Empty,
        status = field::Empty,
        request_id = field::Empty,
    )
}

/// Notes what came of a call.
fn finish(info: &'static Info, span: &Span, end: Result<Answer, Failed>) -> Result<Answer, Failed> {
    match end {
        Ok(answer) => {
            note(span, Some(answer.status.as_u16()), answer.request_id());
            span.record("attempts", answer.attempts);
            Ok(answer)
        }
        Err(mut failure) => {
            failure.operation = info.name;
            note(span, failure.status, failure.request_id.as_deref());
            span.record("attempts", failure.attempts);
            Err(failure)
        }
    }
}

/// The settings of a call that says something to the endpoint rule set; all others share the client's.
fn settings_of(core: &Core, bound: &Bound) -> Result<Option<Settings>, Failed> {
    let params = &bound.endpoint_params;
    if params.is_empty() { Ok(None) } else { Settings::resolve(&core.config, core.service, params).map(Some) }
}

/// Builds and signs what a first attempt would send at a given time.
pub(crate) async fn prepare(
    core: &Core,
    info: &'static Info,
    bound: Result<Bound, BuildError>,
    at: SystemTime,
) -> Result<Request<Body>, Failed> {
    let preparing = async {
        let bound = bound.map_err(unsendable)?;
        let own = settings_of(core, &bound)?;
        let settings = own.as_ref().map_or_else(|| core.settings(), Ok)?;
        let prepared = Prepared::new(settings, info, bound)?;
        let identity = identity(core, settings, info, None).await?;
        prepared.sign(core, settings, identity.as_ref(), at)
    };
    preparing.await.map_err(|mut failure| {
        failure.operation = info.name;
        failure
    })
}

/// Says whether an answer is a success, and else what it means. `signed_at` is the time the request was signed with.
pub(crate) fn judge(
    core: &Core,
    info: &'static Info,
    answer: Answer,
    signed_at: Option<SystemTime>,
) -> Result<Answer, Failed> {
    if answer.status.is_success() {
        return Ok(answer);
    }
    let Fault { code, message } = Fault::read(&answer.headers, &answer.body);
    let modelled = code.as_deref().and_then(core.retryable);
    let date = answer.date();
    let skew = signed_at.zip(date).map(|(signed, date)| apart(signed, date));
    let class = retry::answer(answer.status.as_u16(), code.as_deref(), modelled, skew);
    if let (RetryClass::Skewed, Some(date)) = (class, date) {
        core.config.clock.correct(date);
    }
    let mut failure = Failure::new(ErrorKind::Answer, String::new());
    failure.operation = info.name;
    failure.message = message;
    failure.status = Some(answer.status.as_u16());
    failure.code = code;
    failure.request_id = answer.request_id().map(str::to_owned);
    failure.attempts = answer.attempts;
    failure.class = class;
    failure.answer = Some(answer);
    Err(Box::new(failure))
}

/// The failure of an input that cannot be sent.
fn unsendable(error: BuildError) -> Failed {
    // The line starts with the operation already.
    let text = error.to_string();
    let message = text.strip_prefix(error.operation()).unwrap_or(&text).trim_start().to_owned();
    Box::new(Failure::new(ErrorKind::Build, message).caused_by(error.into()))
}

/// Puts what is known of an answer on a span.
pub(crate) fn note(span: &Span, status: Option<u16>, request_id: Option<&str>) {
    if let Some(status) = status {
        span.record("status", status);
    }
    if let Some(id) = request_id {
        span.record("request_id", id);
    }
}
