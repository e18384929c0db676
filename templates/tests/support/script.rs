//! A transport that answers from a script, and writes down what it was asked and when.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderMap, Method, Request, Response, Uri};
use templates::runtime::http::{Body, Exchange, HttpClient, Limits, TransportError};
use tokio::time::{Instant, sleep};

/// The outcome of one attempt.
#[derive(Debug, Clone)]
pub enum Step {
    /// An answer: status, headers, body.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// No connection.
    NotSent,
    /// No connection in time.
    NotSentInTime,
    /// No connection, and none later: a certificate that is not trusted.
    Untrusted,
    /// Nothing that can work before the program changes.
    Misconfigured,
    /// The connection broke after something was sent.
    Broken,
    /// Nothing, ever.
    Silence,
}

/// An answer with a JSON body.
pub fn answer(status: u16, body: &str) -> Step {
    Step::Answer(status, vec![("x-amzn-requestid", "req-1".to_owned())], body.to_owned())
}

/// An answer that is an error, with its code in the header, as Connect has it.
pub fn refusal(status: u16, code: &str) -> Step {
    answer(status, r#"{"message":"no"}"#).with("x-amzn-errortype", code)
}

impl Step {
    /// The answer with one more header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Answer(_, headers, _) = &mut self {
            headers.push((name, value.into()));
        }
        self
    }
}

/// The requests that were sent.
#[derive(Debug, Clone)]
pub struct Seen {
    pub at: Instant,
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: String,
}

/// The transport. When the script is at its end, its last step is repeated.
#[derive(Clone)]
pub struct Script {
    steps: Arc<Mutex<VecDeque<Step>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    delay: Duration,
}

impl Script {
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = Arc::new(Mutex::new(steps.into_iter().collect()));
        Self { steps, seen: Arc::default(), delay: Duration::ZERO }
    }

    /// Lets every attempt take that long.
    pub fn taking(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The requests that were sent so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The number of requests that were sent.
    pub fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// The time from each attempt to the next.
    pub fn waits(&self) -> Vec<Duration> {
        self.seen().windows(2).map(|pair| pair[1].at - pair[0].at).collect()
    }
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}

impl HttpClient for Script {
    fn send(&self, request: Request<Body>, _limits: Limits) -> Exchange<'_> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.read(1 << 20).await.unwrap();
            self.seen.lock().unwrap().push(Seen {
                at: Instant::now(),
                method: head.method,
                uri: head.uri,
                headers: head.headers,
                body: String::from_utf8(body.into()).unwrap(),
            });
            let step = {
                let mut steps = self.steps.lock().unwrap();
                if steps.len() > 1 { steps.pop_front() } else { steps.front().cloned() }
            };
            if !self.delay.is_zero() {
                sleep(self.delay).await;
            }
            match step.expect("a script has a step") {
                Step::Answer(status, headers, body) => {
                    let mut response = Response::builder().status(status);
                    for (name, value) in headers {
                        response = response.header(name, value);
                    }
                    Ok(response.body(Body::from(body)).unwrap())
                }
                Step::NotSent => Err(TransportError::not_sent("refused")),
                Step::NotSentInTime => Err(TransportError::not_sent("too slow").timed_out()),
                Step::Untrusted => Err(TransportError::not_sent("the certificate has expired").permanent()),
                Step::Misconfigured => Err(TransportError::not_sent("there is no I/O driver").misconfigured()),
                Step::Broken => Err(TransportError::ambiguous("reset")),
                Step::Silence => std::future::pending().await,
            }
        })
    }
}
