//! Calls that respond with events, over a connection, without asynchronous code, and with a mock in the place of the service.

use loopback::{Do, Server, json, write};
use templates::event_stream::{EventStream, HeaderValue, Message};
use templates::runtime::ErrorKind;

use super::shapes::{Added, Changes, WatchThing, each};
use crate::support::config;
use crate::support::service::{Client, Error};

/// A chunk of a body whose length nobody knows before.
fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\nx-amzn-requestid: req-1\r\n\
                    x-session: s-1\r\ntransfer-encoding: chunked\r\n\r\n";

/// The bytes of an event.
fn bytes(event: Changes) -> Vec<u8> {
    let stream = EventStream::of([event]).unwrap().into_byte_stream();
    stream.as_bytes().unwrap().to_vec()
}

fn added(name: &str) -> Changes {
    Changes::Added(Added { name: Some(name.to_owned()), size: None })
}

fn client(server: &Server) -> Client {
    config().endpoint_url(server.url()).client()
}

#[tokio::test]
async fn each_event_is_there_when_it_has_come() {
    let event = bytes(added("a"));
    let (first, second) = event.split_at(20);
    let begun = write([HEAD.as_bytes(), &chunk(&event), &chunk(first)].concat());
    let rest = write([chunk(second), b"0\r\n\r\n".to_vec()].concat());
    let asked = std::sync::Arc::new(tokio::sync::Notify::new());
    let on = asked.clone();
    let wait = loopback::Event::new(move || {
        let on = on.clone();
        async move { on.notified().await }
    });
    let server = Server::answering(move |request| match request.number {
        0 => vec![begun.clone(), Do::Await(wait.clone()), rest.clone()],
        _ => json("200 OK", "{}"),
    });
    let client = client(&server);
    let mut output = client.send(WatchThing::default()).await.unwrap();
    assert_eq!(output.session.as_deref(), Some("s-1"));
    assert_eq!(output.changes.next().await.unwrap().unwrap(), added("a"));
    // The rest of the second event comes only now.
    asked.notify_one();
    assert_eq!(output.changes.next().await.unwrap().unwrap(), added("a"));
    assert!(output.changes.next().await.is_none());
    // The connection is used again.
    client.send(WatchThing::default()).await.unwrap();
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn an_error_of_the_stream_names_the_call() {
    let body = [chunk(&bytes(added("a"))), chunk(&bytes(added("b"))[..20])].concat();
    let server = Server::on_request(vec![write([HEAD.as_bytes(), &body].concat()), Do::Close]);
    let mut output = client(&server).send(WatchThing::default()).await.unwrap();
    assert_eq!(output.changes.next().await.unwrap().unwrap(), added("a"));
    let error = output.changes.next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.operation(), error.request_id()),
        (ErrorKind::Transport, "WatchThing", Some("req-1"))
    );
    assert!(output.changes.next().await.is_none());
}

/// The events of a response, read strictly or not.
async fn events(messages: &[Message], strict: bool) -> Vec<Result<Changes, Error>> {
    let body: Vec<u8> = messages.iter().flat_map(|message| chunk(&message.encode().unwrap())).collect();
    let server = Server::on_request(vec![write([HEAD.as_bytes(), &body, b"0\r\n\r\n"].concat())]);
    let client = config().endpoint_url(server.url()).strict(strict).client();
    let mut changes = client.send(WatchThing::default()).await.unwrap().changes;
    let mut events = Vec::new();
    while let Some(event) = changes.next().await {
        events.push(event);
    }
    events
}

#[tokio::test]
async fn strict_reading_refuses_what_tolerant_reading_puts_right() {
    let event = |name: &str, payload: &'static str| {
        let message = Message { payload: payload.into(), ..Message::default() };
        let headers = [(":message-type", "event"), (":event-type", name)];
        headers
            .into_iter()
            .fold(message, |message, (key, value)| message.with(key, HeaderValue::Text(value.to_owned())))
    };
    let modelled = [event("initial-response", "{}"), event("added", r#"{"n":"a"}"#)];
    for strict in [false, true] {
        let read: Result<Vec<_>, _> = events(&modelled, strict).await.into_iter().collect();
        assert_eq!(read.unwrap(), [added("a")]);
    }
    for (message, said) in [
        (event("later", "{}"), "an event of the stream has a name that the model does not know"),
        (event("added", r#"{"n":"a","m":1}"#), "the event `added` of the stream cannot be read: $.m: "),
        (event("added", r#"{"n":1}"#), "the event `added` of the stream cannot be read: $.n: "),
        (event("moved", r#"{"Size":"1"}"#), "the event `moved` of the stream cannot be read: $.to.Size: "),
    ] {
        let tolerant = events(std::slice::from_ref(&message), false).await;
        assert!(matches!(tolerant[..], [Ok(_)]), "{tolerant:?}");
        let strict = events(&[message, modelled[1].clone()], true).await;
        let [Err(error)] = &strict[..] else { panic!("{strict:?}") };
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Decode, "WatchThing"));
        assert!(error.message().unwrap().starts_with(said), "{error}");
    }
}

#[tokio::test]
async fn a_refusal_before_the_stream_is_that_of_the_call() {
    let server =
        Server::on_request(json("400 Bad Request", r#"{"__type":"InvalidParameterException","Message":"no"}"#));
    let error = client(&server).send(WatchThing::default()).await.unwrap_err();
    assert_eq!(
        (error.code(), error.status(), error.exception().is_some()),
        (Some("InvalidParameterException"), Some(400), true)
    );
}

#[cfg(feature = "blocking")]
#[test]
fn events_are_an_iterator_without_asynchronous_code() {
    let body: Vec<u8> = each().into_iter().flat_map(|event| chunk(&bytes(event))).collect();
    let server = Server::on_request(vec![write([HEAD.as_bytes(), &body, b"0\r\n\r\n"].concat())]);
    let output = client(&server).send(WatchThing::default()).blocking().unwrap();
    let events: Result<Vec<_>, _> = output.changes.blocking().collect();
    assert_eq!(events.unwrap(), each());
}

#[cfg(feature = "mock")]
#[tokio::test]
async fn a_mock_responds_with_a_list_of_events() {
    let mock = templates::runtime::testing::Mock::new();
    let watched = super::shapes::Watched { changes: EventStream::of(each()).unwrap(), session: Some("s".to_owned()) };
    mock.on::<WatchThing>().answer(watched);
    let client: Client = mock.client();
    let mut output = client.send(WatchThing::default()).await.unwrap();
    assert_eq!(output.session.as_deref(), Some("s"));
    for event in each() {
        assert_eq!(output.changes.next().await.unwrap().unwrap(), event);
    }
    assert!(output.changes.next().await.is_none());
}
