//! The body of a response: it reads on over the connection that the response came over, and gives the connection back.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ::hyper::body::Incoming;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::exchange::Connection;
use super::lease::Lease;
use crate::runtime::http::TransportError;

/// The body of a response, which drives the connection that it comes over. Dropping it before its end closes the connection.
pub(super) struct ResponseBody {
    incoming: Incoming,
    /// The connection that the body arrives on, until it ends.
    source: Option<(Box<Connection>, Lease)>,
}

impl ResponseBody {
    pub(super) fn new(incoming: Incoming, connection: Box<Connection>, lease: Lease) -> Self {
        Self { incoming, source: Some((connection, lease)) }
    }

    fn end(&mut self, cx: &Context<'_>) {
        if let Some((mut connection, lease)) = self.source.take() {
            connection.wakers.set_task(cx.waker());
            connection.drive();
            if connection.is_open() {
                lease.give_back(connection);
            } else {
                lease.end();
            }
        }
    }
}

impl HttpBody for ResponseBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let this = &mut *self;
        let mut incoming = Pin::new(&mut this.incoming);
        let frame = match &mut this.source {
            Some((connection, _)) => connection.poll_channel(cx, |cx| incoming.as_mut().poll_frame(cx)),
            None => incoming.poll_frame(cx),
        };
        Poll::Ready(match ready!(frame) {
            Some(Ok(frame)) => Some(Ok(frame)),
            Some(Err(error)) => {
                let mut error = TransportError::ambiguous(error);
                if let Some((_, lease)) = this.source.take() {
                    error = lease.origin().failed(error);
                    lease.fail();
                }
                Some(Err(error))
            }
            None => {
                this.end(cx);
                None
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}
