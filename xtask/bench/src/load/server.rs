//! A server on loopback for load: it answers by operation, late, wrongly now and then, or not at all for a while. It counts
//! connections.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bodies;
use crate::server::request_length;

/// What the server does.
#[derive(Debug, Clone, Copy, Default)]
pub struct Service {
    /// How long it takes.
    pub delay: Duration,
    /// Every so many requests one is answered with 500; 0 is none.
    pub fails_every: u32,
    /// How long it answers 503 from the first request on.
    pub outage: Duration,
    /// Whether a list of users comes in ten pages, rather than in one response of 1 MB.
    pub pages: bool,
}

/// A running server.
pub struct Server {
    pub url: String,
    state: Arc<State>,
}

struct State {
    service: Service,
    contact: Vec<u8>,
    users: Vec<Vec<u8>>,
    connections: AtomicU32,
    requests: AtomicU32,
    first: OnceLock<Instant>,
    recovered: OnceLock<Instant>,
}

impl Server {
    /// Starts it. It ends with this process.
    pub fn start(service: Service) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("a port on loopback")?;
        let url = format!("http://{}", listener.local_addr()?);
        let users = match service.pages {
            true => (0..10).map(page).collect::<Result<_>>()?,
            false => vec![response("200 OK", &bodies::users(1_400))],
        };
        let state = Arc::new(State {
            service,
            contact: response("200 OK", &bodies::contact()),
            users,
            connections: AtomicU32::new(0),
            requests: AtomicU32::new(0),
            first: OnceLock::new(),
            recovered: OnceLock::new(),
        });
        let shared = state.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = shared.clone();
                state.connections.fetch_add(1, Relaxed);
                // A connection that breaks is the client's to report.
                thread::Builder::new().stack_size(128 << 10).spawn(move || drop(serve(stream, &state))).ok();
            }
        });
        Ok(Self { url, state })
    }

    /// How many connections there were.
    pub fn connections(&self) -> f64 {
        f64::from(self.state.connections.load(Relaxed))
    }

    /// Microseconds from the end of the outage to the first request after it.
    pub fn recovery(&self) -> Option<f64> {
        let end = *self.state.first.get()? + self.state.service.outage;
        Some(self.state.recovered.get()?.saturating_duration_since(end).as_secs_f64() * 1e6)
    }
}

/// One page of ten.
fn page(number: usize) -> Result<Vec<u8>> {
    let mut page: Value = serde_json::from_str(&bodies::users(100))?;
    page["NextToken"] = if number < 9 { Value::String((number + 1).to_string()) } else { Value::Null };
    Ok(response("200 OK", &page.to_string()))
}

fn response(status: &str, body: &str) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\nx-amzn-requestid: r\r\n");
    format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Answers the requests of one connection, one after the other.
fn serve(mut stream: TcpStream, state: &State) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut pending, mut chunk) = (Vec::new(), [0; 16 << 10]);
    loop {
        while let Some(length) = request_length(&pending) {
            let request: Vec<u8> = pending.drain(..length).collect();
            if !state.service.delay.is_zero() {
                thread::sleep(state.service.delay);
            }
            state.answer(&request, &mut stream)?;
        }
        match stream.read(&mut chunk)? {
            0 => return Ok(()),
            count => pending.extend_from_slice(&chunk[..count]),
        }
    }
}

impl State {
    fn answer(&self, request: &[u8], stream: &mut TcpStream) -> std::io::Result<()> {
        let number = self.requests.fetch_add(1, Relaxed) + 1;
        let service = self.service;
        if !service.outage.is_zero() {
            if self.first.get_or_init(Instant::now).elapsed() < service.outage {
                return stream.write_all(&response("503 Service Unavailable", "{\"message\":\"busy\"}"));
            }
            self.recovered.get_or_init(Instant::now);
        }
        if service.fails_every > 0 && number % service.fails_every == 0 {
            return stream
                .write_all(&response("500 Internal Server Error", "{\"__type\":\"InternalServiceException\"}"));
        }
        stream.write_all(if request.starts_with(b"GET") { &self.contact } else { self.users_for(request) })
    }

    /// The page that a request asks for by its token.
    fn users_for(&self, request: &[u8]) -> &[u8] {
        let text = String::from_utf8_lossy(request);
        let token = text.split_once("\"NextToken\":\"").and_then(|(_, rest)| rest.split('"').next()?.parse().ok());
        let page = token.and_then(|number: usize| self.users.get(number));
        page.unwrap_or(&self.users[0])
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::time::Duration;

    use super::{Server, Service};

    fn ask(server: &Server, request: &str) -> String {
        let mut stream = TcpStream::connect(server.url.strip_prefix("http://").unwrap()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn pages_follow_their_tokens() {
        let server = Server::start(Service { pages: true, ..Service::default() }).unwrap();
        let post =
            |body: &str| ask(&server, &format!("POST / HTTP/1.1\r\ncontent-length: {}\r\n\r\n{body}", body.len()));
        assert!(post("{}").contains("\"NextToken\":\"1\""));
        assert!(post("{\"NextToken\":\"8\"}").contains("\"NextToken\":\"9\""));
        assert!(post("{\"NextToken\":\"9\"}").contains("\"NextToken\":null"));
        assert!((server.connections() - 3.0).abs() < f64::EPSILON);
    }

    #[test]
    fn every_second_request_fails() {
        let server = Server::start(Service { fails_every: 2, ..Service::default() }).unwrap();
        let text = ask(&server, &"GET / HTTP/1.1\r\n\r\n".repeat(4));
        assert_eq!((text.matches("HTTP/1.1 200").count(), text.matches("HTTP/1.1 500").count()), (2, 2));
    }

    #[test]
    fn an_outage_begins_with_the_first_request() {
        let server = Server::start(Service { outage: Duration::from_secs(3600), ..Service::default() }).unwrap();
        assert!(ask(&server, "GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 503"));
        assert_eq!(server.recovery(), None);
    }
}
