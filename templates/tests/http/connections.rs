//! Connections: kept, used again, given up, never leaked, never more than there may be.

use std::time::Duration;

use loopback::{Do, Server, json, write};
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{ErrorKind, Retry, Timeouts};
use tokio::runtime::Handle;

use crate::support::service::{Client, get, ring};
use crate::support::{config, hasty};

const OK: &str = r#"{"Name":"n"}"#;

#[tokio::test]
async fn one_after_the_other_they_share_one() {
    let server = Server::answering(|_| json("200 OK", OK));
    let config = hasty().endpoint_url(server.url());
    let (one, other): (Client, Client) = (config.client(), config.client());
    for _ in 0..20 {
        one.send(ring()).await.unwrap();
        other.send(get()).await.unwrap();
        one.with(|config| config.strict(true)).send(get()).await.unwrap();
    }
    assert_eq!((server.requests(), server.connections()), (60, 1));
    assert_eq!(Handle::current().metrics().num_alive_tasks(), 0);
    drop((one, other, config));
    assert_eq!(server.open_down_to(0).await, 0);
}

#[tokio::test]
async fn kept_after_every_kind_of_body() {
    let server = Server::answering(|request| match request.number % 5 {
        0 => vec![write("HTTP/1.1 204 No Content\r\n\r\n")],
        1 => vec![write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")],
        2 => vec![write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")],
        3 => json("200 OK", &format!("{OK}{}", " ".repeat(300_000))),
        _ => json("404 Not Found", "{}"),
    });
    let client: Client = hasty().endpoint_url(server.url()).client();
    for number in 0..20 {
        let result = client.send(get()).await;
        assert_eq!(result.is_err(), number % 5 == 4, "{result:?}");
    }
    assert_eq!((server.requests(), server.connections()), (20, 1));
}

#[tokio::test]
async fn one_that_the_service_closed_is_not_used_again() {
    for end in [vec![Do::Close], vec![Do::Wait(Duration::from_millis(5)), Do::Close], vec![Do::Reset]] {
        let server = Server::answering(move |_| [json("200 OK", OK), end.clone()].concat());
        let client: Client = hasty().endpoint_url(server.url()).client();
        for _ in 0..5 {
            client.send(ring()).await.unwrap();
            // The runtime learns nothing meanwhile, as in a Lambda function that is stopped between two events.
            server.block_until(|server| server.open() == 0);
        }
        assert_eq!((server.requests(), server.connections()), (5, 5));
    }
}

#[tokio::test]
async fn one_that_says_more_than_it_was_asked_is_not_used_again() {
    // A second answer that would be taken for that of the next request.
    let smuggled = || [json("200 OK", OK), json("200 OK", r#"{"Name":"smuggled"}"#)].concat();
    let at_once = Server::answering(move |_| {
        let both = smuggled().into_iter().flat_map(|one| if let Do::Write(bytes) = one { bytes } else { Vec::new() });
        vec![Do::Write(both.collect())]
    });
    let later = Server::answering(|_| {
        [json("200 OK", OK), vec![Do::Wait(Duration::from_millis(5))], json("200 OK", r#"{"Name":"smuggled"}"#)]
            .concat()
    });
    for server in [at_once, later] {
        let client: Client = hasty().endpoint_url(server.url()).client();
        let both: usize = smuggled().iter().map(|one| if let Do::Write(bytes) = one { bytes.len() } else { 0 }).sum();
        for number in 1..=5 {
            assert_eq!(client.send(get()).await.unwrap().name.as_deref(), Some("n"));
            server.block_until(|server| server.written() == number * both);
        }
        assert_eq!((server.requests(), server.connections()), (5, 5));
    }
}

#[tokio::test]
async fn connection_close_is_heeded() {
    let server = Server::answering(|_| {
        vec![write(format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 12\r\n\r\n{OK}"))]
    });
    let client: Client = hasty().endpoint_url(server.url()).client();
    for _ in 0..3 {
        client.send(ring()).await.unwrap();
    }
    assert_eq!(server.connections(), 3);
    assert_eq!(server.open_down_to(0).await, 0);
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection() {
    let stages: [Vec<Do>; 4] = [
        vec![Do::Stall],
        vec![write("HTTP/1.1 20"), Do::Stall],
        vec![write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n"), Do::Stall],
        vec![write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{"), Do::Stall],
    ];
    for stage in stages {
        let server = Server::on_request(stage);
        let client: Client = config().endpoint_url(server.url()).client();
        let calls = (0..10).map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await.map(drop) })
        });
        let calls: Vec<_> = calls.collect();
        while server.requests() < 10 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        for call in &calls {
            call.abort();
        }
        assert_eq!(server.open_down_to(0).await, 0);
        assert_eq!(server.connections(), 10);
        for call in calls {
            assert!(call.await.unwrap_err().is_cancelled());
        }
    }
}

#[tokio::test]
async fn a_thousand_calls_at_once_against_a_service_that_throttles() {
    let server = Server::answering(|request| match request.number % 4 {
        0 => json("200 OK", OK),
        1 => json("429 Too Many Requests", "{}"),
        2 => vec![write(
            "HTTP/1.1 400 Bad\r\nx-amzn-errortype: ThrottlingException\r\nx-amz-retry-after: 1\r\ncontent-length: 0\r\n\r\n",
        )],
        _ => json("503 Service Unavailable", ""),
    });
    let client: Client = config()
        .http_client(HyperClient::new().max_concurrent_requests(100))
        .retry(Retry::standard().initial_backoff(Duration::from_millis(20)))
        .endpoint_url(server.url())
        .client();
    let calls: Vec<_> = (0..1000)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(
                async move { if number % 2 == 0 { client.send(get()).await } else { client.send(ring()).await } },
            )
        })
        .collect();
    let (mut served, mut throttled, mut attempts) = (0, 0, 0);
    for call in calls {
        match call.await.unwrap() {
            Ok(thing) => {
                assert_eq!(thing.name.as_deref(), Some("n"));
                served += 1;
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Service, "{error}");
                assert!(matches!(error.status(), Some(400 | 429 | 503)) && error.is_retryable(), "{error}");
                assert!((1..=3).contains(&error.attempts()), "{error}");
                throttled += 1;
                attempts += error.attempts() as usize;
            }
        }
    }
    assert_eq!(served + throttled, 1000);
    assert!(served >= 250, "{served}");
    // The budget holds 35 retries after faults, or 100 after throttling; what successes give back comes on top.
    let retries = server.requests() - 1000;
    assert!((35..=100 + served).contains(&retries), "{retries} retries, {served} served");
    assert!(attempts <= server.requests());
    drop(client);
    assert_eq!(server.open_down_to(0).await, 0);
    assert_eq!(Handle::current().metrics().num_alive_tasks(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn from_many_threads() {
    let server = Server::answering(|_| json("200 OK", OK));
    let client: Client = config().endpoint_url(server.url()).client();
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                for _ in 0..100 {
                    client.send(ring()).await.unwrap();
                }
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    assert_eq!(server.requests(), 800);
    assert!(server.connections() <= 8, "{} connections", server.connections());
}

#[test]
fn each_runtime_has_its_own() {
    let server = Server::answering(|_| json("200 OK", OK));
    let client: Client = hasty().endpoint_url(server.url()).client();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (one, other) = (runtime(), runtime());
    for _ in 0..5 {
        one.block_on(client.send(ring())).unwrap();
        other.block_on(client.send(ring())).unwrap();
    }
    assert_eq!((server.requests(), server.connections()), (10, 2));
    drop((one, other));
    runtime().block_on(client.send(ring())).unwrap();
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn waiting_for_ones_turn_is_not_having_been_sent() {
    // All hundred places are taken by calls that get no response; the next one runs out of time before it has one.
    let server = Server::on_request(vec![Do::Stall]);
    let http = HyperClient::new().max_concurrent_requests(100);
    let config = config().http_client(http).endpoint_url(server.url());
    let client: Client = config.clone().timeouts(Timeouts::none()).client();
    let taken: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await.map(drop) })
        })
        .collect();
    while server.requests() < 100 {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let hasty = Timeouts::none().attempt(Duration::from_millis(50));
    let late: Client = config.timeouts(hasty).retry(Retry::none()).client();
    let error = late.send(ring()).await.unwrap_err();
    assert_eq!((error.kind(), error.is_timeout(), server.requests()), (ErrorKind::Connect, true, 100), "{error}");
    for call in taken {
        call.abort();
    }
    assert_eq!(server.open_down_to(0).await, 0);
}
