//! A run of one row: five calls of each operation against a server of its own, under a virtual clock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use loopback::{Request, Server};
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{Config, Timeouts};
use tokio::runtime::{Builder, Handle};

use super::clock::{Clock, Held, clock, idle};
use super::outcome::{text, together};
use super::row::{Behaviour, CALLS, Expected, Five, OPERATIONS, Operation, PATIENCE, Row, Script};
use crate::http::tls;
use crate::support::config;
use crate::support::service::{Client, Error, StartThing, Thing, get, ring};

/// The outcome of five calls of each operation.
pub fn run(row: &Row) -> Expected {
    OPERATIONS.map(|operation| {
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(calls(row, operation))
    })
}

async fn calls(row: &Row, operation: Operation) -> Five {
    let (clock, hand) = clock(PATIENCE);
    let turning = tokio::spawn(hand.turn());
    let server = row.server.start(&clock).map(Arc::new);
    let http = Held { client: (row.http)(row.server.client()), server: server.clone() };
    let client: Client =
        (row.config)(settings()).endpoint_url(row.server.url(server.as_deref())).http_client(http).client();
    let count = || server.as_deref().map_or(0, Server::requests);
    let mut outcomes = Vec::new();
    for _ in 0..CALLS {
        let before = count();
        let result = call(&client, operation).await;
        if let Some(server) = &server {
            idle(server).await;
        }
        see_text(&row.name, &result);
        outcomes.push(text(&result, count() - before));
    }
    let (requests, connections) = (count(), server.as_deref().map_or(0, Server::connections));
    drop(client);
    if let Some(server) = &server {
        server.block_until(|server| server.open() == 0);
        assert_eq!(server.open(), 0, "{} ({operation:?}): connections are left", row.name);
    }
    turning.abort();
    let _ = turning.await;
    assert_eq!(Handle::current().metrics().num_alive_tasks(), 0, "{} ({operation:?}): tasks are left", row.name);
    Five { outcomes: together(&outcomes), requests, connections }
}

async fn call(client: &Client, operation: Operation) -> Result<Thing, Error> {
    match operation {
        Operation::Read => client.send(get()).await,
        Operation::Token => client.send(StartThing::default()).await,
        Operation::Never => client.send(ring()).await,
    }
}

/// The settings of all rows.
fn settings() -> Config {
    let seconds = std::time::Duration::from_secs;
    config().timeouts(Timeouts::none().connect(seconds(2)).attempt(seconds(10))).body_limit(64 << 10)
}

/// Sees that an error is one line and repeats nothing of a response's body.
fn see_text(name: &str, result: &Result<Thing, Error>) {
    if let Err(error) = result {
        let (shown, debugged) = (error.to_string(), format!("{error:?}"));
        assert!(!shown.contains(['\n', '\r', '\u{2028}', '\u{202e}']), "{name}: {shown:?}");
        assert!(error.status().is_some_and(|status| status >= 300) || !debugged.contains("hush"), "{name}: {debugged}");
        assert!(shown.len() < 1300, "{name}: {shown}");
    }
}

impl Behaviour {
    fn start(&self, clock: &Clock) -> Option<Server> {
        let clock = clock.clone();
        let counted = |script: &Script| {
            let (script, clock, seen) = (script.clone(), clock.clone(), Mutex::new(HashMap::new()));
            move |request: &Request| {
                let mut seen = seen.lock().unwrap();
                let position = seen.entry(request.connection).or_insert(0);
                *position += 1;
                clock.keep(script(request, *position - 1))
            }
        };
        match self {
            Self::Requests(script) => Some(Server::answering(counted(script))),
            Self::Tls(script) | Self::Untrusted(script) => Some(Server::wrapped(tls::acceptor(), counted(script))),
            Self::Handshake(script) => Some(Server::on_connect(clock.keep(script.clone()))),
            Self::Absent => None,
        }
    }

    fn client(&self) -> HyperClient {
        match self {
            Self::Tls(_) => HyperClient::ca_bundle(tls::file("ca.pem")),
            _ => HyperClient::new(),
        }
    }

    fn url(&self, server: Option<&Server>) -> String {
        match (self, server) {
            (Self::Requests(_), Some(server)) => server.url(),
            (_, Some(server)) => format!("https://localhost:{}", server.address().port()),
            // A port that nobody listens at: one that was just given back.
            (_, None) => {
                format!("http://{}", std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
            }
        }
    }
}
