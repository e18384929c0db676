//! One exchange over an open connection: a request goes out, a response and its body come back.
//!
//! Nobody but the call itself drives the connection. Hyper's connection future is polled by whoever waits for the response,
//! and then by whoever reads the body.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll};

use ::http::{HeaderMap, HeaderValue, Request, Response};
use ::hyper::body::Incoming;
use ::hyper::client::conn::http1::{self, SendRequest};
use http_body::Body as _;
use tokio::runtime::Id;
use tokio::time::Instant;

use super::io::{Control, Io, LARGEST_READ};
use super::waker::Wakers;
use crate::runtime::base::threads::BoxFuture;
use crate::runtime::http::{Body, TransportError};

/// An open connection. It moves only while somebody polls it: the call that uses it, and then whoever takes it next.
pub(super) struct Connection {
    sender: SendRequest<Body>,
    /// Hyper's connection future, which reads and writes; `None` once it has ended. It is dropped then, because it returns
    /// a request that it did not write only when it is dropped. In a box, because whatever drops a response or a pool would
    /// otherwise be compiled with all that hyper and TLS drop.
    driver: Option<Driver>,
    pub(super) wakers: Wakers,
    control: Control,
    /// The most bytes that the headers of a response may have.
    header_bytes: usize,
    /// The runtime whose events the socket gets.
    pub(super) runtime: Id,
    /// When the connection is no longer used for another request, however good it is.
    pub(super) expires: Instant,
}

type Driver = BoxFuture<'static, ::hyper::Result<()>>;

/// The most that the head of a response may have.
#[derive(Clone, Copy)]
pub(super) struct Heads {
    pub(super) bytes: usize,
    pub(super) headers: usize,
}

/// The number of headers that hyper has room for on the stack. Any number that is set has it allocate.
pub(super) const HEADERS: usize = 100;

/// The bytes of the longest body that one read may well bring together with its headers.
const LONG_BODY: u64 = 16 << 10;

/// A request that was not answered.
pub(super) struct Refused {
    pub(super) error: TransportError,
    /// The request, where nothing of it was written.
    request: Option<Request<Body>>,
}

impl Refused {
    /// The request where nothing of it was written, else the error.
    pub(super) fn unsent(self) -> Result<Request<Body>, TransportError> {
        self.request.ok_or(self.error)
    }
}

impl Connection {
    /// Prepares an open socket for requests whose responses have such heads.
    pub(super) async fn new(io: Io, heads: Heads, runtime: Id, expires: Instant) -> Result<Box<Self>, TransportError> {
        let mut builder = http1::Builder::new();
        builder.max_header_size(heads.bytes).max_buf_size(heads.bytes.max(LARGEST_READ));
        if heads.headers != HEADERS {
            builder.max_headers(heads.headers);
        }
        let control = io.control();
        let (sender, driver) = builder.handshake(io).await.map_err(TransportError::not_sent)?;
        let (driver, wakers): (Driver, _) = (Box::pin(driver), Wakers::new());
        Ok(Box::new(Self {
            sender,
            driver: Some(driver),
            wakers,
            control,
            header_bytes: heads.bytes,
            runtime,
            expires,
        }))
    }

    /// Lets the connection read and write as far as it can.
    pub(super) fn drive(&mut self) {
        let Some(driver) = &mut self.driver else { return };
        // An error of the driver reaches the request or the body as well, which report it.
        if self.wakers.poll_driver(|cx| driver.as_mut().poll(cx)).is_ready() {
            self.driver = None;
        }
    }

    /// Polls a channel that the connection fills, and the connection as long as that makes a difference.
    pub(super) fn poll_channel<T>(
        &mut self,
        cx: &Context<'_>,
        mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        self.wakers.set_task(cx.waker());
        let mut driven = false;
        loop {
            let (polled, woke_driver) = self.wakers.poll_channel(&mut poll);
            if polled.is_ready() || (driven && !woke_driver) {
                return polled;
            }
            self.drive();
            driven = true;
        }
    }

    /// Whether the connection can take another request: open, and nothing came since the last response.
    pub(super) fn is_reusable(&mut self) -> bool {
        self.control.probe(true);
        let is_open = self.is_open_now();
        self.control.probe(false);
        is_open
    }

    /// Whether the connection is open as far as its runtime has noticed, if that still runs.
    pub(super) fn is_open_now(&mut self) -> bool {
        self.drive();
        self.is_open()
    }

    pub(super) fn is_open(&self) -> bool {
        self.driver.is_some() && self.sender.is_ready()
    }

    /// Has events of the connection wake nobody until it is used again.
    pub(super) fn set_idle(&self) {
        self.wakers.clear_task();
    }

    /// Sends a request; returns the response as soon as its headers are there.
    pub(super) async fn send(
        mut self: Box<Self>,
        request: Request<Body>,
    ) -> Result<(Response<Incoming>, Box<Self>), Refused> {
        self.control.expect_head(self.header_bytes);
        let mut response = pin!(self.sender.try_send_request(request));
        match poll_fn(|cx| self.poll_channel(cx, |cx| response.as_mut().poll(cx))).await {
            Ok(mut response) => {
                self.control.expect_body();
                if response.body().size_hint().lower() > LONG_BODY {
                    detach(response.headers_mut());
                }
                Ok((response, self))
            }
            Err(mut error) => Err(match error.take_message() {
                Some(request) => {
                    Refused { error: TransportError::not_sent(error.into_error()), request: Some(request) }
                }
                None => Refused { error: TransportError::ambiguous(error.into_error()), request: None },
            }),
        }
    }
}

/// Copies the values of headers out of hyper's buffer. As long as they are slices of it, hyper reads the body into another one.
fn detach(headers: &mut HeaderMap) {
    for value in headers.values_mut() {
        if let Ok(copy) = HeaderValue::from_bytes(value.as_bytes()) {
            *value = copy;
        }
    }
}
