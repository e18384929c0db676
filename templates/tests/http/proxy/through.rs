//! Requests that go through a proxy: tunnels, relayed requests, credentials, TLS to the proxy.

use std::net::IpAddr;

use loopback::Server;
use templates::runtime::Config;
use templates::runtime::environment::Environment;
use templates::runtime::http::hyper::Proxy;

use super::{acceptor, client, guarded, honest, service, url};
use crate::support::config;
use crate::support::service::{Client, get, ring};

#[tokio::test]
async fn requests_over_tls_have_a_tunnel_that_is_kept() {
    let service = service();
    let proxy = Server::answering(honest(service.address()));
    let calls: Client = config().http_client(client(proxy.url())).endpoint_url(url(&service)).client();
    for _ in 0..5 {
        assert_eq!(calls.send(ring()).await.unwrap().name.as_deref(), Some("n"));
    }
    assert_eq!((service.connections(), service.requests(), proxy.connections()), (1, 5, 1));
    // The proxy sees where the tunnel leads, and nothing of the requests.
    let connect = proxy.only();
    let place = format!("service.test:{}", service.address().port());
    assert_eq!(
        (connect.method.as_str(), connect.target.as_str(), connect.header("host")),
        ("CONNECT", &*place, &*place)
    );
    assert_eq!(connect.headers.len(), 1, "{:?}", connect.headers);
    // The service sees nothing of the proxy.
    assert!(service.recorded().iter().all(|request| request.target == "/rings"));
}

#[tokio::test]
async fn other_requests_are_relayed_with_their_url() {
    let service = service();
    let proxy = Server::answering(honest(service.address()));
    let calls: Client = config().http_client(client(proxy.url())).endpoint_url("http://service.test:81/base").client();
    for _ in 0..3 {
        assert_eq!(calls.send(get()).await.unwrap().name.as_deref(), Some("relayed"));
    }
    assert_eq!((proxy.connections(), proxy.requests()), (1, 3));
    let request = &proxy.recorded()[0];
    assert_eq!((request.method.as_str(), &*request.target), ("GET", "http://service.test:81/base/things/a%20b"));
    assert_eq!(request.header("host"), "service.test:81");
    assert!(request.header("authorization").starts_with("AWS4-HMAC-SHA256 "));
    assert!(!request.headers.contains_key("proxy-authorization"));
}

#[tokio::test]
async fn credentials_are_shown_to_the_proxy_only() {
    // us%er:pa ss@word
    let value = "Basic dXMlZXI6cGEgc3NAd29yZA==";
    let service = service();
    let proxy = Server::answering(guarded(service.address(), value));
    let address = proxy.address();
    let of_url = [format!("http://us%25er:pa%20ss%40word@{address}"), format!("us%er:pa ss@word@{address}/")];
    let mut proxies: Vec<Proxy> = of_url.iter().map(Proxy::from).collect();
    proxies.push(Proxy::new(format!("http://other:one@{address}")).basic_auth("us%er", "pa ss@word"));
    for proxy in proxies {
        let shown = format!("{proxy:?}");
        let http = client(proxy);
        for url in [url(&service), "http://service.test".to_owned()] {
            let calls: Client = config().http_client(http.clone()).endpoint_url(url).client();
            calls.send(get()).await.unwrap();
        }
        assert_eq!(shown, format!("Proxy({address})"));
    }
    assert!(proxy.recorded().iter().all(|request| request.header("proxy-authorization") == value));
    assert!(service.recorded().iter().all(|request| !request.headers.contains_key("proxy-authorization")));
    assert_eq!((proxy.requests(), service.requests()), (6, 3));
}

#[tokio::test]
async fn tls_is_spoken_with_the_proxy_where_its_url_says_so() {
    let service = service();
    let proxy = Server::wrapped(acceptor(), honest(service.address()));
    let proxy_url = format!("https://proxy.test:{}", proxy.address().port());
    let http = client(proxy_url).resolver(|host| {
        assert_eq!(host, "proxy.test");
        Ok(vec!["127.0.0.1".parse::<IpAddr>().unwrap()])
    });
    for (endpoint, name) in [(url(&service), "n"), ("http://service.test".to_owned(), "relayed")] {
        let calls: Client = config().http_client(http.clone()).endpoint_url(endpoint).client();
        for _ in 0..3 {
            assert_eq!(calls.send(ring()).await.unwrap().name.as_deref(), Some(name));
        }
    }
    assert_eq!((service.connections(), service.requests(), proxy.connections()), (1, 3, 2));
}

#[tokio::test]
async fn a_configuration_takes_the_proxy_of_the_program_or_of_its_environment() {
    let service = service();
    let relays = [Server::answering(honest(service.address())), Server::answering(honest(service.address()))];
    let [of_program, of_environment] = &relays;
    let found = of_environment.url();
    let environment = Environment::from_fn(move |name| match name {
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("k".to_owned()),
        "HTTP_PROXY" => Some(found.clone()),
        _ => None,
    });
    let base = || Config::new().region("us-west-2").endpoint_url("http://service.test");
    for (configuration, seen) in [
        (base().environment(environment.clone()), [0, 1]),
        (base().proxy(of_program.url()).environment(environment.clone()), [1, 1]),
        (base().environment(environment).proxy(of_program.url()), [2, 1]),
    ] {
        let calls: Client = configuration.credentials(crate::support::keys()).client();
        calls.send(get()).await.unwrap();
        assert_eq!(relays.each_ref().map(Server::requests), seen);
    }
}
