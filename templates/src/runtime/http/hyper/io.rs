//! The bytes of a connection, with or without TLS, as hyper reads and writes them.

use std::cell::Cell;
use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use ::hyper::rt::{Read, ReadBufCursor, Write};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

/// A connection's bytes.
pub(super) struct Io {
    stream: Stream,
    control: Control,
}

/// The connection's limits for the next reads. Clones share it.
#[derive(Clone)]
pub(super) struct Control(Arc<Reads>);

struct Reads {
    /// Whether a read that finds nothing looks at the socket itself.
    probe: AtomicBool,
    /// The number of bytes that may come until the response is there; `usize::MAX` is any number.
    head: AtomicUsize,
}

/// The bytes that may come with the headers of a response, beside them: the begin of its body, and informational responses
/// (1xx), which hyper skips. A server that sends these without end would be read without end, in one poll.
const BESIDE_HEAD: usize = 1 << 20;

impl Control {
    pub(super) fn probe(&self, on: bool) {
        self.0.probe.store(on, Ordering::Relaxed);
    }

    /// Expects a response whose headers have at most that many bytes.
    pub(super) fn expect_head(&self, bytes: usize) {
        self.0.head.store(bytes.saturating_add(BESIDE_HEAD), Ordering::Relaxed);
    }

    /// Expects anything: the response is there.
    pub(super) fn expect_body(&self) {
        self.0.head.store(usize::MAX, Ordering::Relaxed);
    }

    /// Counts bytes that came; fails where they are more than may come.
    fn count(&self, bytes: usize) -> io::Result<()> {
        let left = self.0.head.load(Ordering::Relaxed);
        if left == usize::MAX {
            return Ok(());
        }
        let left = left.checked_sub(bytes).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "the headers of the response, or responses before it, have no end",
            )
        })?;
        self.0.head.store(left, Ordering::Relaxed);
        Ok(())
    }
}

/// A socket, or TLS on one. Through a proxy that itself speaks TLS there is TLS inside of TLS.
pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<dyn Layer>),
}

/// TLS on a stream. It is an object, because whatever drops a stream would otherwise be compiled with all that TLS drops.
pub(super) trait Layer: AsyncRead + AsyncWrite + Send + Unpin {
    /// The stream below.
    fn below(&self) -> &Stream;
}

impl Layer for TlsStream<Stream> {
    fn below(&self) -> &Stream {
        self.get_ref().0
    }
}

/// The most bytes that one read takes, and that hyper's buffer holds. A response of a megabyte then takes a quarter of the
/// system calls that reads of a TLS record would take, and the socket's receive buffer does not stay full while the service
/// waits. Larger reads gain nothing more, and take more memory: hyper makes a new buffer for each.
pub(super) const LARGEST_READ: usize = 64 << 10;

thread_local! {
    /// The data that this thread read last, on its way into hyper's buffer. Lending out that buffer itself takes `unsafe`; copying
    /// costs less than the system call that brought the bytes. It grows to what reads ask for, and serves all connections:
    /// nothing is kept in it between two reads.
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

impl Io {
    pub(super) fn new(stream: Stream) -> Self {
        let reads = Reads { probe: AtomicBool::new(false), head: AtomicUsize::new(usize::MAX) };
        Self { stream, control: Control(Arc::new(reads)) }
    }

    pub(super) fn control(&self) -> Control {
        self.control.clone()
    }
}

impl Stream {
    /// Whether the operating system has something to say that the runtime has not noticed yet. A program that was stopped
    /// for a while, as in a Lambda function, finds its connections closed, and no event has told it.
    fn has_news(&self) -> bool {
        let mut stream = self;
        let socket = loop {
            match stream {
                Self::Plain(socket) => break socket,
                Self::Tls(tls) => stream = tls.below(),
            }
        };
        let peeked = SockRef::from(socket).peek(&mut [MaybeUninit::uninit()]);
        !peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }
}

/// Calls a method of the stream, whichever it is.
macro_rules! either {
    ($self:ident, $stream:ident => $call:expr) => {
        match &mut *$self {
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

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => stream.poll_read(cx, to))
    }
}

impl AsyncWrite for Stream {
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
        match self {
            Self::Plain(stream) => stream.is_write_vectored(),
            Self::Tls(stream) => stream.is_write_vectored(),
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

impl Read for Io {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, mut to: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let room = to.remaining().min(LARGEST_READ);
        let mut scratch = SCRATCH.take();
        if scratch.len() < room {
            scratch.resize(room, 0);
        }
        let mut read = ReadBuf::new(&mut scratch[..room]);
        let mut polled = Pin::new(&mut this.stream).poll_read(cx, &mut read);
        if polled.is_ready() {
            to.put_slice(read.filled());
            polled = polled.map(|read_some| read_some.and_then(|()| this.control.count(read.filled().len())));
        } else if this.control.0.probe.load(Ordering::Relaxed) && this.stream.has_news() {
            polled = Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        SCRATCH.set(scratch);
        polled
    }
}

impl Write for Io {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }
}
