//! Settings of proxies: variables, exceptions, and hosts that never have one.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use loopback::{Server, json};
use templates::runtime::environment::Environment;
use templates::runtime::http::hyper::{HyperClient, Proxy};
use templates::runtime::{ErrorKind, Retry, Timeouts};

use crate::support::config;
use crate::support::service::{Client, Error, Thing, get};

/// An environment with these variables.
fn environment(variables: &[(&'static str, &str)]) -> Environment {
    let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Environment::from_fn(move |name| Some(variables.iter().find(|(known, _)| *known == name)?.1.clone()))
}

/// Calls a URL through a client whose names all are of this machine.
async fn call(http: HyperClient, url: &str) -> Result<Thing, Error> {
    let http = http.resolver(|_| Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]));
    // Addresses of other networks lead nowhere: whether that shows at once depends on the machine.
    let timeouts = Timeouts::none().connect(Duration::from_millis(300));
    let client: Client = config().http_client(http).timeouts(timeouts).retry(Retry::none()).endpoint_url(url).client();
    client.send(get()).await
}

#[tokio::test]
async fn variables_choose_by_the_scheme_and_in_their_order() {
    // Each proxy refuses tunnels and answers other requests by its name.
    let proxies = ["a", "b"].map(|name| {
        Server::answering(move |request| match request.method.as_str() {
            "CONNECT" => json("403 Forbidden", ""),
            _ => json("200 OK", &format!("{{\"Name\":\"{name}\"}}")),
        })
    });
    let [a, b] = proxies.each_ref().map(|proxy| proxy.address().to_string());
    let (a, b) = (a.as_str(), b.as_str());
    for (variables, http, https) in [
        (&[("HTTP_PROXY", a), ("HTTPS_PROXY", b)][..], a, b),
        (&[("HTTP_PROXY", a)], a, ""),
        (&[("HTTPS_PROXY", a)], "", a),
        (&[("ALL_PROXY", a)], a, a),
        (&[("all_proxy", a), ("ALL_PROXY", b)], a, a),
        (&[("all_proxy", b), ("http_proxy", a)], a, b),
        (&[("http_proxy", a), ("HTTP_PROXY", b), ("https_proxy", b), ("HTTPS_PROXY", a)], a, b),
        (&[("http_proxy", ""), ("HTTP_PROXY", a)], a, ""),
        // Whoever sends a request to a CGI program sets HTTP_PROXY by a header `Proxy`.
        (&[("REQUEST_METHOD", "GET"), ("HTTP_PROXY", a), ("HTTPS_PROXY", b)], "", b),
        (&[("REQUEST_METHOD", "GET"), ("http_proxy", a)], a, ""),
        (&[("HTTP_PROXY", a), ("HTTPS_PROXY", b), ("NO_PROXY", "*")], "", ""),
        (&[("HTTP_PROXY", a), ("no_proxy", "other.test"), ("NO_PROXY", "*")], a, ""),
    ] {
        let from_env = || HyperClient::from_env(environment(variables));
        for (scheme, expected) in [("http", http), ("https", https)] {
            // Nobody listens at port 1.
            let result = call(from_env(), &format!("{scheme}://service.test:1")).await;
            match (scheme, expected, &result) {
                ("http", "", Err(error)) | ("https", "", Err(error)) => assert_eq!(error.proxy(), None, "{error}"),
                ("https", proxy, Err(error)) => assert_eq!(error.proxy(), Some(proxy), "{variables:?}: {error}"),
                (_, proxy, Ok(thing)) => {
                    let name = if proxy == a { "a" } else { "b" };
                    assert_eq!(thing.name.as_deref(), Some(name), "{variables:?}");
                }
                _ => panic!("{variables:?} {scheme}: {result:?}"),
            }
        }
    }
}

#[tokio::test]
async fn exceptions_are_names_addresses_networks_and_ports() {
    let proxy = Server::answering(|_| json("200 OK", "{}"));
    for (list, host, port, direct) in [
        ("example.test", "example.test", 1, true),
        ("EXAMPLE.test", "example.TEST", 1, true),
        ("example.test", "a.b.example.test", 1, true),
        ("example.test", "badexample.test", 1, false),
        ("a.example.test", "example.test", 1, false),
        (".example.test", "example.test", 1, true),
        (".example.test", "a.example.test", 1, true),
        ("*.example.test", "a.example.test", 1, true),
        ("example.test.", "example.test", 1, true),
        ("other.test,example.test", "example.test", 1, true),
        (" other.test , example.test ,", "example.test", 1, true),
        ("other.test example.test", "example.test", 1, true),
        ("example.test:1", "example.test", 1, true),
        ("example.test:1", "a.example.test", 1, true),
        ("example.test:2", "example.test", 1, false),
        ("*", "example.test", 1, true),
        ("other.test,*", "example.test", 1, true),
        ("*:2", "example.test", 1, false),
        ("", "example.test", 1, false),
        (".", "example.test", 1, false),
        ("192.0.2.1", "192.0.2.1", 1, true),
        ("192.0.2.1", "192.0.2.10", 1, false),
        ("2.1", "192.0.2.1", 1, false),
        ("192.0.2.0/24", "192.0.2.77", 1, true),
        ("192.0.2.64/26", "192.0.2.63", 1, false),
        ("192.0.2.0/24:1", "192.0.2.77", 1, true),
        ("192.0.2.0/24:2", "192.0.2.77", 1, false),
        ("0.0.0.0/0", "192.0.2.77", 1, true),
        ("192.0.2.0/33", "192.0.2.0", 1, false),
        ("192.0.2.0/24", "example.test", 1, false),
        ("2001:db8::1", "[2001:db8::1]", 1, true),
        ("[2001:db8::1]", "[2001:db8:0::1]", 1, true),
        ("[2001:db8::1]:1", "[2001:db8::1]", 1, true),
        ("[2001:db8::1]:2", "[2001:db8::1]", 1, false),
        ("2001:db8::/32", "[2001:db8:9::1]", 1, true),
        ("2001:db8::/32", "[2001:db9::1]", 1, false),
        ("::/0", "[2001:db8::1]", 1, true),
    ] {
        let seen = proxy.requests();
        let by_variable = environment(&[("http_proxy", &proxy.url()), ("no_proxy", list)]);
        for proxied in [Proxy::from_env(by_variable), Proxy::new(proxy.url()).no_proxy(list)] {
            let _ = call(HyperClient::new().proxy(proxied), &format!("http://{host}:{port}")).await;
        }
        assert_eq!(proxy.requests() - seen, if direct { 0 } else { 2 }, "{list:?} {host}:{port}");
    }
}

#[tokio::test]
async fn this_machine_and_its_metadata_services_have_none() {
    let proxy = Server::answering(|_| json("200 OK", "{}"));
    for host in [
        "localhost",
        "LOCALHOST",
        "a.localhost",
        "127.0.0.1",
        "127.9.9.9",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "169.254.170.2",
        "[fd00:ec2::254]",
        "[fd00:ec2::23]",
    ] {
        let _ = call(HyperClient::new().proxy(proxy.url()), &format!("http://{host}:1")).await;
        assert_eq!(proxy.connections(), 0, "{host}");
    }
    call(HyperClient::new().proxy(proxy.url()), "http://localhost.test:1").await.unwrap();
    assert_eq!(proxy.requests(), 1);
}

#[tokio::test]
async fn a_setting_that_is_no_proxy_is_named_without_its_password() {
    for (url, why) in [
        ("socks5://user:secret@proxy.test:1080", "scheme"),
        ("http://user:secret@", "not the URL of a host"),
        ("http://user:secret@proxy.test:port", "not the URL of a host"),
        ("http://user:secret@proxy.test:0", "not the URL of a host"),
        ("http://user:secret@proxy.test:70000", "not the URL of a host"),
        ("http://user:se@cret@pro xy:1", "not the URL of a host"),
        ("://user:secret@proxy.test", "scheme"),
    ] {
        let of_variable = HyperClient::from_env(environment(&[("HTTP_PROXY", url)]));
        for (http, place) in [(of_variable, "HTTP_PROXY"), (HyperClient::new().proxy(url), "the program's settings")] {
            let error = call(http, "http://service.test").await.unwrap_err();
            assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Config, false), "{error}");
            let text = format!("{error} {error:?} {:?}", Proxy::new(url));
            assert!(text.contains(why) && text.contains(place), "{text}");
            assert!(!text.contains("user") && !text.contains("cret"), "{text}");
        }
    }
}
