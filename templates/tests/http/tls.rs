//! TLS: what is trusted, what is refused, and that connections are kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use loopback::{Server, Stream, Wrapped, json};
use templates::runtime::environment::Environment;
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{ErrorKind, Retry};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto::ring};

use crate::support::service::{Client, get, ring};
use crate::support::{config, hasty};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http/certificates").join(name)
}

/// A server whose certificate is for `localhost` and `127.0.0.1`.
fn server() -> Server {
    let chain = vec![CertificateDer::from_pem_file(file("server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(file("server.key")).unwrap();
    let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let wrap = move |socket| -> Wrapped {
        let acceptor = acceptor.clone();
        Box::pin(async move { Ok(Box::new(acceptor.accept(socket).await?) as Box<dyn Stream>) })
    };
    Server::wrapped(wrap, |_| json("200 OK", r#"{"Name":"n"}"#))
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
    let error = client.send(get()).await.unwrap_err();
    assert_eq!((error.kind(), server.connections()), (ErrorKind::Connect, 3));
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
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
        let config = hasty().http_client(http).retry(Retry::none());
        let client: Client = config.endpoint_url(format!("https://localhost:{port}")).client();
        let error = client.send(get()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
}
