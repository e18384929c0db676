//! Takes a scheme, host and port; gives an open connection. Nothing of a request is written here.

use std::future::{Future, poll_fn};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use ::http::uri::Authority;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::sleep;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::{Connect, TlsConnector};

use super::io::{Io, Stream};
use super::tls::Tls;
use crate::runtime::http::TransportError;

/// What connections are kept apart by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) tls: bool,
    pub(super) authority: Authority,
}

/// How long one address of a host is tried before the next one is tried beside it (RFC 8305, "Happy Eyeballs").
const HEAD_START: Duration = Duration::from_millis(250);

/// Opens a connection.
pub(super) async fn connect(origin: &Origin, tls: &Tls) -> Result<Io, TransportError> {
    let socket = socket(origin).await.map_err(TransportError::not_sent)?;
    if !origin.tls {
        return Ok(Io::new(Stream::Plain(socket)));
    }
    match handshake(origin, tls, socket)?.await {
        Ok(stream) => Ok(Io::new(Stream::Tls(Box::new(stream)))),
        Err(error) => Err(TransportError::not_sent(error)),
    }
}

async fn socket(origin: &Origin) -> io::Result<TcpStream> {
    let port = origin.authority.port_u16().unwrap_or(if origin.tls { 443 } else { 80 });
    let addresses = lookup_host((host(origin), port)).await?;
    let socket = race(alternate(addresses)).await?;
    // Requests are written in one piece: waiting for more to send would only delay them.
    socket.set_nodelay(true)?;
    Ok(socket)
}

fn handshake(origin: &Origin, tls: &Tls, socket: TcpStream) -> Result<Connect<TcpStream>, TransportError> {
    let name = ServerName::try_from(host(origin).to_owned()).map_err(TransportError::not_sent)?;
    Ok(TlsConnector::from(tls.config()?).connect(name, socket))
}

fn host(origin: &Origin) -> &str {
    origin.authority.host().trim_start_matches('[').trim_end_matches(']')
}

/// Puts addresses of the two families in turns, the resolver's first one first: a family that leads nowhere then costs
/// one head start.
fn alternate(addresses: impl Iterator<Item = SocketAddr>) -> Vec<SocketAddr> {
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

/// Connects to whichever address answers first; gives the last error where none does.
async fn race(addresses: Vec<SocketAddr>) -> io::Result<TcpStream> {
    let mut addresses = addresses.into_iter();
    let mut connecting: Vec<Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>> = Vec::new();
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    let mut head_start = Box::pin(sleep(Duration::ZERO));
    poll_fn(|cx| {
        loop {
            for at in (0..connecting.len()).rev() {
                match connecting[at].as_mut().poll(cx) {
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
