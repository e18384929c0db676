//! Idle connections: how long they are kept, which are used again, and which are closed with one that failed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use loopback::{Do, Server, json};
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{ErrorKind, Retry, Timeouts};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{advance, pause, resume};

use crate::support::service::{Client, get, ring};
use crate::support::{config, hasty};

const OK: &str = r#"{"Name":"n"}"#;

/// Long enough for any call on a busy machine: what is tested here fails in another way than by time.
const PATIENT: Duration = Duration::from_secs(60);

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn client(http: HyperClient, server: &Server) -> Client {
    config().http_client(http).endpoint_url(server.url()).client()
}

/// Makes some calls at once, so that there are as many connections.
async fn connect(client: &Client, count: usize) {
    let calls: Vec<_> = (0..count)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await.map(drop) })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

/// Answers calls only once so many have come, so that each has a connection of its own.
fn together(count: usize, then: impl Fn(&loopback::Request) -> Vec<Do> + Send + Sync + 'static) -> Server {
    Server::answering(move |request| match request.number {
        // Time enough for all of them to be under way.
        number if number < count => [vec![Do::Wait(Duration::from_millis(200))], json("200 OK", OK)].concat(),
        _ => then(request),
    })
}

#[test]
fn closed_without_another_call_by_a_runtime_that_nobody_drives() {
    let server = together(20, |_| json("200 OK", OK));
    let client = client(HyperClient::new().idle_timeout(Duration::from_millis(300)), &server);
    let runtime = runtime();
    runtime.block_on(connect(&client, 20));
    assert_eq!(server.connections(), 20);
    // The runtime stands still from here on.
    server.block_until(|server| server.open() == 0);
    assert_eq!(server.open(), 0);
    runtime.block_on(client.send(ring())).unwrap();
    assert_eq!(server.connections(), 21);
}

#[test]
fn none_is_left_of_runtimes_that_have_ended() {
    let server = Server::answering(|_| json("200 OK", OK));
    let client = client(HyperClient::new(), &server);
    for _ in 0..300 {
        let runtime = runtime();
        runtime.block_on(client.send(ring())).unwrap();
    }
    // A connection keeps the descriptors of its runtime as well. The next runtime closes those of the last.
    assert_eq!(server.connections(), 300);
    server.block_until(|server| server.open() <= 1);
    assert!(server.open() <= 1, "{} connections are open", server.open());
    assert!(server.most_open() < 50, "{} connections were open", server.most_open());
}

/// The threads of the process that close idle connections.
#[cfg(target_os = "linux")]
fn reapers() -> Vec<std::ffi::OsString> {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().map(|task| task.unwrap());
    // Linux keeps 15 bytes of a name. A thread may end while it is looked at.
    let is_reaper = |task: &std::fs::DirEntry| {
        std::fs::read_to_string(task.path().join("comm")).is_ok_and(|name| name.trim() == "idle connection")
    };
    tasks.filter(is_reaper).map(|task| task.file_name()).collect()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_thread_stays_for_a_connection_that_calls_use_in_turn() {
    let server = Server::answering(|_| json("200 OK", OK));
    let client = client(HyperClient::new(), &server);
    let mut seen = std::collections::HashSet::new();
    for _ in 0..1000 {
        client.send(ring()).await.unwrap();
        seen.extend(reapers());
    }
    assert_eq!(server.connections(), 1);
    // One that another test has needed may be about to end.
    assert!((1..=2).contains(&seen.len()), "{} threads", seen.len());
}

#[tokio::test]
async fn kept_for_thirty_seconds() {
    let server = Server::answering(|_| json("200 OK", OK));
    let client = client(HyperClient::new(), &server);
    for (passed, connections) in [(0, 1), (29, 1), (31, 2), (29, 2)] {
        pause();
        advance(Duration::from_secs(passed)).await;
        resume();
        client.send(ring()).await.unwrap();
        assert_eq!(server.connections(), connections, "after {passed} s");
    }
}

#[tokio::test]
async fn used_for_five_minutes_at_most() {
    let server = Server::answering(|_| json("200 OK", OK));
    let client = client(HyperClient::new(), &server);
    for _ in 0..12 {
        client.send(ring()).await.unwrap();
        pause();
        advance(Duration::from_secs(29)).await;
        resume();
    }
    // 12 calls in 319 seconds, none of which found its connection idle for too long.
    assert!(server.connections() > 1, "the first connection is still used");
    assert!(server.connections() <= 3, "{} connections", server.connections());

    let short = self::client(HyperClient::new().connection_lifetime(Duration::ZERO), &server);
    let before = server.connections();
    for _ in 0..3 {
        short.send(ring()).await.unwrap();
    }
    assert_eq!(server.connections() - before, 3);
}

#[tokio::test]
async fn not_used_again_after_a_server_error() {
    for status in ["500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Timeout", "599 Odd"]
    {
        // One host of several is sick: the one that the first connection leads to.
        let server = Server::answering(move |request| match request.connection {
            0 => json(status, "{}"),
            _ => json("200 OK", OK),
        });
        let client: Client = config()
            .retry(Retry::standard().initial_backoff(Duration::from_millis(1)))
            .endpoint_url(server.url())
            .client();
        for _ in 0..5 {
            // A 599 is not repeated, but its connection is not used again either.
            let _ = client.send(get()).await;
        }
        let sick = server.recorded().iter().filter(|request| request.connection == 0).count();
        assert_eq!((sick, server.connections()), (1, 2), "{status}");
    }
    for status in ["400 Bad Request", "404 Not Found", "429 Too Many Requests"] {
        let server = Server::answering(move |_| json(status, "{}"));
        let client: Client = hasty().endpoint_url(server.url()).client();
        for _ in 0..5 {
            client.send(get()).await.unwrap_err();
        }
        assert_eq!(server.connections(), 1, "{status} says nothing about the connection");
    }
}

/// A service behind a firewall that forgets connections: nothing is heard on the old ones, new ones work.
fn forgetful(count: usize, forgotten: Arc<AtomicBool>, what: Vec<Do>) -> Server {
    together(count, move |request| {
        if forgotten.load(Ordering::SeqCst) && request.connection < count { what.clone() } else { json("200 OK", OK) }
    })
}

#[tokio::test]
async fn closed_with_one_that_is_dead() {
    let ways = [("silence", vec![Do::Stall]), ("reset", vec![Do::Reset]), ("closed", vec![Do::Close])];
    for (name, what) in ways {
        let forgotten = Arc::new(AtomicBool::new(false));
        let server = forgetful(5, forgotten.clone(), what);
        let timeouts = Timeouts::none().attempt(if name == "silence" { Duration::from_millis(500) } else { PATIENT });
        let client: Client = config()
            .timeouts(timeouts)
            .retry(Retry::standard().initial_backoff(Duration::from_millis(1)))
            .endpoint_url(server.url())
            .client();
        connect(&client, 5).await;
        assert_eq!(server.connections(), 5, "{name}");
        forgotten.store(true, Ordering::SeqCst);
        client.send(get()).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        // One attempt over an old connection, and one over a new one; the other old ones are closed.
        assert_eq!((server.requests(), server.connections()), (7, 6), "{name}");
        assert_eq!(server.open_down_to(1).await, 1, "{name}");
    }
}

#[tokio::test]
async fn closed_with_one_that_dies_in_the_body() {
    let forgotten = Arc::new(AtomicBool::new(false));
    let begun = vec![loopback::write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{"), Do::Stall];
    let server = forgetful(5, forgotten.clone(), begun);
    let client: Client = config()
        .timeouts(Timeouts::none().attempt(Duration::from_millis(500)))
        .retry(Retry::standard().initial_backoff(Duration::from_millis(1)))
        .endpoint_url(server.url())
        .client();
    connect(&client, 5).await;
    forgotten.store(true, Ordering::SeqCst);
    client.send(get()).await.unwrap();
    assert_eq!((server.requests(), server.connections()), (7, 6));
}

#[tokio::test]
async fn closed_with_one_that_a_program_gave_up() {
    // The program has a timeout of its own, which the client sees as a call that is dropped.
    let forgotten = Arc::new(AtomicBool::new(false));
    let server = forgetful(5, forgotten.clone(), vec![Do::Stall]);
    let client: Client = config().timeouts(Timeouts::none()).endpoint_url(server.url()).client();
    connect(&client, 5).await;
    forgotten.store(true, Ordering::SeqCst);
    tokio::time::timeout(Duration::from_millis(1100), client.send(get())).await.unwrap_err();
    client.send(get()).await.unwrap();
    assert_eq!((server.requests(), server.connections()), (7, 6));
}

#[tokio::test]
async fn kept_beside_a_call_that_is_dropped_soon() {
    let forgotten = Arc::new(AtomicBool::new(false));
    let server = forgetful(5, forgotten.clone(), vec![Do::Stall]);
    let client: Client = config().timeouts(Timeouts::none()).endpoint_url(server.url()).client();
    connect(&client, 5).await;
    forgotten.store(true, Ordering::SeqCst);
    tokio::time::timeout(Duration::from_millis(20), client.send(get())).await.unwrap_err();
    assert_eq!(server.open_down_to(4).await, 4, "the others are as good as before");
}

#[tokio::test]
async fn one_that_worked_since_is_not_closed_with_a_dead_one() {
    // The first call hangs; meanwhile other calls show that their connections work.
    let server = together(2, |request| match request.number {
        2 => vec![Do::Stall],
        _ => json("200 OK", OK),
    });
    let timeouts = Timeouts::none().attempt(Duration::from_millis(500));
    let client: Client = config().timeouts(timeouts).retry(Retry::none()).endpoint_url(server.url()).client();
    connect(&client, 2).await;
    let hangs = {
        let client = client.clone();
        tokio::spawn(async move { client.send(get()).await.unwrap_err() })
    };
    while server.requests() < 3 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    client.send(get()).await.unwrap();
    assert_eq!(hangs.await.unwrap().kind(), ErrorKind::Timeout);
    client.send(get()).await.unwrap();
    assert_eq!((server.requests(), server.connections()), (5, 2));
}
