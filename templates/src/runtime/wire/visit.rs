//! The handle of an operation: the questions about it, without its type.
//!
//! Three functions are compiled for each operation: one binds an input that is JSON, one writes the output or the error of a
//! response as JSON, and one the members of an exception. All else is compiled once.

use std::time::SystemTime;

use serde_json::{Map, Value};

use super::json;
use crate::runtime::base::json::{self as reader, Json};
use crate::runtime::call::classify::classify_response;
use crate::runtime::call::core::Core;
use crate::runtime::call::response::{CallFailure, RawResponse};
use crate::runtime::call::send;
use crate::runtime::call::sending::{bound, decode};
use crate::runtime::error::{Error, ErrorKind};
use crate::runtime::protocol::bind::{BoundRequest, BuildError, EmptyText};
use crate::runtime::protocol::operation::{Exception, Operation, OperationInfo, Output, Service, Visitor};
use crate::runtime::shape::derive::deserialize_tolerant;

/// The visitor that makes the handle of an operation.
#[derive(Debug, Clone, Copy)]
pub struct Visit;

/// An operation, for questions about it.
#[derive(Debug, Clone, Copy)]
pub struct OperationHandle {
    info: &'static OperationInfo,
    bind: fn(&str) -> Result<Binding, String>,
    decode: fn(&Core, Classified) -> Result<Vec<u8>, String>,
}

type Binding = Result<BoundRequest, BuildError>;
type Classified = Result<RawResponse, CallFailure>;

impl<S: Service> Visitor<S> for Visit {
    type Output = OperationHandle;

    fn visit<R: Operation<Service = S>>(self) -> OperationHandle {
        OperationHandle { info: const { &R::INFO }, bind: bind_text::<R>, decode: decode_text::<R> }
    }
}

/// Binds an input that is JSON by member names; the outer error says why the JSON is no input.
fn bind_text<R: Operation>(params: &str) -> Result<Binding, String> {
    let mut from = Json::new(params);
    let mut input: R = deserialize_tolerant(&mut from).map_err(|error| error.to_string())?;
    Ok(bound(&mut input, EmptyText::Given))
}

/// The output of a response, as JSON by member names; the error is the answer for a response that is an error.
fn decode_text<R: Operation>(core: &Core, response: Classified) -> Result<Vec<u8>, String> {
    let output = decode::<R>(core, response).map_err(|error| failure(&error))?;
    let mut json = Vec::new();
    match output.write(&mut serde_json::Serializer::new(&mut json)) {
        Ok(()) => Ok(json),
        Err(error) => Err(json::error("decode", &error.to_string())),
    }
}

/// The answer for a call that failed.
fn failure<E: Exception>(error: &Error<E>) -> String {
    if error.kind() != ErrorKind::Service {
        return json::error("decode", error.message().unwrap_or_default());
    }
    match error.exception().map_or_else(|| Ok(Value::Object(Map::new())), fields) {
        Ok(fields) => json::exception(error, &fields),
        Err(error) => json::error("decode", &error),
    }
}

/// The members of an exception.
fn fields<E: Exception>(exception: &E) -> Result<Value, String> {
    let mut json = Vec::new();
    exception.write(&mut serde_json::Serializer::new(&mut json)).map_err(|error| error.to_string())?;
    reader::from_slice(&json).map_err(|error| error.to_string())
}

impl OperationHandle {
    /// The request that a call with this input would send.
    pub(super) async fn build(&self, core: &Core, params: &str, at: SystemTime) -> String {
        let bound = match (self.bind)(params) {
            Ok(bound) => bound,
            Err(message) => return json::error("usage", &message),
        };
        match send::prepare(core, self.info, bound, at, None).await {
            Ok(request) => json::request(&request),
            Err(failure) => json::error("build", failure.message.as_deref().unwrap_or_default()),
        }
    }

    /// The result that a call reads from a response.
    pub(super) fn read(&self, core: &Core, response: RawResponse) -> String {
        match (self.decode)(core, classify_response(core, self.info, response, None, true)) {
            Ok(output) => format!("{{\"output\":{}}}", String::from_utf8_lossy(&output)),
            Err(answer) => answer,
        }
    }
}
