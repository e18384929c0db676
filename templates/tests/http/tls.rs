//! TLS: what is trusted, what is refused, and that connections are kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::service::{Client, get, ring};
use crate::support::{config, hasty};
use templates::runtime::environment::Environment;
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{ErrorKind, Retry};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto::ring};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http/certificates").join(name)
}

/// A server whose certificate is for `localhost` and `127.0.0.1`; its port, and how many connections it had.
async fn server() -> (u16, Arc<AtomicUsize>) {
    let chain = vec![CertificateDer::from_pem_file(file("server.pem")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(file("server.key")).unwrap();
    let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, count) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let connections = count.clone();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            connections.fetch_add(1, Ordering::SeqCst);
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut socket) = acceptor.accept(socket).await else { return };
                let mut request = [0; 4096];
                while let Ok(1..) = socket.read(&mut request).await {
                    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"Name\":\"n\"}";
                    if socket.write_all(answer).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (port, count)
}

#[tokio::test]
async fn an_authority_that_is_named_is_trusted() {
    let (port, connections) = server().await;
    let bundle = file("ca.pem");
    let value = bundle.to_str().unwrap().to_owned();
    let environment = Environment::from_fn(move |name| (name == "AWS_CA_BUNDLE").then(|| value.clone()));
    for http in [HyperClient::ca_bundle(&bundle), HyperClient::from_env(environment)] {
        for host in ["localhost", "127.0.0.1"] {
            let url = format!("https://{host}:{port}");
            let client: Client = config().http_client(http.clone()).endpoint_url(url).client();
            let before = connections.load(Ordering::SeqCst);
            for _ in 0..10 {
                assert_eq!(client.send(ring()).await.unwrap().name.as_deref(), Some("n"));
            }
            assert_eq!(connections.load(Ordering::SeqCst) - before, 1);
        }
    }
}

#[tokio::test]
async fn an_unknown_authority_is_not() {
    let (port, connections) = server().await;
    let client: Client = hasty().endpoint_url(format!("https://localhost:{port}")).client();
    let error = client.send(get()).await.unwrap_err();
    assert_eq!((error.kind(), connections.load(Ordering::SeqCst)), (ErrorKind::Connect, 3));
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
}

#[tokio::test]
async fn a_certificate_for_another_host_is_not() {
    let (port, _) = server().await;
    let http = HyperClient::ca_bundle(file("ca.pem"));
    let config = hasty().http_client(http).retry(Retry::none());
    let client: Client = config.endpoint_url(format!("https://127.0.0.2:{port}")).client();
    let error = client.send(get()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
}

#[tokio::test]
async fn a_bundle_that_cannot_be_read_is_named() {
    let (port, _) = server().await;
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
