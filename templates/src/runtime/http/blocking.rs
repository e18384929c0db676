//! Byte streams without asynchronous code (feature `blocking`): all of one, or as a [`Read`].

use std::fmt;
use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;

use bytes::{Buf, Bytes};
use http_body::Body as _;

use crate::runtime::base::block_on::{CannotBlock, block_on};
use crate::runtime::http::{Body, ByteStream, ReadError, TransportError};

impl ByteStream {
    /// Reads all of it, at most `limit` bytes, and waits for them.
    ///
    /// # Errors
    /// Those of [`collect`](Self::collect), and a call within an asynchronous runtime, which it would block.
    pub fn collect_blocking(self, limit: usize) -> Result<Bytes, ReadError> {
        block_on(self.collect(limit)).unwrap_or_else(|error| Err(ReadError::Transport(transport_error(error))))
    }

    /// A reader that waits for the bytes as they are read. A stream that was read before is at its end.
    #[must_use]
    pub fn into_reader(self) -> ByteReader {
        ByteReader { body: self.into_body(), chunk: Bytes::new() }
    }
}

/// The bytes of a [`ByteStream`], waited for as they are read.
///
/// An error ends it. Inside of an asynchronous runtime, which would stand still, each read is an error.
pub struct ByteReader {
    /// The data that is still to come; `None` at the end.
    body: Option<Body>,
    /// The data that has arrived and was not read yet.
    chunk: Bytes,
}

impl Read for ByteReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && !buffer.is_empty() {
            let Some(body) = &mut self.body else { return Ok(0) };
            let frame = block_on(poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)));
            match frame.map_err(|error| io::Error::other(transport_error(error)))? {
                Some(Ok(frame)) => self.chunk = frame.into_data().unwrap_or_default(),
                Some(Err(error)) => {
                    self.body = None;
                    return Err(io::Error::other(error));
                }
                None => self.body = None,
            }
        }
        let length = buffer.len().min(self.chunk.len());
        self.chunk.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

impl fmt::Debug for ByteReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteReader").finish_non_exhaustive()
    }
}

fn transport_error(error: CannotBlock) -> TransportError {
    match error {
        CannotBlock::InsideRuntime => TransportError::ambiguous(
            "a stream was read by waiting, within an asynchronous runtime, which it would block: await `collect` there",
        ),
        CannotBlock::NoRuntime(error) => TransportError::ambiguous(error),
    }
    .misconfigured()
}
