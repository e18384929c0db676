//! Bodies that are not held in memory, of requests and of answers.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use templates::runtime::http::{Body, TransportError};
use templates::runtime::{ByteStream, ErrorKind};

use crate::support::client;
use crate::support::script::{Script, Step, answer};
use crate::support::service::{DownloadThing, UploadThing};

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

#[tokio::test]
async fn memory_is_reserved_for_some_of_what_is_said_to_come() {
    for (left, says_length) in [(1, true), (1, false), (2, false), (3, true), (17, true), (40, false), (200, true)] {
        let read = Body::stream(Pieces { left, says_length, breaks: false }).read(1 << 20).await.unwrap();
        assert!(read.len() as u64 == left * 1000 && read.iter().all(|byte| *byte == b'x'));
        let room = Vec::from(read).capacity() as u64;
        let once = if says_length { left * 1000 } else { left * 2000 };
        assert!(room <= once, "{room} bytes for {left} pieces");
    }
    // Whatever a body says, it gets some multiple of what came.
    struct Promise(bool);

    impl HttpBody for Promise {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            Poll::Ready(std::mem::take(&mut self.0).then(|| Ok(Frame::data(Bytes::from(vec![b'x'; 100])))))
        }

        fn size_hint(&self) -> SizeHint {
            SizeHint::with_exact(60 << 20)
        }
    }

    let read = Body::stream(Promise(true)).read(64 << 20).await.unwrap();
    assert_eq!(read.len(), 100);
    assert!(Vec::from(read).capacity() <= 1700);
}

#[cfg(feature = "client")]
#[tokio::test]
async fn over_a_connection() {
    use std::time::Duration;

    use loopback::{Do, Server, json};

    let server = Server::answering(|_| json("200 OK", "{}"));
    let client: crate::support::service::Client = crate::support::hasty().endpoint_url(server.url()).client();
    for _ in 0..3 {
        client.send(upload(500, true, false)).await.unwrap();
    }
    assert_eq!((server.requests(), server.connections()), (3, 1));

    // A stream that breaks off breaks the request off: what came of it is never taken for the whole.
    let error = client.send(upload(10, false, true)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{error}");
    assert_eq!(server.requests(), 3);

    // A refusal may come before all of the request was sent.
    let begun = vec![Do::Wait(Duration::from_millis(30))];
    let unread = vec![Do::Wait(Duration::from_millis(600)), Do::Reset];
    let early = Server::on_connect([begun, json("413 Too Large", ""), unread].concat());
    let client: crate::support::service::Client = crate::support::hasty().endpoint_url(early.url()).client();
    let error = client.send(upload(100_000, true, false)).await.unwrap_err();
    assert_eq!((error.status(), error.attempts()), (Some(413), 1), "{error}");
    drop(client);
    assert_eq!(early.open_down_to(0).await, 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_left_to_be_read() {
    let script = Script::new([answer(500, "busy"), answer(200, "the content").with("x-kind", "text")]);
    let output = client(script.clone()).send(DownloadThing::default()).await.unwrap();
    assert_eq!(output.kind.as_deref(), Some("text"));
    let content = output.content.unwrap();
    assert!(content.as_bytes().is_none());
    assert_eq!(content.clone().collect(100).await.unwrap(), "the content");
    assert!(content.collect(100).await.is_err(), "it can be read once");
    assert_eq!(script.count(), 2);

    let refused = client(Script::new([answer(404, r#"{"message":"gone"}"#)]));
    let error = refused.send(DownloadThing::default()).await.unwrap_err();
    assert_eq!((error.status(), error.message()), (Some(404), Some("gone")));

    let client = client(Script::new([answer(200, "")]));
    let whole = http::Response::builder().status(200).body(Bytes::from_static(b"in memory")).unwrap();
    let output = client.decode::<DownloadThing>(whole).unwrap();
    assert_eq!(output.content.unwrap().as_bytes().unwrap(), "in memory");
}

#[cfg(feature = "client")]
#[tokio::test]
async fn an_answer_comes_as_it_is_read() {
    use loopback::{Do, Server, write};
    use templates::runtime::http::ReadError;

    let head = "HTTP/1.1 200 OK\r\ncontent-length: 50000000\r\n\r\n";
    let server = Server::on_request(vec![write(head), Do::Flood(vec![b'x'; 64 << 10])]);
    let client: crate::support::service::Client = crate::support::hasty().endpoint_url(server.url()).client();
    let output = client.send(DownloadThing::default()).await.unwrap();
    assert_eq!(server.connections(), 1);
    // Neither the limit nor the timeouts of a call hold for it: reading it is not part of the call.
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    let taken = server.written();
    assert!(taken < 16 << 20, "{taken} bytes came unasked");
    let content = output.content.unwrap();
    assert!(matches!(content.clone().collect(1 << 20).await, Err(ReadError::TooLarge)));
    drop(content);
    assert_eq!(server.open_down_to(0).await, 0, "what is not read to its end closes the connection");

    let content = client.send(DownloadThing::default()).await.unwrap().content.unwrap();
    assert_eq!(content.collect(100 << 20).await.unwrap().len(), 50_000_000);

    let broken = Server::on_request(vec![write("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nx"), Do::Close]);
    let client: crate::support::service::Client = crate::support::hasty().endpoint_url(broken.url()).client();
    let content = client.send(DownloadThing::default()).await.unwrap().content.unwrap();
    assert!(matches!(content.collect(1 << 20).await, Err(ReadError::Transport(_))));
}
