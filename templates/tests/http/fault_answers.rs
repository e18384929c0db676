//! Responses of a misbehaving service: lies, too much, nonsense, detours. Each ends in its typed error or the right output.

use std::time::{Duration, Instant};

use loopback::{Do, Server, json, write};
use templates::runtime::ErrorKind::{self, Decode, Timeout, Transport};
use templates::runtime::Timeouts;

use crate::support::Outcome::{self, Kind, Status};
use crate::support::service::{Client, Exception, get, ring};
use crate::support::{config, hasty, in_time, nothing_is_left_at, outcome};

const OK: &str = r#"{"Name":"n"}"#;

fn asked(what: Vec<Do>) -> Server {
    Server::on_request(what)
}

const REPEATED: [usize; 2] = [3, 1];
const ONCE: [usize; 2] = [1, 1];

#[tokio::test]
async fn lies_about_the_length() {
    let answer = |head: &str, body: &str| {
        vec![write(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n{body}")), Do::Wait(Duration::from_millis(20)), Do::Close]
    };
    let cases: [(&str, Vec<Do>, Outcome, [usize; 2]); 10] = [
        ("too long", answer("content-length: 13", OK), Kind(Transport), REPEATED),
        ("too short", answer("content-length: 6", OK), Kind(Decode), ONCE),
        ("negative", answer("content-length: -1", OK), Kind(Transport), REPEATED),
        ("no number", answer("content-length: many", OK), Kind(Transport), REPEATED),
        ("beyond numbers", answer("content-length: 99999999999999999999999", OK), Kind(Transport), REPEATED),
        ("two that differ", answer("content-length: 12\r\ncontent-length: 11", OK), Kind(Transport), REPEATED),
        ("two that agree", answer("content-length: 12\r\ncontent-length: 12", OK), Outcome::Ok, ONCE),
        ("none", answer("x: y", OK), Outcome::Ok, ONCE),
        ("enormous", answer("content-length: 18446744073709551615", OK), Kind(Transport), REPEATED),
        ("larger than the limit", answer("content-length: 1048577", OK), Kind(Decode), ONCE),
    ];
    for (name, what, expected, attempts) in cases {
        for (safe, attempts) in [(true, attempts[0]), (false, attempts[1])] {
            let server = asked(what.clone());
            let client: Client = hasty().endpoint_url(server.url()).client();
            let result = if safe { in_time(client.send(get())).await } else { in_time(client.send(ring())).await };
            assert_eq!((outcome(&result), server.connections()), (expected, attempts), "{name}: {result:?}");
            drop(client);
            nothing_is_left_at(&server).await;
        }
    }
}

#[tokio::test]
async fn a_hundred_megabytes_are_not_read() {
    let zeros = || vec![b' '; 64 << 10];
    let heads: [(&str, Vec<u8>); 3] = [
        ("HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n", zeros()),
        ("HTTP/1.1 200 OK\r\n\r\n", zeros()),
        (
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            [b"10000\r\n".to_vec(), zeros(), b"\r\n".to_vec()].concat(),
        ),
    ];
    for (head, chunk) in heads {
        let server = asked(vec![write(head), Do::Flood(chunk)]);
        let client: Client = hasty().endpoint_url(server.url()).client();
        let error = in_time(client.send(get())).await.unwrap_err();
        assert_eq!((error.kind(), error.status(), server.connections()), (Decode, Some(200), 1), "{error}");
        assert!(error.to_string().contains("limit of 1048576 bytes"), "{error}");
        assert_eq!(server.open_down_to(0).await, 0, "the connection is not used again");
        // The limit, and what the buffers of both sockets hold.
        assert!(server.written() < 16 << 20, "{} bytes were taken", server.written());
        drop(client);
        nothing_is_left_at(&server).await;
    }
}

#[tokio::test]
async fn there_is_a_limit_unless_set() {
    let server = asked(vec![write("HTTP/1.1 200 OK\r\ncontent-length: 67108865\r\n\r\n"), Do::Stall]);
    let client: Client = config().endpoint_url(server.url()).client();
    let error = in_time(client.send(get())).await.unwrap_err();
    assert!(error.to_string().contains("limit of 67108864 bytes"), "{error}");
    drop(client);
    nothing_is_left_at(&server).await;
}

#[tokio::test]
async fn a_body_of_just_the_limit_is_read() {
    let body = |length: usize| format!("{OK}{}", " ".repeat(length - OK.len()));
    for (length, expected) in [(1 << 20, Outcome::Ok), ((1 << 20) + 1, Kind(Decode))] {
        let server = Server::answering(move |_| json("200 OK", &body(length)));
        let client: Client = hasty().endpoint_url(server.url()).client();
        assert_eq!(outcome(&in_time(client.send(get())).await), expected);
        drop(client);
        nothing_is_left_at(&server).await;
    }
}

#[tokio::test]
async fn broken_chunks() {
    let chunked = |body: &str| {
        asked(vec![
            write(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{body}")),
            Do::Wait(Duration::from_millis(20)),
            Do::Close,
        ])
    };
    for body in [
        "zz\r\n{}",
        "-1\r\n{}\r\n",
        "fffffffffffffffff\r\n{}",
        "2\r\n{}xx0\r\n\r\n",
        "2;\n{}",
        "\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
    ] {
        let server = chunked(body);
        let client: Client = hasty().endpoint_url(server.url()).client();
        let error = in_time(client.send(ring())).await.unwrap_err();
        assert_eq!((error.kind(), server.connections()), (Transport, 1), "{body:?}: {error}");
        drop(client);
        nothing_is_left_at(&server).await;
    }
    for body in [
        "2\r\n{}\r\n0\r\n\r\n",
        "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
        "2;a=b\r\n{}\r\n0\r\nx-trailer: y\r\n\r\n",
        "000002\r\n{}\r\n0\r\n\r\n",
    ] {
        let server = chunked(body);
        let client: Client = hasty().endpoint_url(server.url()).client();
        in_time(client.send(ring())).await.unwrap_or_else(|error| panic!("{body:?}: {error}"));
        drop(client);
        nothing_is_left_at(&server).await;
    }
}

#[tokio::test]
async fn bodies_that_are_no_answer() {
    let deep = |count: usize| "[".repeat(count);
    let cases = [
        ("nonsense", "hush hush".to_owned(), Kind(Decode)),
        ("HTML", "<html>hush</html>".to_owned(), Kind(Decode)),
        ("another type", "[1, \"hush\"]".to_owned(), Kind(Decode)),
        ("deep", deep(500_000), Kind(Decode)),
        ("deep in an unknown member", format!("{{\"Unknown\":{}", deep(500_000)), Kind(Decode)),
        ("deep objects", "{\"Unknown\":".repeat(50_000), Kind(Decode)),
        ("two values", "{} {}".to_owned(), Kind(Decode)),
        ("nothing", String::new(), Outcome::Ok),
        ("null", "null".to_owned(), Outcome::Ok),
        ("blank", "  \r\n".to_owned(), Outcome::Ok),
    ];
    for (name, body, expected) in cases {
        let server = Server::answering(move |_| json("200 OK", &body));
        let client: Client = hasty().endpoint_url(server.url()).client();
        let result = in_time(client.send(get())).await;
        assert_eq!((outcome(&result), server.requests()), (expected, 1), "{name}: {result:?}");
        if let Err(error) = result {
            assert!(!format!("{error} {error:?}").contains("hush"), "{name}: {error:?}");
            assert_eq!((error.status(), error.request_id()), (Some(200), Some("req-1")), "{name}");
        }
        drop(client);
        nothing_is_left_at(&server).await;
    }
    let latin = [b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n".to_vec(), b"{\"Name\":\"\xe9\"}".to_vec()].concat();
    let server = asked(vec![write(latin)]);
    let client: Client = hasty().endpoint_url(server.url()).client();
    assert_eq!(outcome(&in_time(client.send(get())).await), Kind(Decode), "text that is not UTF-8");
}

#[tokio::test]
async fn errors_that_are_no_errors() {
    let deep = "[".repeat(500_000);
    for body in ["", "null", "text", "<html>", "[]", "3", r#"{"message":3}"#, r#"{"message":{}}"#, "\u{feff}{}", &deep]
    {
        let body = body.to_owned();
        let server = Server::answering(move |_| json("404 Not Found", &body));
        let client: Client = hasty().endpoint_url(server.url()).client();
        let error = in_time(client.send(get())).await.unwrap_err();
        assert_eq!((error.kind(), error.status(), server.requests()), (ErrorKind::Service, Some(404), 1), "{error}");
        assert!(error.exception().is_none() && error.to_string().len() < 1200, "{error}");
        drop(client);
        nothing_is_left_at(&server).await;
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [300, 301, 302, 303, 304, 305, 307, 308] {
        let elsewhere = Server::answering(|_| json("200 OK", OK));
        let location = elsewhere.url();
        let server = Server::answering(move |_| {
            vec![write(format!(
                "HTTP/1.1 {status} Elsewhere\r\nlocation: {location}/things/x\r\ncontent-length: 0\r\n\r\n"
            ))]
        });
        let client: Client = hasty().endpoint_url(server.url()).client();
        for result in [in_time(client.send(get())).await, in_time(client.send(ring())).await] {
            assert_eq!(outcome(&result), Status(status));
        }
        assert_eq!((server.requests(), elsewhere.connections()), (2, 0));
        drop(client);
        nothing_is_left_at(&server).await;
    }
}

#[tokio::test]
async fn informational_answers() {
    for prefix in
        ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n", "HTTP/1.1 102 Wait\r\n\r\n"]
    {
        let whole = format!("{}HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{OK}", prefix.repeat(3));
        let server = asked(vec![write(whole)]);
        let client: Client = hasty().endpoint_url(server.url()).client();
        let thing = in_time(client.send(ring())).await.unwrap();
        assert_eq!((thing.name.as_deref(), server.requests()), (Some("n"), 1));
        drop(client);
        nothing_is_left_at(&server).await;
    }
    let server = asked(vec![
        write("HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n"),
        Do::Stall,
    ]);
    let client: Client = hasty().endpoint_url(server.url()).client();
    let result = in_time(client.send(get())).await;
    assert!(matches!(outcome(&result), Status(101) | Kind(Transport)), "{result:?}");
    drop((result, client));
    nothing_is_left_at(&server).await;

    let endless = asked(vec![Do::Flood(b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100))]);
    let client: Client = hasty().endpoint_url(endless.url()).client();
    let start = Instant::now();
    let result = in_time(client.send(get())).await;
    assert!(matches!(outcome(&result), Kind(Timeout | Transport)), "{result:?}");
    assert!(start.elapsed() < Duration::from_millis(2500));
    drop((result, client));
    nothing_is_left_at(&endless).await;
}

#[tokio::test]
async fn alternating_answers() {
    let server = Server::answering(|request| match request.number % 2 {
        0 => json("429 Too Many Requests", "{}"),
        _ => json("200 OK", OK),
    });
    let client: Client = hasty().endpoint_url(server.url()).client();
    for _ in 0..10 {
        in_time(client.send(ring())).await.unwrap();
    }
    assert_eq!((server.requests(), server.connections()), (20, 1), "a refused request leaves its connection as it was");
    drop(client);
    nothing_is_left_at(&server).await;
}

#[tokio::test]
async fn a_storm_of_429() {
    let server = Server::answering(|_| json("429 Too Many Requests", r#"{"message":"Rate exceeded"}"#));
    // Five hundred calls at once may take their time on a busy machine.
    let client: Client = hasty().timeouts(Timeouts::none()).endpoint_url(server.url()).client();
    let error = in_time(client.send(ring())).await.unwrap_err();
    assert_eq!((outcome(&Err(error)), server.requests()), (Status(429), 3));
    let calls: Vec<_> = (0..500)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(get()).await })
        })
        .collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!((error.status(), error.message()), (Some(429), Some("Rate exceeded")), "{error}");
        assert!(error.is_throttling() && error.is_retryable());
    }
    // A hundred retries are what the calls of one client may spend while none succeeds.
    assert_eq!(server.requests(), 501 + 100);
    drop(client);
    nothing_is_left_at(&server).await;
}

#[tokio::test]
async fn exceptions_are_typed() {
    let server = Server::answering(|_| {
        vec![write(
            "HTTP/1.1 404 Not Found\r\nx-amzn-errortype: ResourceNotFoundException:http://internal/\r\n\
             x-amzn-requestid: req-9\r\ncontent-length: 21\r\n\r\n{\"Message\":\"no such\"}",
        )]
    });
    let client: Client = hasty().endpoint_url(server.url()).client();
    let error = in_time(client.send(get())).await.unwrap_err();
    let Some(Exception::ResourceNotFoundException(exception)) = error.exception() else { panic!("{error:?}") };
    assert_eq!(exception.message.as_deref(), Some("no such"));
    assert_eq!(error.to_string(), "GetThing: 404 ResourceNotFoundException: no such (request id req-9)");
}
