//! The signing of a request: the headers that are set, and the signature over them.

use ::http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use ::http::{HeaderMap, Method, Uri};
use bytes::Bytes;

use super::canonical::{CanonicalRequest, HMAC, RequestParts};
use super::date::SigningTime;
use super::error::SignError;
use super::key::{Key, Signer};
use super::signing::{SignedBody, Signing};
use super::value::secret_value;
use crate::runtime::base::hash::{hex, sha256};

const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const UNSIGNED_PAYLOAD: HeaderValue = HeaderValue::from_static("UNSIGNED-PAYLOAD");
/// The hash of no bytes: most requests that only read have no body.
const NO_BYTES: &[u8; 64] = b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

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
        let stamp = SigningTime::new(signing.at);
        let key = self.key(&stamp, signing)?;
        let canonical = canonical(method, uri, headers, key.token.clone(), &stamp, signing)?;
        let value = key.authorization(&canonical, &stamp, signing)?;
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
        stamp: &SigningTime,
        signing: &Signing<'_>,
    ) -> Result<HeaderValue, SignError> {
        self.key(stamp, signing)?.authorization(canonical, stamp, signing)
    }
}

/// Sets the headers that are signed, and gives the canonical form of the request.
pub(super) fn canonical(
    method: &Method,
    uri: &Uri,
    headers: &mut HeaderMap,
    token: Option<HeaderValue>,
    stamp: &SigningTime,
    signing: &Signing<'_>,
) -> Result<CanonicalRequest, SignError> {
    headers.remove(AUTHORIZATION);
    headers.insert(X_AMZ_DATE, HeaderValue::from_str(stamp.time()).map_err(|_| SignError::Scope)?);
    match token {
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
    CanonicalRequest::new(&parts)
}

impl Key {
    fn authorization(
        self,
        canonical: &CanonicalRequest,
        stamp: &SigningTime,
        signing: &Signing<'_>,
    ) -> Result<HeaderValue, SignError> {
        let mut mac = self.mac.begin();
        canonical.string_to_sign(stamp, signing.region, signing.service, |part| mac.update(part));
        let signature = hex(&mac.finish());
        authorization(HMAC, Some(signing.region), canonical, stamp, signing, &signature)
    }
}

/// The value of the `authorization` header with a signature, whose scope names a region or, in SigV4a, none.
pub(super) fn authorization(
    algorithm: &str,
    region: Option<&str>,
    canonical: &CanonicalRequest,
    stamp: &SigningTime,
    signing: &Signing<'_>,
    signature: &[u8],
) -> Result<HeaderValue, SignError> {
    let (slash, region) = region.map_or(("", ""), |region| ("/", region));
    let parts: [&[u8]; 13] = [
        algorithm.as_bytes(),
        b" Credential=",
        signing.credentials.access_key_id().as_bytes(),
        b"/",
        stamp.day().as_bytes(),
        slash.as_bytes(),
        region.as_bytes(),
        b"/",
        signing.service.as_bytes(),
        b"/aws4_request, SignedHeaders=",
        canonical.signed_headers(),
        b", Signature=",
        signature,
    ];
    let mut value = HeaderValue::from_maybe_shared(Bytes::from(parts.concat())).map_err(|_| SignError::Scope)?;
    value.set_sensitive(true);
    Ok(value)
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
