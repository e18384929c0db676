//! The error of a request that cannot be signed.

use std::fmt;

/// Why a request cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The URL names no host.
    NoHost,
    /// The access key id, the region or the service has a character that a header cannot carry.
    Scope,
    /// The session token has a character that a header cannot carry.
    SessionToken,
    /// No key pair follows from the secret key (SigV4a).
    Key,
    /// The bearer token has a character that a header cannot carry.
    BearerToken,
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHost => "the URL to sign names no host",
            Self::Scope => "the access key id, the region or the service name cannot be written in a header",
            Self::SessionToken => "the session token cannot be written in a header",
            Self::Key => "no key pair for SigV4a follows from the secret access key",
            Self::BearerToken => "the bearer token cannot be written in a header",
        })
    }
}

impl std::error::Error for SignError {}
