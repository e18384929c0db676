//! Proxies that do not do their part: each is a typed error that names the proxy.

use std::error::Error as StdError;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use loopback::{Do, Server, json, response, write};
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::http::{ProxyError, ProxyErrorKind as Kind};
use templates::runtime::{ErrorKind, Retry};

use super::{client, guarded, honest, service, url};
use crate::support::service::{Client, Error, get, ring};
use crate::support::{hasty, in_time};

/// The message of a call about a proxy.
#[derive(Debug, PartialEq)]
struct Said {
    kind: ErrorKind,
    proxy: Option<Kind>,
    attempts: u32,
    timeout: bool,
}

/// The step that failed at the proxy, from the sources of an error.
pub(super) fn proxy_kind(error: &Error) -> Option<Kind> {
    let mut source = error.source();
    let mut proxy = None;
    while let Some(error) = source {
        proxy = proxy.or(error.downcast_ref::<ProxyError>().map(ProxyError::kind));
        source = error.source();
    }
    proxy
}

fn said(error: &Error) -> Said {
    Said { kind: error.kind(), proxy: proxy_kind(error), attempts: error.attempts(), timeout: error.is_timeout() }
}

/// Calls an operation that must not be sent twice, through a proxy.
async fn call(proxy_url: &str, endpoint: &str) -> Error {
    let client: Client = hasty().http_client(client(proxy_url)).endpoint_url(endpoint).client();
    in_time(client.send(ring())).await.unwrap_err()
}

#[tokio::test]
async fn one_that_asks_for_a_password() {
    let service = service();
    let proxy = Server::answering(guarded(service.address(), "Basic bm90OnRoaXM="));
    for endpoint in [url(&service), "http://service.test".to_owned()] {
        for (user, kind) in [("", Kind::CredentialsMissing), ("user:secret@", Kind::CredentialsRefused)] {
            let seen = proxy.requests();
            let error = call(&format!("http://{user}{}", proxy.address()), &endpoint).await;
            // The settings have to change: another attempt would be refused as well.
            let expected = Said { kind: ErrorKind::Config, proxy: Some(kind), attempts: 1, timeout: false };
            assert_eq!(said(&error), expected, "{error}");
            assert_eq!(proxy.requests() - seen, 1);
            let text = format!("{error} {error:?}");
            assert!(text.contains("the proxy 127.0.0.1:") && text.contains("407"), "{text}");
            assert!(!text.contains("secret") && !text.contains("dXNlcjp"), "{text}");
            assert_eq!(error.proxy(), Some(&*proxy.address().to_string()));
        }
    }
    assert_eq!(service.connections(), 0);
}

#[tokio::test]
async fn ones_that_open_no_tunnel() {
    let service = service();
    let established = "HTTP/1.1 200 OK\r\n\r\n";
    let long_header = format!("HTTP/1.1 200 OK\r\nx: {}", "x".repeat(70 << 10));
    let (refused, closed, malformed) = (Kind::Refused, Some(Kind::Closed), Some(Kind::Malformed));
    let cases: Vec<(Vec<Do>, Option<Kind>, u32)> = vec![
        // Rules of the proxy do not change from one attempt to the next.
        (json("403 Forbidden", "no"), Some(refused(403)), 1),
        (json("405 Method Not Allowed", ""), Some(refused(405)), 1),
        (vec![write(response("302 Found", &[("location", "http://login.test/")], ""))], Some(refused(302)), 1),
        // The way to the service may be free again.
        (json("502 Bad Gateway", ""), Some(refused(502)), 3),
        (json("503 Service Unavailable", ""), Some(refused(503)), 3),
        (json("429 Too Many Requests", ""), Some(refused(429)), 3),
        (vec![Do::Close], closed, 3),
        (vec![Do::Reset], closed, 3),
        (vec![write("HTTP/1.1 200"), Do::Close], closed, 3),
        (vec![write("HTTP/1.1 200"), Do::Reset], closed, 3),
        (vec![write("SSH-2.0-OpenSSH_9.2\r\n"), Do::Stall], malformed, 3),
        (vec![write("HTTP/1.1 two hundred\r\n\r\n"), Do::Stall], malformed, 3),
        (vec![write("HTTP/2.0 200 OK\r\n\r\n"), Do::Stall], malformed, 3),
        (vec![write(long_header), Do::Stall], malformed, 3),
        (vec![Do::Flood(b"HTTP/1.1 100 Continue\r\nx: y\r\n".to_vec())], malformed, 3),
        // Bytes that no service behind the tunnel can have sent.
        (vec![write(format!("{established}hello")), Do::Stall], malformed, 3),
    ];
    for (steps, kind, attempts) in cases {
        let proxy = Server::on_request(steps.clone());
        let error = call(&proxy.url(), &url(&service)).await;
        let expected = Said { kind: ErrorKind::Connect, proxy: kind, attempts, timeout: false };
        assert_eq!(said(&error), expected, "{steps:.120?}: {error}");
        assert!(error.to_string().contains(&format!("the proxy {}", proxy.address())), "{error}");
        assert!(error.to_string().contains("service.test"), "{error}");
        assert_eq!(proxy.open_down_to(0).await, 0);
    }
    assert_eq!(service.connections(), 0);
}

#[tokio::test]
async fn one_that_lies() {
    let service = service();
    let established = write("HTTP/1.1 200 OK\r\n\r\n");
    for steps in [
        vec![established.clone(), Do::Wait(Duration::from_millis(20)), write("HTTP/1.1 200 OK\r\n\r\n"), Do::Stall],
        vec![established.clone(), Do::Close],
        vec![established.clone(), Do::Wait(Duration::from_millis(20)), Do::Reset],
    ] {
        let proxy = Server::on_request(steps);
        let error = call(&proxy.url(), &url(&service)).await;
        // What is behind the tunnel fails, the service as far as anybody knows: the proxy is named all the same.
        assert_eq!(
            (said(&error).kind, said(&error).proxy, said(&error).attempts),
            (ErrorKind::Connect, None, 3),
            "{error}"
        );
        assert!(error.to_string().contains(&format!("through the proxy {}", proxy.address())), "{error}");
        assert_eq!(error.proxy(), Some(&*proxy.address().to_string()));
    }
    // One that reads along, with a certificate that nobody trusts.
    let proxy = Server::answering(honest(service.address()));
    let http = HyperClient::new().proxy(proxy.url());
    let client: Client = hasty().http_client(http).endpoint_url(url(&service)).client();
    let error = client.send(get()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Connect, 1, false), "{error}");
    assert!(error.to_string().contains("UnknownIssuer") && error.proxy().is_some(), "{error}");
    assert_eq!(service.requests(), 0);
}

#[tokio::test]
async fn one_that_is_slow() {
    let service = service();
    let head = b"HTTP/1.1 200 OK\r\nx: yyyyyyyyyyyyyyyyyyyy\r\n\r\n".to_vec();
    for steps in [vec![Do::Stall], vec![Do::Drip(head, Duration::from_millis(50))]] {
        let proxy = Server::on_request(steps);
        let error = call(&proxy.url(), &url(&service)).await;
        let expected =
            Said { kind: ErrorKind::Connect, proxy: Some(Kind::Timeout), attempts: error.attempts(), timeout: true };
        assert_eq!(said(&error), expected, "{error}");
        assert!(error.attempts() > 1, "nothing was sent to the service: {error}");
        assert_eq!(proxy.open_down_to(0).await, 0);
    }
    // The handshake behind an open tunnel has the same time.
    let proxy = Server::on_request(vec![write("HTTP/1.1 200 OK\r\n\r\n"), Do::Stall]);
    let error = call(&proxy.url(), &url(&service)).await;
    assert_eq!((said(&error).proxy, error.is_timeout()), (Some(Kind::Timeout), true), "{error}");
}

#[tokio::test]
async fn one_that_is_not_there() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for endpoint in ["https://service.test", "http://service.test"] {
        let error = call(&format!("http://{closed}"), endpoint).await;
        let expected = Said { kind: ErrorKind::Connect, proxy: Some(Kind::Unreachable), attempts: 3, timeout: false };
        assert_eq!(said(&error), expected, "{error}");
        assert!(error.to_string().contains(&format!("no connection to the proxy {closed}")), "{error}");
    }
    // A name that nothing resolves, and a proxy that speaks no TLS.
    let http = HyperClient::new().proxy("http://proxy.test").resolver(|_| Err(std::io::Error::other("no such name")));
    let retry = || hasty().retry(Retry::none());
    let client: Client = retry().http_client(http).endpoint_url("https://service.test").client();
    let error = client.send(get()).await.unwrap_err();
    assert!(error.to_string().contains("the proxy proxy.test:80: no such name"), "{error}");
    let plain = Server::on_connect(vec![write("HTTP/1.1 400 Bad Request\r\n\r\n"), Do::Stall]);
    let error = {
        let http = client_at(plain.address().port());
        let client: Client = retry().http_client(http).endpoint_url("https://service.test").client();
        client.send(get()).await.unwrap_err()
    };
    assert_eq!(said(&error).proxy, Some(Kind::Tls), "{error}");
}

fn client_at(port: u16) -> HyperClient {
    HyperClient::new()
        .proxy(format!("https://proxy.test:{port}"))
        .resolver(|_| Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]))
}

#[tokio::test]
async fn one_that_fails_after_the_tunnel_was_open() {
    // The service resets once it has the request: what is known is that the way there failed.
    let service = Server::wrapped(super::acceptor(), |_| vec![Do::Reset]);
    let proxy = Server::answering(honest(service.address()));
    let error = call(&proxy.url(), &url(&service)).await;
    assert_eq!((said(&error).kind, said(&error).attempts), (ErrorKind::Transport, 1), "{error}");
    assert_eq!(error.proxy(), Some(&*proxy.address().to_string()));
    // And in the middle of a body.
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec();
    let service = Server::wrapped(super::acceptor(), move |_| vec![Do::Write(half.clone()), Do::Close]);
    let proxy = Server::answering(honest(service.address()));
    let error = call(&proxy.url(), &url(&service)).await;
    assert_eq!(error.proxy(), Some(&*proxy.address().to_string()), "{error}");
}
