//! Sends the recorded responses through the emitted waiters, and compares what ends each wait with what botocore recorded.

use std::fmt;
use std::time::Duration;

use serde_json::Value;
use waiting::client::Client;
use waiting::config::Retry;
use waiting::credentials::Credentials;
use waiting::http::{Body, Exchange, HttpClient, Limits};
use waiting::waiter::{WaitErrorKind, WaitErrorOf, Waiter, Waiting};
use waiting::{Config, Waiters};

/// A response, to any request.
struct Fixed {
    status: u16,
    code: Option<String>,
    body: String,
}

impl fmt::Debug for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fixed")
    }
}

impl HttpClient for Fixed {
    fn send(&self, _: http::Request<Body>, _: Limits) -> Exchange<'_> {
        let mut response = http::Response::builder().status(self.status);
        if let Some(code) = &self.code {
            response = response.header("x-amzn-errortype", code);
        }
        let response = response.body(Body::from(self.body.clone())).expect("a response");
        Box::pin(async move { Ok(response) })
    }
}

fn client(fixed: Fixed) -> Client<Waiters> {
    let config = Config::new().region("us-west-2").credentials(Credentials::new("a", "b"));
    config.http_client(fixed).retry(Retry::none()).endpoint_url("https://localhost").client()
}

/// The state that one response gives a wait.
async fn state<W: Waiter>(wait: Waiting<W>) -> &'static str {
    let result = wait.max_attempts(1).wait(Duration::from_secs(60)).await;
    match result.map_err(WaitErrorOf::<W>::into_kind) {
        Ok(_) => "success",
        Err(WaitErrorKind::Failure(_)) => "failure",
        // Without an acceptor that fits, a response lets the wait go on, and an error ends it.
        Err(WaitErrorKind::MaxAttempts { .. }) => "retry",
        Err(WaitErrorKind::Call(_)) => "call",
        Err(_) => panic!("another end"),
    }
}

async fn state_of(client: &Client<Waiters>, waiter: &str) -> &'static str {
    match waiter {
        /* arms */
        other => panic!("{other} is not emitted"),
    }
}

fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime").block_on(future)
}

fn main() {
    waiters_end_as_in_botocore();
    the_code_of_a_modelled_exception_stands_for_its_name();
}

fn waiters_end_as_in_botocore() {
    let recorded: Value = serde_json::from_str(include_str!("vectors.json")).expect("the record");
    let mut compared = 0;
    for vector in recorded["vectors"].as_array().expect("vectors") {
        let status = u16::try_from(vector["status"].as_u64().expect("a status")).expect("a status");
        let (code, body) = (vector["code"].as_str(), vector["body"].as_str().expect("a body"));
        let client = client(Fixed { status, code: code.map(str::to_owned), body: body.to_owned() });
        for (expected, waiters) in vector["states"].as_object().expect("states") {
            for waiter in waiters.as_array().expect("waiters") {
                let waiter = waiter.as_str().expect("a name");
                let expected = match expected.as_str() {
                    "none" if status >= 400 => "call",
                    "none" => "retry",
                    state => state,
                };
                assert_eq!(run(state_of(&client, waiter)), expected, "{waiter}: {status} {code:?} {body}");
                compared += 1;
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}

fn the_code_of_a_modelled_exception_stands_for_its_name() {
    let client = client(Fixed { status: 404, code: Some("ThingNotFound".to_owned()), body: "{}".to_owned() });
    assert_eq!(run(state_of(&client, "ThingGone")), "success");
    assert_eq!(run(state_of(&client, "ThingThere")), "retry");
}
