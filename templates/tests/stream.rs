//! Request bodies that are not held in memory.

mod common;

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use common::client;
use common::script::{Script, Step, answer};
use common::service::UploadThing;
use http_body::{Body as HttpBody, Frame, SizeHint};
use templates::runtime::http::{Body, TransportError};
use templates::runtime::{ByteStream, ErrorKind};

/// So many pieces of a thousand bytes; says how long it is if it is to.
struct Pieces {
    left: u64,
    says_length: bool,
    breaks: bool,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.left == 0 {
            return Poll::Ready(self.breaks.then(|| Err(TransportError::not_sent("the file is gone"))));
        }
        self.left -= 1;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b'x'; 1000])))))
    }

    fn size_hint(&self) -> SizeHint {
        if self.says_length { SizeHint::with_exact(self.left * 1000) } else { SizeHint::default() }
    }
}

fn upload(left: u64, says_length: bool, breaks: bool) -> UploadThing {
    UploadThing { content: Some(ByteStream::once(Body::stream(Pieces { left, says_length, breaks }))) }
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_sent_once() {
    for failure in [answer(500, ""), Step::Broken, Step::NotSent] {
        let script = Script::new([failure, answer(200, "{}")]);
        let error = client(script.clone()).send(upload(3, true, false)).await.unwrap_err();
        assert_eq!((error.attempts(), script.count()), (1, 1));
        assert_eq!(script.seen()[0].body.len(), 3000);
        assert_eq!(script.seen()[0].headers["x-amz-content-sha256"], "UNSIGNED-PAYLOAD");
    }
}

#[tokio::test(start_paused = true)]
async fn bytes_in_memory_are_sent_again() {
    let script = Script::new([answer(500, ""), answer(200, "{}")]);
    let request = UploadThing { content: Some("in memory".into()) };
    client(script.clone()).send(request).await.unwrap();
    assert!(script.seen().iter().all(|seen| seen.body == "in memory"));
    assert!(!script.seen()[0].headers.contains_key("x-amz-content-sha256"));
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_was_read_is_not_sent() {
    let script = Script::new([answer(200, "{}")]);
    let client = client(script.clone());
    let request = upload(3, true, false);
    client.send(request.clone()).await.unwrap();
    let error = client.send(request).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), script.count()), (ErrorKind::Build, 0, 1), "{error}");
}

#[cfg(feature = "client")]
#[tokio::test]
async fn over_a_connection() {
    use std::time::Duration;

    use common::server::{Do, Server, When, json};

    let server = Server::answering(|_| json("200 OK", "{}"));
    let client: common::service::Client = common::hasty().endpoint_url(server.url()).client();
    for _ in 0..3 {
        client.send(upload(500, true, false)).await.unwrap();
    }
    assert_eq!((server.requests(), server.connections()), (3, 1));

    // A stream that breaks off breaks the request off: what came of it is never taken for the whole.
    let error = client.send(upload(10, false, true)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{error}");
    assert_eq!(server.requests(), 3);

    // A refusal may come before all of the request was sent.
    let unread = vec![Do::Wait(Duration::from_millis(600)), Do::Reset];
    let early = Server::doing(When::Connected, [json("413 Too Large", ""), unread].concat());
    let client: common::service::Client = common::hasty().endpoint_url(early.url()).client();
    let error = client.send(upload(100_000, true, false)).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(413), 1), "{error}");
    drop(client);
    assert_eq!(early.open_down_to(0).await, 0);
}
