//! A row of the table: what the server does, and what five calls of each operation come to.

use std::sync::Arc;
use std::time::Duration;

use loopback::{Do, Request, json, write};
use templates::runtime::Config;
use templates::runtime::http::hyper::HyperClient;

/// The number of calls that each operation makes, one after the other, with one client.
pub const CALLS: usize = 5;

/// The time for which the server waits where a row has it wait past every timeout.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A success, whose output has the name `n`.
pub const OK: &str = r#"{"Name":"n"}"#;

/// The operations that a row is tried with. The client treats them differently where it is not known whether the service acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `GetThing`, which reads.
    Read,
    /// `StartThing`, which carries a token that the service tells a repeated request by.
    Token,
    /// `RingThing`, which acts once more for each request, and is never repeated where it may have acted.
    Never,
}

pub const OPERATIONS: [Operation; 3] = [Operation::Read, Operation::Token, Operation::Never];

/// The outcome of the five calls of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Five {
    /// One outcome for all, or five with ` | ` between them.
    pub outcomes: String,
    pub requests: usize,
    pub connections: usize,
}

/// The outcome of five calls of each operation.
pub type Expected = [Five; 3];

pub struct Row {
    pub name: String,
    pub server: Behaviour,
    pub expected: Expected,
    /// The client's settings, given those of all rows.
    pub config: fn(Config) -> Config,
    pub http: fn(HyperClient) -> HyperClient,
}

/// The steps of the server.
pub enum Behaviour {
    /// This after each request.
    Requests(Script),
    /// This after each request, over TLS, with a certificate that the client trusts.
    Tls(Script),
    /// The same, with a client that does not trust the certificate.
    Untrusted(Script),
    /// This as soon as there is a connection, over which the client wants to speak TLS.
    Handshake(Vec<Do>),
    /// It does not listen.
    Absent,
}

/// What follows a request, given its position among those of its connection, from 0.
pub type Script = Arc<dyn Fn(&Request, usize) -> Vec<Do> + Send + Sync>;

pub fn row(name: impl Into<String>, server: Behaviour, expected: Expected) -> Row {
    Row { name: name.into(), server, expected, config: |config| config, http: |http| http }
}

impl Row {
    /// The row with other settings of the client.
    pub fn with(mut self, config: fn(Config) -> Config) -> Self {
        self.config = config;
        self
    }

    /// The row with other settings of the transport.
    pub fn http(mut self, http: fn(HyperClient) -> HyperClient) -> Self {
        self.http = http;
        self
    }
}

/// The script that is the same after each request.
pub fn repeats(script: impl Into<Vec<Do>>) -> Script {
    let script = script.into();
    Arc::new(move |_, _| script.clone())
}

/// The same after each request.
pub fn does(script: impl Into<Vec<Do>>) -> Behaviour {
    Behaviour::Requests(repeats(script))
}

/// What depends on the request, and on its position among those of its connection.
pub fn by(script: impl Fn(&Request, usize) -> Vec<Do> + Send + Sync + 'static) -> Behaviour {
    Behaviour::Requests(Arc::new(script))
}

/// These bytes after each request; the connection stays open.
pub fn says(bytes: impl AsRef<[u8]>) -> Behaviour {
    does([write(bytes)])
}

/// These bytes after each request, and then the end of the connection.
pub fn ends(bytes: impl AsRef<[u8]>) -> Behaviour {
    does([write(bytes), Do::Close])
}

/// A whole response with a JSON body and a request id.
pub fn responds(status: &str, body: &str) -> Behaviour {
    does(json(status, body))
}

/// A success with these header lines beside its length.
pub fn headers(lines: &str) -> Behaviour {
    says(format!("HTTP/1.1 200 OK\r\n{lines}content-length: 12\r\n\r\n{OK}"))
}

/// A response of this status line and these header lines, with a body.
pub fn response(status: &str, lines: &str, body: &str) -> Vec<Do> {
    vec![write(format!("HTTP/1.1 {status}\r\n{lines}content-length: {}\r\n\r\n{body}", body.len()))]
}

/// Time in which the client reads what was written.
pub fn pause() -> Do {
    Do::Wait(Duration::from_millis(1))
}

/// The outcome of five calls of one operation.
pub fn five(outcomes: &str, requests: usize, connections: usize) -> Five {
    Five { outcomes: outcomes.to_owned(), requests, connections }
}

/// The same for each operation.
pub fn all(outcomes: &str, requests: usize, connections: usize) -> Expected {
    [
        five(outcomes, requests, connections),
        five(outcomes, requests, connections),
        five(outcomes, requests, connections),
    ]
}

/// A success of each call, over one connection.
pub fn fine() -> Expected {
    all("ok", 5, 1)
}

/// The same outcome of each call after one request, over one connection.
pub fn once(outcome: &str) -> Expected {
    all(outcome, 5, 1)
}

/// Three attempts of each call, over one connection.
pub fn thrice(outcome: &str) -> Expected {
    all(&format!("{outcome} ×3"), 15, 1)
}

/// Three attempts of what may be repeated and one of what may not, each over a connection of its own.
pub fn unknown(outcome: &str) -> Expected {
    let repeated = five(&format!("{outcome} ×3"), 15, 15);
    [repeated.clone(), repeated, five(outcome, 5, 5)]
}
