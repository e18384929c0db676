//! A proxy that people use: tinyproxy, as Debian packages it. The test is skipped, and says so, where it is not installed;
//! with `REQUIRE_TINYPROXY` in the environment, as in CI, that is a failure.

use std::io::Write;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use loopback::{Server, json};
use templates::runtime::ErrorKind;
use templates::runtime::http::ProxyErrorKind;

use super::hostile::proxy_kind;
use super::{client, service};
use crate::support::service::{Client, get};
use crate::support::{config, hasty};

/// A tinyproxy that asks for `user` and `passw0rd`.
struct Tinyproxy {
    process: Child,
    port: u16,
    folder: PathBuf,
}

impl Tinyproxy {
    fn start() -> Option<Self> {
        let folder = std::env::temp_dir().join(format!("tinyproxy-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let settings = folder.join("settings");
        let text = format!("Port {port}\nListen 127.0.0.1\nTimeout 60\nBasicAuth user passw0rd\nLogLevel Error\n");
        std::fs::write(&settings, text).unwrap();
        let mut command = Command::new("tinyproxy");
        command.arg("-d").arg("-c").arg(&settings).stdout(Stdio::null()).stderr(Stdio::null());
        let Ok(process) = command.spawn() else {
            std::fs::remove_dir_all(&folder).unwrap();
            assert!(std::env::var_os("REQUIRE_TINYPROXY").is_none(), "tinyproxy is not installed");
            // Not by a macro: the test harness would keep that from the terminal.
            let _ = writeln!(std::io::stderr(), "SKIPPED: no real proxy was tried, for tinyproxy is not installed");
            return None;
        };
        let this = Self { process, port, folder };
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(this);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("tinyproxy does not listen");
    }
}

impl Drop for Tinyproxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn a_real_proxy_passes_calls_on() {
    let Some(proxy) = Tinyproxy::start() else { return };
    let (secure, plain) = (service(), Server::answering(|_| json("200 OK", r#"{"Name":"n"}"#)));
    // This machine by an address that is not of the loopback, which no proxy is asked for.
    let endpoints = [("https", &secure), ("http", &plain)]
        .map(|(scheme, server)| format!("{scheme}://0.0.0.0:{}", server.address().port()));
    let proxy_url = |user: &str| format!("http://{user}127.0.0.1:{}", proxy.port);
    for endpoint in &endpoints {
        let http = client(proxy_url("user:passw0rd@"));
        let calls: Client = config().http_client(http).endpoint_url(endpoint).client();
        for _ in 0..3 {
            // Of an operation that may be sent again: tinyproxy closes a connection after what it relayed, and the next request may
            // be on its way then.
            assert_eq!(calls.send(get()).await.unwrap().name.as_deref(), Some("n"));
        }
        for (user, kind) in
            [("", ProxyErrorKind::CredentialsMissing), ("user:wrong@", ProxyErrorKind::CredentialsRefused)]
        {
            let calls: Client = hasty().http_client(client(proxy_url(user))).endpoint_url(endpoint).client();
            let error = calls.send(get()).await.unwrap_err();
            // A wrong password is 401 for it, which a relayed request may have from the service as well.
            let is_service = error.status() == Some(401) && endpoint.starts_with("http:");
            let expected = if is_service { ErrorKind::Service } else { ErrorKind::Config };
            assert_eq!((error.kind(), error.attempts()), (expected, 1), "{kind:?}: {error}");
            assert_eq!(proxy_kind(&error), (!is_service).then_some(kind), "{error}");
        }
    }
    assert_eq!((secure.requests(), secure.connections(), plain.requests()), (3, 1, 3));
    // tinyproxy adds a header to what it relays, and to nothing in a tunnel.
    assert!(plain.recorded()[0].headers.contains_key("via"));
    assert!(!secure.recorded()[0].headers.contains_key("via"));
    // Nobody listens there: what tinyproxy answers to CONNECT is not a service's response.
    let calls: Client =
        hasty().http_client(client(proxy_url("user:passw0rd@"))).endpoint_url("https://0.0.0.0:1").client();
    let error = calls.send(get()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.to_string().contains("did not open a tunnel"), "{error}");
}
