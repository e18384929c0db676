//! Events of a stream: what each message is read as, and how the stream ends.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::Frame;
use templates::event_stream::{EventStream, HeaderValue, Message};
use templates::runtime::http::{Body, TransportError};
use templates::runtime::{ByteStream, Document, ErrorKind};

use super::shapes::{Added, Changes, Moved, each};
use crate::support::service::{Error, Exception};

fn text(text: &str) -> HeaderValue {
    HeaderValue::Text(text.to_owned())
}

fn message(headers: &[(&str, &str)], payload: &str) -> Message {
    let message = Message { payload: payload.to_owned().into(), ..Message::default() };
    headers.iter().fold(message, |message, (name, value)| message.with(name, text(value)))
}

fn event(name: &str, payload: &str) -> Message {
    message(&[(":message-type", "event"), (":event-type", name)], payload)
}

fn added(name: &str) -> Changes {
    Changes::Added(Added { name: Some(name.to_owned()), size: None })
}

/// The events of some bytes, up to the end of the stream, after which it stays ended.
async fn read(mut stream: EventStream<Changes>) -> Vec<Result<Changes, Error>> {
    let mut all = Vec::new();
    while let Some(next) = stream.next().await {
        all.push(next);
    }
    assert!(stream.next().await.is_none());
    all
}

async fn read_all(messages: &[Message]) -> Vec<Result<Changes, Error>> {
    let bytes: Vec<u8> = messages.iter().flat_map(|message| message.encode().unwrap().to_vec()).collect();
    read(EventStream::from(ByteStream::from(bytes))).await
}

async fn only_error(messages: &[Message]) -> Error {
    let mut all = read_all(messages).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap_err()
}

#[tokio::test]
async fn events_come_back_as_they_were_written() {
    let events = each();
    let read: Result<Vec<_>, _> = read(EventStream::of(events.clone()).unwrap()).await.into_iter().collect();
    assert_eq!(read.unwrap(), events);
}

#[tokio::test]
async fn members_stand_in_headers_and_in_the_payload() {
    let moved = event("moved", r#"{"n":"x"}"#)
        .with("at", HeaderValue::Timestamp(1_767_323_045_006))
        .with("Count", HeaderValue::Byte(-7))
        .with("far", HeaderValue::Boolean(true))
        .with("from", text("a, \"b\""))
        .with("later", HeaderValue::Uuid([1; 16]));
    let read: Vec<_> = read_all(&[moved, event("chunk", "{}"), event("note", "{}"), event("added", "")]).await;
    let [Ok(Changes::Moved(moved)), Ok(Changes::Chunk(chunk)), Ok(Changes::Note(note)), Ok(Changes::Added(added))] =
        &read[..]
    else {
        panic!("{read:?}")
    };
    assert_eq!(moved.at.as_ref().unwrap().to_string(), "2026-01-02T03:04:05.006000Z");
    assert_eq!((moved.count, moved.far, moved.from.as_deref()), (Some(-7), Some(true), Some("a, \"b\"")));
    assert_eq!(moved.to.as_ref().unwrap().name.as_deref(), Some("x"));
    assert_eq!((chunk.bytes.as_ref().unwrap().as_bytes(), note.text.as_deref()), (&b"{}"[..], Some("{}")));
    assert_eq!(*added, Added::default());
    let error = only_error(&[event("moved", "{}").with("from", text("a\nb"))]).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(
        error.message(),
        Some("the event `moved` of the stream cannot be read: $.from: the header has control characters")
    );
}

#[tokio::test]
async fn an_event_that_the_model_does_not_know_is_kept() {
    let later = [event("later", r#"{"a":[1]}"#), event("other", "text"), event("third", "")];
    let read: Result<Vec<_>, _> = read_all(&later).await.into_iter().collect();
    let unknown = |name: &str, value: Document| Changes::Unknown(name.to_owned(), value);
    let value = serde_json::json!({"a": [1]});
    assert_eq!(
        read.unwrap(),
        [unknown("later", value), unknown("other", Document::from("text")), unknown("third", Document::Null)]
    );
}

#[tokio::test]
async fn the_first_message_of_other_protocols_is_passed_over() {
    let read = read_all(&[event("initial-response", "{}"), event("added", r#"{"n":"a"}"#)]).await;
    assert_eq!(read.into_iter().collect::<Result<Vec<_>, _>>().unwrap(), [added("a")]);
}

#[tokio::test]
async fn an_exception_ends_the_stream_with_its_type() {
    let exception =
        |name: &str, payload: &str| message(&[(":message-type", "exception"), (":exception-type", name)], payload);
    let invalid = exception("invalid", r#"{"Message":"no"}"#);
    let mut read = read_all(&[event("added", r#"{"n":"a"}"#), invalid, event("added", "{}")]).await;
    assert_eq!(read.len(), 2);
    let error = read.pop().unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.message()),
        (ErrorKind::Service, Some("InvalidParameterException"), Some("no"))
    );
    let Some(Exception::InvalidParameterException(typed)) = error.exception() else { panic!("{error:?}") };
    assert_eq!(typed.message.as_deref(), Some("no"));
    assert!(!error.is_throttling() && !error.is_retryable());
    assert_eq!(read.pop().unwrap().unwrap(), added("a"));
    // One that the model marks, and some that it does not know.
    let slow = only_error(&[exception("slow", "{}")]).await;
    assert!(slow.is_throttling() && slow.is_retryable() && slow.exception().is_none(), "{slow:?}");
    let later = only_error(&[exception("later", "not JSON")]).await;
    assert_eq!((later.code(), later.message()), (Some("later"), Some("not JSON")));
    // One whose code is retryable where it is that of a response.
    let busy = only_error(&[exception("BusyException", "{}")]).await;
    assert!(!busy.is_throttling() && !busy.is_retryable(), "{busy:?}");
}

#[tokio::test]
async fn an_error_that_is_no_exception_has_code_and_message() {
    let headers = [(":message-type", "error"), (":error-code", "InternalError"), (":error-message", "it broke")];
    let error = only_error(&[message(&headers, "")]).await;
    assert_eq!(
        (error.kind(), error.code(), error.message()),
        (ErrorKind::Service, Some("InternalError"), Some("it broke"))
    );
    assert!(error.exception().is_none());
    let bare = only_error(&[message(&headers[..1], "")]).await;
    assert_eq!((bare.code(), bare.message()), (None, None));
}

#[tokio::test]
async fn a_message_that_is_no_event_is_an_error_in_words() {
    for (message, expected) in [
        (message(&[(":message-type", "event")], "{}"), "the header `:event-type` is missing"),
        (message(&[(":message-type", "song")], "{}"), "a type that is unknown"),
        (event("added", "[1]"), "the event `added` of the stream cannot be read: $: "),
        (event("added", "{"), "the event `added` of the stream cannot be read: "),
    ] {
        let error = only_error(&[message]).await;
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.message().unwrap().contains(expected), "{error}");
    }
    // botocore takes a message without a type for an event as well.
    let untyped = message(&[(":event-type", "added")], r#"{"n":"a"}"#);
    assert_eq!(read_all(&[untyped]).await.pop().unwrap().unwrap(), added("a"));
}

/// Pieces of a body, one at a time; then it ends, or breaks.
struct Pieces {
    left: Vec<Bytes>,
    breaks: bool,
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if !self.left.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(self.left.remove(0)))));
        }
        let end = std::mem::take(&mut self.breaks).then(|| Err(TransportError::ambiguous("reset")));
        Poll::Ready(end)
    }
}

fn stream(bytes: &[u8], size: usize, breaks: bool) -> EventStream<Changes> {
    let left = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
    ByteStream::once(Body::stream(Pieces { left, breaks })).into()
}

#[tokio::test]
async fn events_may_come_in_pieces_of_any_size() {
    let events = each();
    let bytes = EventStream::of(events.clone()).unwrap().into_byte_stream().collect(1 << 20).await.unwrap();
    for size in 1..=bytes.len() {
        let read: Result<Vec<_>, _> = read(stream(&bytes, size, false)).await.into_iter().collect();
        assert_eq!(read.unwrap(), events, "in pieces of {size}");
    }
}

#[tokio::test]
async fn a_stream_that_is_cut_or_broken_says_so_after_its_events() {
    let bytes =
        [event("added", r#"{"n":"a"}"#), event("added", "{}")].map(|message| message.encode().unwrap()).concat();
    let cut = bytes.len() - 1;
    for (stream, kind, said) in [
        (stream(&bytes[..cut], 7, false), ErrorKind::Decode, "the stream ends within a message"),
        (stream(&bytes[..cut], 7, true), ErrorKind::Transport, "the connection failed before the whole response came"),
    ] {
        let mut read = read(stream).await;
        assert_eq!(read.len(), 2);
        let error = read.pop().unwrap().unwrap_err();
        assert_eq!((error.kind(), error.message()), (kind, Some(said)));
        assert_eq!(read.pop().unwrap().unwrap(), added("a"));
    }
}

#[tokio::test]
async fn the_first_clone_that_is_read_has_the_events() {
    let bytes = event("added", r#"{"n":"a"}"#).encode().unwrap();
    let first = stream(&bytes, 9, false);
    let second = first.clone();
    assert_eq!(first, second);
    assert_eq!(read(first).await.len(), 1);
    let error = read(second).await.pop().unwrap().unwrap_err();
    assert_eq!(error.message(), Some("the stream of events has been read already"));
    // In memory there are enough for all.
    let memory = EventStream::of([added("a")]).unwrap();
    assert_eq!((read(memory.clone()).await.len(), read(memory).await.len()), (1, 1));
    assert!(read(EventStream::default()).await.is_empty());
}

#[test]
fn an_event_that_is_too_long_is_not_written() {
    let long = Moved { from: Some("x".repeat(70_000)), ..Moved::default() };
    let error = EventStream::of([Changes::Moved(long)]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
}
