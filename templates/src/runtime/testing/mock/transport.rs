//! The transport of a mock: reads a request as the service would, and writes what a rule answers.

use std::sync::Arc;

use ::http::header::{HeaderName, HeaderValue};
use ::http::{Request, Response};
use bytes::Bytes;
use serde_json::Value;
use tokio::time::sleep;

use super::called::Outcome;
use super::entry::Entry;
use super::explain::explain;
use super::fault::{Fault, Kind};
use super::question::{Question, Reply};
use super::state::{AttemptPlace, Inner};
use crate::runtime::call::mark::CallMarker;
use crate::runtime::http::{Body, Exchange, HttpClient, Limits, TransportError};
use crate::runtime::testing::models::model_of;
use crate::runtime::testing::service::{ServiceModel, Violation};

/// The largest body that a mock reads.
const LARGEST: usize = 1 << 30;

/// The HTTP client of a mock's configuration.
#[derive(Debug)]
pub(super) struct Transport(pub(super) Arc<Inner>);

impl HttpClient for Transport {
    fn send(&self, request: Request<Body>, _limits: Limits) -> Exchange<'_> {
        Box::pin(async move {
            let Some(mark) = request.extensions().get::<CallMarker>().copied() else {
                let message = "a mock answers the calls of this crate's clients, and this request is not one of them";
                return Err(TransportError::not_sent(message).misconfigured());
            };
            match self.question(&mark, request).await {
                Ok(question) => self.answer(&mark, question).await,
                Err(message) => Err(self.wrong(message)),
            }
        })
    }
}

impl Transport {
    /// The call that a request is, read as the service reads it.
    async fn question(&self, mark: &CallMarker, request: Request<Body>) -> Result<Question, String> {
        let name = mark.info.name;
        let model = model_of(mark.service).map_err(|error| error.to_string())?;
        let operation =
            model.operation(name).ok_or_else(|| format!("the model of {} has no {name}", mark.service.id))?;
        let (head, body) = request.into_parts();
        let body = body.read(LARGEST).await.map_err(|error| format!("the body of {name}: {error}"))?;
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let route = model.route_to(operation, path).ok_or_else(|| format!("{name} does not have the path {path}"))?;
        let query = head.uri.query().unwrap_or_default();
        let input = model.read_input(&route, query, &head.headers, &body);
        let input = input.map_err(|error| format!("the request of {name} does not follow its model: {error}"))?;
        Ok(Question { model, operation, input })
    }

    /// Keeps what is wrong with a test, and fails the call with it. The call is not repeated.
    fn wrong(&self, message: String) -> TransportError {
        self.0.lock().problem(message.clone());
        TransportError::not_sent(message).misconfigured()
    }

    async fn answer(&self, mark: &CallMarker, question: Question) -> Result<Response<Body>, TransportError> {
        let place = self.0.lock().record(mark, question.input.clone());
        let response = self.reply(mark, question, place).await;
        if response.is_err() {
            return response.map(|response| response.map(Body::from));
        }
        response.map(|mut response| {
            let mut state = self.0.lock();
            state.end(place, Outcome::Response(response.status().as_u16()));
            if let Ok(id) = HeaderValue::from_str(&state.response_id()) {
                response.headers_mut().entry(HeaderName::from_static("x-amzn-requestid")).or_insert(id);
            }
            response.map(Body::from)
        })
    }

    async fn reply(
        &self,
        mark: &CallMarker,
        question: Question,
        place: AttemptPlace,
    ) -> Result<Response<Bytes>, TransportError> {
        if let Some(refusal) = self.refusal(&question) {
            return Ok(refusal);
        }
        let rules = self.0.lock().rules.clone();
        // Predicates are a test's own code, and may ask the mock something: no lock is held here.
        let matching = |rule: &&Arc<Entry>| rule.is_for(mark) && rule.mismatches(&question.input).is_empty();
        let Some(rule) = rules.iter().filter(matching).find(|rule| rule.take()) else {
            return self.replay(mark, &question, &rules, place);
        };
        if !rule.delay.is_zero() {
            sleep(rule.delay).await;
        }
        let reply = (rule.responder)(question.clone()).await;
        let at = format!("the rule at {}", rule.at);
        let response = self.write(&question, reply, &at, place).await?;
        if rule.loses_response {
            self.0.lock().end(place, Outcome::Broken);
            return Err(TransportError::ambiguous("the mock lost the response, as its rule says"));
        }
        Ok(response)
    }

    /// The response to an input that violates the model, where the test wants that.
    fn refusal(&self, question: &Question) -> Option<Response<Bytes>> {
        if !self.0.lock().checks_inputs {
            return None;
        }
        let Question { model, operation, input } = question;
        let violations = model.check(operation, input);
        if violations.is_empty() {
            return None;
        }
        Some(model.write_exception(model.refusal(operation), &list(&violations), &serde_json::Map::new()))
    }

    /// The answer of a recording, or the error of a call that nothing answers.
    fn replay(
        &self,
        mark: &CallMarker,
        question: &Question,
        rules: &[Arc<Entry>],
        place: AttemptPlace,
    ) -> Result<Response<Bytes>, TransportError> {
        let replayed = self.0.lock().replay(question, mark);
        match replayed {
            Some(Reply::Output(output)) => question.model.write_output(question.operation, &output).map_err(|error| {
                self.wrong(format!("the recording has no output of {}: {error}", question.operation.name()))
            }),
            Some(Reply::Fault(Fault(Kind::Response(response)))) => Ok(*response),
            Some(Reply::Fault(Fault(Kind::Exception(code, message, members)))) => {
                Ok(question.model.write_exception(&code, &message, &members))
            }
            _ => {
                let rules: Vec<&Entry> = rules.iter().map(|rule| &**rule).collect();
                self.0.lock().end(place, Outcome::Unanswered);
                Err(self.wrong(explain(&rules, question, mark)))
            }
        }
    }

    /// The response that a reply is; `rule` names where it comes from.
    async fn write(
        &self,
        question: &Question,
        reply: Reply,
        rule: &str,
        place: AttemptPlace,
    ) -> Result<Response<Bytes>, TransportError> {
        let fault = match reply {
            Reply::Output(output) => return self.write_output(question, &output, rule),
            Reply::Wrong(why) => return Err(self.wrong(format!("{rule} has no answer: {why}"))),
            Reply::Fault(fault) => fault,
        };
        match fault.0 {
            Kind::Exception(code, message, members) => {
                self.write_exception(question.model, &code, &message, &members, rule)
            }
            Kind::Response(response) => Ok(*response),
            Kind::Refused => {
                self.0.lock().end(place, Outcome::Refused);
                Err(TransportError::not_sent("the mock refuses the connection, as its rule says"))
            }
            Kind::Broken => {
                self.0.lock().end(place, Outcome::Broken);
                Err(TransportError::ambiguous("the mock broke the connection, as its rule says"))
            }
            Kind::Silent => std::future::pending().await,
            Kind::Invalid(why) => Err(self.wrong(format!("{rule} has no answer: {why}"))),
        }
    }

    fn write_output(&self, question: &Question, output: &Value, rule: &str) -> Result<Response<Bytes>, TransportError> {
        let Question { model, operation, .. } = question;
        if self.0.lock().checks_answers {
            let violations = model.check_output(operation, output);
            if !violations.is_empty() {
                let violations = list(&violations);
                return Err(self.wrong(format!(
                    "{rule} answers with what is not an output of {}: {violations}",
                    operation.name()
                )));
            }
        }
        let written = model.write_output(operation, output);
        written.map_err(|error| {
            self.wrong(format!("{rule} answers with what is not an output of {}: {error}", operation.name()))
        })
    }

    fn write_exception(
        &self,
        model: &ServiceModel,
        code: &str,
        message: &str,
        members: &serde_json::Map<String, Value>,
        rule: &str,
    ) -> Result<Response<Bytes>, TransportError> {
        if let (true, Some(shape)) = (self.0.lock().checks_answers, model.exception(code)) {
            let id = model.shape_named(shape.name());
            let violations = model.check_shape(id, &Value::Object(members.clone()));
            // The message is beside the members.
            let violations: Vec<_> = violations
                .into_iter()
                .filter(|violation| !violation.member().eq_ignore_ascii_case("message"))
                .collect();
            if !violations.is_empty() {
                return Err(self.wrong(format!("{rule} fails with what is not a {code}: {}", list(&violations))));
            }
        }
        Ok(model.write_exception(code, message, members))
    }
}

fn list(violations: &[Violation]) -> String {
    let texts: Vec<String> = violations.iter().map(ToString::to_string).collect();
    texts.join("; ")
}
