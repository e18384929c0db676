//! One connection: its requests, and the steps of the script.

use std::io::Result;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::time::Duration;

use socket2::{SockRef, Socket};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::record::Record;
use crate::request::read;
use crate::script::{Do, Script};

/// A connection, as it is or wrapped.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// The result of wrapping a connection.
pub type Wrapped = Pin<Box<dyn Future<Output = Result<Box<dyn Stream>>> + Send>>;

pub(crate) type Wrap = dyn Fn(TcpStream) -> Wrapped + Send + Sync;

/// Serves one connection to its end.
pub(crate) async fn serve(socket: TcpStream, number: usize, wrap: Option<&Wrap>, script: &Script, record: &Record) {
    // A second handle to the socket: its options cannot be reached through what it is wrapped in.
    let options = SockRef::from(&socket).try_clone().expect("a handle to the socket");
    let stream: Box<dyn Stream> = match wrap {
        None => Box::new(socket),
        Some(wrap) => match wrap(socket).await {
            Ok(stream) => stream,
            Err(_) => return,
        },
    };
    let mut connection = Connection { stream, options, record };
    let script = match script {
        Script::OnConnect(what) => {
            connection.act(what, Busy::new(record)).await;
            return;
        }
        Script::OnRequest(script) => script,
    };
    let mut pending = Vec::new();
    while let Some(mut request) = read(&mut connection.stream, &mut pending).await {
        let busy = Busy::new(record);
        {
            let mut requests = record.requests.lock().expect("a script panicked");
            (request.number, request.connection) = (requests.len(), number);
            requests.push(request.clone());
        }
        let Some(open) = connection.act(&script(&request), busy).await else { return };
        connection = open;
    }
}

/// A script under way.
struct Busy<'r>(&'r Record);

impl<'r> Busy<'r> {
    fn new(record: &'r Record) -> Self {
        record.busy.fetch_add(1, Ordering::SeqCst);
        Self(record)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::SeqCst);
    }
}

struct Connection<'r> {
    stream: Box<dyn Stream>,
    options: Socket,
    record: &'r Record,
}

impl<'r> Connection<'r> {
    /// Does all of it; `None` if the connection is at its end. It is closed before the server counts as idle.
    async fn act(mut self, what: &[Do], busy: Busy<'r>) -> Option<Self> {
        let mut busy = Some(busy);
        if self.steps(what, &mut busy).await {
            return Some(self);
        }
        drop(self);
        drop(busy);
        None
    }

    /// Does all of it; `false` if the connection is at its end. A step that waits for the other side to close ends `busy`.
    async fn steps(&mut self, what: &[Do], busy: &mut Option<Busy<'r>>) -> bool {
        for one in what {
            let done = match one {
                Do::Write(bytes) => self.write(bytes).await,
                Do::Drip(bytes, pause) => self.drip(bytes, *pause).await,
                Do::Flood(bytes) => self.flood(bytes).await,
                Do::Wait(time) => {
                    sleep(*time).await;
                    Ok(())
                }
                Do::Await(event) => {
                    event.wait().await;
                    Ok(())
                }
                Do::Stall => {
                    drop(busy.take());
                    let mut rest = Vec::new();
                    let _ = self.stream.read_to_end(&mut rest).await;
                    return false;
                }
                Do::Forward(address) => {
                    if let Ok(mut other) = TcpStream::connect(address).await {
                        let _ = copy_bidirectional(&mut self.stream, &mut other).await;
                    }
                    return false;
                }
                Do::Close => return false,
                Do::Reset => {
                    self.options.set_linger(Some(Duration::ZERO)).expect("a socket that can be reset");
                    return false;
                }
            };
            if done.is_err() {
                return false;
            }
        }
        true
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await?;
        self.record.written.fetch_add(bytes.len(), Ordering::SeqCst);
        Ok(())
    }

    async fn drip(&mut self, bytes: &[u8], pause: Duration) -> Result<()> {
        self.options.set_tcp_nodelay(true)?;
        for byte in bytes {
            self.write(&[*byte]).await?;
            sleep(pause).await;
        }
        Ok(())
    }

    async fn flood(&mut self, bytes: &[u8]) -> Result<()> {
        loop {
            self.write(bytes).await?;
        }
    }
}
