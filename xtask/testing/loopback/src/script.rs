//! The steps of a script, and the bytes of common responses.

use std::net::SocketAddr;
use std::time::Duration;

use crate::request::Request;

/// What the server does, and when.
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
    /// Does nothing until the other side closes.
    Stall,
    /// Connects to an address, and passes bytes on in both directions until both sides have closed, as a tunnel does.
    Forward(SocketAddr),
    /// Closes the connection in order.
    Close,
    /// Resets the connection.
    Reset,
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
