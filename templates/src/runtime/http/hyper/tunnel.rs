//! Tunnels: a proxy is asked to connect to a host (`CONNECT`, RFC 9110), and from then on passes bytes on.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::io::Stream;
use super::origin::Origin;
use super::proxy::ProxyServer;
use crate::runtime::http::{ProxyError, ProxyErrorKind, TransportError};

/// Opens a tunnel to an origin on a connection to a proxy. The head of the proxy's response has at most `head_bytes`.
pub(super) async fn open(
    mut stream: Stream,
    proxy: &ProxyServer,
    origin: &Origin,
    head_bytes: usize,
) -> Result<Stream, TransportError> {
    let closed = |error: io::Error| failed(ProxyError::new(proxy.name(), ProxyErrorKind::Closed).caused_by(&error));
    let request = request(proxy, origin);
    let mut rest = &request[..];
    poll_fn(|cx| poll_write_all(&mut stream, cx, &mut rest)).await.map_err(closed)?;
    let mut head = Vec::new();
    loop {
        if poll_fn(|cx| poll_read(&mut stream, cx, &mut head)).await.map_err(closed)? == 0 {
            return Err(closed(io::ErrorKind::UnexpectedEof.into()));
        }
        match status(&mut head, head_bytes) {
            Progress::Incomplete => {}
            Progress::Malformed => return Err(failed(ProxyError::new(proxy.name(), ProxyErrorKind::Malformed))),
            // The other side of the tunnel does not speak first.
            Progress::Status(status) if status.is_success() && head.is_empty() => return Ok(stream),
            Progress::Status(status) if status.is_success() => {
                return Err(failed(ProxyError::new(proxy.name(), ProxyErrorKind::Malformed)));
            }
            Progress::Status(status) => return Err(refusal(proxy, status)),
        }
    }
}

/// Writes the rest of some bytes. Tokio has this as a method behind a feature that nothing else here needs.
fn poll_write_all(stream: &mut Stream, cx: &mut Context<'_>, rest: &mut &[u8]) -> Poll<io::Result<()>> {
    while !rest.is_empty() {
        match ready!(Pin::new(&mut *stream).poll_write(cx, rest))? {
            0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
            written => *rest = &rest[written..],
        }
    }
    Pin::new(stream).poll_flush(cx)
}

/// Appends what can be read, and returns how many bytes that is; 0 is the end.
fn poll_read(stream: &mut Stream, cx: &mut Context<'_>, to: &mut Vec<u8>) -> Poll<io::Result<usize>> {
    let mut bytes = [0; 1024];
    let mut read = ReadBuf::new(&mut bytes);
    ready!(Pin::new(stream).poll_read(cx, &mut read))?;
    to.extend_from_slice(read.filled());
    Poll::Ready(Ok(read.filled().len()))
}

/// The error of a proxy that responds with a status instead of passing a request on.
pub(super) fn refusal(proxy: &ProxyServer, status: StatusCode) -> TransportError {
    let error = failed(ProxyError::of_status(proxy.name(), status, proxy.authorization.is_some()));
    match status {
        StatusCode::PROXY_AUTHENTICATION_REQUIRED | StatusCode::UNAUTHORIZED => error.misconfigured(),
        // Both ask for patience.
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => error,
        _ if status.is_server_error() => error,
        _ => error.permanent(),
    }
}

fn failed(error: ProxyError) -> TransportError {
    TransportError::not_sent(error)
}

/// The bytes of the request.
fn request(proxy: &ProxyServer, origin: &Origin) -> Vec<u8> {
    let host = origin.authority.host();
    let place = format!("{host}:{}", origin.port());
    let mut request = format!("CONNECT {place} HTTP/1.1\r\nhost: {place}\r\n").into_bytes();
    if let Some(authorization) = &proxy.authorization {
        request.extend_from_slice(b"proxy-authorization: ");
        request.extend_from_slice(authorization.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    request
}

/// How far a response has come: not to the end of a head, to something that is none, or to a head with this status.
enum Progress {
    Incomplete,
    Malformed,
    Status(StatusCode),
}

/// The status of the first whole head, which is then removed. Informational heads (1xx) before it are skipped.
fn status(bytes: &mut Vec<u8>, most: usize) -> Progress {
    loop {
        let begin = b"HTTP/1.";
        if !bytes.iter().zip(begin).all(|(one, other)| one == other) {
            return Progress::Malformed;
        }
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            return if bytes.len() > most { Progress::Malformed } else { Progress::Incomplete };
        };
        let status = match bytes[..end].get(begin.len()..begin.len() + 5) {
            Some([b'0' | b'1', b' ', status @ ..]) => StatusCode::from_bytes(status).ok(),
            _ => None,
        };
        bytes.drain(..end + 4);
        match status {
            Some(status) if status.is_informational() => {}
            Some(status) => return Progress::Status(status),
            None => return Progress::Malformed,
        }
    }
}
