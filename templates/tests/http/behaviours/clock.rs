//! The clock of a row: the virtual clock of its runtime. It stands still during an exchange, and moves on where the script of the
//! server waits or stalls.
//!
//! So a timeout comes exactly where a row expects one, on a machine however busy, and no row waits for it.

use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body as HttpBody, Frame, SizeHint};
use loopback::{Do, Event, Server};
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::http::{Body, Exchange, HttpClient, Limits, TransportError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::{spawn_blocking, yield_now};
use tokio::time::advance;

/// A time that passes, and whom to tell that it has.
type Step = (Duration, oneshot::Sender<()>);

/// The server's end: its scripts say when time passes.
#[derive(Clone)]
pub struct Clock {
    steps: UnboundedSender<Step>,
    /// The time for which a server stalls before the client's patience is looked at.
    patience: Duration,
}

/// The runtime's end.
pub struct Hand(UnboundedReceiver<Step>);

pub fn clock(patience: Duration) -> (Clock, Hand) {
    let (steps, received) = unbounded_channel();
    (Clock { steps, patience }, Hand(received))
}

impl Clock {
    /// The script with this clock for all that it waits for. Before a step that waits, and after it, the client reads what has
    /// come.
    pub fn keep(&self, script: Vec<Do>) -> Vec<Do> {
        let mut kept = Vec::new();
        for step in script {
            match step {
                Do::Wait(time) => kept.push(self.pass(time)),
                Do::Stall => kept.extend([self.pass(self.patience), Do::Stall]),
                Do::Drip(bytes, pause) => {
                    for byte in bytes {
                        kept.extend([Do::Write(vec![byte]), self.pass(pause)]);
                    }
                }
                other => kept.push(other),
            }
        }
        kept
    }

    fn pass(&self, time: Duration) -> Do {
        let steps = self.steps.clone();
        Do::Await(Event::new(move || {
            let (passed, wait) = oneshot::channel();
            // Where the row has ended nobody waits for the time.
            let _ = steps.send((time, passed));
            async move {
                let _ = wait.await;
            }
        }))
    }
}

impl Hand {
    /// Moves the clock whenever the server says so.
    pub async fn turn(mut self) {
        while let Some((time, passed)) = self.0.recv().await {
            settle().await;
            advance(time).await;
            settle().await;
            let _ = passed.send(());
        }
        std::future::pending::<()>().await;
    }
}

/// Lets everybody else on the runtime go on as far as they can. Each turn looks for events of sockets, and wakes whom they are for.
pub async fn settle() {
    for _ in 0..8 {
        yield_now().await;
    }
}

/// Waits until the server has answered, and has closed what it closes.
pub async fn idle(server: &Server) {
    let start = std::time::Instant::now();
    while server.busy() > 0 {
        assert!(start.elapsed().as_secs() < 30, "the server does not come to an end");
        yield_now().await;
    }
    settle().await;
}

/// The client under test, during whose exchanges the clock stands still. An exchange begins once the server has done all that the one
/// before it asked for: the time between two attempts is virtual, and leaves the server none.
#[derive(Debug, Clone)]
pub struct Held {
    pub client: HyperClient,
    pub server: Option<Arc<Server>>,
}

impl HttpClient for Held {
    fn send(&self, request: Request<Body>, limits: Limits) -> Exchange<'_> {
        Box::pin(async move {
            let hold = Hold::new();
            if let Some(server) = &self.server {
                idle(server).await;
            }
            let response: Response<Body> = self.client.send(request, limits).await?;
            Ok(response.map(|body| Body::stream(HeldBody { body, hold: Some(hold) })))
        })
    }
}

/// Keeps the clock from moving by itself: tokio's does not while a blocking task runs.
struct Hold {
    _end: mpsc::Sender<()>,
}

impl Hold {
    fn new() -> Self {
        let (end, ended) = mpsc::channel::<()>();
        spawn_blocking(move || ended.recv().is_err());
        Self { _end: end }
    }
}

struct HeldBody {
    body: Body,
    hold: Option<Hold>,
}

impl HttpBody for HeldBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(None | Some(Err(_))) = &polled {
            self.hold = None;
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
