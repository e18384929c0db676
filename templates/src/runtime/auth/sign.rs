//! Takes a request and credentials; gives the request the headers that prove who sends it: AWS Signature Version 4.
//!
//! See "AWS Signature Version 4 for API requests" in the AWS Identity and Access Management User Guide. Where that page
//! leaves a choice (which headers are signed, how a path is encoded), this does as botocore does, so that both give the
//! same signature for the same request.
//!
//! Why not a library: those that do this pull in XML, INI, dates and derive macros for the credentials they also load.
//! The signature itself is the four short steps of the page above, over SHA-256 and HMAC.

use std::fmt;
use std::time::SystemTime;

use ::http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use ::http::{HeaderMap, Method, Uri};
use bytes::Bytes;

use crate::runtime::auth::credentials::Credentials;
use crate::runtime::base::hash::{hex, sha256};

mod canonical;
mod date;
mod key;

pub use canonical::{CanonicalRequest, PathStyle, RequestParts, host};
pub use date::Stamp;
use key::Key;
pub use key::Signer;

const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const UNSIGNED_PAYLOAD: HeaderValue = HeaderValue::from_static("UNSIGNED-PAYLOAD");
/// The hash of nothing: most requests that only read have no body.
const NO_BYTES: &[u8; 64] = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// What a request is signed with.
#[derive(Debug, Clone, Copy)]
pub struct Signing<'a> {
    /// Who signs.
    pub credentials: &'a Credentials,
    /// The region to sign for.
    pub region: &'a str,
    /// The name of the service to sign for.
    pub service: &'a str,
    /// When the request is sent. The service refuses one that is more than five minutes off.
    pub at: SystemTime,
    /// What of the body is signed.
    pub body: SignedBody<'a>,
    /// How the path is signed.
    pub path: PathStyle,
}

/// What of a request's body is signed.
#[derive(Clone, Copy)]
pub enum SignedBody<'a> {
    /// The hash of these bytes.
    Bytes(&'a [u8]),
    /// Nothing: `UNSIGNED-PAYLOAD`, which the request then says in `x-amz-content-sha256`.
    Unsigned,
}

impl fmt::Debug for SignedBody<'_> {
    /// Says how much there is, never what: it may be a customer's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::Unsigned => f.write_str("Unsigned"),
        }
    }
}

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
    /// The bearer token has a character that a header cannot carry.
    BearerToken,
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHost => "the URL to sign names no host",
            Self::Scope => "the access key id, the region or the service name cannot be written in a header",
            Self::SessionToken => "the session token cannot be written in a header",
            Self::BearerToken => "the bearer token cannot be written in a header",
        })
    }
}

impl std::error::Error for SignError {}

impl Signer {
    /// Signs a request: sets `x-amz-date`, `x-amz-security-token` and `authorization`, and replaces those it already had,
    /// so that a request can be signed again for its next attempt.
    ///
    /// A `host` header is signed as it stands; without one, what the URL says is signed, and a transport has to send it.
    ///
    /// # Errors
    /// [`SignError`]; the request is then not to be sent.
    pub fn sign(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &mut HeaderMap,
        signing: &Signing<'_>,
    ) -> Result<(), SignError> {
        let stamp = Stamp::new(signing.at);
        let key = self.key(&stamp, signing)?;

        headers.remove(AUTHORIZATION);
        headers.insert(X_AMZ_DATE, HeaderValue::from_str(stamp.time()).map_err(|_| SignError::Scope)?);
        match key.token.clone() {
            Some(token) => headers.insert(X_AMZ_SECURITY_TOKEN, token),
            None => headers.remove(X_AMZ_SECURITY_TOKEN),
        };
        let body = match signing.body {
            SignedBody::Bytes([]) => *NO_BYTES,
            SignedBody::Bytes(bytes) => hex(&sha256(bytes)),
            SignedBody::Unsigned => {
                headers.insert(X_AMZ_CONTENT_SHA256, UNSIGNED_PAYLOAD);
                [b'0'; 64]
            }
        };

        let parts = RequestParts {
            method: method.as_str(),
            path: uri.path(),
            query: uri.query().unwrap_or_default(),
            host: uri,
            headers,
            body: headers.get(X_AMZ_CONTENT_SHA256).map_or(&body[..], HeaderValue::as_bytes),
            style: signing.path,
        };
        let value = key.authorization(&CanonicalRequest::new(&parts)?, &stamp, signing)?;
        headers.insert(AUTHORIZATION, value);
        Ok(())
    }

    /// The value of the `authorization` header for a request in its canonical form.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn authorization(
        &self,
        canonical: &CanonicalRequest,
        stamp: &Stamp,
        signing: &Signing<'_>,
    ) -> Result<HeaderValue, SignError> {
        self.key(stamp, signing)?.authorization(canonical, stamp, signing)
    }
}

impl Key {
    fn authorization(
        self,
        canonical: &CanonicalRequest,
        stamp: &Stamp,
        signing: &Signing<'_>,
    ) -> Result<HeaderValue, SignError> {
        let mut mac = self.mac.begin();
        canonical.string_to_sign(stamp, signing.region, signing.service, |part| mac.update(part));
        let signature = hex(&mac.finish());
        let parts: [&[u8]; 12] = [
            b"AWS4-HMAC-SHA256 Credential=",
            signing.credentials.access_key_id().as_bytes(),
            b"/",
            stamp.day().as_bytes(),
            b"/",
            signing.region.as_bytes(),
            b"/",
            signing.service.as_bytes(),
            b"/aws4_request, SignedHeaders=",
            canonical.signed_headers(),
            b", Signature=",
            &signature,
        ];
        let mut value = HeaderValue::from_maybe_shared(Bytes::from(parts.concat())).map_err(|_| SignError::Scope)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

/// Sets `authorization: Bearer …`, for an operation whose scheme is `smithy.api#httpBearerAuth`.
///
/// # Errors
/// [`SignError::BearerToken`].
pub fn bearer(headers: &mut HeaderMap, token: &str) -> Result<(), SignError> {
    let value = secret_value(&format!("Bearer {token}")).ok_or(SignError::BearerToken)?;
    headers.insert(AUTHORIZATION, value);
    Ok(())
}

/// A header value that `Debug` does not show and HTTP/2 does not put into its table.
fn secret_value(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}
