//! Takes an operation by its type; gives what can be asked about it without that type.
//!
//! Three functions are compiled for each operation: one from JSON to the bound input, one from an answer to the output's
//! JSON or an error, and one from there to what is said of the error. All else is compiled once.

use std::time::SystemTime;

use serde_json::{Map, Value};

use super::json;
use crate::runtime::base::json::{self as reader, Json};
use crate::runtime::call::builder::{bound, decode};
use crate::runtime::call::client::Core;
use crate::runtime::call::send;
use crate::runtime::error::answer::Answer;
use crate::runtime::error::{Error, ErrorKind, Failed};
use crate::runtime::protocol::bind::{Bound, BuildError};
use crate::runtime::protocol::operation::{Exception, Info, Operation, Output, Service, Visitor};
use crate::runtime::shape::derive::deserialize;

/// The visitor to go to an operation with.
#[derive(Debug, Clone, Copy)]
pub struct Visit;

/// An operation that can be asked about.
#[derive(Debug, Clone, Copy)]
pub struct Spoken {
    info: &'static Info,
    bind: fn(&str) -> Result<Binding, String>,
    decode: fn(&Core, Judged) -> Result<Vec<u8>, String>,
}

/// What a call hands on of its input, and what it is handed back.
type Binding = Result<Bound, BuildError>;
type Judged = Result<Answer, Failed>;

impl<S: Service> Visitor<S> for Visit {
    type Output = Spoken;

    fn visit<R: Operation<Service = S>>(self) -> Spoken {
        Spoken { info: const { &R::INFO }, bind: bind_text::<R>, decode: decode_text::<R> }
    }
}

/// Binds the input that JSON by member names says; the outer error is that it says none.
fn bind_text<R: Operation>(params: &str) -> Result<Binding, String> {
    let mut from = Json::new(params);
    let mut input: R = deserialize(&mut from).map_err(|error| error.to_string())?;
    Ok(bound(&mut input))
}

/// Reads an answer; gives the output by member names, or the answer that an error is.
fn decode_text<R: Operation>(core: &Core, answer: Judged) -> Result<Vec<u8>, String> {
    let output = decode::<R>(core, answer).map_err(|error| failure(&error))?;
    let mut json = Vec::new();
    match output.write(&mut serde_json::Serializer::new(&mut json)) {
        Ok(()) => Ok(json),
        Err(error) => Err(json::error("decode", &error.to_string())),
    }
}

/// What is answered for a call that failed.
fn failure<E: Exception>(error: &Error<E>) -> String {
    if error.kind() != ErrorKind::Answer {
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

impl Spoken {
    /// The request that a call with this input would send.
    pub(super) async fn build(&self, core: &Core, params: &str, at: SystemTime) -> String {
        let bound = match (self.bind)(params) {
            Ok(bound) => bound,
            Err(message) => return json::error("usage", &message),
        };
        match send::prepare(core, self.info, bound, at).await {
            Ok(request) => json::request(&request),
            Err(failure) => json::error("build", failure.message.as_deref().unwrap_or_default()),
        }
    }

    /// What a call would make of an answer.
    pub(super) fn read(&self, core: &Core, answer: Answer) -> String {
        match (self.decode)(core, send::judge(core, self.info, answer, None)) {
            Ok(output) => format!("{{\"output\":{}}}", String::from_utf8_lossy(&output)),
            Err(answer) => answer,
        }
    }
}
