//! Connections and how they are opened: look-up, socket, proxy, TLS. Nothing of a request is written here.

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::io::{Io, Stream};
use super::origin::Origin;
use super::proxy::{Proxies, ProxyServer};
use super::resolve::Resolver;
use super::tls::Tls;
use super::tunnel;
use crate::runtime::http::{ProxyError, ProxyErrorKind, TransportError};

/// The settings of new connections.
pub(super) struct Connector {
    pub(super) tls: Tls,
    pub(super) resolver: Resolver,
    pub(super) proxies: Proxies,
    /// The time for which a connection is silent before the operating system asks whether the other side is still there.
    pub(super) keep_alive: Option<Duration>,
}

/// The time for which one address of a host is tried before the next one is tried beside it (RFC 8305, "Happy Eyeballs").
const HEAD_START: Duration = Duration::from_millis(250);

impl Connector {
    /// Opens a connection. The head of a proxy's response has at most `head_bytes`.
    pub(super) async fn connect(&self, origin: &Origin, head_bytes: usize) -> Result<Io, TransportError> {
        let stream = match &origin.proxy {
            None => Stream::Plain(self.socket(origin.host(), origin.port()).await.map_err(not_connected)?),
            Some(proxy) => {
                let stream = self.reach(proxy).await?;
                if origin.tls { tunnel::open(stream, proxy, origin, head_bytes).await? } else { stream }
            }
        };
        if !origin.tls {
            return Ok(Io::new(stream));
        }
        self.tls.handshake(origin.host(), stream).await.map(Io::new).map_err(|error| origin.failed(error))
    }

    /// Opens a connection to a proxy.
    async fn reach(&self, proxy: &ProxyServer) -> Result<Stream, TransportError> {
        let failed = |kind, error: TransportError| error.because_of(ProxyError::new(proxy.name(), kind));
        let socket = self.socket(&proxy.host, proxy.port).await.map_err(not_connected);
        let stream = Stream::Plain(socket.map_err(|error| failed(ProxyErrorKind::Unreachable, error))?);
        if !proxy.tls {
            return Ok(stream);
        }
        self.tls.handshake(&proxy.host, stream).await.map_err(|error| failed(ProxyErrorKind::Tls, error))
    }

    async fn socket(&self, host: &str, port: u16) -> io::Result<TcpStream> {
        let addresses = self.resolver.addresses(host, port).await?;
        let socket = race(alternate(addresses)).await?;
        // Requests are written in one piece: waiting for more to send would only delay them.
        socket.set_nodelay(true)?;
        if let Some(silence) = self.keep_alive {
            // A connection is as good without it.
            let _ = SockRef::from(&socket).set_tcp_keepalive(&keep_alive(silence));
        }
        Ok(socket)
    }
}

/// The error of a socket that was not opened.
fn not_connected(error: io::Error) -> TransportError {
    let is_misconfigured = error.get_ref().is_some_and(|error| error.is::<NoIoDriver>());
    let error = TransportError::not_sent(error);
    if is_misconfigured { error.misconfigured() } else { error }
}

/// The first question after that silence, and further ones as far apart.
fn keep_alive(silence: Duration) -> TcpKeepalive {
    let keep_alive = TcpKeepalive::new().with_time(silence);
    // Elsewhere the operating system's own interval holds.
    #[cfg(any(target_os = "linux", target_os = "macos", windows))]
    let keep_alive = keep_alive.with_interval(silence);
    keep_alive
}

/// Puts addresses of the two families in turns, the resolver's first one first: a family that leads nowhere then costs
/// one head start.
fn alternate(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let (mut preferred, mut others) = (Vec::new(), Vec::new());
    for address in addresses {
        let first = preferred.first().unwrap_or(&address);
        if address.is_ipv6() == first.is_ipv6() { &mut preferred } else { &mut others }.push(address);
    }
    let mut ordered = Vec::new();
    for turn in 0..preferred.len().max(others.len()) {
        for family in &[&preferred, &others] {
            ordered.extend_from_slice(family.get(turn..=turn).unwrap_or_default());
        }
    }
    ordered
}

/// Connects to whichever address answers first; returns the last error where none does.
async fn race(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    let mut addresses = addresses.into_iter();
    let mut connecting: Vec<Connecting> = Vec::new();
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    let mut head_start = Box::pin(sleep(Duration::ZERO));
    poll_fn(|cx| {
        loop {
            for at in (0..connecting.len()).rev() {
                match poll(&mut connecting[at], cx) {
                    Poll::Ready(Ok(socket)) => return Poll::Ready(Ok(socket)),
                    Poll::Ready(Err(error)) => {
                        last = error;
                        drop(connecting.swap_remove(at));
                    }
                    Poll::Pending => {}
                }
            }
            // The next address is due when all others have failed, or have had their head start.
            if !connecting.is_empty() && head_start.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            match addresses.next() {
                Some(address) => {
                    connecting.push(Box::pin(TcpStream::connect(address)));
                    head_start.set(sleep(HEAD_START));
                }
                None if connecting.is_empty() => {
                    return Poll::Ready(Err(std::mem::replace(&mut last, io::ErrorKind::Other.into())));
                }
                None => return Poll::Pending,
            }
        }
    })
    .await
}

type Connecting = Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>;

/// Polls a connection that is being opened. Tokio panics where the runtime has no I/O driver, and has no function that says
/// so before.
fn poll(connecting: &mut Connecting, cx: &mut Context<'_>) -> Poll<io::Result<TcpStream>> {
    match catch_unwind(AssertUnwindSafe(|| connecting.as_mut().poll(cx))) {
        Ok(polled) => polled,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            if text.is_some_and(|text| text.contains("IO is disabled")) {
                return Poll::Ready(Err(io::Error::other(NoIoDriver)));
            }
            resume_unwind(panic)
        }
    }
}

/// The runtime has no I/O driver.
#[derive(Debug)]
struct NoIoDriver;

impl fmt::Display for NoIoDriver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the Tokio runtime has no I/O driver, which connections need: build it with `enable_io` or `enable_all`",
        )
    }
}

impl std::error::Error for NoIoDriver {}
