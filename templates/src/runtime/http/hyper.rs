//! Takes one HTTP request; sends it over a connection of its own pool. The default [`HttpClient`], on hyper and rustls.
//!
//! Why not hyper-util's client and hyper-rustls: they hide whether a request was written, which decides whether a call may
//! be repeated; they run a task for each connection and one for the pool; and they cost six more packages and, in a debug
//! build, 31 seconds of CPU instead of 22 for all that HTTP and TLS need (November 2026; in release, ring outweighs the
//! rest). Here the call itself drives its connection. There is no task to leak, dropping a call closes what it was using,
//! an answer wakes the task that waits for it and no other, and a connection that the service closed while the program
//! was stopped is noticed before a request is lost on it.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ::http::Request;
use ::http::uri::{PathAndQuery, Scheme, Uri};
use tokio::runtime::{Handle, Id};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use crate::runtime::base::deadline::earlier;
use crate::runtime::base::environment::Environment;
use crate::runtime::http::{Body, Exchange, HttpClient, Limits, TransportError};
use connect::Origin;
use exchange::{Connection, Reply};
use pool::Pool;
use tls::{Tls, Trust};

mod connect;
mod exchange;
mod io;
mod pool;
mod tls;

/// An HTTP/1.1 client with a pool of connections. Cloning it is cheap, and clones share the pool.
///
/// Making one does no I/O. Certificates are checked against Mozilla's roots, which are part of the program, or against
/// the file that the settings or [`ca_bundle`](Self::ca_bundle) name; they are loaded for the first connection.
///
/// | | |
/// |---|---|
/// | requests at once | 100, the others wait their turn |
/// | connections kept open | as many, for 30 seconds after their last use |
/// | headers of an answer | 64 KiB, 100 of them |
/// | redirects | never followed |
#[derive(Clone)]
pub struct HyperClient {
    shared: Arc<Shared>,
}

struct Shared {
    tls: Tls,
    pool: Pool,
    turns: Arc<Semaphore>,
}

/// How many requests are under way at once. A connection is a file descriptor, and 1,024 is a common limit for those.
const AT_ONCE: usize = 100;

/// How long a connection is kept after its last use: half of what load balancers keep theirs.
const KEPT: Duration = Duration::from_secs(30);

impl HyperClient {
    /// Makes a client that trusts Mozilla's roots.
    #[must_use]
    pub fn new() -> Self {
        Self::trusting(Trust::Roots)
    }

    /// Makes a client that trusts the certificates of the file that `AWS_CA_BUNDLE` or the profile's `ca_bundle` names, or
    /// else Mozilla's roots.
    #[must_use]
    pub fn from_env(environment: Environment) -> Self {
        Self::from_settings(environment, None)
    }

    /// The same, with a profile that the environment does not choose.
    pub(crate) fn from_settings(environment: Environment, profile: Option<String>) -> Self {
        Self::trusting(Trust::Settings(environment, profile))
    }

    /// Makes a client that trusts the certificates of a PEM file and no others.
    #[must_use]
    pub fn ca_bundle(path: impl Into<PathBuf>) -> Self {
        Self::trusting(Trust::Bundle(path.into()))
    }

    fn trusting(trust: Trust) -> Self {
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        Self { shared: Arc::new(Shared { tls: Tls::new(trust), pool: Pool::new(AT_ONCE, KEPT), turns }) }
    }
}

impl Default for HyperClient {
    fn default() -> Self {
        Self::new()
    }
}

impl HttpClient for HyperClient {
    fn send(&self, request: Request<Body>, limits: Limits) -> Exchange<'_> {
        Box::pin(self.exchange(request, limits))
    }
}

impl HyperClient {
    async fn exchange(&self, request: Request<Body>, limits: Limits) -> Result<::http::Response<Body>, TransportError> {
        let (origin, mut request) = split(request)?;
        let turn = in_time(limits.deadline, self.shared.turns.clone().acquire_owned()).await?;
        let turn = turn.map_err(TransportError::not_sent)?;
        let runtime = Handle::try_current().map_err(TransportError::not_sent)?.id();
        // A kept connection may turn out to be closed before anything was written to it: then the next one is tried.
        loop {
            let kept = self.shared.pool.take(&origin, runtime);
            let is_new = kept.is_none();
            let connection = match kept {
                Some(kept) => kept,
                // In a box of its own: few calls open a connection, and it is several times as large as all else of one.
                None => in_time(until(limits), Box::pin(open(&origin, &self.shared.tls, runtime))).await??,
            };
            match connection.send(request).await {
                Ok((response, connection)) => return Ok(self.reply(response, connection, origin, turn)),
                Err(refused) if is_new => return Err(refused.error),
                Err(refused) => request = refused.unsent()?,
            }
        }
    }

    /// The response, whose body keeps the connection until it has been read.
    fn reply(
        &self,
        response: ::http::Response<::hyper::body::Incoming>,
        connection: Box<Connection>,
        origin: Origin,
        turn: tokio::sync::OwnedSemaphorePermit,
    ) -> ::http::Response<Body> {
        let shared = self.shared.clone();
        response.map(|incoming| {
            Body::stream(Reply::new(incoming, connection, move |connection| {
                shared.pool.put(origin, connection);
                drop(turn);
            }))
        })
    }
}

/// Where a request goes, and the request as it is written there: with the path alone.
fn split(mut request: Request<Body>) -> Result<(Origin, Request<Body>), TransportError> {
    let parts = std::mem::take(request.uri_mut()).into_parts();
    let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
        return Err(TransportError::not_sent("the URL is not absolute"));
    };
    let path = parts.path_and_query.unwrap_or_else(|| PathAndQuery::from_static("/"));
    *request.uri_mut() = Uri::from(path);
    Ok((Origin { tls: scheme != Scheme::HTTP, authority }, request))
}

/// When a connection has to be there.
fn until(limits: Limits) -> Option<Instant> {
    let until = limits.connect_timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    earlier(until, limits.deadline)
}

async fn open(origin: &Origin, tls: &Tls, runtime: Id) -> Result<Box<Connection>, TransportError> {
    Connection::new(connect::connect(origin, tls).await?, runtime).await
}

/// Waits for something that comes before the request is written.
async fn in_time<F: Future>(by: Option<Instant>, future: F) -> Result<F::Output, TransportError> {
    match by {
        Some(by) => timeout_at(by, future).await.map_err(|late| TransportError::not_sent(late).timed_out()),
        None => Ok(future.await),
    }
}

impl fmt::Debug for HyperClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperClient").field("idle", &self.shared.pool.idle()).finish_non_exhaustive()
    }
}
