//! Sockets and timers, as hyper's server asks for them.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use ::hyper::rt::{Read, ReadBufCursor, Timer, Write};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// The most bytes of one read.
const READ: usize = 16 << 10;

/// The time for which a client may leave an answer unread.
const UNREAD: Duration = Duration::from_secs(60);

/// A connection's bytes.
pub(super) struct Socket {
    stream: TcpStream,
    /// When a write that the client does not read has waited long enough.
    stalled: Option<Pin<Box<Sleep>>>,
    /// The data that was read, on its way into hyper's buffer: lending out that buffer itself takes `unsafe`.
    scratch: Box<[u8]>,
}

impl Socket {
    pub fn new(stream: TcpStream) -> Self {
        Self { stream, stalled: None, scratch: vec![0; READ].into_boxed_slice() }
    }
}

impl Read for Socket {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, mut to: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let Self { stream, scratch, .. } = self.get_mut();
        let most = to.remaining().min(scratch.len());
        let mut buffer = ReadBuf::new(&mut scratch[..most]);
        match Pin::new(stream).poll_read(context, &mut buffer) {
            Poll::Ready(Ok(())) => {
                to.put_slice(buffer.filled());
                Poll::Ready(Ok(()))
            }
            other => other,
        }
    }
}

impl Write for Socket {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let Self { stream, stalled, .. } = self.get_mut();
        let written = Pin::new(stream).poll_write(context, bytes);
        if written.is_ready() {
            *stalled = None;
            return written;
        }
        let stalled = stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(UNREAD)));
        stalled.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

/// Tokio's timer.
#[derive(Debug, Clone, Copy)]
pub(super) struct TokioTimer;

/// A time that hyper waits for.
struct TimerSleep(Pin<Box<Sleep>>);

impl Future for TimerSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(context)
    }
}

impl ::hyper::rt::Sleep for TimerSleep {}

impl Timer for TokioTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn ::hyper::rt::Sleep>> {
        Box::pin(TimerSleep(Box::pin(tokio::time::sleep(duration))))
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn ::hyper::rt::Sleep>> {
        Box::pin(TimerSleep(Box::pin(tokio::time::sleep_until(deadline.into()))))
    }
}
