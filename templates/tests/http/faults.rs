//! Faults of a network. Each ends in its typed error or the right output, in time, after the expected number of attempts, and
//! leaves nothing behind.

use std::time::{Duration, Instant};

use loopback::{Do, Server, write};
use templates::runtime::ErrorKind::{self, Timeout, Transport};
use templates::runtime::Timeouts;
use tokio::runtime::Handle;

use crate::support::Outcome::{self, Kind};
use crate::support::service::{Client, get, ring};
use crate::support::{hasty, outcome};

const OK: &str = r#"{"Name":"n"}"#;

/// A fault, and what becomes of a call that may be repeated and of one that must not.
struct Fault {
    name: &'static str,
    server: fn() -> Server,
    expected: Outcome,
    /// The number of connections that the safe call makes, and the one that must not be repeated.
    attempts: [usize; 2],
}

fn asked(what: Vec<Do>) -> Server {
    Server::on_request(what)
}

const REPEATED: [usize; 2] = [3, 1];
const ALWAYS: [usize; 2] = [3, 3];
const ONCE: [usize; 2] = [1, 1];

/// Tries one fault both ways, and sees that nothing is left of it.
async fn try_one(fault: &Fault) {
    for (safe, attempts) in [(true, fault.attempts[0]), (false, fault.attempts[1])] {
        let server = (fault.server)();
        let name = format!("{} ({})", fault.name, if safe { "safe" } else { "not to be repeated" });
        let start = Instant::now();
        let client: Client = hasty().endpoint_url(server.url()).client();
        let result = if safe { client.send(get()).await } else { client.send(ring()).await };
        let took = start.elapsed();
        assert_eq!(outcome(&result), fault.expected, "{name}: {result:?}");
        assert_eq!(server.connections(), attempts, "{name}: {result:?}");
        assert!(took < Duration::from_millis(2500), "{name} took {took:?}");
        if let Err(error) = &result {
            assert_eq!(error.attempts() as usize, attempts, "{name}");
            assert_eq!(error.to_string().lines().count(), 1, "{name}: {error}");
            assert!(!error.to_string().contains("hush") && !format!("{error:?}").contains("hush"), "{name}: {error:?}");
        }
        drop((result, client));
        assert_eq!(server.open_down_to(0).await, 0, "{name}: connections are left");
        assert_eq!(Handle::current().metrics().num_alive_tasks(), 0, "{name}: tasks are left");
    }
}

async fn try_all(faults: &[Fault]) {
    for fault in faults {
        try_one(fault).await;
    }
}

macro_rules! fault {
    ($name:literal, $server:expr, $expected:expr, $attempts:expr) => {
        Fault { name: $name, server: || $server, expected: $expected, attempts: $attempts }
    };
}

#[tokio::test]
async fn broken_before_the_answer() {
    try_all(&[
        fault!("reset after the request", asked(vec![Do::Reset]), Kind(Transport), REPEATED),
        fault!("closed after the request", asked(vec![Do::Close]), Kind(Transport), REPEATED),
    ])
    .await;
}

/// Whether any of the request was written before the news came is a matter of chance; what follows from it is not.
#[tokio::test]
async fn broken_at_once() {
    for end in [Do::Reset, Do::Close] {
        let server = Server::on_connect(vec![end]);
        let client: Client = hasty().endpoint_url(server.url()).client();
        for attempted in [client.send(get()).await, client.send(ring()).await] {
            let error = attempted.unwrap_err();
            assert!(matches!(error.kind(), ErrorKind::Connect | Transport), "{error}");
            let all = error.kind() == ErrorKind::Connect || error.operation() == "GetThing";
            assert!(if all { error.attempts() == 3 } else { error.attempts() <= 3 }, "{error}");
            assert_eq!(error.is_retryable(), all, "{error}");
        }
        assert_eq!(server.open_down_to(0).await, 0);
    }
}

#[tokio::test]
async fn broken_in_the_answer() {
    try_all(&[
        fault!(
            "reset in the status line",
            asked(vec![write("HTTP/1.1 20"), pause(), Do::Reset]),
            Kind(Transport),
            REPEATED
        ),
        fault!("closed in the status line", asked(vec![write("HTTP/1.1 20"), Do::Close]), Kind(Transport), REPEATED),
        fault!(
            "reset in the headers",
            asked(vec![write("HTTP/1.1 200 OK\r\ncontent-le"), pause(), Do::Reset]),
            Kind(Transport),
            REPEATED
        ),
        fault!(
            "closed in the headers",
            asked(vec![write("HTTP/1.1 200 OK\r\ncontent-le"), Do::Close]),
            Kind(Transport),
            REPEATED
        ),
        fault!(
            "reset after the headers",
            asked(vec![write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n"), pause(), Do::Reset]),
            Kind(Transport),
            REPEATED
        ),
        fault!(
            "reset in the body",
            asked(vec![write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"Name"), pause(), Do::Reset]),
            Kind(Transport),
            REPEATED
        ),
        fault!(
            "closed in the body",
            asked(vec![write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"Name"), Do::Close]),
            Kind(Transport),
            REPEATED
        ),
        fault!(
            "closed in a chunk",
            asked(vec![write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nc\r\n{\"Name"), Do::Close]),
            Kind(Transport),
            REPEATED
        ),
        fault!(
            "closed before the last chunk",
            asked(vec![
                write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nc\r\n{\"Name\":\"n\"}\r\n"),
                Do::Close
            ]),
            Kind(Transport),
            REPEATED
        ),
        // The status of the service says that it did not act, whatever became of the body; a balancer's does not.
        fault!(
            "503 of the service, closed in the body",
            asked(vec![write("HTTP/1.1 503 Busy\r\nx-amzn-requestid: r\r\ncontent-length: 12\r\n\r\n{"), Do::Close]),
            Kind(Transport),
            ALWAYS
        ),
        fault!(
            "503 of a balancer, closed in the body",
            asked(vec![write("HTTP/1.1 503 Busy\r\ncontent-length: 12\r\n\r\n{"), Do::Close]),
            Kind(Transport),
            REPEATED
        ),
    ])
    .await;
}

/// Time for what was written to arrive before what follows breaks it.
fn pause() -> Do {
    Do::Wait(Duration::from_millis(30))
}

#[tokio::test]
async fn stalled() {
    try_all(&[
        fault!("stalled before the answer", asked(vec![Do::Stall]), Kind(Timeout), REPEATED),
        fault!("stalled in the status line", asked(vec![write("HTTP/1.1 20"), Do::Stall]), Kind(Timeout), REPEATED),
        fault!(
            "stalled in the headers",
            asked(vec![write("HTTP/1.1 200 OK\r\nx: y\r\n"), Do::Stall]),
            Kind(Timeout),
            REPEATED
        ),
        fault!(
            "stalled after the headers",
            asked(vec![write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n"), Do::Stall]),
            Kind(Timeout),
            REPEATED
        ),
        fault!(
            "stalled in the body",
            asked(vec![write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"Na"), Do::Stall]),
            Kind(Timeout),
            REPEATED
        ),
        fault!(
            "stalled in a chunk",
            asked(vec![write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nc\r\n{\"Na"), Do::Stall]),
            Kind(Timeout),
            REPEATED
        ),
    ])
    .await;
}

#[tokio::test]
async fn too_slow() {
    let slowly = |text: &str| vec![Do::Drip(text.as_bytes().to_vec(), Duration::from_millis(10))];
    let whole = format!("HTTP/1.1 200 OK\r\nx-filler: {}\r\ncontent-length: 12\r\n\r\n{OK}", "y".repeat(60));
    let server = Server::on_request(slowly(&whole));
    let client: Client = hasty().endpoint_url(server.url()).client();
    let error = client.send(get()).await.unwrap_err();
    assert_eq!((error.kind(), server.connections()), (Timeout, 3), "each byte came in time, the answer did not");

    let server = Server::on_request(slowly("HTTP/1.1 200\r\n\r\n"));
    let patient = Timeouts::none().attempt(Duration::from_millis(600));
    let client: Client = hasty().timeouts(patient).endpoint_url(server.url()).client();
    let error = client.send(get()).await.unwrap_err();
    assert_eq!(error.kind(), Timeout, "a body without length ends with the connection, which stays open");

    let server = Server::on_request(slowly("HTTP/1.1 200\r\ncontent-length: 2\r\n\r\n{}"));
    let client: Client = hasty().timeouts(Timeouts::default()).endpoint_url(server.url()).client();
    client.send(get()).await.expect("slow, but in time");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn no_connection() {
    // A port that nobody listens at: one that was just given back.
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client: Client = hasty().endpoint_url(format!("http://{address}")).client();
    for error in [client.send(get()).await.unwrap_err(), client.send(ring()).await.unwrap_err()] {
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error}");
        assert!(error.is_retryable() && !error.is_timeout());
        assert!(error.to_string().contains("refused"), "{error}");
    }
    let client: Client = hasty().endpoint_url("http://no-such-host.invalid").client();
    let error = client.send(ring()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error}");
}

#[tokio::test]
async fn tls_that_does_not_come_about() {
    // A server that says nothing: nothing of the request was sent, so even a call that must not be repeated is.
    let server = Server::on_connect(vec![Do::Stall]);
    let client: Client = hasty().endpoint_url(format!("https://{}", server.address())).client();
    let error = client.send(ring()).await.unwrap_err();
    assert_eq!((error.kind(), server.connections()), (ErrorKind::Connect, 3), "{error}");
    assert!(error.is_timeout());

    for what in [vec![write("HTTP/1.1 400 Bad Request\r\n\r\n"), Do::Stall], vec![Do::Close], vec![Do::Reset]] {
        let server = Server::on_connect(what);
        let client: Client = hasty().endpoint_url(format!("https://{}", server.address())).client();
        let error = client.send(ring()).await.unwrap_err();
        assert_eq!((error.kind(), server.connections()), (ErrorKind::Connect, 3), "{error}");
        assert_eq!(server.open_down_to(0).await, 0);
    }
}

#[tokio::test]
async fn other_protocols() {
    try_all(&[
        fault!("garbage", asked(vec![write([0, 159, 146, 150, 13, 10, 13, 10]), Do::Close]), Kind(Transport), REPEATED),
        fault!("another protocol", asked(vec![write("SSH-2.0-OpenSSH_9.6\r\n"), Do::Close]), Kind(Transport), REPEATED),
        fault!("HTTP/0.9", asked(vec![write("<html>hello</html>"), Do::Close]), Kind(Transport), REPEATED),
        fault!(
            "HTTP/2",
            asked(vec![write("\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64"), Do::Close]),
            Kind(Transport),
            REPEATED
        ),
        fault!("a TLS alert", asked(vec![write([21, 3, 3, 0, 2, 2, 40]), Do::Close]), Kind(Transport), REPEATED),
        fault!("HTTP/1.0", asked(vec![write(format!("HTTP/1.0 200 OK\r\n\r\n{OK}")), Do::Close]), Outcome::Ok, ONCE),
        fault!(
            "HTTP/1.0 with a length",
            asked(vec![write(format!("HTTP/1.0 200 OK\r\ncontent-length: 12\r\n\r\n{OK}")), Do::Close]),
            Outcome::Ok,
            ONCE
        ),
        fault!(
            "a status of two digits",
            asked(vec![write("HTTP/1.1 20 OK\r\n\r\n"), Do::Close]),
            Kind(Transport),
            REPEATED
        ),
        fault!(
            "a header of 100 kB",
            asked(vec![write(format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(100_000))), Do::Stall]),
            Kind(Transport),
            REPEATED
        ),
        fault!(
            "1,000 headers",
            asked(vec![write(format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(1000))), Do::Stall]),
            Kind(Transport),
            REPEATED
        ),
        fault!(
            "headers without end",
            asked(vec![write("HTTP/1.1 200 OK\r\n"), Do::Flood(b"x: y\r\n".repeat(1000))]),
            Kind(Transport),
            REPEATED
        ),
    ])
    .await;
}
