//! The steps of a script, and the bytes of common responses.

use std::fmt;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::request::Request;

/// The steps of the server, and their times.
pub(crate) enum Script {
    OnConnect(Vec<Do>),
    OnRequest(Box<Responses>),
}

type Responses = dyn Fn(&Request) -> Vec<Do> + Send + Sync;

/// One thing that the server does with a connection.
#[derive(Debug, Clone)]
pub enum Do {
    /// Writes bytes.
    Write(Vec<u8>),
    /// Writes bytes one by one, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Writes the same bytes over and over, until the other side no longer takes them.
    Flood(Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Waits for an event of the test.
    Await(Event),
    /// Does nothing until the other side closes.
    Stall,
    /// Connects to an address, and passes bytes on in both directions until both sides have closed, as a tunnel does.
    Forward(SocketAddr),
    /// Closes the connection in order.
    Close,
    /// Resets the connection.
    Reset,
}

/// The event that a server waits for, anew each time the step is done.
#[derive(Clone)]
pub struct Event(Arc<dyn Fn() -> Waiting + Send + Sync>);

type Waiting = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Event {
    /// The event that the futures of `wait` end with.
    pub fn new<F: Future<Output = ()> + Send + 'static>(wait: impl Fn() -> F + Send + Sync + 'static) -> Self {
        Self(Arc::new(move || Box::pin(wait())))
    }

    pub(crate) fn wait(&self) -> Waiting {
        (self.0)()
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Event")
    }
}

/// Writes these bytes.
pub fn write(bytes: impl AsRef<[u8]>) -> Do {
    Do::Write(bytes.as_ref().to_vec())
}

/// The bytes of a response: a status line such as `200 OK`, headers, a body and its length.
pub fn response(status: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A whole response with a JSON body and the request id `req-1`.
pub fn json(status: &str, body: &str) -> Vec<Do> {
    vec![write(response(status, &[("x-amzn-requestid", "req-1")], body))]
}
