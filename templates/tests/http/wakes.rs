//! Wakes of a call: none that it sends itself, and none that gets lost, wherever its parts are polled.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame};
use loopback::{Do, Server, json, write};
use templates::runtime::ByteStream;
use templates::runtime::http::{Body, TransportError};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{sleep, timeout};

use crate::support::service::{Client, DownloadThing, UploadThing, get, ring};
use crate::support::{config, hasty};

const OK: &str = r#"{"Name":"n"}"#;

/// A future whose wakes are counted: those during a poll by the thread that polls it.
struct Counted<F> {
    inner: Pin<Box<F>>,
    wakes: Arc<Counter>,
}

#[derive(Default)]
struct Counter {
    polling: AtomicBool,
    own: AtomicUsize,
    polls: AtomicUsize,
}

struct Through(Arc<Counter>, Waker);

impl Wake for Through {
    fn wake(self: Arc<Self>) {
        // On a runtime of one thread, whatever wakes during a poll is the poll itself.
        if self.0.polling.load(Ordering::SeqCst) {
            self.0.own.fetch_add(1, Ordering::SeqCst);
        }
        self.1.wake_by_ref();
    }
}

impl<F: Future> Future for Counted<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let waker = Waker::from(Arc::new(Through(self.wakes.clone(), cx.waker().clone())));
        self.wakes.polls.fetch_add(1, Ordering::SeqCst);
        self.wakes.polling.store(true, Ordering::SeqCst);
        let polled = self.inner.as_mut().poll(&mut Context::from_waker(&waker));
        self.wakes.polling.store(false, Ordering::SeqCst);
        polled
    }
}

#[tokio::test]
async fn a_call_does_not_wake_itself() {
    let pieces = |body: &str| {
        let mut what = vec![write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")];
        for piece in body.as_bytes().chunks(4) {
            let chunk = [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat();
            what.extend([Do::Wait(Duration::from_millis(2)), Do::Write(chunk)]);
        }
        what.push(write("0\r\n\r\n"));
        what
    };
    let server = Server::answering(move |request| match request.number % 4 {
        0 => json("200 OK", OK),
        1 => vec![write("HTTP/1.1 204 No Content\r\n\r\n")],
        2 => pieces(OK),
        _ => json("404 Not Found", "{}"),
    });
    let client: Client = config().endpoint_url(server.url()).client();
    for _ in 0..40 {
        let wakes = Arc::<Counter>::default();
        let client = client.clone();
        let call = Counted { inner: Box::pin(async move { client.send(get()).await }), wakes: wakes.clone() };
        let _ = call.await;
        assert_eq!(wakes.own.load(Ordering::SeqCst), 0, "of {} polls", wakes.polls.load(Ordering::SeqCst));
    }
}

/// A body of a request that yields before each piece, by waking itself.
struct Yielding {
    left: usize,
    yielded: bool,
}

impl HttpBody for Yielding {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        if !std::mem::replace(&mut self.yielded, true) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        (self.left, self.yielded) = (self.left - 1, false);
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"0123456789")))))
    }

    fn size_hint(&self) -> http_body::SizeHint {
        http_body::SizeHint::with_exact(self.left as u64 * 10)
    }
}

fn upload(pieces: usize) -> UploadThing {
    let body = Yielding { left: pieces, yielded: false };
    UploadThing { content: Some(ByteStream::once(Body::stream(body))) }
}

/// A body that comes in pieces, some at once and some after a while.
fn in_pieces(number: usize) -> Vec<Do> {
    let mut what = vec![write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")];
    for piece in 0..8 {
        if (number + piece) % 3 == 0 {
            what.push(Do::Wait(Duration::from_millis((number % 4) as u64)));
        }
        let length = [1, 100, 5000, 70_000][(number + piece) % 4];
        what.push(write(format!("{length:x}\r\n{}\r\n", " ".repeat(length))));
    }
    what.push(write("2\r\n{}\r\n0\r\n\r\n"));
    what
}

/// The lengths that [`in_pieces`] sends.
fn length_of(number: usize) -> usize {
    (0..8).map(|piece| [1, 100, 5000, 70_000][(number + piece) % 4]).sum::<usize>() + 2
}

/// The number of a body that says its length.
const WHOLE: usize = 1000;

fn server() -> Server {
    Server::answering(|request| match request.method.as_str() {
        "GET" if request.target.starts_with("/content") => match number_in(&request.target) {
            WHOLE => json("200 OK", &" ".repeat(300_000)),
            number => in_pieces(number),
        },
        "GET" => [vec![Do::Wait(Duration::from_millis((request.number % 3) as u64))], json("200 OK", OK)].concat(),
        _ => json("200 OK", OK),
    })
}

fn number_in(target: &str) -> usize {
    target.rsplit('=').next().unwrap().parse().unwrap()
}

async fn download(client: &Client, number: usize) -> ByteStream {
    let request = DownloadThing { name: Some(number.to_string()) };
    client.send(request).await.unwrap().content.unwrap()
}

/// Reads a body to its end, after some frames were read elsewhere.
async fn length(body: Body, before: usize) -> usize {
    let mut body = pin!(body);
    let mut length = before;
    while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        length += frame.unwrap().into_data().unwrap().len();
    }
    length
}

/// A wake that is lost shows as something that never ends.
async fn ends<F: IntoFuture>(what: &str, future: F) -> F::Output {
    timeout(Duration::from_secs(30), future.into_future()).await.unwrap_or_else(|_| panic!("{what} does not end"))
}

/// Everything that can be done with a call and its body, many times over.
async fn everything(client: Client, number: usize, elsewhere: tokio::runtime::Handle) {
    // As it is.
    ends("a call", client.send(ring())).await.unwrap();
    let body = ends("a call", download(&client, number)).await.into_body().unwrap();
    assert_eq!(ends("a body", length(body, 0)).await, length_of(number));

    // Beside others in one task, which all share its waker.
    let both = async {
        let (mut one, mut other) = (pin!(client.send(get()).into_future()), pin!(client.send(ring()).into_future()));
        let (mut first, mut second) = (None, None);
        poll_fn(|cx| {
            if first.is_none() {
                if let Poll::Ready(result) = one.as_mut().poll(cx) {
                    first = Some(result);
                }
            }
            if second.is_none() {
                if let Poll::Ready(result) = other.as_mut().poll(cx) {
                    second = Some(result);
                }
            }
            if first.is_some() && second.is_some() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        first.unwrap().unwrap();
        second.unwrap().unwrap();
    };
    ends("two calls in one task", both).await;

    // Polled by one task, and finished by another on another thread or in another runtime.
    let mut body = Box::pin(download(&client, number).await.into_body().unwrap());
    let mut before = 0;
    for _ in 0..number % 5 {
        // A poll that leaves its waker behind, pending or not.
        match poll_fn(|cx| Poll::Ready(body.as_mut().poll_frame(cx))).await {
            Poll::Ready(Some(frame)) => before += frame.unwrap().into_data().unwrap().len(),
            Poll::Ready(None) => return assert_eq!(before, length_of(number)),
            Poll::Pending => {}
        }
    }
    let body = Body::stream(body);
    let moved =
        if number % 2 == 0 { tokio::spawn(length(body, before)) } else { elsewhere.spawn(length(body, before)) };
    assert_eq!(ends("a body that moved", moved).await.unwrap(), length_of(number));

    // A call that begins here and ends in another task.
    let mut call = Box::pin({
        let client = client.clone();
        async move { client.send(get()).await }
    });
    let begun = poll_fn(|cx| Poll::Ready(call.as_mut().poll(cx))).await;
    if begun.is_pending() {
        ends("a call that moved", tokio::spawn(call)).await.unwrap().unwrap();
    }

    // Dropped in the middle, or soon enough just before the end.
    let _ = timeout(Duration::from_micros(number as u64 * 37 % 3000), client.send(get()).into_future()).await;
    let read = async { length(download(&client, number).await.into_body().unwrap(), 0).await };
    let _ = timeout(Duration::from_micros(number as u64 * 61 % 6000), read).await;
    tokio::select! {
        result = client.send(get()).into_future() => drop(result.unwrap()),
        () = sleep(Duration::from_micros(number as u64 * 13 % 2000)) => {}
    }

    // A body that wakes itself while the connection is polled.
    ends("an upload", client.send(upload(50))).await.unwrap();
    // One that is another connection's response.
    let piped = UploadThing { content: Some(download(&client, WHOLE).await) };
    ends("a body from a body", client.send(piped)).await.unwrap();
}

fn runtime(threads: usize) -> Runtime {
    match threads {
        0 => Builder::new_current_thread().enable_all().build().unwrap(),
        threads => Builder::new_multi_thread().worker_threads(threads).enable_all().build().unwrap(),
    }
}

#[test]
fn none_is_lost() {
    let server = server();
    let client: Client = config().endpoint_url(server.url()).client();
    let other = runtime(2);
    for threads in [0, 1, 4] {
        let (client, elsewhere) = (client.clone(), other.handle().clone());
        let runtime = runtime(threads);
        runtime.block_on(async move {
            let tasks: Vec<_> = (0..24)
                .map(|task| {
                    let (client, elsewhere) = (client.clone(), elsewhere.clone());
                    tokio::spawn(async move {
                        for round in 0..3 {
                            everything(client.clone(), task * 3 + round, elsewhere.clone()).await;
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
        });
    }
}

#[tokio::test]
async fn none_is_lost_where_tokio_makes_a_task_yield() {
    // A task that never waits has its budget used up in the middle of everything.
    let server = Server::answering(|_| json("200 OK", OK));
    let client: Client = hasty().endpoint_url(server.url()).client();
    for _ in 0..20 {
        let busy = async {
            let (say, mut hear) = tokio::sync::mpsc::unbounded_channel();
            for step in 0..300 {
                say.send(step).unwrap();
            }
            let mut heard = 0;
            while hear.recv().await.is_some() {
                heard += 1;
                if heard % 50 == 0 {
                    client.send(get()).await.unwrap();
                }
                if heard == 300 {
                    break;
                }
            }
        };
        ends("a busy task", busy).await;
    }
}
