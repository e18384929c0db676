//! A question, read from its line.

use std::time::SystemTime;

use ::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use bytes::Bytes;
use serde_json::{Map, Value};

use crate::runtime::base::json;
use crate::runtime::call::response::RawResponse;
use crate::runtime::shape::blob;
use crate::runtime::shape::timestamp::DateTime;

/// One question.
pub(super) struct Question {
    pub(super) operation: String,
    pub(super) what: QuestionKind,
}

/// The two kinds of question about an operation.
pub(super) enum QuestionKind {
    /// The request that a call with this input would send at a time; the input is JSON by member names.
    Build { params: String, at: SystemTime },
    /// The result that a call reads from a response.
    Read(RawResponse),
    /// The input that a server reads from a request.
    #[cfg(any(feature = "mock", feature = "stand_in"))]
    Receive(Received),
    /// The response by which a server answers an output, which is JSON by member names.
    #[cfg(any(feature = "mock", feature = "stand_in"))]
    Respond(Value),
}

/// A request, as a server has it.
#[cfg(any(feature = "mock", feature = "stand_in"))]
pub(super) struct Received {
    pub(super) method: String,
    /// The path and the query string.
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Question {
    /// Reads a line. The error says what is wrong with it.
    pub(super) fn parse(line: &[u8]) -> Result<Self, String> {
        let mut line: Map<String, Value> = json::from_slice(line).map_err(|error| error.to_string())?;
        let operation = text(&mut line, "operation")?.ok_or("`operation` is missing")?;
        let at = text(&mut line, "at")?;
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        if let Some(what) = server_question(&mut line)? {
            known(&line)?;
            return Ok(Self { operation, what });
        }
        let what = match (line.remove("params"), line.remove("response")) {
            (Some(params @ Value::Object(_)), None) => {
                // As text again, so that all inputs are read by the same code as all outputs: it is compiled once.
                QuestionKind::Build { params: params.to_string(), at: time(at)? }
            }
            (None, Some(Value::Object(response))) => QuestionKind::Read(self::response(response)?),
            _ => return Err("a question has one of `params` and `response`, which is an object".to_owned()),
        };
        known(&line)?;
        Ok(Self { operation, what })
    }
}

fn time(at: Option<String>) -> Result<SystemTime, String> {
    let Some(at) = at else { return Ok(SystemTime::now()) };
    let time = DateTime::parse(&at).map_err(|error| format!("`at`: {error}"))?;
    time.try_into().map_err(|_| "`at` is a time that this system cannot represent".to_owned())
}

fn response(mut response: Map<String, Value>) -> Result<RawResponse, String> {
    let status = match response.remove("status") {
        None => 200,
        Some(status) => status.as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(0),
    };
    let status = StatusCode::from_u16(status).map_err(|_| "`status` is not an HTTP status".to_owned())?;
    let (headers, body) = content(&mut response)?;
    known(&response)?;
    Ok(RawResponse::whole(status, headers, body))
}

/// A question to the server's half: `request` or `output`.
#[cfg(any(feature = "mock", feature = "stand_in"))]
fn server_question(line: &mut Map<String, Value>) -> Result<Option<QuestionKind>, String> {
    match (line.remove("request"), line.remove("output")) {
        (None, None) => Ok(None),
        (None, Some(output)) => Ok(Some(QuestionKind::Respond(output))),
        (Some(Value::Object(mut request)), None) => {
            let method = text(&mut request, "method")?.ok_or("`method` is missing")?;
            let target = text(&mut request, "target")?.ok_or("`target` is missing")?;
            let (headers, body) = content(&mut request)?;
            known(&request)?;
            Ok(Some(QuestionKind::Receive(Received { method, target, headers, body })))
        }
        _ => Err("a question has one of `request`, which is an object, and `output`".to_owned()),
    }
}

/// The headers and the body of a message.
fn content(message: &mut Map<String, Value>) -> Result<(HeaderMap, Bytes), String> {
    let headers = match message.remove("headers") {
        None => HeaderMap::new(),
        Some(Value::Object(headers)) => read_headers(headers)?,
        Some(_) => return Err("`headers` is not an object".to_owned()),
    };
    let body = match (text(message, "body")?, text(message, "body_base64")?) {
        (body, None) => Bytes::from(body.unwrap_or_default()),
        (None, Some(base64)) => blob::decode(&base64).ok_or("`body_base64` is not base64")?.into(),
        (Some(_), Some(_)) => return Err("a message has one of `body` and `body_base64`".to_owned()),
    };
    Ok((headers, body))
}

/// Headers by name; one that comes several times has a list of values.
fn read_headers(given: Map<String, Value>) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let wrong = || format!("{name:?} is not a header, or its value is not the value of one");
        let values = match value {
            Value::Array(values) => values,
            value => vec![value],
        };
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
        for value in values {
            let value = value.as_str().and_then(|value| HeaderValue::from_bytes(value.as_bytes()).ok());
            headers.append(&name, value.ok_or_else(wrong)?);
        }
    }
    Ok(headers)
}

fn text(line: &mut Map<String, Value>, key: &str) -> Result<Option<String>, String> {
    match line.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{key}` is not a string")),
    }
}

/// Checks that no key is left: a misspelt key must not count as an absent one.
fn known(rest: &Map<String, Value>) -> Result<(), String> {
    match rest.keys().next() {
        None => Ok(()),
        Some(key) => Err(format!("unknown key {key:?}")),
    }
}
