//! A server on loopback that misbehaves on purpose, and counts what it saw.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::oneshot::{Sender, channel};
use tokio::time::sleep;

/// One thing that the server does with a connection. A request is answered by a list of them.
#[derive(Debug, Clone)]
pub enum Do {
    /// Writes bytes.
    Write(Vec<u8>),
    /// Writes bytes one by one, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Writes the same bytes over and over, until the other side no longer takes them.
    Flood(Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Does nothing, until the other side closes.
    Stall,
    /// Ends the connection as one should.
    Close,
    /// Breaks the connection.
    Reset,
}

/// Bytes of an answer.
pub fn write(bytes: impl AsRef<[u8]>) -> Do {
    Do::Write(bytes.as_ref().to_vec())
}

/// A whole answer with a JSON body.
pub fn json(status: &str, body: &str) -> Vec<Do> {
    let length = body.len();
    vec![write(format!("HTTP/1.1 {status}\r\nx-amzn-requestid: req-1\r\ncontent-length: {length}\r\n\r\n{body}"))]
}

/// When the server does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// As soon as there is a connection.
    Connected,
    /// After each request.
    Asked,
}

/// What the server counted.
#[derive(Debug, Default)]
pub struct Counts {
    connections: AtomicUsize,
    open: AtomicUsize,
    requests: AtomicUsize,
    written: AtomicUsize,
}

/// The server, on a thread and a runtime of its own: what is left on the test's runtime is the client's. It stops when it
/// is dropped.
#[derive(Debug)]
pub struct Server {
    pub address: SocketAddr,
    counts: Arc<Counts>,
    stop: Option<Sender<()>>,
}

type Plan = dyn Fn(usize) -> Vec<Do> + Send + Sync;

impl Server {
    /// Answers each request with what `plan` says for its number, counted from 0.
    pub fn answering(plan: impl Fn(usize) -> Vec<Do> + Send + Sync + 'static) -> Self {
        Self::start(When::Asked, Arc::new(plan))
    }

    /// Does the same to everyone.
    pub fn doing(when: When, what: Vec<Do>) -> Self {
        Self::start(when, Arc::new(move |_| what.clone()))
    }

    fn start(when: When, plan: Arc<Plan>) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let (address, counts) = (listener.local_addr().unwrap(), Arc::new(Counts::default()));
        let (stop, stopped) = channel();
        let shared = counts.clone();
        std::thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                tokio::select! {
                    () = accept(listener, when, plan, shared) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { address, counts, stop: Some(stop) }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// How many requests came whole.
    pub fn requests(&self) -> usize {
        self.counts.requests.load(Ordering::SeqCst)
    }

    /// How many bytes were taken from the server.
    pub fn written(&self) -> usize {
        self.counts.written.load(Ordering::SeqCst)
    }

    /// Blocks the thread until something holds, five seconds at most; the runtime of the test learns nothing meanwhile.
    pub fn block_until(&self, holds: impl Fn(&Self) -> bool) {
        let start = std::time::Instant::now();
        while !holds(self) && start.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// How many connections are open now.
    pub fn open(&self) -> usize {
        self.counts.open.load(Ordering::SeqCst)
    }

    /// How many connections are open still, once that is as few as expected, or after two seconds.
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
        // Nobody listens where the thread has ended already.
        let _ = self.stop.take().map(|stop| stop.send(()));
    }
}

async fn accept(listener: TcpListener, when: When, plan: Arc<Plan>, counts: Arc<Counts>) {
    loop {
        let Ok((socket, _)) = listener.accept().await else { continue };
        let (plan, counts) = (plan.clone(), counts.clone());
        counts.connections.fetch_add(1, Ordering::SeqCst);
        counts.open.fetch_add(1, Ordering::SeqCst);
        tokio::spawn(async move {
            serve(socket, when, &*plan, &counts).await;
            counts.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

async fn serve(mut socket: TcpStream, when: When, plan: &Plan, counts: &Counts) {
    if when == When::Connected {
        let number = counts.connections.load(Ordering::SeqCst) - 1;
        act(&mut socket, plan(number), counts).await;
        return;
    }
    let mut buffer = Vec::new();
    while request(&mut socket, &mut buffer).await {
        let number = counts.requests.fetch_add(1, Ordering::SeqCst);
        if !act(&mut socket, plan(number), counts).await {
            return;
        }
    }
}

/// Does all of it; `false` where the connection is at its end.
async fn act(socket: &mut TcpStream, what: Vec<Do>, counts: &Counts) -> bool {
    for one in what {
        let written = match &one {
            Do::Write(bytes) => socket.write_all(bytes).await.map(|()| bytes.len()),
            Do::Drip(bytes, pause) => drip(socket, bytes, *pause).await,
            Do::Flood(bytes) => flood(socket, bytes, counts).await,
            Do::Wait(time) => {
                sleep(*time).await;
                Ok(0)
            }
            Do::Stall => {
                let mut rest = Vec::new();
                let _ = socket.read_to_end(&mut rest).await;
                return false;
            }
            Do::Close => return false,
            Do::Reset => {
                SockRef::from(&*socket).set_linger(Some(Duration::ZERO)).unwrap();
                return false;
            }
        };
        match written {
            Ok(bytes) => counts.written.fetch_add(bytes, Ordering::SeqCst),
            Err(_) => return false,
        };
    }
    true
}

async fn drip(socket: &mut TcpStream, bytes: &[u8], pause: Duration) -> std::io::Result<usize> {
    socket.set_nodelay(true)?;
    for byte in bytes {
        socket.write_all(&[*byte]).await?;
        sleep(pause).await;
    }
    Ok(bytes.len())
}

async fn flood(socket: &mut TcpStream, bytes: &[u8], counts: &Counts) -> std::io::Result<usize> {
    loop {
        socket.write_all(bytes).await?;
        counts.written.fetch_add(bytes.len(), Ordering::SeqCst);
    }
}

/// Reads one request, body included; `false` where there is none.
async fn request(socket: &mut TcpStream, buffer: &mut Vec<u8>) -> bool {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .map_or(0, |value| value.trim().parse().unwrap());
            if buffer.len() >= end + 4 + length {
                buffer.drain(..end + 4 + length);
                return true;
            }
        }
        match socket.read_buf(buffer).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => return false,
        }
    }
}
