//! Takes an open connection and a request; gives the response and its body, driving the connection meanwhile.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};

use ::http::{Request, Response};
use ::hyper::body::Incoming;
use ::hyper::client::conn::http1::{self, SendRequest};
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::runtime::Id;

use super::io::{Io, Probe};
use crate::runtime::http::{Body, TransportError};

/// The most bytes that the headers of an answer may have.
const HEADERS: usize = 64 << 10;

/// An open connection. It moves only while somebody polls it: the call that uses it, and then whoever takes it next.
pub(super) struct Connection {
    sender: SendRequest<Body>,
    /// What reads and writes; `None` once it has ended. It is dropped then, for it holds the request that it did not get
    /// to write, and gives it back only so.
    driver: Option<http1::Connection<Io, Body>>,
    probe: Probe,
    pub(super) runtime: Id,
}

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
    pub(super) async fn new(io: Io, runtime: Id) -> Result<Box<Self>, TransportError> {
        let mut builder = http1::Builder::new();
        builder.max_header_size(HEADERS);
        let probe = io.probe();
        let (sender, driver) = builder.handshake(io).await.map_err(TransportError::not_sent)?;
        Ok(Box::new(Self { sender, driver: Some(driver), probe, runtime }))
    }

    fn drive(&mut self, cx: &mut Context<'_>) {
        // An error of the driver reaches the request or the body as well, which report it.
        if self.driver.as_mut().is_some_and(|driver| Pin::new(driver).poll(cx).is_ready()) {
            self.driver = None;
        }
    }

    /// Whether the connection can take another request: open, and nothing came since the last answer.
    pub(super) fn is_reusable(&mut self) -> bool {
        self.probe.set(true);
        self.drive(&mut Context::from_waker(Waker::noop()));
        self.probe.set(false);
        self.is_open()
    }

    fn is_open(&self) -> bool {
        self.driver.is_some() && self.sender.is_ready()
    }

    /// Sends a request; gives the response as soon as its headers are there.
    pub(super) async fn send(
        mut self: Box<Self>,
        request: Request<Body>,
    ) -> Result<(Response<Incoming>, Box<Self>), Refused> {
        let mut answer = pin!(self.sender.try_send_request(request));
        let answer = poll_fn(|cx| {
            self.drive(cx);
            answer.as_mut().poll(cx)
        });
        match answer.await {
            Ok(response) => Ok((response, self)),
            Err(mut error) => Err(match error.take_message() {
                Some(request) => {
                    Refused { error: TransportError::not_sent(error.into_error()), request: Some(request) }
                }
                None => Refused { error: TransportError::ambiguous(error.into_error()), request: None },
            }),
        }
    }
}

/// The body of a response, which drives the connection it comes over. Dropping it before its end closes the connection.
pub(super) struct Reply<F> {
    incoming: Incoming,
    /// The connection, and what is done with it at the end of the body.
    connection: Option<(Box<Connection>, F)>,
}

impl<F: FnOnce(Box<Connection>) + Send> Reply<F> {
    pub(super) fn new(incoming: Incoming, connection: Box<Connection>, at_end: F) -> Self {
        Self { incoming, connection: Some((connection, at_end)) }
    }
}

impl<F: FnOnce(Box<Connection>) + Send + Unpin> HttpBody for Reply<F> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = &mut *self;
        // The body says first that it is wanted, which lets the connection read it, and then has it.
        let mut frame = Pin::new(&mut this.incoming).poll_frame(cx);
        if let (Poll::Pending, Some((connection, _))) = (&frame, &mut this.connection) {
            connection.drive(cx);
            frame = Pin::new(&mut this.incoming).poll_frame(cx);
        }
        match ready!(frame) {
            Some(Ok(frame)) => Poll::Ready(Some(Ok(frame))),
            Some(Err(error)) => {
                this.connection = None;
                Poll::Ready(Some(Err(TransportError::ambiguous(error))))
            }
            None => {
                if let Some((mut connection, at_end)) = this.connection.take() {
                    connection.drive(cx);
                    if connection.is_open() {
                        at_end(connection);
                    }
                }
                Poll::Ready(None)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}
