//! Hosts with several addresses, of both families, and hosts that move.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use loopback::{Do, Request, Server, json, write};
use socket2::{Domain, Socket, Type};
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{ErrorKind, Retry, Timeouts};

use crate::support::config;
use crate::support::service::{Client, get};

const V4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const V6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);

fn named(name: &'static str) -> impl Fn(&Request) -> Vec<Do> + Send + Sync + 'static {
    move |_| json("200 OK", &format!("{{\"Name\":\"{name}\"}}"))
}

/// A client of a host with these addresses.
fn client(addresses: &[IpAddr], port: u16) -> Client {
    let addresses = addresses.to_vec();
    let http = HyperClient::new().resolver(move |_| Ok(addresses.clone()));
    let config = config().http_client(http).timeouts(Timeouts::none()).retry(Retry::none());
    config.endpoint_url(format!("http://service.test:{port}")).client()
}

async fn name(client: &Client) -> String {
    client.send(get()).await.unwrap().name.unwrap()
}

/// A server at ::1, unless this machine has no IPv6.
fn at_v6() -> Option<Server> {
    let Err(error) = TcpListener::bind((V6, 0)) else { return Some(Server::at((V6, 0).into(), named("v6"))) };
    use std::io::Write;
    // Not by a macro: the test harness would keep that from the terminal.
    let _ = writeln!(std::io::stderr(), "SKIPPED: no test of two families, for this machine has no IPv6: {error}");
    None
}

#[tokio::test]
async fn a_family_that_refuses_costs_nothing() {
    let Some(v6) = at_v6() else { return };
    let port = v6.address().port();
    // Bound, and so nobody else's, but without a listener.
    let refusing = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    refusing.bind(&SocketAddr::from((V4, port)).into()).unwrap();
    for addresses in [[V4, V6], [V6, V4]] {
        assert_eq!(name(&client(&addresses, port)).await, "v6");
    }
    // An address in the URL needs brackets, and no resolver.
    let config = config().endpoint_url(format!("http://[::1]:{port}"));
    assert_eq!(name(&config.client()).await, "v6");
    let host = v6.recorded().last().unwrap().header("host").to_owned();
    assert_eq!(host, format!("[::1]:{port}"));
}

/// An address of the loopback that does not answer: its listener has no place for another connection.
#[cfg(target_os = "linux")]
struct Silent {
    _listener: Socket,
    _waiting: Vec<Socket>,
}

#[cfg(target_os = "linux")]
impl Silent {
    fn at(address: SocketAddr) -> Self {
        let listener = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
        listener.bind(&address.into()).unwrap();
        listener.listen(0).unwrap();
        let mut waiting = Vec::new();
        for _ in 0..8 {
            let socket = Socket::new(Domain::for_address(address), Type::STREAM, None).unwrap();
            socket.set_nonblocking(true).unwrap();
            let _ = socket.connect(&address.into());
            waiting.push(socket);
        }
        Self { _listener: listener, _waiting: waiting }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_family_that_leads_nowhere_costs_a_head_start() {
    let Some(v6) = at_v6() else { return };
    let port = v6.address().port();
    let _silent = Silent::at((V4, port).into());
    // Sooner or later the silent address would answer no more either: without the other family this would never end.
    assert_eq!(name(&client(&[V4, V6], port)).await, "v6");
    // The other way round, beside several addresses that lead nowhere: families take turns.
    let v4 = Server::at((V4, 0).into(), named("v4"));
    let port = v4.address().port();
    let _silent = Silent::at((V6, port).into());
    assert_eq!(name(&client(&[V6, V6, V6, V4], port)).await, "v4");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_host_that_leads_nowhere_ends_at_the_timeout() {
    let silent = TcpListener::bind((V4, 0)).unwrap().local_addr().unwrap();
    let _silent = Silent::at(silent);
    let http = HyperClient::new().resolver(|_| Ok(vec![V4, V4]));
    let timeouts = Timeouts::none().connect(Duration::from_millis(50));
    let config = config().http_client(http).timeouts(timeouts).retry(Retry::none());
    let client: Client = config.endpoint_url(format!("http://service.test:{}", silent.port())).client();
    let error = client.send(get()).await.unwrap_err();
    assert_eq!((error.kind(), error.is_timeout()), (ErrorKind::Connect, true), "{error}");
}

/// A host that can move from the first of its servers to the second.
struct Moving {
    first: Server,
    second: Server,
    moved: Arc<AtomicBool>,
    lookups: Arc<Mutex<usize>>,
}

impl Moving {
    fn new(first: impl Fn(&Request) -> Vec<Do> + Send + Sync + 'static) -> Self {
        let first = Server::at((V4, 0).into(), first);
        let second = Server::at((Ipv4Addr::new(127, 0, 0, 2), first.address().port()).into(), named("second"));
        Self { first, second, moved: Arc::default(), lookups: Arc::default() }
    }

    fn client(&self) -> Client {
        let (moved, lookups) = (self.moved.clone(), self.lookups.clone());
        let addresses = [self.first.address().ip(), self.second.address().ip()];
        let http = HyperClient::new().resolver(move |_| {
            *lookups.lock().unwrap() += 1;
            Ok(vec![addresses[usize::from(moved.load(Ordering::SeqCst))]])
        });
        let config = config().http_client(http).timeouts(Timeouts::none());
        config.endpoint_url(format!("http://service.test:{}", self.first.address().port())).client()
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_service_that_moves_is_found_again_though_its_old_address_answers() {
    let moving = Moving::new(named("first"));
    let client = moving.client();
    assert_eq!(name(&client).await, "first");
    moving.moved.store(true, Ordering::SeqCst);
    // A connection that is used all the time goes on for five minutes at most.
    assert_eq!(name(&client).await, "first");
    for _ in 0..11 {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(28)).await;
        tokio::time::resume();
        name(&client).await;
    }
    assert_eq!(name(&client).await, "second");
    assert_eq!((moving.second.connections(), *moving.lookups.lock().unwrap()), (1, 2));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_service_that_moves_is_found_by_the_call_that_notices() {
    // Closed after a response; closed before one; and a host that says that it is going away.
    let closing = |_: &Request| [json("200 OK", r#"{"Name":"first"}"#), vec![Do::Close]].concat();
    let once = |request: &Request| match request.number {
        0 => json("200 OK", r#"{"Name":"first"}"#),
        _ => vec![Do::Reset],
    };
    let leaving = |request: &Request| match request.number {
        0 => json("200 OK", r#"{"Name":"first"}"#),
        _ => vec![write("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n")],
    };
    for moving in [Moving::new(closing), Moving::new(once), Moving::new(leaving)] {
        let client = moving.client();
        assert_eq!(name(&client).await, "first");
        moving.moved.store(true, Ordering::SeqCst);
        assert_eq!(name(&client).await, "second");
    }
}

#[tokio::test]
async fn headers_are_as_many_as_set() {
    let with =
        |headers: usize| format!("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n{}\r\n{{}}", "x: y\r\n".repeat(headers - 1));
    for (http, headers, fits) in [
        (HyperClient::new(), 100, true),
        (HyperClient::new(), 101, false),
        (HyperClient::new().max_headers(200), 200, true),
        (HyperClient::new().max_headers(200), 201, false),
        (HyperClient::new().max_headers(10), 11, false),
        (HyperClient::new().max_headers(0), 1, true),
    ] {
        let server = Server::on_request(vec![write(with(headers))]);
        let config = config().http_client(http).retry(Retry::none());
        let client: Client = config.endpoint_url(server.url()).client();
        assert_eq!(client.send(get()).await.is_ok(), fits, "{headers}");
    }
}
