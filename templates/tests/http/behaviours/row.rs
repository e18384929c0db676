//! A row of the table: what the server does, and what five calls of each operation come to.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use loopback::{Do, Request, Server};
use templates::runtime::Config;
use templates::runtime::http::hyper::HyperClient;

use super::clock::Clock;
use super::outcome::Outcome;

/// How many calls each operation makes, one after the other, with one client.
pub const CALLS: usize = 5;

/// The operations that a row is tried with. The client treats them differently where it is not known whether the service acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `GetThing`, which reads.
    Safe,
    /// `StartThing`, which carries a token that the service tells a repeated request by.
    Token,
    /// `RingThing`, which acts once more for each request.
    Never,
    /// `ListThings`, all pages of it.
    Pages,
    /// `DownloadThing`, whose output has the body of the response as a stream, read to its end.
    Stream,
}

pub const THREE: [Operation; 3] = [Operation::Safe, Operation::Token, Operation::Never];

/// The expectation for the five calls of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub outcomes: Vec<Outcome>,
    pub requests: usize,
}

/// The expectations for the operations of a row.
pub type Expectations = Vec<(Operation, Expected)>;

pub struct Row {
    pub name: String,
    pub server: Behaviour,
    pub expected: Expectations,
    /// The connections that the five calls of any operation make, where a row is about them.
    pub connections: Option<usize>,
    pub setup: Setup,
}

/// What the server does.
#[derive(Clone)]
pub enum Behaviour {
    /// This after each request.
    Requests(Script),
    /// This after each request, over TLS.
    Tls(fn() -> rustls::ServerConfig, Script),
    /// This as soon as there is a connection.
    Connections(Vec<Do>),
    /// It does not listen.
    Absent,
}

pub type Script = Arc<dyn Fn(&Request) -> Vec<Do> + Send + Sync>;

/// How the client is set up.
#[derive(Clone)]
pub struct Setup {
    /// The client's settings, given those of all rows.
    pub config: fn(Config, &Server) -> Config,
    pub http: fn(HyperClient) -> HyperClient,
    pub bundle: Option<PathBuf>,
    pub url: fn(&Server) -> String,
    /// Which requests are counted.
    pub counted: fn(&Request) -> bool,
    /// How long a server stalls.
    pub patience: Duration,
}
