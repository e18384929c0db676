//! Bodies of requests and responses: bytes in memory, or bytes that come as they are asked for.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::runtime::base::threads::{MaybeSend, sendable};
use crate::runtime::http::TransportError;

/// The body of a request or a response: bytes in memory, or a stream.
pub struct Body(Content);

// Of two variants, which take no more room than the bytes alone: hyper keeps room for 32 requests with each connection.
enum Content {
    Bytes(Bytes),
    Stream(Pin<Box<sendable!(dyn HttpBody<Data = Bytes, Error = TransportError>)>>),
}

impl Body {
    /// No bytes.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Content::Bytes(Bytes::new()))
    }

    /// Bytes that come as they are asked for.
    pub fn stream(body: impl HttpBody<Data = Bytes, Error = TransportError> + MaybeSend + 'static) -> Self {
        Self(Content::Stream(Box::pin(body)))
    }

    /// The bytes, if all of them are in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// Reads the body to its end, at most `limit` bytes. A longer one is dropped, and its connection is closed.
    ///
    /// # Errors
    /// Those of the transport, and [`ReadError::TooLarge`].
    pub async fn read(mut self, limit: usize) -> Result<Bytes, ReadError> {
        // The length header is believed only to refuse a body, and to reserve some multiple of the bytes that have come.
        if self.size_hint().lower() > limit as u64 {
            return Err(ReadError::TooLarge);
        }
        let mut read = Collected { limit, only: Bytes::new(), joined: Vec::new() };
        while let Some(frame) = poll_fn(|cx| Pin::new(&mut self).poll_frame(cx)).await {
            read.push(frame, self.size_hint().lower())?;
        }
        Ok(if read.joined.is_empty() { read.only } else { read.joined.into() })
    }
}

/// The bytes of a body so far.
struct Collected {
    limit: usize,
    /// The frame of a body that has one, as most have: it is not copied.
    only: Bytes,
    /// The frames of another body. Each is copied as it comes, so that the transport has its buffer back for the next one.
    joined: Vec<u8>,
}

/// The bytes that are reserved for each byte that has come, where that many are still to come.
const RESERVED: usize = 16;

impl Collected {
    /// Adds a frame, after which at least `to_come` bytes follow.
    fn push(&mut self, frame: Result<Frame<Bytes>, TransportError>, to_come: u64) -> Result<(), ReadError> {
        let Ok(data) = frame.map_err(ReadError::Transport)?.into_data() else { return Ok(()) };
        let before = self.only.len() + self.joined.len();
        if data.len() > self.limit - before {
            return Err(ReadError::TooLarge);
        }
        if before == 0 && to_come == 0 {
            self.only = data;
            return Ok(());
        }
        let come = before + data.len();
        if come > self.joined.capacity() {
            let to_come = usize::try_from(to_come).unwrap_or(usize::MAX).min(self.limit - come);
            self.joined.reserve(come - self.joined.len() + to_come.min(come.saturating_mul(RESERVED)));
        }
        self.joined.extend_from_slice(&std::mem::take(&mut self.only));
        self.joined.extend_from_slice(&data);
        Ok(())
    }
}

/// Why a body could not be read to its end.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The connection failed.
    Transport(TransportError),
    /// It is longer than the limit.
    TooLarge,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(error) => error.fmt(f),
            Self::TooLarge => f.write_str("the body is longer than the limit"),
        }
    }
}

impl StdError for ReadError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::TooLarge => None,
        }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        match &mut self.0 {
            Content::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Bytes(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Content::Stream(stream) => stream.as_mut().poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Content::Bytes(bytes) => bytes.is_empty(),
            Content::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Content::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(stream) => stream.size_hint(),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Bytes(bytes))
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
    /// Shows the number of bytes, never the bytes: they may be a customer's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_bytes() {
            Some(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            None => f.write_str("Body(stream)"),
        }
    }
}
