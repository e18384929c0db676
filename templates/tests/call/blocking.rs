//! Calls without asynchronous code: the same calls and connections, from any thread, and never inside of a runtime.

use std::io::Read;
use std::thread;

use templates::runtime::__private::call::start;
use templates::runtime::http::Body;
use templates::runtime::{ByteStream, Call, Config, ErrorKind, Paginator, Retry};

use crate::support::client;
use crate::support::script::{Script, answer, refusal};
use crate::support::service::{Client, DownloadThing, GetThing, ListThings, get};

const OK: &str = r#"{"Name":"n","Size":3}"#;

fn call(client: &Client) -> Call<GetThing> {
    start(client).with(|input| *input = get())
}

#[test]
fn a_call_is_waited_for_with_its_retries() {
    let script = Script::new([refusal(503, "Busy"), answer(200, OK)]);
    let client = client(script.clone())
        .with(|config| config.retry(Retry::standard().initial_backoff(std::time::Duration::ZERO)));
    assert_eq!(call(&client).send_blocking().unwrap().size, Some(3));
    assert_eq!(script.count(), 2);
    let response = client.send(get()).with_meta().blocking().unwrap();
    assert_eq!((response.request_id(), response.size), (Some("req-1"), Some(3)));
    call(&client).customize().header("x-a", "b").send_blocking().unwrap();
    assert_eq!(script.seen()[3].headers["x-a"], "b");
}

#[test]
fn pages_and_items_are_iterators() {
    let page = |names: &str, rest: &str| answer(200, &format!(r#"{{"Names":[{names}]{rest}}}"#));
    let script = Script::new([page(r#""a","b""#, r#","NextToken":"1""#), page(r#""c""#, "")]);
    let pages = || Paginator::new(&client(script.clone()), ListThings::default());
    let names: Result<Vec<_>, _> = pages().items().blocking().collect();
    assert_eq!(names.unwrap(), ["a", "b", "c"]);
    assert_eq!(pages().blocking().map(|page| page.unwrap().names.unwrap().len()).collect::<Vec<_>>(), [1]);
    let failing = client(Script::new([answer(400, "")]));
    let mut items = Paginator::new(&failing, ListThings::default()).items().blocking();
    assert_eq!(items.next().unwrap().unwrap_err().status(), Some(400));
    assert!(items.next().is_none());
}

#[test]
fn streams_are_read() {
    let text = "0123456789".repeat(1000);
    let client = client(Script::new([answer(200, &text)]));
    let mut read = String::new();
    let content = || client.send(DownloadThing::default()).blocking().unwrap().content.unwrap();
    content().into_reader().take(15).read_to_string(&mut read).unwrap();
    assert_eq!(read, "012345678901234");
    assert_eq!(content().collect_blocking(1 << 20).unwrap(), text);
    content().collect_blocking(10).unwrap_err();
    let once = ByteStream::once(Body::from(text));
    once.clone().collect_blocking(1 << 20).unwrap();
    assert_eq!(once.into_reader().read(&mut [0; 4]).unwrap(), 0);
}

/// The outcome of a blocking call inside of a task.
fn refused() {
    let script = Script::new([answer(200, OK)]);
    let client = client(script.clone());
    let error = call(&client).send_blocking().unwrap_err();
    assert_eq!((error.kind(), error.operation(), error.attempts()), (ErrorKind::Config, "GetThing", 0));
    assert!(error.to_string().contains("await `send()`"), "{error}");
    let mut pages = Paginator::new(&client, ListThings::default()).blocking();
    assert_eq!(pages.next().unwrap().unwrap_err().kind(), ErrorKind::Config);
    assert!(pages.next().is_none());
    ByteStream::once(Body::from("x")).into_reader().read(&mut [0; 4]).unwrap_err();
    assert_eq!(script.count(), 0);
}

#[tokio::test]
async fn inside_of_a_runtime_it_is_an_error_in_words() {
    refused();
    tokio::spawn(async { refused() }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inside_of_a_runtime_of_several_threads_as_well() {
    refused();
    tokio::spawn(async { refused() }).await.unwrap();
    let client = client(Script::new([answer(200, OK)]));
    let size = tokio::task::block_in_place(|| call(&client).send_blocking().unwrap().size);
    assert_eq!(size, Some(3), "Tokio says that blocking is allowed there");
}

#[tokio::test]
async fn a_thread_for_blocking_work_may_block() {
    let client = client(Script::new([answer(200, OK)]));
    let size = tokio::task::spawn_blocking(move || call(&client).send_blocking().unwrap().size).await.unwrap();
    assert_eq!(size, Some(3));
}

#[test]
fn a_failure_is_the_same_error() {
    let client = client(Script::new([refusal(404, "ResourceNotFoundException")]));
    let error = call(&client).send_blocking().unwrap_err();
    assert!(error.exception().is_some() && error.request_id() == Some("req-1"), "{error}");
    let error = client.with(|_| Config::new()).send(get()).blocking().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

/// Over sockets: the connection of a call serves the next one, from whichever thread, though no thread stays in a call.
#[cfg(feature = "client")]
#[test]
fn connections_are_kept_from_call_to_call_and_thread_to_thread() {
    let server = loopback::Server::answering(|_| loopback::json("200 OK", OK));
    let client: Client = crate::support::config().endpoint_url(server.url()).client();
    for _ in 0..3 {
        assert_eq!(call(&client).send_blocking().unwrap().size, Some(3));
    }
    let other = client.clone();
    thread::spawn(move || call(&other).send_blocking().unwrap()).join().unwrap();
    assert_eq!(server.connections(), 1);
    let many: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || (0..20).all(|_| call(&client).send_blocking().is_ok()))
        })
        .collect();
    assert!(many.into_iter().all(|thread| thread.join().unwrap()));
}
