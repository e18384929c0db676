//! TLS: which certificates are trusted, and the handshake.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, OnceLock};

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore, crypto::ring};

use super::io::Stream;
use crate::runtime::base::blocking::Blocking;
use crate::runtime::base::environment::Environment;
use crate::runtime::base::file;
use crate::runtime::base::profile::{Profiles, expand};
use crate::runtime::base::threads::BoxFuture;
use crate::runtime::http::TransportError;

/// The most bytes that a file of certificates may have. Mozilla's whole list has a quarter of a megabyte.
const LARGEST_BUNDLE: usize = 16 << 20;

/// TLS, configured when it is first needed: parsing the roots takes longer than all else that a client is made of.
///
/// Mozilla's roots and not the system's, as botocore has it: a container without certificates works, and nothing is read
/// from disk. A company that looks into TLS names its own authority in `AWS_CA_BUNDLE`, as for AWS's other tools.
pub(super) struct Tls {
    trust: Trust,
    made: OnceLock<Arc<ClientConfig>>,
}

/// The trusted authorities.
#[derive(Clone)]
pub(super) enum Trust {
    /// Mozilla's.
    Roots,
    /// Those of a PEM file.
    Bundle(PathBuf),
    /// Those of the file that the environment names, or else the profile of that name, or else Mozilla's.
    Settings(Environment, Option<String>),
}

impl Trust {
    /// The PEM file, where there is one.
    async fn bundle(&self) -> Result<Option<PathBuf>, TransportError> {
        match self {
            Self::Roots => Ok(None),
            Self::Bundle(path) => Ok(Some(path.clone())),
            Self::Settings(environment, profile) => match environment.var("AWS_CA_BUNDLE") {
                Some(path) => Ok(Some(path.into())),
                None => bundle_of_profile(environment.clone(), profile.clone()).await,
            },
        }
    }
}

/// The PEM file that a profile names. The files are read away from the executor: one may be a pipe, or on a dead mount.
async fn bundle_of_profile(
    environment: Environment,
    profile: Option<String>,
) -> Result<Option<PathBuf>, TransportError> {
    type BundlePath = Result<Option<PathBuf>, String>;
    static PROFILES: LazyLock<Blocking<BundlePath>> = LazyLock::new(|| Blocking::new("profile", 4));
    // Each environment is a source of its own, which cannot be compared: one run is never shared.
    static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let key = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string();
    let find = move || {
        let profiles = Profiles::load(&environment, profile.as_deref()).map_err(|error| error.to_string())?;
        Ok(profiles.selected().get("ca_bundle").map(|path| expand(&environment, path)))
    };
    PROFILES.run(&key, find).await.map_err(unusable)?.map_err(unusable)
}

/// The future of a handshake. It is boxed, so that those that wait for it are not compiled with all that TLS drops.
type Handshake<'a> = BoxFuture<'a, Result<Stream, TransportError>>;

impl Tls {
    pub(super) fn new(trust: Trust) -> Self {
        Self { trust, made: OnceLock::new() }
    }

    /// Speaks TLS on a stream with the server of that name.
    pub(super) fn handshake<'a>(&'a self, name: &'a str, stream: Stream) -> Handshake<'a> {
        Box::pin(async move {
            let name =
                ServerName::try_from(name.to_owned()).map_err(|error| TransportError::not_sent(error).permanent())?;
            let connector = TlsConnector::from(self.config().await?);
            match connector.connect(name, stream).await {
                Ok(stream) => Ok(Stream::Tls(Box::new(stream))),
                Err(error) if is_refusal(&error) => Err(TransportError::not_sent(error).permanent()),
                Err(error) => Err(TransportError::not_sent(error)),
            }
        })
    }

    async fn config(&self) -> Result<Arc<ClientConfig>, TransportError> {
        if let Some(made) = self.made.get() {
            return Ok(made.clone());
        }
        // An error is not kept: a file that was missing may be there at the next call.
        let roots = match self.trust.bundle().await? {
            Some(path) => bundle(&path).await?,
            None => webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect(),
        };
        let made = Arc::new(config(roots)?);
        Ok(self.made.get_or_init(|| made).clone())
    }
}

/// The certificates of a PEM file.
async fn bundle(path: &Path) -> Result<RootCertStore, TransportError> {
    let refused = |why: String| unusable(format!("the CA bundle {}: {why}", path.display()));
    let pem = file::read(path, LARGEST_BUNDLE).await.map_err(|error| refused(format!("I/O error: {error}")))?;
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| refused(error.to_string()))?;
        roots.add(certificate).map_err(|error| refused(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(refused("it holds no certificate".to_owned()));
    }
    Ok(roots)
}

fn config(roots: RootCertStore) -> Result<ClientConfig, TransportError> {
    // The provider is named, not taken from the process: another crate may have put a different one there, or none.
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(TransportError::not_sent)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The error of a setting that has to change.
fn unusable(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::not_sent(why).misconfigured()
}

/// Whether a handshake failed because one side does not accept the other, which another attempt does not change.
fn is_refusal(error: &io::Error) -> bool {
    let error = error.get_ref().and_then(|error| error.downcast_ref::<rustls::Error>());
    matches!(
        error,
        Some(
            rustls::Error::InvalidCertificate(_)
                | rustls::Error::NoCertificatesPresented
                | rustls::Error::UnsupportedNameType
                | rustls::Error::PeerIncompatible(_)
                | rustls::Error::NoApplicationProtocol
        )
    )
}
