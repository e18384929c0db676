//! Recorders: an HTTP client around another one that keeps what a service answers.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::http::{HeaderMap, Request, Response};
use bytes::Bytes;
use serde_json::Value;

use super::recording::{Answer, Recording, comparable};
use crate::runtime::call::mark::CallMarker;
use crate::runtime::http::{Body, Exchange, HttpClient, Limits, ReadError, TransportError};
use crate::runtime::protocol::exception::ErrorSummary;
use crate::runtime::testing::models::model_of;
use crate::runtime::testing::service::{OperationModel, ServiceModel};

/// The largest body that is recorded.
const LARGEST: usize = 64 << 20;

/// An HTTP client that sends requests by another one and records the exchanges. Clones record together:
///
// Not compiled: the crate that this file is copied to has any name.
/// ```ignore
/// let recorder = Recorder::new(HyperClient::new());
/// let client = Client::new(&Config::from_env().http_client(recorder.clone()));
/// client.list_queues().instance_id(id).send().await?;
/// recorder.recording().save("tests/queues.jsonl")?;
/// ```
///
/// Requests that are not calls of a client, such as those for credentials, are sent and not recorded.
#[derive(Clone)]
pub struct Recorder {
    http: Arc<dyn HttpClient>,
    recording: Arc<Mutex<Recording>>,
}

impl Recorder {
    /// A recorder around an HTTP client.
    #[must_use]
    pub fn new(client: impl HttpClient + 'static) -> Self {
        Self { http: Arc::new(client), recording: Arc::default() }
    }

    /// The recorded calls.
    #[must_use]
    pub fn recording(&self) -> Recording {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Recording> {
        // Nothing panics while an exchange is added.
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps an exchange; one that is not of the model is not kept, for nothing could play it.
    fn keep(&self, mark: &CallMarker, seen: &Seen, status: u16, headers: &HeaderMap, body: &Bytes) {
        let Seen { model, operation, input } = seen;
        let input = comparable(model, operation, input);
        let answer = if (200..300).contains(&status) {
            let output = model.read_output(operation, status, headers, body);
            output.ok().map(|output| Answer::Output(model.redacted(operation.output(), &output)))
        } else {
            Some(error(model, status, headers, body))
        };
        if let Some(answer) = answer {
            self.lock().push(mark, input, answer);
        }
    }
}

/// A request as its service reads it.
struct Seen {
    model: &'static ServiceModel,
    operation: &'static OperationModel,
    input: Value,
}

fn seen(mark: &CallMarker, path_and_query: &str, headers: &HeaderMap, body: &[u8]) -> Option<Seen> {
    let model = model_of(mark.service).ok()?;
    let operation = model.operation(mark.info.name)?;
    let route = model.route_to(operation, path_and_query)?;
    let query = path_and_query.split_once('?').map_or("", |(_, query)| query);
    Some(Seen { model, operation, input: model.read_input(&route, query, headers, body).ok()? })
}

/// An error response. Its message is kept where the model knows the exception and does not call the message sensitive: a message
/// of another kind may quote anything.
fn error(model: &ServiceModel, status: u16, headers: &HeaderMap, body: &Bytes) -> Answer {
    let status_code = ::http::StatusCode::from_u16(status).unwrap_or(::http::StatusCode::INTERNAL_SERVER_ERROR);
    let code = ErrorSummary::read(status_code, headers, body).code.unwrap_or_default();
    let Some(shape) = model.exception(&code) else {
        return Answer::Error { status, code, message: String::new(), members: Value::Null };
    };
    let members = model.read_response(shape, status, headers, body).unwrap_or_default();
    let mut members = model.redacted(model.shape_named(shape.name()), &members);
    let key = members.as_object().and_then(|all| all.keys().find(|key| key.eq_ignore_ascii_case("message")).cloned());
    let message = key.and_then(|key| members.as_object_mut()?.remove(&key));
    let message = message.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    Answer::Error { status, code, message, members }
}

impl HttpClient for Recorder {
    fn send(&self, request: Request<Body>, limits: Limits) -> Exchange<'_> {
        Box::pin(async move {
            let Some(mark) = request.extensions().get::<CallMarker>().copied() else {
                return self.http.send(request, limits).await;
            };
            let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
            // A body that is a stream can be read once, by the service.
            let seen = request.body().as_bytes().and_then(|body| seen(&mark, &path, request.headers(), body));
            let response = self.http.send(request, limits).await?;
            let Some(seen) = seen else { return Ok(response) };
            let (head, body) = response.into_parts();
            let body = body.read(LARGEST).await.map_err(|error| match error {
                ReadError::Transport(error) => error,
                ReadError::TooLarge => TransportError::ambiguous("the response is too large to be recorded"),
            })?;
            self.keep(&mark, &seen, head.status.as_u16(), &head.headers, &body);
            Ok(Response::from_parts(head, body.into()))
        })
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.debug_struct("Recorder").field("http", &self.http).field("exchanges", &self.lock().len()).finish()
    }
}
