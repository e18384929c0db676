//! The way of a call from its bound input to the response, compiled once for all operations.

use std::ops::Deref;
use std::sync::Arc;
use std::time::SystemTime;

use ::http::Request;
use tracing::{Instrument, Span};

use crate::runtime::base::deadline::{after, require_timer, within};
use crate::runtime::base::threads::BoxFuture;
use crate::runtime::base::time::Instant;
use crate::runtime::call::aside::{Reading, is_large, read_aside};
use crate::runtime::call::attempts::Attempts;
use crate::runtime::call::core::Core;
use crate::runtime::call::execution::Execution;
use crate::runtime::call::identity::identity;
use crate::runtime::call::prepare::Prepared;
use crate::runtime::call::response::{CallFailure, RawResponse};
use crate::runtime::call::trace::{call_span, record_failure, record_response};
use crate::runtime::config::settings::Settings;
use crate::runtime::error::{ErrorKind, Failed, Failure};
use crate::runtime::http::Body;
use crate::runtime::protocol::bind::{BoundRequest, BuildError};
use crate::runtime::protocol::operation::OperationInfo;

/// A response that is still to come.
pub(crate) type Exchanging = BoxFuture<'static, Result<RawResponse, CallFailure>>;

/// Sends a request, as often as it takes. `streamed` says that the body of a success is left to the reader of the output;
/// a large one is read by `reading` on another thread.
pub(crate) fn send(
    core: Arc<Core>,
    info: &'static OperationInfo,
    streamed: bool,
    reading: Reading,
    bound: Result<BoundRequest, BuildError>,
    execution: Option<Arc<Execution>>,
) -> Exchanging {
    Box::pin(async move {
        let core = &*core;
        let span = call_span(core, info);
        let execution = execution.as_deref();
        if let Some(execution) = execution {
            execution.begin();
        }
        let sending = async {
            let deadline = after(core.config.timeouts.call);
            let bound = bound.map_err(build_failure)?;
            let settings = settings_of(core, &bound, deadline).await?;
            let prepared = Prepared::new(&settings, info, bound)?;
            let mut response =
                Attempts::new(core, info, &settings, &prepared, streamed, deadline, execution)?.run().await?;
            if is_large(&response) {
                // In a box: few responses are large, and all calls have room for this future.
                Box::pin(read_aside(&mut response, reading, core.config.strict, deadline)).await;
            }
            Ok(response)
        };
        let end = sending.instrument(span.clone()).await;
        finish(info, &span, end)
    })
}

/// Records the end of a call.
fn finish(
    info: &'static OperationInfo,
    span: &Span,
    end: Result<RawResponse, CallFailure>,
) -> Result<RawResponse, CallFailure> {
    match end {
        Ok(response) => {
            record_response(span, Some(response.status.as_u16()), response.request_id());
            span.record("attempts", response.attempts);
            Ok(response)
        }
        Err(mut failed) => {
            let failure = &mut failed.failure;
            failure.operation = info.name;
            record_response(span, failure.status, failure.request_id.as_deref());
            record_failure(span, failure);
            span.record("attempts", failure.attempts);
            Err(failed)
        }
    }
}

/// The settings of a call.
enum CallSettings<'c> {
    /// Those of the client, which most calls share.
    Shared(&'c Settings),
    /// Those of a call with parameters of its own for the endpoint rule set.
    Own(Box<Settings>),
}

impl Deref for CallSettings<'_> {
    type Target = Settings;

    fn deref(&self) -> &Settings {
        match self {
            Self::Shared(settings) => settings,
            Self::Own(settings) => settings,
        }
    }
}

/// The settings of a call, looked up by then where they are not known.
async fn settings_of<'c>(
    core: &'c Core,
    bound: &BoundRequest,
    deadline: Option<Instant>,
) -> Result<CallSettings<'c>, Failed> {
    let params = &*bound.endpoint_params;
    if let (Some(settings), []) = (core.known_settings(), params) {
        return Ok(CallSettings::Shared(settings));
    }
    if deadline.is_some() {
        require_timer().or_else(|message| Failure::failed(ErrorKind::Config, message))?;
    }
    // In a box: few calls look settings up, and all have room for this future.
    let look_up: BoxFuture<'_, Result<CallSettings<'c>, Failed>> = Box::pin(async {
        if params.is_empty() {
            return core.settings().await.map(CallSettings::Shared);
        }
        let own = Settings::resolve(&core.config, core.service, params).await?;
        Ok(CallSettings::Own(Box::new(own)))
    });
    let late = || Failure::failed(ErrorKind::Timeout, "the settings could not be read within the call's timeout");
    within(deadline, look_up).await.unwrap_or_else(late)
}

/// Builds and signs the request of a first attempt at a given time.
pub(crate) async fn prepare(
    core: &Core,
    info: &'static OperationInfo,
    bound: Result<BoundRequest, BuildError>,
    at: SystemTime,
    execution: Option<&Execution>,
) -> Result<Request<Body>, Failed> {
    let preparing = async {
        let bound = bound.map_err(build_failure)?;
        let settings = settings_of(core, &bound, None).await?;
        let prepared = Prepared::new(&settings, info, bound)?;
        let identity = identity(core, &settings, info, None).await?;
        prepared.sign(core, &settings, identity.as_ref(), at, execution, 1)
    };
    preparing.await.map_err(|mut failure| {
        failure.operation = info.name;
        failure
    })
}

/// The failure of an input that cannot be sent.
fn build_failure(error: BuildError) -> Failed {
    Box::new(Failure::of(ErrorKind::Build, error.into()))
}
