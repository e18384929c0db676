//! The spans and events of a call. No field holds a message or an input: a service may quote one in the other.

use std::time::Duration;

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
    )
}

/// The span of one attempt.
pub(crate) fn attempt_span(info: &'static OperationInfo, number: u32) -> Span {
    debug_span!("attempt", operation = info.name, attempt = number, status = field::Empty, request_id = field::Empty)
}

/// Records what is known of a response on a span.
pub(crate) fn record_response(span: &Span, status: Option<u16>, request_id: Option<&str>) {
    if let Some(status) = status {
        span.record("status", status);
    }
    if let Some(id) = request_id {
        span.record("request_id", id);
    }
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
