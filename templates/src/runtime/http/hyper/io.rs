//! Takes a socket, with or without TLS; gives hyper the reading and writing it asks for.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use ::hyper::rt::{Read, ReadBufCursor, Write};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// A connection's bytes.
pub(super) struct Io {
    stream: Stream,
    /// What was read last. Lending out hyper's own buffer takes `unsafe`; copying what came costs less than the system
    /// call that brought it.
    buffer: Box<[u8]>,
    probe: Probe,
}

/// Asks the next read, if there is nothing to be read, to look for itself.
#[derive(Clone, Default)]
pub(super) struct Probe(Arc<AtomicBool>);

impl Probe {
    pub(super) fn set(&self, on: bool) {
        self.0.store(on, Ordering::Relaxed);
    }
}

pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// The most that is read at a time: a TLS record.
const CHUNK: usize = 16 << 10;

impl Io {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, buffer: vec![0; CHUNK].into(), probe: Probe::default() }
    }

    pub(super) fn probe(&self) -> Probe {
        self.probe.clone()
    }
}

impl Stream {
    /// Whether the operating system has something to say that the runtime has not noticed yet. A program that was stopped
    /// for a while, as in a Lambda function, finds its connections closed, and no event has told it.
    fn has_news(&self) -> bool {
        let socket = match self {
            Self::Plain(socket) => socket,
            Self::Tls(stream) => stream.get_ref().0,
        };
        let peeked = SockRef::from(socket).peek(&mut [MaybeUninit::uninit()]);
        !peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }
}

/// Calls a method of the stream, whichever it is.
macro_rules! either {
    ($self:ident, $stream:ident => $call:expr) => {
        match &mut $self.stream {
            Stream::Plain(stream) => {
                let $stream = Pin::new(stream);
                $call
            }
            Stream::Tls(stream) => {
                let $stream = Pin::new(&mut **stream);
                $call
            }
        }
    };
}

impl Read for Io {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, mut to: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let room = to.remaining().min(CHUNK);
        let mut read = ReadBuf::new(&mut this.buffer[..room]);
        let polled = either!(this, stream => stream.poll_read(cx, &mut read));
        if polled.is_pending() && this.probe.0.load(Ordering::Relaxed) && this.stream.has_news() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        ready!(polled)?;
        to.put_slice(read.filled());
        Poll::Ready(Ok(()))
    }
}

impl Write for Io {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        either!(self, stream => stream.poll_write(cx, bytes))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => stream.poll_flush(cx))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => stream.poll_shutdown(cx))
    }

    fn is_write_vectored(&self) -> bool {
        match &self.stream {
            Stream::Plain(stream) => stream.is_write_vectored(),
            Stream::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        either!(self, stream => stream.poll_write_vectored(cx, slices))
    }
}
