//! Requests without a client, and an instance to begin with.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use amazon_connect::testing::StandIn;
use serde_json::Value;

/// The response.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// Sends a request on a connection of its own.
pub fn request(stand_in: &StandIn, method: &str, target: &str, body: &[u8]) -> Answer {
    let host = stand_in.address();
    request_with(stand_in, method, target, &format!("host: {host}\r\n"), body)
}

/// The same with other headers.
pub fn request_with(stand_in: &StandIn, method: &str, target: &str, headers: &str, body: &[u8]) -> Answer {
    let length = body.len();
    let head = format!("{method} {target} HTTP/1.1\r\n{headers}connection: close\r\ncontent-length: {length}\r\n\r\n");
    raw(stand_in, &[head.as_bytes(), body].concat()).expect("an answer")
}

/// Sends bytes, and reads until the other side closes; `None` where nothing came.
pub fn raw(stand_in: &StandIn, bytes: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(stand_in.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    // The other side may close before all is sent.
    let _ = stream.write_all(bytes);
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    let end = all.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head, body: all[end + 4..].to_vec() })
}
