//! Recordings: exchanges with a service, as lines of JSON without credentials and without what the model calls sensitive, and
//! their answers to calls with the same input.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::path::Path;

use ::http::Response;
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::fault::{Fault, Kind};
use super::question::{Question, Reply};
use crate::runtime::call::mark::CallMarker;
use crate::runtime::testing::service::{OperationModel, ServiceModel};

/// Exchanges with a service. [`Recorder`](super::Recorder) makes one, and [`Mock::play`](super::Mock::play) answers calls from
/// one: each call by the exchanges of its operation that have the same input, in order, and the last of them for ever.
///
/// A recording holds inputs and outputs by the model's member names. It holds no header of a request, so no credential, and
/// nothing that the model calls sensitive. One of another version of the crate plays as long as its operations exist.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recording {
    exchanges: Vec<Value>,
}

/// A text that is no recording.
#[derive(Debug)]
pub struct RecordingError(String);

impl fmt::Display for RecordingError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

impl std::error::Error for RecordingError {}

impl Recording {
    /// Reads a recording from a file.
    ///
    /// # Errors
    /// A file that cannot be read, and one that is no recording, with the line that is wrong.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|error| RecordingError(format!("the recording {}: {error}", path.display())))?;
        Self::parse(&text).map_err(|error| RecordingError(format!("the recording {}: {error}", path.display())))
    }

    /// Reads the text of a recording: an exchange on each line.
    ///
    /// # Errors
    /// A line that is no exchange.
    pub fn parse(text: &str) -> Result<Self, RecordingError> {
        let mut exchanges = Vec::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let wrong = |why: &str| RecordingError(format!("line {} is not an exchange: {why}", index + 1));
            let exchange: Value = serde_json::from_str(line).map_err(|error| wrong(&error.to_string()))?;
            for key in ["service", "operation"] {
                if !exchange[key].is_string() {
                    return Err(wrong(&format!("it names no {key}")));
                }
            }
            if !exchange["output"].is_object() && !exchange["error"].is_object() {
                return Err(wrong("it has no output and no error"));
            }
            exchanges.push(exchange);
        }
        Ok(Self { exchanges })
    }

    /// Writes the recording to a file.
    ///
    /// # Errors
    /// Those of the file.
    pub fn save(&self, path: impl AsRef<Path>) -> std::io::Result<()> {
        std::fs::write(path, self.to_string())
    }

    /// The number of exchanges.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }

    /// Adds an exchange.
    pub(super) fn push(&mut self, mark: &CallMarker, input: Value, answer: Answer) {
        let (key, answer) = match answer {
            Answer::Output(output) => ("output", output),
            Answer::Error { status, code, message, members } => {
                ("error", json!({"status": status, "code": code, "message": message, "members": members}))
            }
        };
        let mut exchange = json!({"service": mark.service.id, "operation": mark.info.name, "input": input});
        exchange[key] = answer;
        self.exchanges.push(exchange);
    }
}

/// Lines of JSON, an exchange each.
impl fmt::Display for Recording {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.exchanges.iter().try_for_each(|exchange| writeln!(to, "{exchange}"))
    }
}

/// The responses of a service, without sensitive values.
pub(super) enum Answer {
    Output(Value),
    Error { status: u16, code: String, message: String, members: Value },
}

/// An input as recordings compare it: without what is sensitive, and without the idempotency token, which is another for each
/// call of a program that gives none.
pub(super) fn comparable(model: &ServiceModel, operation: &OperationModel, input: &Value) -> Value {
    let mut input = model.redacted(operation.input(), input);
    let members = operation.input().map(|id| model.shape(id).members()).unwrap_or_default();
    if let Value::Object(found) = &mut input {
        members
            .iter()
            .filter(|member| member.is_idempotency_token())
            .for_each(|member| drop(found.remove(member.name())));
    }
    input
}

/// A recording that answers calls.
pub(super) struct Playback(HashMap<(String, String, String), VecDeque<Value>>);

impl Playback {
    pub(super) fn new(recording: Recording) -> Self {
        let mut exchanges: HashMap<_, VecDeque<Value>> = HashMap::new();
        for exchange in recording.exchanges {
            let text = |key: &str| exchange[key].as_str().unwrap_or_default().to_owned();
            // Objects are written in the order of their keys, so equal inputs are equal texts.
            let key = (text("service"), text("operation"), exchange["input"].to_string());
            exchanges.entry(key).or_default().push_back(exchange);
        }
        Self(exchanges)
    }

    /// The next answer to a call.
    pub(super) fn answer(&mut self, question: &Question, mark: &CallMarker) -> Option<Reply> {
        let input = comparable(question.model, question.operation, &question.input).to_string();
        let key = (mark.service.id.to_owned(), mark.info.name.to_owned(), input);
        let exchanges = self.0.get_mut(&key)?;
        let exchange = if exchanges.len() > 1 { exchanges.pop_front() } else { exchanges.front().cloned() }?;
        if exchange["output"].is_object() {
            let known = question.model.redacted(question.operation.output(), &exchange["output"]);
            // Another version may have had members that this one does not know, and sensitive ones are notes already.
            return Some(Reply::Output(keep_known(&exchange["output"], &known)));
        }
        let error = &exchange["error"];
        let text = |key: &str| error[key].as_str().unwrap_or_default();
        let members = error["members"].as_object().cloned().unwrap_or_default();
        if question.model.exception(text("code")).is_some() {
            return Some(Reply::Fault(Fault(Kind::Exception(text("code").into(), text("message").into(), members))));
        }
        let status = error["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(500);
        let response: Response<Bytes> = ServiceModel::write_error(status, text("code"), text("message"));
        Some(Reply::Fault(Fault(Kind::Response(Box::new(response)))))
    }
}

/// The parts of a value that another one has as well: of objects, the keys that both have.
fn keep_known(value: &Value, known: &Value) -> Value {
    match (value, known) {
        (Value::Object(members), Value::Object(known)) => {
            let both =
                members.iter().filter_map(|(name, value)| Some((name.clone(), keep_known(value, known.get(name)?))));
            Value::Object(both.collect::<Map<_, _>>())
        }
        (Value::Array(elements), Value::Array(known)) => {
            elements.iter().zip(known).map(|(value, known)| keep_known(value, known)).collect()
        }
        (value, _) => value.clone(),
    }
}
