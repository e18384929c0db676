//! Takes one HTTP request and gives its answer, or says whether any of the request was sent. The room for other clients.
//!
//! [`HttpClient`] is all that a call asks of a transport. The default one is `hyper::HyperClient` (feature
//! `client`); a test can give one that answers from memory, and a program one that goes through its own proxy. Without
//! `client`, the feature `rustcrypto` has to be on, for requests are signed all the same.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::Instant;

use crate::runtime::base::text::one_line;

/// The answer to one request, still to come.
pub type Exchange<'a> = Pin<Box<dyn Future<Output = Result<::http::Response<Body>, TransportError>> + Send + 'a>>;

/// A transport for signed requests.
///
/// It must not follow redirects, retry, or change the request: a signature holds for one request, and whether to send
/// it again is the call's decision. Dropping the returned future, or the body of its response, must cancel the exchange.
pub trait HttpClient: Send + Sync + fmt::Debug {
    /// Sends one request; gives its answer as soon as the headers are there.
    ///
    /// Timeouts of the attempt and of the call are kept by the caller, by dropping the future.
    fn send(&self, request: ::http::Request<Body>, limits: Limits) -> Exchange<'_>;
}

/// What a transport has to keep to in one exchange.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Limits {
    /// How long a connection may take, name lookup and TLS handshake included.
    ///
    /// A transport that gives up here answers [`TransportError::not_sent`], which lets the call try again even when
    /// repeating it would act twice.
    pub connect_timeout: Option<Duration>,
    /// When the time for the exchange is up. The caller keeps to it; a transport that finds itself out of time before it
    /// has written anything can say so, with [`TransportError::not_sent`], where the caller could only guess.
    pub deadline: Option<Instant>,
}

/// Why an exchange failed, and whether the service may have seen the request.
#[derive(Debug)]
pub struct TransportError {
    sent: bool,
    timeout: bool,
    remedy: Remedy,
    source: Box<dyn StdError + Send + Sync>,
}

/// What can make an exchange succeed that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remedy {
    /// Another attempt.
    Retry,
    /// Nothing that the client does: the server has to change.
    None,
    /// A change of the program or of its settings.
    Configuration,
}

impl TransportError {
    /// Nothing of the request was written: no name, no connection, no TLS.
    pub fn not_sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { sent: false, timeout: false, remedy: Remedy::Retry, source: source.into() }
    }

    /// The request, or some of it, may have reached the service. What is not known belongs here.
    pub fn ambiguous(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { sent: true, timeout: false, remedy: Remedy::Retry, source: source.into() }
    }

    /// Says that time ran out.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// Says that another attempt would fail in the same way: the server's certificate is not trusted, for example. The call
    /// is then not repeated.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.remedy = Remedy::None;
        self
    }

    /// Says that the program or its settings have to change: a runtime without an I/O driver, a file of certificates that
    /// cannot be read. The call is not repeated, and its error is of the kind `Config`.
    #[must_use]
    pub fn misconfigured(mut self) -> Self {
        self.remedy = Remedy::Configuration;
        self
    }

    /// Whether another attempt would fail in the same way.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.remedy != Remedy::Retry
    }

    /// Whether the program or its settings have to change.
    #[must_use]
    pub fn is_misconfigured(&self) -> bool {
        self.remedy == Remedy::Configuration
    }

    /// Whether some of the request may have been written.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.sent
    }

    /// The error with the host and port of the request's URL, and what is at its root, in one line.
    pub(crate) fn describe_for(&self, url: &::http::Uri) -> String {
        let mut root: &dyn StdError = &*self.source;
        while let Some(source) = root.source() {
            root = source;
        }
        let host = HostAndPort(url);
        let root = one_line(&root.to_string()).to_string();
        match (self.is_misconfigured(), self.sent, self.timeout) {
            (true, ..) => root,
            (_, false, false) => format!("no connection to {host}: {root}"),
            (_, false, true) => format!("no connection to {host} in time: {root}"),
            (_, true, false) => format!("the connection to {host} failed before the whole response came: {root}"),
            (_, true, true) => format!("the response of {host} did not come in time: {root}"),
        }
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.sent, self.timeout) {
            (false, false) => "no connection",
            (false, true) => "no connection in time",
            (true, false) => "the connection failed before the whole response came",
            (true, true) => "the response did not come in time",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// The host and port of a URL: all of it that an error shows. The port is that of the scheme where the URL has none.
pub(crate) struct HostAndPort<'a>(pub(crate) &'a ::http::Uri);

impl fmt::Display for HostAndPort<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let implied = if self.0.scheme() == Some(&::http::uri::Scheme::HTTP) { 80 } else { 443 };
        write!(f, "{}:{}", self.0.host().unwrap_or("no host"), self.0.port_u16().unwrap_or(implied))
    }
}

/// The body of a request or a response: bytes in memory, or a stream.
#[derive(Default)]
pub struct Body(Held);

#[derive(Default)]
enum Held {
    #[default]
    Nothing,
    Bytes(Bytes),
    Stream(Pin<Box<dyn HttpBody<Data = Bytes, Error = TransportError> + Send>>),
}

impl Body {
    /// No bytes.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Held::Nothing)
    }

    /// Bytes that come as they are asked for.
    pub fn stream(body: impl HttpBody<Data = Bytes, Error = TransportError> + Send + 'static) -> Self {
        Self(Held::Stream(Box::pin(body)))
    }

    /// The bytes, where all of them are in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Held::Nothing => Some(&[]),
            Held::Bytes(bytes) => Some(bytes),
            Held::Stream(_) => None,
        }
    }

    /// Reads to the end, but not past `limit` bytes: beyond that the body is dropped, and its connection with it.
    ///
    /// # Errors
    /// Those of the transport, and [`ReadError::TooLarge`].
    pub async fn read(mut self, limit: usize) -> Result<Bytes, ReadError> {
        // What the length header says is believed only to refuse; memory is taken for bytes that came.
        if self.size_hint().lower() > limit as u64 {
            return Err(ReadError::TooLarge);
        }
        let mut read = Pieces { limit, first: Bytes::new(), rest: Vec::new() };
        while let Some(frame) = poll_fn(|cx| Pin::new(&mut self).poll_frame(cx)).await {
            read.push(frame)?;
        }
        Ok(if read.rest.is_empty() { read.first } else { read.rest.into() })
    }
}

/// What was read of a body. Most come in one piece, which is then not copied.
struct Pieces {
    limit: usize,
    first: Bytes,
    rest: Vec<u8>,
}

impl Pieces {
    fn push(&mut self, frame: Result<Frame<Bytes>, TransportError>) -> Result<(), ReadError> {
        let Ok(data) = frame.map_err(ReadError::Transport)?.into_data() else { return Ok(()) };
        if data.len() > self.limit - self.first.len().max(self.rest.len()) {
            return Err(ReadError::TooLarge);
        }
        if self.first.is_empty() && self.rest.is_empty() {
            self.first = data;
            return Ok(());
        }
        if self.rest.is_empty() {
            self.rest.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.rest.extend_from_slice(&data);
        Ok(())
    }
}

/// Why the body of an answer could not be read to its end.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The connection failed.
    Transport(TransportError),
    /// There is more than the limit allows.
    TooLarge,
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if let Held::Stream(stream) = &mut self.0 {
            return stream.as_mut().poll_frame(cx);
        }
        match std::mem::take(&mut self.0) {
            Held::Bytes(bytes) if !bytes.is_empty() => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            _ => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Held::Nothing => true,
            Held::Bytes(bytes) => bytes.is_empty(),
            Held::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Held::Nothing => SizeHint::with_exact(0),
            Held::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Held::Stream(stream) => stream.size_hint(),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Held::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl fmt::Debug for Body {
    /// Says how much there is, never what: it may be a customer's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_bytes() {
            Some(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            None => f.write_str("Body(stream)"),
        }
    }
}
