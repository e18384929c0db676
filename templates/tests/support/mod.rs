//! Support for the tests of the call path: a sample service, and a transport that responds from a script.

#![allow(dead_code, unreachable_pub, reason = "each test uses some of it")]

pub mod aws;
pub mod script;
pub mod service;
pub mod shapes;

use std::time::Duration;

use templates::runtime::credentials::Credentials;
use templates::runtime::http::HttpClient;
use templates::runtime::{Config, ErrorKind, Retry, Timeouts};

/// The codes by which a service asks for fewer requests.
pub const THROTTLING: [&str; 13] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

/// A configuration that lacks nothing and reads no environment.
pub fn config() -> Config {
    Config::new().region("us-west-2").credentials(keys())
}

/// The keys of AWS's examples.
pub fn keys() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
}

/// A client of the sample service over a transport.
pub fn client(http: impl HttpClient + 'static) -> service::Client {
    config().http_client(http).client()
}

/// Short timeouts, and hardly a wait between attempts.
pub fn hasty() -> Config {
    let ms = Duration::from_millis;
    config()
        .timeouts(Timeouts::none().connect(ms(250)).attempt(ms(300)).call(ms(2000)))
        .retry(Retry::standard().initial_backoff(ms(5)))
        .body_limit(1 << 20)
}

/// Waits for a call of a [`hasty`] client, and sees that it ends within its timeout.
pub async fn in_time<F: IntoFuture>(call: F) -> F::Output {
    let start = std::time::Instant::now();
    let output = call.await;
    assert!(start.elapsed() < Duration::from_millis(2500), "{:?}", start.elapsed());
    output
}

/// Sees that nothing is left of calls whose client was dropped: no connection and no task.
#[cfg(feature = "client")]
pub async fn nothing_is_left_at(server: &loopback::Server) {
    assert_eq!(server.open_down_to(0).await, 0, "connections are left");
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0, "tasks are left");
}

/// The outcome of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Ok,
    Status(u16),
    Kind(ErrorKind),
}

pub fn outcome(result: &Result<service::Thing, service::Error>) -> Outcome {
    match result {
        Ok(_) => Outcome::Ok,
        Err(error) if error.kind() == ErrorKind::Service => Outcome::Status(error.status().unwrap()),
        Err(error) => Outcome::Kind(error.kind()),
    }
}
