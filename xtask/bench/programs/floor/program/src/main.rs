//! Describes one contact by hand: keys, region and endpoint from the environment, over TLS.

#[path = "../../common.rs"]
mod common;

use std::error::Error;
use std::sync::Arc;

use common::{DescribeContactResponse, Setup};
use http::Method;
use http_body_util::BodyExt;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (instance, contact) = (args.next().unwrap_or_default(), args.next().unwrap_or_default());
    let setup = Setup::from_env();
    let host = setup.authority().to_owned();
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let tcp = TcpStream::connect((&*host, 443)).await?;
    let stream = TlsConnector::from(Arc::new(tls)).connect(host.try_into()?, tcp).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request = setup.request(Method::GET, &format!("/contacts/{instance}/{contact}"), Vec::new());
    let body = sender.send_request(request).await?.into_body().collect().await?.to_bytes();
    let answer: DescribeContactResponse = serde_json::from_slice(&body)?;
    println!("round 0: {answer:?}");
    Ok(())
}
