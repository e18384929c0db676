//! A request as it arrived.

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tokio::io::{AsyncRead, AsyncReadExt};

/// A request that arrived whole.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its position among the requests of the server, from 0.
    pub number: usize,
    /// The connection that it came over, by its position among those of the server, from 0.
    pub connection: usize,
    /// The method.
    pub method: Method,
    /// Path and query string, as they are on the wire.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header that is there once.
    ///
    /// # Panics
    ///
    /// If the header is missing, repeated or no text.
    pub fn header(&self, name: &str) -> &str {
        let values: Vec<_> = self.headers.get_all(name).iter().collect();
        assert_eq!(values.len(), 1, "{name} in {:?}", self.headers);
        values[0].to_str().expect("a header of text")
    }
}

/// Reads the next request; `None` if the connection ends before one is whole.
pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin), pending: &mut Vec<u8>) -> Option<Request> {
    loop {
        if let Some((request, length)) = first(pending) {
            pending.drain(..length);
            return Some(request);
        }
        match stream.read_buf(pending).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => return None,
        }
    }
}

/// The first request among the bytes, and how many of them it is; `None` if it is not whole yet.
fn first(bytes: &[u8]) -> Option<(Request, usize)> {
    let start = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = std::str::from_utf8(&bytes[..start]).expect("a head of text");
    let mut lines = head.lines();
    let mut words = lines.next()?.split(' ');
    let method = words.next()?.parse().expect("a method");
    let target = words.next().expect("a target").to_owned();
    // A client may speak the version that the last response had.
    assert!(matches!(words.next(), Some("HTTP/1.1" | "HTTP/1.0")), "{head}");
    let mut headers = HeaderMap::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').expect("a header");
        let name: HeaderName = name.parse().expect("the name of a header");
        headers.append(name, HeaderValue::from_str(value.trim()).expect("the value of a header"));
    }
    assert!(!headers.contains_key("transfer-encoding"), "this server reads no chunked body: {head}");
    let length = headers.get("content-length").map_or(0, |value| {
        let value = value.to_str().expect("a length of text");
        value.parse().expect("a length")
    });
    let body = bytes.get(start..start + length)?.to_vec();
    // The positions are set when the request is recorded.
    Some((Request { number: 0, connection: 0, method, target, headers, body }, start + length))
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn a_request_ends_after_its_body() {
        for part in ["GET / HTTP/1.1\r\n\r", "P / HTTP/1.1\r\nContent-Length: 2\r\n\r\na"] {
            assert!(first(part.as_bytes()).is_none(), "{part}");
        }
        let whole = "PUT /a?b HTTP/1.1\r\nContent-Length: 2\r\nX: y: z \r\n\r\nab";
        let (request, length) = first(format!("{whole}GET").as_bytes()).unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str(), request.header("x")), ("PUT", "/a?b", "y: z"));
        assert_eq!((request.body.as_slice(), length), (&b"ab"[..], whole.len()));
    }
}
