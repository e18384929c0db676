//! The server: HTTP/1.1 on a listener of its own, with bounds on connections, heads, bodies and times.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use ::http::{Request, Response, StatusCode};
use ::hyper::body::Incoming;
use ::hyper::server::conn::http1;
use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tokio::time::{sleep, timeout};

use super::control::{self, Guard};
use super::io::{Sleeps, Socket};
use super::service::{Answer, Backend, problem};

/// The most connections at once; more wait in the listener's queue.
const CONNECTIONS: usize = 1024;
/// The most bytes of a request's head.
const HEAD: usize = 64 << 10;
/// How long a head may take, and how long a connection may be idle.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// The most bytes of a body, and of all bodies that are being read.
const BODY: usize = 16 << 20;
const BODIES: usize = 256 << 20;
/// How long a body may take.
const BODY_TIME: Duration = Duration::from_secs(60);
/// How long connections may take to end.
const END_TIME: Duration = Duration::from_secs(2);

/// What all connections share.
struct Shared {
    backend: Arc<Backend>,
    guard: Guard,
    /// The bytes of bodies that are being read.
    reading: AtomicUsize,
}

/// Serves connections until it is told to end.
pub(super) async fn serve(listener: TcpListener, backend: Arc<Backend>, guard: Guard, end: Arc<Notify>) {
    let shared = Arc::new(Shared { backend, guard, reading: AtomicUsize::new(0) });
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut ended = std::pin::pin!(end.notified());
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        let accepted = std::future::poll_fn(|context| match ended.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => listener.poll_accept(context).map(Some),
        });
        let Some(accepted) = accepted.await else { break };
        match accepted {
            Ok((stream, peer)) => {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    connection(stream, peer, shared).await;
                    drop(permit);
                });
            }
            // Out of file descriptors, or a client that is gone already: others may still come.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
    drop(listener);
    // Calls that are being answered end; idle connections are closed with the runtime.
    let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    let _ = timeout(END_TIME.min(Duration::from_millis(50)), room.acquire_many(all)).await;
}

async fn connection(stream: TcpStream, _peer: SocketAddr, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let service = ::hyper::service::service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { respond(&shared, request).await }
    });
    let mut server = http1::Builder::new();
    server.timer(Sleeps).header_read_timeout(HEAD_TIME).max_buf_size(HEAD).half_close(false);
    // Whatever a client does wrong ends its own connection only.
    let _ = server.serve_connection(Socket::new(stream), service).await;
}

/// Lost connections are errors of the service: hyper then closes without an answer.
async fn respond(shared: &Shared, request: Request<Incoming>) -> Result<Response<Whole>, io::Error> {
    let (parts, body) = request.into_parts();
    let body = match read(shared, body).await {
        Ok(body) => body,
        Err(response) => return Ok(closing(response)),
    };
    if control::is_control(parts.uri.path()) {
        let response = control::respond(&shared.backend, &shared.guard, &parts, &body);
        return Ok(response.map(Whole::new));
    }
    let met = shared.backend.meet(&parts);
    if !met.latency.is_zero() {
        sleep(met.latency).await;
    }
    match shared.backend.answer(&parts, &body, met) {
        Answer::Response(response) => Ok(response.map(Whole::new)),
        Answer::Lost => Err(io::Error::new(io::ErrorKind::ConnectionReset, "the connection is lost, as was asked for")),
    }
}

/// A whole body, within the bounds of one and of all.
async fn read(shared: &Shared, body: Incoming) -> Result<Bytes, Response<Bytes>> {
    let mut held = Held { all: &shared.reading, bytes: 0 };
    match timeout(BODY_TIME, collect(body, &mut held)).await {
        Ok(read) => read,
        Err(_) => Err(problem(StatusCode::REQUEST_TIMEOUT, "the body took too long")),
    }
}

async fn collect(mut body: Incoming, held: &mut Held<'_>) -> Result<Bytes, Response<Bytes>> {
    let mut all = BytesMut::new();
    loop {
        let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        let data = match frame {
            None => return Ok(all.freeze()),
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
            Some(Err(_)) => return Err(problem(StatusCode::BAD_REQUEST, "the body is not as its headers say")),
        };
        if all.len() + data.len() > BODY {
            return Err(problem(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"));
        }
        if !held.grow(data.len()) {
            return Err(problem(StatusCode::SERVICE_UNAVAILABLE, "too many bodies are being read at once"));
        }
        all.extend_from_slice(&data);
    }
}

/// The bytes of a body among those of all.
struct Held<'a> {
    all: &'a AtomicUsize,
    bytes: usize,
}

impl Held<'_> {
    fn grow(&mut self, bytes: usize) -> bool {
        self.bytes += bytes;
        self.all.fetch_add(bytes, Ordering::Relaxed) + bytes <= BODIES
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// A response behind which the connection is closed: the rest of its request is not read.
fn closing(response: Response<Bytes>) -> Response<Whole> {
    let mut response = response.map(Whole::new);
    response.headers_mut().insert(::http::header::CONNECTION, ::http::HeaderValue::from_static("close"));
    response
}

/// A body that is there.
pub(super) struct Whole(Option<Bytes>);

impl Whole {
    fn new(bytes: Bytes) -> Self {
        Self(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        std::task::Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

/// Runs a future on a runtime of its own, which ends with it.
pub(super) fn block_on<F: Future>(future: F) -> io::Result<F::Output> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let output = runtime.block_on(future);
    runtime.shutdown_background();
    Ok(output)
}
