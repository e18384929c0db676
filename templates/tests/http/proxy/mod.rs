//! Proxies: which requests go through one, how, and what becomes of one that does not do its part.

mod hostile;
mod real;
mod settings;
mod through;

use std::net::SocketAddr;

use loopback::{Do, Request, Server, json, response, write};
use templates::runtime::http::hyper::{HyperClient, Proxy};

use super::tls::{acceptor, file};

/// A service that speaks TLS, behind proxies only: it is called by a name that nothing resolves.
fn service() -> Server {
    Server::wrapped(acceptor(), |_| json("200 OK", r#"{"Name":"n"}"#))
}

/// The URL of the service, by a name that only a proxy resolves.
fn url(service: &Server) -> String {
    format!("https://service.test:{}", service.address().port())
}

/// A proxy that does what it should: it opens tunnels, to one address, and answers other requests itself.
fn honest(service: SocketAddr) -> impl Fn(&Request) -> Vec<Do> + Send + Sync + 'static {
    move |request| match request.method.as_str() {
        "CONNECT" => vec![write("HTTP/1.1 200 Connection established\r\nvia: 1.1 p\r\n\r\n"), Do::Forward(service)],
        _ => json("200 OK", r#"{"Name":"relayed"}"#),
    }
}

/// The same, for those who show a user and a password.
fn guarded(service: SocketAddr, authorization: &'static str) -> impl Fn(&Request) -> Vec<Do> + Send + Sync + 'static {
    let honest = honest(service);
    move |request| {
        let shown = request.headers.get("proxy-authorization").is_some_and(|shown| shown == authorization);
        let ask = ("proxy-authenticate", "Basic realm=\"p\"");
        if shown {
            honest(request)
        } else {
            vec![write(response("407 Proxy Authentication Required", &[ask], "<html>who are you?</html>"))]
        }
    }
}

/// A client that trusts the authority of the tests, resolves no name, and goes through a proxy.
fn client(proxy: impl Into<Proxy>) -> HyperClient {
    HyperClient::ca_bundle(file("ca.pem")).resolver(|host| panic!("{host} is looked up")).proxy(proxy)
}
