//! The way of a call from its bound input to the response, compiled once for all operations.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use ::http::Request;
use tracing::{Instrument, Span};

use crate::runtime::call::attempts::Attempts;
use crate::runtime::call::core::Core;
use crate::runtime::call::identity::identity;
use crate::runtime::call::prepare::Prepared;
use crate::runtime::call::response::{CallFailure, Response};
use crate::runtime::call::trace::{call_span, record_response};
use crate::runtime::config::settings::Settings;
use crate::runtime::error::{ErrorKind, Failed, Failure};
use crate::runtime::http::Body;
use crate::runtime::protocol::bind::{Bound, BuildError};
use crate::runtime::protocol::operation::OperationInfo;

/// A response that is still to come.
pub(crate) type Exchanging = Pin<Box<dyn Future<Output = Result<Response, CallFailure>> + Send>>;

/// Sends a request, as often as it takes. `streamed` says that the body of a success is left to the reader of the output.
pub(crate) fn send(
    core: Arc<Core>,
    info: &'static OperationInfo,
    streamed: bool,
    bound: Result<Bound, BuildError>,
) -> Exchanging {
    Box::pin(async move {
        let core = &*core;
        let span = call_span(core, info);
        let sending = async {
            let bound = bound.map_err(build_failure)?;
            let own = settings_of(core, &bound)?;
            let settings = own.as_ref().map_or_else(|| core.settings(), Ok)?;
            let prepared = Prepared::new(settings, info, bound)?;
            Attempts::new(core, info, settings, &prepared, streamed)?.run().await
        };
        let end = sending.instrument(span.clone()).await;
        finish(info, &span, end)
    })
}

/// Records the end of a call.
fn finish(
    info: &'static OperationInfo,
    span: &Span,
    end: Result<Response, CallFailure>,
) -> Result<Response, CallFailure> {
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
            span.record("attempts", failure.attempts);
            Err(failed)
        }
    }
}

/// The settings of a call with parameters of its own for the endpoint rule set; all others share the client's.
fn settings_of(core: &Core, bound: &Bound) -> Result<Option<Settings>, Failed> {
    let params = &bound.endpoint_params;
    if params.is_empty() { Ok(None) } else { Settings::resolve(&core.config, core.service, params).map(Some) }
}

/// Builds and signs the request of a first attempt at a given time.
pub(crate) async fn prepare(
    core: &Core,
    info: &'static OperationInfo,
    bound: Result<Bound, BuildError>,
    at: SystemTime,
) -> Result<Request<Body>, Failed> {
    let preparing = async {
        let bound = bound.map_err(build_failure)?;
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

/// The failure of an input that cannot be sent.
fn build_failure(error: BuildError) -> Failed {
    Box::new(Failure::of(ErrorKind::Build, error.into()))
}
