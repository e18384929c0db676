//! Answers, as one line of JSON each.

use ::http::{HeaderMap, Request};
use serde_json::{Map, Value, json};

use crate::runtime::error::Error;
use crate::runtime::http::Body;
use crate::runtime::protocol::operation::OperationInfo;
use crate::runtime::shape::blob;

/// An error of a kind.
pub(super) fn error(kind: &str, message: &str) -> String {
    json!({"error": {"kind": kind, "message": message}}).to_string()
}

/// All operations, with what the model says of them.
pub(super) fn operations(operations: &[OperationInfo]) -> Value {
    let operation = |info: &OperationInfo| {
        json!({
            "name": info.name,
            "method": info.method,
            "uri": info.uri,
            "input": info.input,
            "output": info.output,
            "errors": info.errors,
            "paginated": info.paginated,
        })
    };
    operations.iter().map(operation).collect()
}

/// An exception, known to the model or not, with its members.
pub(super) fn exception<E>(error: &Error<E>, fields: &Value) -> String {
    let exception = json!({
        "code": error.code(),
        "message": error.message(),
        "status": error.status(),
        "request_id": error.request_id(),
        "fields": fields,
    });
    json!({"exception": exception}).to_string()
}

/// A request as it is sent.
pub(super) fn request(request: &Request<Body>) -> String {
    let mut answer = Map::new();
    answer.insert("method".to_owned(), request.method().as_str().into());
    answer.insert("url".to_owned(), request.uri().to_string().into());
    answer.insert("headers".to_owned(), headers(request.headers()));
    match request.body().as_bytes().map(|body| (body, std::str::from_utf8(body))) {
        Some((_, Ok(text))) => answer.insert("body".to_owned(), text.into()),
        Some((bytes, Err(_))) => answer.insert("body_base64".to_owned(), blob::encode(bytes).into()),
        None => return error("build", "the body is a stream, of which only the service sees the bytes"),
    };
    Value::Object(answer).to_string()
}

/// Headers by their names in lower case; the values of one that comes several times with commas between them.
pub(super) fn headers(headers: &HeaderMap) -> Value {
    let value = |name| {
        let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        Value::String(values.collect::<Vec<_>>().join(","))
    };
    headers.keys().map(|name| (name.as_str().to_owned(), value(name))).collect()
}
