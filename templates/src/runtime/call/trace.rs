//! The spans and events of a call. No field holds a message or an input: a service may quote one in the other.
//!
//! Fields with a dot follow OpenTelemetry's conventions: "AWS SDK client spans" and "RPC" for a call, "HTTP client spans" for an
//! attempt. `otel.…` is what bridges from `tracing` read. `url.full` is left out, because labels and the query are inputs;
//! `url.template` stands in its place.

use std::time::Duration;

use ::http::Uri;
use ::http::uri::Scheme;
use tracing::{Span, debug, debug_span, field};

use crate::runtime::call::core::Core;
use crate::runtime::error::Failure;
use crate::runtime::protocol::operation::OperationInfo;

/// The span of a call.
pub(crate) fn call_span(core: &Core, info: &'static OperationInfo) -> Span {
    debug_span!(
        "call",
        service = core.service.id,
        operation = info.name,
        attempts = field::Empty,
        status = field::Empty,
        request_id = field::Empty,
        otel.name = %format_args!("{}.{}", core.service.id, info.name),
        otel.kind = "client",
        otel.status_code = field::Empty,
        rpc.system = "aws-api",
        rpc.service = core.service.id,
        rpc.method = info.name,
        http.response.status_code = field::Empty,
        aws.request_id = field::Empty,
        error.type = field::Empty,
    )
}

/// The span of one attempt.
pub(crate) fn attempt_span(info: &'static OperationInfo, number: u32, uri: &Uri) -> Span {
    let template = info.uri.split('?').next().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(if uri.scheme() == Some(&Scheme::HTTP) { 80 } else { 443 });
    debug_span!(
        "attempt",
        operation = info.name,
        attempt = number,
        status = field::Empty,
        request_id = field::Empty,
        otel.name = %format_args!("{} {template}", info.method),
        otel.kind = "client",
        otel.status_code = field::Empty,
        http.request.method = info.method,
        http.request.resend_count = (number > 1).then(|| number - 1),
        url.template = template,
        server.address = uri.host(),
        server.port = port,
        http.response.status_code = field::Empty,
        aws.request_id = field::Empty,
        error.type = field::Empty,
    )
}

/// Records what is known of a response on a span.
pub(crate) fn record_response(span: &Span, status: Option<u16>, request_id: Option<&str>) {
    if let Some(status) = status {
        span.record("status", status);
        span.record("http.response.status_code", status);
    }
    if let Some(id) = request_id {
        span.record("request_id", id);
        span.record("aws.request_id", id);
    }
}

/// Records on a span why it has no success: the service's code where there is one, or else the kind of the failure.
pub(crate) fn record_failure(span: &Span, failure: &Failure) {
    if span.is_disabled() {
        return;
    }
    span.record("otel.status_code", "ERROR");
    match failure.code.as_deref() {
        Some(code) => span.record("error.type", code),
        None => span.record("error.type", field::debug(failure.kind)),
    };
}

/// Logs that another attempt follows a failed one.
pub(crate) fn log_retry(span: &Span, failure: &Failure, wait: Duration) {
    debug!(
        parent: span,
        kind = ?failure.kind,
        code = failure.code.as_deref(),
        wait = ?wait,
        "the attempt failed, another one follows"
    );
}
