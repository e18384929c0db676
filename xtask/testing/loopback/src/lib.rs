//! A server on loopback for tests. A script says what it does with each connection, misbehaviour included; the server
//! counts connections, requests and bytes, and records every request.
//!
//! It runs on a thread and a runtime of its own, so every task on the test's runtime belongs to the client.

mod connection;
mod record;
mod request;
mod script;

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot::{Sender, channel};
use tokio::time::sleep;

pub use crate::connection::{Stream, Wrapped};
use crate::record::Record;
pub use crate::request::Request;
use crate::script::Script;
pub use crate::script::{Do, Event, json, response, write};

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    record: Arc<Record>,
    stop: Option<Sender<()>>,
}

impl Server {
    /// Answers each request with what `script` returns for it.
    pub fn answering(script: impl Fn(&Request) -> Vec<Do> + Send + Sync + 'static) -> Self {
        Self::start(Script::OnRequest(Box::new(script)), None)
    }

    /// Answers at this address, whose port may be 0 for any.
    pub fn at(address: SocketAddr, script: impl Fn(&Request) -> Vec<Do> + Send + Sync + 'static) -> Self {
        Self::bound(address, Script::OnRequest(Box::new(script)), None)
    }

    /// Does the same after each request.
    pub fn on_request(what: Vec<Do>) -> Self {
        Self::answering(move |_| what.clone())
    }

    /// Does this as soon as there is a connection, reads no request, and closes.
    pub fn on_connect(what: Vec<Do>) -> Self {
        Self::start(Script::OnConnect(what), None)
    }

    /// Answers like [`answering`](Self::answering) on what `wrap` makes of each connection, such as a TLS stream. A
    /// connection whose wrapping fails is counted and closed.
    pub fn wrapped(
        wrap: impl Fn(tokio::net::TcpStream) -> Wrapped + Send + Sync + 'static,
        script: impl Fn(&Request) -> Vec<Do> + Send + Sync + 'static,
    ) -> Self {
        Self::start(Script::OnRequest(Box::new(script)), Some(Box::new(wrap)))
    }

    fn start(script: Script, wrap: Option<Box<connection::Wrap>>) -> Self {
        Self::bound(SocketAddr::from(([127, 0, 0, 1], 0)), script, wrap)
    }

    fn bound(address: SocketAddr, script: Script, wrap: Option<Box<connection::Wrap>>) -> Self {
        let listener = std::net::TcpListener::bind(address).expect("a port on loopback");
        listener.set_nonblocking(true).expect("a listener that does not block");
        let (address, record) = (listener.local_addr().expect("the port"), Arc::new(Record::default()));
        let (stop, stopped) = channel();
        let shared = record.clone();
        std::thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    () = accept(listener, Arc::new(script), wrap.map(Arc::from), shared) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { address, record, stop: Some(stop) }
    }

    /// Address and port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL, without TLS.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The number of connections.
    pub fn connections(&self) -> usize {
        self.record.connections.load(Ordering::SeqCst)
    }

    /// The number of requests that arrived whole.
    pub fn requests(&self) -> usize {
        self.lock().len()
    }

    /// The requests that arrived whole, in order.
    pub fn recorded(&self) -> Vec<Request> {
        self.lock().clone()
    }

    /// The one request that arrived.
    ///
    /// # Panics
    ///
    /// If none or several arrived.
    pub fn only(&self) -> Request {
        let recorded = self.recorded();
        assert_eq!(recorded.len(), 1, "{recorded:?}");
        recorded[0].clone()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Request>> {
        self.record.requests.lock().expect("a script panicked")
    }

    /// The number of bytes that the other side took.
    pub fn written(&self) -> usize {
        self.record.written.load(Ordering::SeqCst)
    }

    /// Blocks the thread, and with it the test's runtime, until `holds` returns true; gives up after five seconds.
    pub fn block_until(&self, holds: impl Fn(&Self) -> bool) {
        let start = std::time::Instant::now();
        while !holds(self) && start.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// The number of connections that are open now.
    pub fn open(&self) -> usize {
        self.record.open.load(Ordering::SeqCst)
    }

    /// The number of scripts that are under way now: 0 once each request has been answered, and what was to be closed is closed.
    pub fn busy(&self) -> usize {
        self.record.busy.load(Ordering::SeqCst)
    }

    /// The number of connections that were open at once at most.
    pub fn most_open(&self) -> usize {
        self.record.most_open.load(Ordering::SeqCst)
    }

    /// The number of connections that are open, once there are as few as expected, or after two seconds.
    pub async fn open_down_to(&self, expected: usize) -> usize {
        for _ in 0..400 {
            if self.open() <= expected {
                break;
            }
            sleep(Duration::from_millis(5)).await;
        }
        self.open()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The receiver is gone if the thread has ended.
        let _ = self.stop.take().map(|stop| stop.send(()));
    }
}

async fn accept(listener: TcpListener, script: Arc<Script>, wrap: Option<Arc<connection::Wrap>>, record: Arc<Record>) {
    loop {
        let Ok((socket, _)) = listener.accept().await else { continue };
        let (script, wrap, record) = (script.clone(), wrap.clone(), record.clone());
        let number = record.connections.fetch_add(1, Ordering::SeqCst);
        let open = record.open.fetch_add(1, Ordering::SeqCst) + 1;
        record.most_open.fetch_max(open, Ordering::SeqCst);
        tokio::spawn(async move {
            connection::serve(socket, number, wrap.as_deref(), &script, &record).await;
            record.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}
