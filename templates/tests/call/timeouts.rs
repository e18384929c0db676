//! Timeouts of calls under a virtual clock: an attempt, the whole call, and a call that nobody waits for.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Request;
use templates::runtime::http::{Body, Exchange, HttpClient, Limits, TransportError};
use templates::runtime::{ErrorKind, Retry, Timeouts};
use tokio::time::Instant;

use crate::support::script::{Script, Step, answer};
use crate::support::service::{Client, get};
use crate::support::{client, config};

const OK: &str = r#"{"Name":"n"}"#;

/// The time for a connection, and the time that is left for the attempt.
type Given = (Option<Duration>, Option<Duration>);

/// A transport that keeps the limits it is given, and has no connection.
#[derive(Debug, Clone, Default)]
struct Limited(Arc<Mutex<Vec<Given>>>);

impl HttpClient for Limited {
    fn send(&self, _request: Request<Body>, limits: Limits) -> Exchange<'_> {
        let left = limits.deadline.map(|deadline| deadline - Instant::now());
        self.0.lock().unwrap().push((limits.connect_timeout, left));
        Box::pin(async { Err(TransportError::not_sent("refused")) })
    }
}

#[tokio::test(start_paused = true)]
async fn they_are_on_unless_set() {
    let secs = |seconds| Some(Duration::from_secs(seconds));
    let usual = Timeouts::default();
    assert_eq!((usual.connect, usual.attempt, usual.call), (secs(5), secs(30), secs(120)));
    let given = async |config: templates::runtime::Config| {
        let limited = Limited::default();
        let client: Client = config.http_client(limited.clone()).retry(Retry::none()).client();
        client.send(get()).await.unwrap_err();
        limited.0.lock().unwrap()[0]
    };
    assert_eq!(given(config()).await, (secs(5), secs(30)));
    let set = Timeouts::none().connect(Duration::from_secs(1)).attempt(Duration::from_secs(9));
    assert_eq!(given(config().timeouts(set)).await, (secs(1), secs(9)));
    assert_eq!(given(config().timeouts(set.call(Duration::from_secs(3)))).await, (secs(1), secs(3)));
    assert_eq!(given(config().timeouts(Timeouts::none())).await, (None, None));
}

#[tokio::test(start_paused = true)]
async fn the_call_ends_by_its_own_timeout() {
    let timeouts = Timeouts::default().attempt(Duration::from_secs(4)).call(Duration::from_secs(10));
    let script = Script::new([Step::Silence]);
    let retry = Retry::standard().max_attempts(99).initial_backoff(Duration::from_millis(1));
    let client: Client = config().http_client(script.clone()).timeouts(timeouts).retry(retry).client();
    let start = tokio::time::Instant::now();
    let error = client.send(get()).await.unwrap_err();
    let took = start.elapsed();
    assert!(took > Duration::from_secs(9) && took <= Duration::from_millis(10_010), "{took:?}");
    assert!(error.is_timeout() && error.kind() == ErrorKind::Timeout);
    assert_eq!(script.count(), 3);
    assert!(error.to_string().contains("timeout of 10s"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn no_attempt_is_waited_for_that_would_come_too_late() {
    let timeouts = Timeouts::default().call(Duration::from_secs(10));
    let script = Script::new([answer(503, "").with("retry-after", "15")]);
    let client: Client = config().http_client(script.clone()).timeouts(timeouts).client();
    let start = tokio::time::Instant::now();
    let error = client.send(get()).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_millis(5), "the answer is known now");
    assert_eq!((error.status(), error.attempts()), (Some(503), 1));
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_its_timeout() {
    let script = Script::new([Step::Silence]);
    let start = tokio::time::Instant::now();
    let error = client(script.clone()).send(get()).await.unwrap_err();
    assert_eq!((script.count(), error.kind()), (3, ErrorKind::Timeout));
    let took = start.elapsed();
    assert!(took >= Duration::from_secs(90) && took < Duration::from_secs(94), "{took:?}");
    assert_eq!(
        error.to_string(),
        "GetThing: no whole response from sample.us-west-2.amazonaws.com:443 within the attempt's timeout of 30s (3 attempts)"
    );
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_over() {
    let script = Script::new([answer(500, "")]).taking(Duration::from_secs(2));
    let client = client(script.clone());
    let call = tokio::time::timeout(Duration::from_secs(1), client.send(get())).await;
    assert!(call.is_err());
    tokio::time::sleep(Duration::from_secs(100)).await;
    assert_eq!(script.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_sent_before_it_is_awaited() {
    let script = Script::new([answer(200, OK)]);
    let client = client(script.clone());
    drop(client.send(get()));
    assert_eq!(script.count(), 0);
}
