//! Responses that are no operation's: JSON, and what is wrong with a request.

use ::http::header::HeaderValue;
use ::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

/// A response of JSON that is no operation's.
pub(super) fn json_response(status: StatusCode, value: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(value.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(::http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A response that says what is wrong with a request that is no operation's.
pub(super) fn problem(status: StatusCode, message: &str) -> Response<Bytes> {
    json_response(status, &json!({"message": message}))
}
