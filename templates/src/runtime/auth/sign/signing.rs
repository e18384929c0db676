//! The parameters of a signature.

use std::fmt;
use std::time::SystemTime;

use super::canonical::PathStyle;
use crate::runtime::auth::credentials::Credentials;

/// The parameters of a signature, besides the request.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// The credentials that sign.
    pub credentials: &'a Credentials,
    /// The region to sign for.
    pub region: &'a str,
    /// The name of the service to sign for.
    pub service: &'a str,
    /// When the request is sent. The service refuses one that is more than five minutes off.
    pub at: SystemTime,
    /// The part of the body that is signed.
    pub body: SignedBody<'a>,
    /// The encoding of the path.
    pub path: PathStyle,
}

/// The part of a request's body that is signed.
#[derive(Clone, Copy)]
pub enum SignedBody<'a> {
    /// All of it.
    Bytes(&'a [u8]),
    /// None of it: the request then has `UNSIGNED-PAYLOAD` in `x-amz-content-sha256`.
    Unsigned,
}

impl fmt::Debug for SignedBody<'_> {
    /// Shows how many bytes there are, never which: they may be a customer's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::Unsigned => f.write_str("Unsigned"),
        }
    }
}
