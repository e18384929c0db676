//! The control API: state, clock, faults, quotas, answers and the log, by HTTP under a prefix that no operation has.

use ::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, ORIGIN};
use ::http::request::Parts;
use ::http::{Method, Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use super::facts;
use super::faults::{Fault, Faults};
use super::plain::{json_response, problem};
use super::service::{Backend, read_quotas};
use super::state::State;
use crate::runtime::base::percent::decoded;

/// The prefix of the control API. Paths of operations begin with a word of letters.
pub(super) const PREFIX: &str = "/_stand_in";

/// The names by which the control API may be reached: `127.0.0.1:8080`, `localhost:8080`.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    pub hosts: Vec<String>,
}

impl Guard {
    /// The refusal of a request that does not come from a program or from the page itself.
    pub fn refuse(&self, headers: &HeaderMap) -> Option<Response<Bytes>> {
        let hosts = self.hosts.join(", ");
        let message = format!("the control API answers to the hosts {hosts}, and to no other origin");
        (!self.admits(headers)).then(|| problem(StatusCode::FORBIDDEN, &message))
    }

    /// Whether a request comes from a program or from the page itself. Another page in a browser has another origin, and one
    /// that resolves its own name to this machine has another host.
    fn admits(&self, headers: &HeaderMap) -> bool {
        let text = |value: &HeaderValue| value.to_str().map(str::to_ascii_lowercase).unwrap_or_default();
        let host = headers.get(HOST).map(text).unwrap_or_default();
        let origin = headers.get(ORIGIN).map(text);
        let is_own = |host: &str| self.hosts.iter().any(|known| known == host);
        is_own(&host) && origin.is_none_or(|origin| origin.strip_prefix("http://").is_some_and(is_own))
    }
}

/// Whether a path is of the control API.
pub(super) fn is_control(path: &str) -> bool {
    path.strip_prefix(PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Answers a request of the control API that its guard admits.
pub(super) fn respond(backend: &Backend, parts: &Parts, body: &[u8]) -> Response<Bytes> {
    let mut response = answered(backend, parts, body);
    // A page of another origin cannot load an answer as a script or an image, either.
    let headers = response.headers_mut();
    headers.insert(::http::header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

fn answered(backend: &Backend, parts: &Parts, body: &[u8]) -> Response<Bytes> {
    if parts.uri.path() == PREFIX {
        return moved();
    }
    let path = parts.uri.path().strip_prefix(PREFIX).unwrap_or_default().trim_matches('/');
    if parts.method == Method::GET {
        if let Some((kind, text)) = super::page::file(path) {
            return page(kind, text);
        }
    }
    let query = parts.uri.query().unwrap_or_default();
    let json = if body.trim_ascii().is_empty() { Ok(Value::Null) } else { serde_json::from_slice(body) };
    let json = match json {
        Ok(json) => json,
        Err(error) => return problem(StatusCode::BAD_REQUEST, &format!("the body is not JSON: {error}")),
    };
    let segments: Vec<&str> = path.split('/').collect();
    match answer(backend, &parts.method, &segments, query, &json) {
        Ok(Some(value)) => json_response(StatusCode::OK, &value),
        Ok(None) => problem(StatusCode::NOT_FOUND, "the control API has no such resource"),
        Err(message) => problem(StatusCode::BAD_REQUEST, &message),
    }
}

/// To the path with a slash at its end: the page names its files from there.
fn moved() -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    response.headers_mut().insert(::http::header::LOCATION, HeaderValue::from_static("/_stand_in/"));
    response
}

fn page(kind: &'static str, text: &'static str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(text.as_bytes()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The page loads nothing from elsewhere, and no other page may show it.
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                  frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    headers.insert(::http::header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

/// The value that a request asks for or leaves; `None` where the API has no such resource.
fn answer(
    backend: &Backend,
    method: &Method,
    path: &[&str],
    query: &str,
    body: &Value,
) -> Result<Option<Value>, String> {
    let done = || Ok(Some(json!({"done": true})));
    let value = match (method.as_str(), path) {
        ("GET", ["status"]) => status(backend),
        ("GET", ["operations"]) => operations(backend),
        ("GET", ["calls"]) => calls(backend, query),
        ("DELETE", ["calls"]) => {
            backend.lock().log.clear();
            return done();
        }
        ("GET", ["resources"]) => return resources(backend, query).map(Some),
        ("GET", ["state"]) => {
            let inner = backend.lock();
            inner.engine.state.to_json(backend.facts())
        }
        ("PUT", ["state"]) => {
            let state = State::from_json(body, backend.facts())?;
            backend.lock().engine.state = state;
            return done();
        }
        ("POST", ["reset"]) => {
            backend.reset();
            return done();
        }
        ("GET", ["clock"]) => json!({"now": backend.lock().engine.state.clock.now()}),
        ("POST", ["clock"]) => return set_clock(backend, body).map(Some),
        ("GET", ["faults"]) => backend.lock().faults.list().iter().map(Fault::to_json).collect(),
        ("PUT", ["faults"]) => {
            let faults = Fault::list_from_json(body)?;
            backend.check_faults(&faults)?;
            backend.lock().faults = Faults::new(faults);
            return done();
        }
        ("DELETE", ["faults"]) => {
            backend.lock().faults = Faults::default();
            return done();
        }
        ("GET", ["quotas"]) => Value::Object(backend.lock().engine.quotas.clone()),
        ("PUT", ["quotas"]) => {
            backend.lock().engine.quotas = read_quotas(backend, body)?;
            return done();
        }
        ("GET", ["answers"]) => json!(backend.lock().engine.state.answers),
        ("PUT", ["answers", operation]) => return set_answer(backend, operation, body).map(Some),
        ("DELETE", ["answers", operation]) => {
            backend.lock().engine.state.answers.remove(*operation);
            return done();
        }
        _ => return Ok(None),
    };
    Ok(Some(value))
}

fn status(backend: &Backend) -> Value {
    let inner = backend.lock();
    let engine = &inner.engine;
    let instance = engine.facts.family("Instance");
    let instances = instance.into_iter().flat_map(|family| engine.state.store.of_family(family));
    let instances: Vec<Value> = instances
        .map(|(_, record)| json!({"id": record.id, "arn": record.arn, "alias": record.members.get("Alias")}))
        .collect();
    json!({
        "service": backend.model().id(),
        "region": engine.region,
        "now": engine.state.clock.now(),
        "resources": engine.state.store.len(),
        "instances": instances,
        "faults": inner.faults.list().len(),
        "calls": inner.log.last(),
    })
}

fn operations(backend: &Backend) -> Value {
    let name = |class: facts::Class| match class {
        facts::Class::Kept => "kept",
        facts::Class::Own => "own",
        facts::Class::Set => "set",
    };
    let classes = facts::classes(backend.facts(), backend.model());
    Value::Object(classes.into_iter().map(|(class, names)| (name(class).to_owned(), json!(names))).collect())
}

fn calls(backend: &Backend, query: &str) -> Value {
    let after = parameter(query, "after").and_then(|after| after.parse().ok()).unwrap_or(0);
    let inner = backend.lock();
    inner.log.after(after).map(super::log::LoggedCall::to_json).collect()
}

/// The most resources that one answer shows.
const SHOWN: usize = 200;

/// The resources of a family of an instance, or how many there are of each family.
fn resources(backend: &Backend, query: &str) -> Result<Value, String> {
    let inner = backend.lock();
    let engine = &inner.engine;
    let instance = parameter(query, "instance");
    let find = parameter(query, "find").unwrap_or_default().to_lowercase();
    let family = parameter(query, "family").map(|name| backend.family(&name)).transpose()?;
    let belongs = |scope: &[String], id: &str| {
        instance.as_deref().is_none_or(|instance| scope.first().map_or(id, String::as_str) == instance)
    };
    let Some(family) = family else {
        let count = |place: usize| {
            let all = engine.state.store.of_family(place);
            all.filter(|(key, record)| belongs(&key.scope, &record.id)).count()
        };
        let counts = engine
            .facts
            .families
            .iter()
            .enumerate()
            .map(|(place, family)| json!({"family": family.name, "count": count(place)}));
        return Ok(counts.collect());
    };
    let all = engine.state.store.of_family(family).filter(|(key, record)| belongs(&key.scope, &record.id));
    let found = all.filter(|(_, record)| {
        find.is_empty() || Value::Object(record.members.clone()).to_string().to_lowercase().contains(&find)
    });
    let shown = found.take(SHOWN).map(|(key, record)| {
        let members: serde_json::Map<String, Value> = record
            .members
            .keys()
            .filter_map(|name| Some((name.clone(), engine.view(key, record).get(name)?.into_owned())))
            .collect();
        json!({
            "id": record.id, "arn": record.arn, "scope": key.scope, "created": record.created,
            "modified": record.modified, "members": members, "lists": record.slots,
        })
    });
    Ok(shown.collect())
}

fn set_clock(backend: &Backend, body: &Value) -> Result<Value, String> {
    let mut inner = backend.lock();
    let clock = &mut inner.engine.state.clock;
    match (body["advance"].as_f64(), body["set"].as_f64()) {
        (Some(seconds), None) => clock.advance(seconds)?,
        (None, Some(seconds)) => clock.set(seconds)?,
        _ => return Err("expected advance or set, with a number of seconds".to_owned()),
    }
    Ok(json!({"now": clock.now()}))
}

/// Has an operation answer what a test says, which is checked against the model.
pub(super) fn set_answer(backend: &Backend, operation: &str, body: &Value) -> Result<Value, String> {
    let found = backend.model().operation(operation).ok_or_else(|| format!("there is no operation {operation}"))?;
    let violations: Vec<String> = backend.model().check_output(found, body).iter().map(ToString::to_string).collect();
    if !violations.is_empty() {
        return Err(format!("this is not an output of {operation}: {}", violations.join("; ")));
    }
    backend.lock().engine.state.answers.insert(operation.to_owned(), body.clone());
    Ok(json!({"done": true}))
}

/// A parameter of a query string, decoded.
fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    String::from_utf8(decoded(&value.replace('+', " ")).into_owned()).ok()
}
