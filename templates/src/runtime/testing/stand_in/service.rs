//! The service behind the server: requests in, responses out, with faults, log and state behind one lock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use ::http::Response;
use ::http::header::{HeaderName, HeaderValue};
use ::http::request::Parts;
use bytes::Bytes;
use serde_json::{Map, Value};

use super::super::service::{OperationModel, ServiceModel};
use super::engine::Engine;
use super::facts::Facts;
use super::faults::{Fault, Faults, Met};
use super::log::{Log, LoggedCall};
use super::options::StandInOptions;
use super::own;
use super::refusal::Refusal;
use super::state::State;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::protocol::operation::Service;

/// The most levels of an input: within a state it is a few levels deeper, and JSON of more than 128 is not read.
const DEEPEST: usize = 100;

/// The handling of a request.
pub(super) enum Answer {
    Response(Response<Bytes>),
    /// The connection is lost.
    Lost,
}

/// A stand-in without its sockets.
#[derive(Debug)]
pub(super) struct Backend {
    model: Arc<ServiceModel>,
    facts: Arc<Facts>,
    seed: Option<u64>,
    /// The keys that requests are signed with; any, or none, where there are none.
    keys: Option<Credentials>,
    inner: Mutex<Inner>,
}

/// The state that calls change.
#[derive(Debug)]
pub(super) struct Inner {
    pub engine: Engine,
    pub faults: Faults,
    pub log: Log,
    requests: u64,
}

impl Backend {
    pub fn new<S: Service>(model: ServiceModel, facts: Facts, options: &StandInOptions<S>) -> Self {
        let (model, facts) = (Arc::new(model), Arc::new(facts));
        let engine = Engine {
            own: own::behaviour,
            check: own::check,
            model: Arc::clone(&model),
            facts: Arc::clone(&facts),
            region: options.region.clone(),
            url: String::new(),
            quotas: Map::new(),
            state: State::new(options.seed),
        };
        let inner = Inner { engine, faults: Faults::default(), log: Log::default(), requests: 0 };
        Self { model, facts, seed: options.seed, keys: options.keys.clone(), inner: Mutex::new(inner) }
    }

    pub fn model(&self) -> &ServiceModel {
        &self.model
    }

    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The place of a family.
    pub fn family(&self, name: &str) -> Result<usize, String> {
        self.facts.family(name).ok_or_else(|| {
            let names: Vec<&str> = self.facts.families.iter().map(|family| family.name.as_str()).collect();
            format!("there is no family {name}; there are {}", names.join(", "))
        })
    }

    /// Finds a fault of an operation that there is not: no call would ever meet it.
    pub fn check_faults(&self, faults: &[Fault]) -> Result<(), String> {
        let unknown = faults.iter().filter_map(|fault| fault.operation.as_deref());
        match unknown.into_iter().find(|name| self.model.operation(name).is_none()) {
            Some(name) => Err(format!("there is no operation {name}")),
            None => Ok(()),
        }
    }

    /// The state that calls change. A panic in a call would leave it as the call found it or changed it; the next goes on with that.
    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets all resources, tokens and calls, and starts anew from the seed.
    pub fn reset(&self) {
        let mut inner = self.lock();
        inner.engine.state = State::new(self.seed);
        inner.log.clear();
    }

    /// The effect of the faults on a request, before it is answered.
    pub fn meet(&self, parts: &Parts) -> Met {
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let Some(route) = self.model.route(parts.method.as_str(), target) else { return Met::default() };
        self.lock().faults.meet(route.operation.name(), Instant::now())
    }

    /// Answers a request to the URL of a file.
    pub fn file(&self, parts: &Parts, body: &[u8]) -> Response<Bytes> {
        super::files::respond(&mut self.lock().engine, &parts.method, parts.uri.path(), body)
    }

    /// Answers a request of an operation.
    pub fn answer(&self, parts: &Parts, body: &[u8], met: Met) -> Answer {
        let start = Instant::now();
        if met.lost == Some(false) {
            return Answer::Lost;
        }
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
        let mut inner = self.lock();
        // Whoever reached the stand-in by a name of its own, as from a container, reaches its files by the same.
        let host = parts.headers.get(::http::header::HOST).and_then(|host| host.to_str().ok());
        inner.engine.url = format!("http://{}", host.unwrap_or("localhost"));
        let mut entry = LoggedCall {
            number: 0,
            operation: String::new(),
            status: 0,
            at: inner.engine.state.clock.now(),
            micros: 0,
            input: Value::Null,
            answer: Value::Null,
        };
        let response = match self.model.route(parts.method.as_str(), target) {
            None => {
                let methods = ["GET", "PUT", "POST", "DELETE", "PATCH"].into_iter();
                let others: Vec<&str> = methods.filter(|method| self.model.route(method, target).is_some()).collect();
                let known =
                    if others.is_empty() { String::new() } else { format!("; the path has {}", others.join(", ")) };
                let message = format!("no operation has the route {} {}{known}", parts.method, parts.uri.path());
                ServiceModel::write_error(404, "UnknownOperationException", &message)
            }
            Some(route) => {
                route.operation.name().clone_into(&mut entry.operation);
                let rejected = self
                    .keys
                    .as_ref()
                    .filter(|_| !route.operation.is_unsigned())
                    .and_then(|keys| super::keys::verify(parts, body, keys, self.model.signing_name()).err());
                let query = parts.uri.query().unwrap_or_default();
                let read = self.model.read_input(&route, query, &parts.headers, body);
                let input = read.map(|input| {
                    entry.input = input;
                    &entry.input
                });
                let error =
                    rejected.map(|(code, message)| (code.to_owned(), Some(403), message.to_owned())).or(met.error);
                let (response, answer) = match (error, input) {
                    (Some((code, status, message)), _) => (self.error(&code, status, &message), Value::Null),
                    (None, Err(error)) => {
                        let text = error.to_string();
                        (ServiceModel::write_error(400, "SerializationException", &text), Value::Null)
                    }
                    (None, Ok(input)) => self.call(&mut inner.engine, route.operation, input),
                };
                // An error is logged as it is written.
                let is_success = response.status().is_success();
                entry.answer =
                    if is_success { answer } else { serde_json::from_slice(response.body()).unwrap_or_default() };
                response
            }
        };
        inner.requests += 1;
        let response = with_request_id(response, inner.requests);
        let lost = met.lost == Some(true);
        entry.status = if lost { 0 } else { response.status().as_u16() };
        entry.micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        inner.log.push(entry);
        if lost { Answer::Lost } else { Answer::Response(response) }
    }

    fn error(&self, code: &str, status: Option<u16>, message: &str) -> Response<Bytes> {
        match status {
            Some(status) => ServiceModel::write_error(status, code, message),
            None => self.model.write_exception(code, message, &Map::new()),
        }
    }

    /// The response to a call that was read, and the output that it was written from.
    fn call(&self, engine: &mut Engine, operation: &OperationModel, input: &Value) -> (Response<Bytes>, Value) {
        let violations = self.model.check(operation, input);
        let mut message: Vec<String> = violations.iter().map(ToString::to_string).collect();
        if is_deeper(input, DEEPEST) {
            message.push(format!("the input is nested more than {DEEPEST} levels deep"));
        }
        if !message.is_empty() {
            let code = self.model.refusal(operation);
            return (self.model.write_exception(code, &message.join("; "), &Map::new()), Value::Null);
        }
        let empty = Map::new();
        let members = input.as_object().unwrap_or(&empty);
        match engine.call(operation, members) {
            Err(Refusal { code, message, members }) => {
                (self.model.write_exception(&code, &message, &members), Value::Null)
            }
            Ok(output) => match self.model.write_output(operation, &output) {
                Ok(response) => (response, output),
                // An answer that a test set may be none of the operation.
                Err(error) => (self.error("InternalServiceException", Some(500), &error.to_string()), Value::Null),
            },
        }
    }
}

/// Whether a value has more levels than there may be.
fn is_deeper(value: &Value, levels: usize) -> bool {
    let Some(inner) = levels.checked_sub(1) else { return value.is_array() || value.is_object() };
    match value {
        Value::Array(elements) => elements.iter().any(|value| is_deeper(value, inner)),
        Value::Object(members) => members.values().any(|value| is_deeper(value, inner)),
        _ => false,
    }
}

fn with_request_id(mut response: Response<Bytes>, number: u64) -> Response<Bytes> {
    let id = format!("00000000-0000-4000-8000-{number:012x}");
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-amzn-requestid"), id);
    }
    response
}

/// Quotas: the most resources by the names of families.
pub(super) fn read_quotas(backend: &Backend, body: &Value) -> Result<serde_json::Map<String, Value>, String> {
    let quotas = body.as_object().ok_or("expected an object: the most resources by the name of a family")?;
    for (name, most) in quotas {
        backend.family(name)?;
        if !most.is_u64() {
            return Err(format!("{name}: expected a number"));
        }
    }
    Ok(quotas.clone())
}
