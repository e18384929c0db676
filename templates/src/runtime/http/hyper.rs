//! `HyperClient`: the default [`HttpClient`], HTTP/1.1 on hyper and rustls with a pool of its own.
//!
//! Why not hyper-util's client and hyper-rustls: they hide whether a request was written, which decides whether a call may
//! be repeated; they run a task for each connection and one for the pool; and they cost six more packages and, in a debug
//! build, 31 seconds of CPU instead of 22 for all that HTTP and TLS need (November 2026; in release, ring outweighs the
//! rest). Here the call itself drives its connection. There is no task to leak, dropping a call closes what it was using,
//! a response wakes the task that waits for it and no other, and a connection that the service closed while the program
//! was stopped is noticed before a request is lost on it.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ::http::header::PROXY_AUTHORIZATION;
use ::http::uri::{PathAndQuery, Scheme, Uri};
use ::http::{Request, Response, StatusCode};
use tokio::runtime::{Handle, Id};
use tokio::time::{Instant, timeout_at};

use crate::runtime::base::deadline::{earlier, require_timer};
use crate::runtime::base::environment::Environment;
use crate::runtime::base::random;
use crate::runtime::base::threads::BoxFuture;
use crate::runtime::http::{Body, Exchange, HttpClient, Limits, ProxyError, ProxyErrorKind, TransportError};
use body::ResponseBody;
use connect::Connector;
use exchange::{Connection, HEADERS, Heads};
use lease::Lease;
use origin::Origin;
use pool::Pool;
use proxy::Proxies;
pub use proxy::Proxy;
use resolve::Resolver;
use tls::{Tls, Trust};
use turns::{Turn, Turns};

mod body;
mod connect;
mod exchange;
mod io;
mod lease;
mod origin;
mod pool;
mod proxy;
mod reaper;
mod resolve;
mod tls;
mod tunnel;
mod turns;
mod waker;

/// An HTTP/1.1 client with a pool of connections. Cloning it is cheap, and clones share the pool.
///
/// Making one does no I/O. Certificates are checked against Mozilla's roots, which are part of the program, or against
/// the file that the settings or [`ca_bundle`](Self::ca_bundle) name; they are loaded for the first connection.
///
/// | setting | | unless set |
/// |---|---|---|
/// | requests at once, in each Tokio runtime | [`max_concurrent_requests`](Self::max_concurrent_requests) | 1,024, further ones wait their turn |
/// | idle connections | as many, in all runtimes together | 1,024 |
/// | how long a connection stays idle | [`idle_timeout`](Self::idle_timeout) | 30 seconds |
/// | how long a connection is used at all | [`connection_lifetime`](Self::connection_lifetime) | 5 minutes |
/// | size of the headers of a response | [`max_header_bytes`](Self::max_header_bytes) | 64 KiB |
/// | number of the headers of a response | [`max_headers`](Self::max_headers) | 100 |
/// | TCP keep-alive | [`tcp_keep_alive`](Self::tcp_keep_alive) | after 15 seconds |
/// | name look-ups | [`resolver`](Self::resolver) | the operating system's |
/// | proxy | [`proxy`](Self::proxy) | that of the environment, where one is read |
///
/// Redirects are never followed. Requests for credentials have 16 places of their own and never wait behind calls. A
/// connection that answered with a server error is not used again, and after a request got no response, neither are those
/// that are as old as its connection.
#[derive(Clone)]
pub struct HyperClient {
    shared: Arc<Shared>,
}

struct Shared {
    settings: Settings,
    connector: Connector,
    pool: Arc<Pool>,
    turns: Turns,
}

/// Longer than any program runs, and short enough to be added to a moment.
const FOREVER: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

#[derive(Clone)]
struct Settings {
    trust: Trust,
    resolver: Resolver,
    proxy: Proxy,
    max_concurrent_requests: usize,
    idle_timeout: Duration,
    connection_lifetime: Duration,
    max_header_bytes: usize,
    max_headers: usize,
    tcp_keep_alive: Option<Duration>,
}

impl Settings {
    fn new(trust: Trust, proxy: Proxy) -> Self {
        Self {
            trust,
            resolver: Resolver::system(),
            proxy,
            max_concurrent_requests: 1024,
            // Half of what load balancers keep theirs.
            idle_timeout: Duration::from_secs(30),
            // A service that moves to other addresses is found again within that time, however busy its connections are.
            connection_lifetime: Duration::from_secs(5 * 60),
            max_header_bytes: 64 << 10,
            max_headers: HEADERS,
            tcp_keep_alive: Some(Duration::from_secs(15)),
        }
    }
}

impl HyperClient {
    /// A client that trusts Mozilla's roots and goes through no proxy.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Settings::new(Trust::Roots, Proxy::none()))
    }

    /// A client that trusts the certificates of the file that `AWS_CA_BUNDLE` or the profile's `ca_bundle` names, or else
    /// Mozilla's roots, and goes through the proxies of the environment ([`Proxy::from_env`]).
    #[must_use]
    pub fn from_env(environment: Environment) -> Self {
        Self::from_settings(environment, None)
    }

    /// The same, with a profile that the environment does not choose.
    pub(crate) fn from_settings(environment: Environment, profile: Option<String>) -> Self {
        let proxy = Proxy::from_env(environment.clone());
        Self::of(Settings::new(Trust::Settings(environment, profile), proxy))
    }

    /// A client that trusts the certificates of a PEM file and no others, and goes through no proxy.
    #[must_use]
    pub fn ca_bundle(path: impl Into<PathBuf>) -> Self {
        Self::of(Settings::new(Trust::Bundle(path.into()), Proxy::none()))
    }

    /// Sets how many requests may be under way at once in each Tokio runtime; 0 counts as 1. Further ones wait, in the
    /// order in which they came. Each request needs a connection, which is a file descriptor.
    #[must_use]
    pub fn max_concurrent_requests(self, requests: usize) -> Self {
        self.with(|settings| settings.max_concurrent_requests = requests.max(1))
    }

    /// Sets how long a connection stays open after its last use; zero closes it at once. It should be less than what the
    /// service and all between keep theirs.
    #[must_use]
    pub fn idle_timeout(self, timeout: Duration) -> Self {
        self.with(|settings| settings.idle_timeout = timeout.min(FOREVER))
    }

    /// Sets how long a connection is used at most, however busy it is. Each one gets up to a quarter less, so that those
    /// that were opened together do not end together.
    #[must_use]
    pub fn connection_lifetime(self, lifetime: Duration) -> Self {
        self.with(|settings| settings.connection_lifetime = lifetime.min(FOREVER))
    }

    /// Sets how many bytes the headers of a response may have; no less than 8 KiB.
    #[must_use]
    pub fn max_header_bytes(self, bytes: usize) -> Self {
        self.with(|settings| settings.max_header_bytes = bytes.max(8 << 10))
    }

    /// Sets how many headers a response may have. Another number than 100 costs an allocation for each response.
    #[must_use]
    pub fn max_headers(self, headers: usize) -> Self {
        self.with(|settings| settings.max_headers = headers.max(1))
    }

    /// Sets how long a connection is silent before the operating system asks whether the other side is still there, at least
    /// a second; `None` never asks. A response that comes as it is read has no timeout, and would wait for ever for a host that is gone.
    #[must_use]
    pub fn tcp_keep_alive(self, silence: impl Into<Option<Duration>>) -> Self {
        let silence = silence.into().map(|silence| silence.max(Duration::from_secs(1)));
        self.with(|settings| settings.tcp_keep_alive = silence)
    }

    /// Sets what looks up the addresses of a host, in the order in which they are to be tried. The function may block: it
    /// runs on threads of its own, at most 16 at once, and calls that need the same host share one run.
    #[must_use]
    pub fn resolver(self, lookup: impl Fn(&str) -> std::io::Result<Vec<IpAddr>> + Send + Sync + 'static) -> Self {
        let with_port = move |host: &str| {
            let addresses = lookup(host)?;
            Ok(addresses.into_iter().map(|address| SocketAddr::new(address, 0)).collect())
        };
        self.with(|settings| settings.resolver = Resolver::new(with_port))
    }

    /// Sets the proxy that requests go through, instead of that of the environment.
    #[must_use]
    pub fn proxy(self, proxy: impl Into<Proxy>) -> Self {
        let proxy = proxy.into();
        self.with(|settings| settings.proxy = proxy)
    }

    /// A client with a pool of its own.
    fn of(settings: Settings) -> Self {
        let connector = Connector {
            tls: Tls::new(settings.trust.clone()),
            resolver: settings.resolver.clone(),
            proxies: Proxies::new(settings.proxy.clone()),
            keep_alive: settings.tcp_keep_alive,
        };
        let pool = Arc::new(Pool::new(settings.max_concurrent_requests, settings.idle_timeout));
        let turns = Turns::new(settings.max_concurrent_requests);
        Self { shared: Arc::new(Shared { settings, connector, pool, turns }) }
    }

    fn with(self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.shared.settings.clone();
        change(&mut settings);
        Self::of(settings)
    }
}

impl Default for HyperClient {
    fn default() -> Self {
        Self::new()
    }
}

impl HttpClient for HyperClient {
    fn send(&self, request: Request<Body>, limits: Limits) -> Exchange<'_> {
        Box::pin(self.shared.exchange(request, limits))
    }
}

/// The future of a connection that is opened.
type Opening<'a> = BoxFuture<'a, Result<Box<Connection>, TransportError>>;

impl Shared {
    async fn exchange(&self, request: Request<Body>, limits: Limits) -> Result<Response<Body>, TransportError> {
        let (origin, mut request) = self.split(request, limits)?;
        let runtime = Handle::try_current().map_err(|error| TransportError::not_sent(error).misconfigured())?.id();
        let turn = self.turn(runtime, limits).await?;
        let mut lease = Lease::new(self.pool.clone(), origin, turn, limits.deadline);
        // An idle connection may turn out to be closed before anything was written to it: then the next one is tried.
        loop {
            let idle = self.pool.take(lease.origin(), runtime);
            let is_new = idle.is_none();
            let connection = match idle {
                Some(idle) => idle,
                None => match in_time(until(limits), self.open(lease.origin(), runtime)).await {
                    Ok(opened) => opened?,
                    Err(error) => return Err(proxy_timeout(lease.origin(), error)),
                },
            };
            match connection.send(request).await {
                Ok((response, connection)) => {
                    relayed(lease.origin(), response.status())?;
                    lease.note(response.status());
                    return Ok(response.map(|body| Body::stream(ResponseBody::new(body, connection, lease))));
                }
                Err(refused) if is_new => return Err(lease.origin().failed(refused.error)),
                Err(refused) => match refused.unsent() {
                    Ok(unsent) => request = unsent,
                    Err(error) => {
                        let error = lease.origin().failed(error);
                        lease.fail();
                        return Err(error);
                    }
                },
            }
        }
    }

    /// The origin of a request, and the request as it is written there: with the path alone, or with its URL where a proxy
    /// relays it.
    fn split(&self, mut request: Request<Body>, limits: Limits) -> Result<(Origin, Request<Body>), TransportError> {
        let mut parts = std::mem::take(request.uri_mut()).into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme.take(), parts.authority.take()) else {
            return Err(TransportError::not_sent("the URL is not absolute").permanent());
        };
        let path = parts.path_and_query.unwrap_or_else(|| PathAndQuery::from_static("/"));
        let mut origin = Origin { tls: scheme != Scheme::HTTP, authority, proxy: None };
        if !limits.direct {
            origin.proxy = self.connector.proxies.on_the_way(origin.tls, origin.host(), origin.port())?;
        }
        *request.uri_mut() = match origin.relay() {
            None => Uri::from(path),
            Some(proxy) => {
                if let Some(authorization) = &proxy.authorization {
                    request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
                }
                let url = Uri::builder().scheme(scheme).authority(origin.authority.clone()).path_and_query(path);
                url.build().map_err(|error| TransportError::not_sent(error).permanent())?
            }
        };
        Ok((origin, request))
    }

    /// Waits for a turn.
    async fn turn(&self, runtime: Id, limits: Limits) -> Result<Turn, TransportError> {
        let turns = self.turns.of(runtime, limits.lane);
        // Most calls need no timer for it.
        if let Ok(turn) = turns.clone().try_acquire_owned() {
            return Ok(turn);
        }
        in_time(limits.deadline, turns.acquire_owned()).await?.map_err(TransportError::not_sent)
    }

    /// Opens a connection. In a box of its own: few calls do, and it is several times as large as all else of one.
    fn open<'a>(&'a self, origin: &'a Origin, runtime: Id) -> Opening<'a> {
        Box::pin(async move {
            require_timer().map_err(|error| TransportError::not_sent(error).misconfigured())?;
            self.pool.close_orphans(runtime);
            let stream = self.connector.connect(origin, self.settings.max_header_bytes).await?;
            let lifetime = self.settings.connection_lifetime;
            let expires = Instant::now() + lifetime - (lifetime / 4).mul_f64(random::unit());
            let heads = Heads { bytes: self.settings.max_header_bytes, headers: self.settings.max_headers };
            Connection::new(stream, heads, runtime, expires).await
        })
    }
}

/// Checks that a response is not the refusal of a proxy that should have relayed the request.
fn relayed(origin: &Origin, status: StatusCode) -> Result<(), TransportError> {
    match origin.relay() {
        Some(proxy) if status == StatusCode::PROXY_AUTHENTICATION_REQUIRED => Err(tunnel::refusal(proxy, status)),
        _ => Ok(()),
    }
}

/// The error of a connection that was not there in time, or that `error` kept from being waited for.
fn proxy_timeout(origin: &Origin, error: TransportError) -> TransportError {
    match &origin.proxy {
        Some(proxy) if error.is_timeout() => {
            TransportError::not_sent(ProxyError::new(proxy.name(), ProxyErrorKind::Timeout)).timed_out()
        }
        _ => error,
    }
}

/// When a connection has to be there.
fn until(limits: Limits) -> Option<Instant> {
    let until = limits.connect_timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    earlier(until, limits.deadline)
}

/// Waits for something that comes before the request is written.
async fn in_time<F: Future>(by: Option<Instant>, future: F) -> Result<F::Output, TransportError> {
    let Some(by) = by else { return Ok(future.await) };
    require_timer().map_err(|error| TransportError::not_sent(error).misconfigured())?;
    timeout_at(by, future).await.map_err(|late| TransportError::not_sent(late).timed_out())
}

impl fmt::Debug for HyperClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperClient").field("idle", &self.shared.pool.idle()).finish_non_exhaustive()
    }
}
