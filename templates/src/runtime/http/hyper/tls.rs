//! Takes the place certificates are trusted from; gives the TLS configuration, made for the first connection and shared.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use crate::runtime::base::environment::Environment;
use crate::runtime::base::profile::{Profiles, expand};
use crate::runtime::http::TransportError;

/// TLS, configured when it is first needed: parsing the roots takes longer than all else that a client is made of.
///
/// Mozilla's roots and not the system's, as botocore has it: a container without certificates works, and nothing is read
/// from disk. A company that looks into TLS names its own authority in `AWS_CA_BUNDLE`, as for AWS's other tools.
pub(super) struct Tls {
    trust: Trust,
    made: OnceLock<Arc<ClientConfig>>,
}

/// Which authorities are trusted.
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
    fn bundle(&self) -> Result<Option<PathBuf>, TransportError> {
        match self {
            Self::Roots => Ok(None),
            Self::Bundle(path) => Ok(Some(path.clone())),
            Self::Settings(environment, profile) => {
                if let Some(path) = environment.var("AWS_CA_BUNDLE") {
                    return Ok(Some(path.into()));
                }
                let profiles = Profiles::load(environment, profile.as_deref()).map_err(TransportError::not_sent)?;
                Ok(profiles.selected().get("ca_bundle").map(|path| expand(environment, path)))
            }
        }
    }
}

impl Tls {
    pub(super) fn new(trust: Trust) -> Self {
        Self { trust, made: OnceLock::new() }
    }

    pub(super) fn config(&self) -> Result<Arc<ClientConfig>, TransportError> {
        if let Some(made) = self.made.get() {
            return Ok(made.clone());
        }
        // An error is not kept: a file that was missing may be there at the next call.
        let made = Arc::new(self.make()?);
        Ok(self.made.get_or_init(|| made).clone())
    }

    fn make(&self) -> Result<ClientConfig, TransportError> {
        let mut roots = RootCertStore::empty();
        match self.trust.bundle()? {
            Some(path) => {
                let unreadable =
                    |why: String| TransportError::not_sent(format!("the CA bundle {}: {why}", path.display()));
                let pem = std::fs::read(&path).map_err(|error| unreadable(format!("I/O error: {error}")))?;
                for certificate in CertificateDer::pem_slice_iter(&pem) {
                    let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
                    roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
                }
                if roots.is_empty() {
                    return Err(unreadable("it holds no certificate".to_owned()));
                }
            }
            None => roots.roots = webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        }
        // The provider is named, not taken from the process: another crate may have put a different one there, or none.
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(TransportError::not_sent)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }
}
