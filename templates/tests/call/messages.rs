//! Messages of errors, and secrets that they never show.

use std::future::Future;
use std::task::{Context, Poll, Waker};

use templates::runtime::{ErrorKind, Retry};

use crate::support::script::{Script, Step, answer};
use crate::support::service::{Client, get, ring};
use crate::support::{client, config};

#[tokio::test(start_paused = true)]
async fn an_error_of_connecting_names_host_and_port() {
    for (url, host) in [
        ("http://localhost", "localhost:80"),
        ("https://localhost", "localhost:443"),
        ("http://[::1]:8080/base", "[::1]:8080"),
        ("https://connect.example:8443", "connect.example:8443"),
    ] {
        for step in [Step::NotSent, Step::NotSentInTime, Step::Broken] {
            let http = Script::new([step]);
            let client: Client = config().endpoint_url(url).http_client(http).retry(Retry::none()).client();
            let error = client.send(ring()).await.unwrap_err().to_string();
            assert!(error.starts_with("RingThing: ") && error.contains(host), "{error}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_stays_is_not_repeated() {
    for (step, kind) in [(Step::Untrusted, ErrorKind::Connect), (Step::Misconfigured, ErrorKind::Config)] {
        let script = Script::new([step]);
        let error = client(script.clone()).send(get()).await.unwrap_err();
        assert_eq!((script.count(), error.kind(), error.is_retryable()), (1, kind, false), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn text_of_a_service_stays_on_its_line() {
    let disruptive = [
        '\r',
        '\n',
        '\u{1b}',
        '\0',
        '\u{85}',
        '\u{9b}',
        '\u{ad}',
        '\u{61c}',
        '\u{200b}',
        '\u{200e}',
        '\u{2028}',
        '\u{2029}',
        '\u{202a}',
        '\u{202e}',
        '\u{2060}',
        '\u{2066}',
        '\u{2069}',
        '\u{feff}',
        '\u{fff9}',
        '\u{e0041}',
    ];
    for c in disruptive {
        let body = serde_json::json!({ "code": format!("C{c}D"), "message": format!("a{c}b") }).to_string();
        let error = client(Script::new([answer(400, &body)])).send(get()).await.unwrap_err();
        let line = error.to_string();
        assert_eq!(line, "GetThing: 400 C D: a b (request id req-1)", "U+{:04X}", u32::from(c));
        assert_eq!(error.message(), Some(&*format!("a{c}b")), "whole for who asks for it");
    }
    let harmless = "Zürich 東京 😀 é…";
    let body = serde_json::json!({ "message": harmless }).to_string();
    let error = client(Script::new([answer(400, &body)])).send(get()).await.unwrap_err();
    assert!(error.to_string().contains(harmless), "{error}");
    let long = serde_json::json!({ "message": "x".repeat(5000) }).to_string();
    let error = client(Script::new([answer(400, &long)])).send(get()).await.unwrap_err();
    assert!(error.to_string().chars().count() < 1100, "{error}");
}

#[tokio::test(start_paused = true)]
async fn user_information_of_an_endpoint_is_not_shown() {
    for url in
        ["http://me:s3cret@host/path", "http://me:s3/cret@host", "me:s3cret@host", "https://s3cret@host?a=s3cret"]
    {
        let client: Client = config().endpoint_url(url).http_client(Script::new([answer(200, "{}")])).client();
        let error = client.send(get()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Endpoint);
        let shown = format!("{error} {error:?} {client:?} {:?}", client.config());
        assert!(!shown.contains("cret"), "{shown}");
        assert!(shown.contains("host"), "{shown}");
    }
}

/// Polls a call once, as an executor that is not Tokio does.
fn poll_once<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the call waits for something"),
    }
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let error = poll_once(client(Script::new([answer(200, "{}")])).send(get())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("Tokio"), "{error}");
}

#[test]
fn without_a_timer_there_is_an_error_that_says_what_to_enable() {
    let script = Script::new([answer(200, "{}")]);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = runtime.block_on(client(script.clone()).send(get())).unwrap_err();
    assert_eq!((error.kind(), script.count()), (ErrorKind::Config, 0));
    assert!(error.to_string().contains("enable_time"), "{error}");
}
