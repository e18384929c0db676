//! The server: HTTP/1.1 on a listener of its own, with bounds on connections, heads, bodies and times.

use std::convert::Infallible;
use std::future::Future;
use std::io;
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
use tokio::sync::{Notify, Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::control::{self, Guard};
use super::files;
use super::io::{Socket, TokioTimer};
use super::plain::problem;
use super::service::{Answer, Backend};

/// The most connections at once; more wait in the listener's queue.
const CONNECTIONS: usize = 1024;
/// The most bytes of a request's head.
const HEAD: usize = 64 << 10;
/// The longest time that a head may take, and how long a connection may be idle.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// The most bytes of an operation's body, and of all bodies that are being read; a state that is put back may have all of them.
const BODY: usize = 16 << 20;
const BODIES: usize = 256 << 20;
/// The longest time that a body may take.
const BODY_TIME: Duration = Duration::from_secs(60);
/// The longest time that calls in progress may take when the server ends.
const END_TIME: Duration = Duration::from_secs(1);

/// The state that all connections share.
struct Shared {
    backend: Arc<Backend>,
    guard: Guard,
    /// The bytes of bodies that are being read.
    reading: AtomicUsize,
}

/// Serves connections until it is told to end: then idle connections are closed, and calls that are being answered end first.
pub(super) async fn serve(listener: TcpListener, backend: Arc<Backend>, guard: Guard, end: Arc<Notify>) {
    let shared = Arc::new(Shared { backend, guard, reading: AtomicUsize::new(0) });
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let (ending, ends) = watch::channel(());
    let mut ended = std::pin::pin!(end.notified());
    loop {
        // The end is heard of while all places are taken, too.
        let next = async { (Arc::clone(&room).acquire_owned().await, listener.accept().await) };
        let Some((permit, accepted)) = before(ended.as_mut(), next).await else { break };
        match accepted {
            Ok((stream, _)) => {
                let (shared, ends) = (Arc::clone(&shared), ends.clone());
                tokio::spawn(async move {
                    connection(stream, shared, ends).await;
                    drop(permit);
                });
            }
            // Out of file descriptors, or a client that is gone already: others may still come.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
    }
    drop(listener);
    drop(ending);
    let all = u32::try_from(CONNECTIONS).unwrap_or(u32::MAX);
    // What takes longer is closed with the runtime.
    let _ = timeout(END_TIME, room.acquire_many(all)).await;
}

/// The output of a future; `None` where another is ready first.
async fn before<E: Future, F: Future>(mut end: Pin<&mut E>, future: F) -> Option<F::Output> {
    let mut future = std::pin::pin!(future);
    let both = std::future::poll_fn(|context| match end.as_mut().poll(context) {
        Poll::Ready(_) => Poll::Ready(None),
        Poll::Pending => future.as_mut().poll(context).map(Some),
    });
    both.await
}

async fn connection(stream: TcpStream, shared: Arc<Shared>, mut ends: watch::Receiver<()>) {
    let _ = stream.set_nodelay(true);
    let service = ::hyper::service::service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { respond(&shared, request).await }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer).header_read_timeout(HEAD_TIME).max_buf_size(HEAD).half_close(false);
    // Whatever a client does wrong ends its own connection only.
    let mut served = std::pin::pin!(server.serve_connection(Socket::new(stream), service));
    let ended = std::pin::pin!(ends.changed());
    if before(ended, served.as_mut()).await.is_none() {
        served.as_mut().graceful_shutdown();
        let _ = served.await;
    }
}

/// Lost connections are errors of the service: hyper then closes without an answer.
async fn respond(shared: &Shared, request: Request<Incoming>) -> Result<Response<FullBody>, io::Error> {
    let (parts, body) = request.into_parts();
    let is_control = control::is_control(parts.uri.path());
    if is_control {
        // Before the body is read: a state may be large.
        if let Some(response) = shared.guard.refuse(&parts.headers) {
            return Ok(closing(response));
        }
    }
    let body = match read(shared, body, if is_control { BODIES } else { BODY }).await {
        Ok(body) => body,
        Err(response) => return Ok(closing(response)),
    };
    if is_control {
        return Ok(control::respond(&shared.backend, &parts, &body).map(FullBody::new));
    }
    if files::is_file(parts.uri.path()) {
        return Ok(shared.backend.file(&parts, &body).map(FullBody::new));
    }
    let met = shared.backend.meet(&parts);
    if !met.latency.is_zero() {
        sleep(met.latency).await;
    }
    match shared.backend.answer(&parts, &body, met) {
        Answer::Response(response) => Ok(response.map(FullBody::new)),
        Answer::Lost => Err(io::Error::new(io::ErrorKind::ConnectionReset, "the connection is lost, as requested")),
    }
}

/// A whole body, within the bounds of one and of all.
async fn read(shared: &Shared, body: Incoming, most: usize) -> Result<Bytes, Response<Bytes>> {
    let mut held = BodyReservation { all: &shared.reading, bytes: 0 };
    match timeout(BODY_TIME, collect(body, &mut held, most)).await {
        Ok(read) => read,
        Err(_) => Err(problem(StatusCode::REQUEST_TIMEOUT, "the body took too long")),
    }
}

async fn collect(mut body: Incoming, held: &mut BodyReservation<'_>, most: usize) -> Result<Bytes, Response<Bytes>> {
    let mut all = BytesMut::new();
    loop {
        let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await;
        let data = match frame {
            None => return Ok(all.freeze()),
            Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
            Some(Err(_)) => return Err(problem(StatusCode::BAD_REQUEST, "the body is not as its headers say")),
        };
        if all.len() + data.len() > most {
            return Err(problem(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large"));
        }
        if !held.grow(data.len()) {
            return Err(problem(StatusCode::SERVICE_UNAVAILABLE, "too many bodies are being read at once"));
        }
        all.extend_from_slice(&data);
    }
}

/// The bytes of a body among those of all.
struct BodyReservation<'a> {
    all: &'a AtomicUsize,
    bytes: usize,
}

impl BodyReservation<'_> {
    fn grow(&mut self, bytes: usize) -> bool {
        self.bytes += bytes;
        self.all.fetch_add(bytes, Ordering::Relaxed) + bytes <= BODIES
    }
}

impl Drop for BodyReservation<'_> {
    fn drop(&mut self) {
        self.all.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// A response behind which the connection is closed: the rest of its request is not read.
fn closing(response: Response<Bytes>) -> Response<FullBody> {
    let mut response = response.map(FullBody::new);
    response.headers_mut().insert(::http::header::CONNECTION, ::http::HeaderValue::from_static("close"));
    response
}

/// A body that is there.
pub(super) struct FullBody(Option<Bytes>);

impl FullBody {
    fn new(bytes: Bytes) -> Self {
        Self(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

impl Body for FullBody {
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
