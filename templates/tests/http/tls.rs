//! TLS: what is trusted, what is refused, and that connections are kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use loopback::{Server, Stream, Wrapped, json};
use templates::runtime::environment::Environment;
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{ErrorKind, Retry};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto::ring};

use crate::support::service::{Client, get, ring};
use crate::support::{config, hasty};

pub fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http/certificates").join(name)
}

/// A server with the certificate of this folder.
fn server() -> Server {
    Server::wrapped(acceptor(), |_| json("200 OK", r#"{"Name":"n"}"#))
}

/// Speaks TLS with the certificate of this folder.
pub fn acceptor() -> impl Fn(TcpStream) -> Wrapped + Send + Sync + 'static {
    let chain = vec![CertificateDer::from_pem_file(file("server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(file("server.key")).unwrap();
    let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    move |socket| -> Wrapped {
        let acceptor = acceptor.clone();
        Box::pin(async move { Ok(Box::new(acceptor.accept(socket).await?) as Box<dyn Stream>) })
    }
}

#[tokio::test]
async fn an_authority_that_is_named_is_trusted() {
    let server = server();
    let port = server.address().port();
    let bundle = file("ca.pem");
    let value = bundle.to_str().unwrap().to_owned();
    let environment = Environment::from_fn(move |name| (name == "AWS_CA_BUNDLE").then(|| value.clone()));
    for http in [HyperClient::ca_bundle(&bundle), HyperClient::from_env(environment)] {
        for host in ["localhost", "127.0.0.1"] {
            let url = format!("https://{host}:{port}");
            let client: Client = config().http_client(http.clone()).endpoint_url(url).client();
            let before = server.connections();
            for _ in 0..10 {
                assert_eq!(client.send(ring()).await.unwrap().name.as_deref(), Some("n"));
            }
            assert_eq!(server.connections() - before, 1);
        }
    }
}

#[tokio::test]
async fn an_unknown_authority_is_not() {
    let server = server();
    let port = server.address().port();
    let client: Client = hasty().endpoint_url(format!("https://localhost:{port}")).client();
    for error in [client.send(get()).await.unwrap_err(), client.send(ring()).await.unwrap_err()] {
        // Another attempt would meet the same certificate.
        assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Connect, 1, false), "{error}");
        assert!(error.to_string().contains("UnknownIssuer"), "{error}");
        assert!(error.to_string().contains(&format!("localhost:{port}")), "{error}");
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_certificate_for_another_host_is_not() {
    let server = server();
    let port = server.address().port();
    let http = HyperClient::ca_bundle(file("ca.pem"));
    let config = hasty().http_client(http).retry(Retry::none());
    let client: Client = config.endpoint_url(format!("https://127.0.0.2:{port}")).client();
    let error = client.send(get()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
}

#[tokio::test]
async fn a_bundle_that_cannot_be_read_is_named() {
    let server = server();
    let port = server.address().port();
    for (bundle, why) in
        [("no-such.pem", "no-such.pem"), ("README.md", "no certificate"), ("server.key", "no certificate")]
    {
        let http = HyperClient::ca_bundle(file(bundle));
        let client: Client = hasty().http_client(http).endpoint_url(format!("https://localhost:{port}")).client();
        let error = client.send(get()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Config, 1, false), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
}

/// A bundle that nobody ever writes, and one without end.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_bundle_that_hangs_or_has_no_end_stops_nobody() {
    let server = server();
    let url = format!("https://localhost:{}", server.address().port());
    let folder = Folder::new();
    let pipe = folder.0.join("pipe.pem");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());

    let (http, profile) = (HyperClient::ca_bundle(&pipe), folder.0.join("config"));
    std::fs::write(&profile, format!("[default]\nca_bundle = {}\n", pipe.display())).unwrap();
    let of_profile =
        Environment::from_fn(move |name| (name == "AWS_CONFIG_FILE").then(|| profile.to_str().unwrap().to_owned()));
    for http in [http, HyperClient::from_env(of_profile)] {
        let client: Client = hasty().http_client(http).endpoint_url(&url).client();
        // All calls share one reader, and the executor goes on: each of them ends at its time.
        let calls: Vec<_> = (0..50)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.send(get()).await.unwrap_err() })
            })
            .collect();
        for call in calls {
            let error = call.await.unwrap();
            assert_eq!((error.kind(), error.is_timeout()), (ErrorKind::Connect, true), "{error}");
        }
        // Whoever writes at last ends the wait: the next call is told what is wrong with it.
        std::fs::write(&pipe, "nothing").unwrap();
    }

    let client: Client = hasty().http_client(HyperClient::ca_bundle("/dev/zero")).endpoint_url(url).client();
    let error = client.send(get()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    assert!(error.to_string().contains("longer than"), "{error}");
}

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("bundles-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
