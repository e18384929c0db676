//! Signatures of SigV4a (feature `sigv4a`): one for several regions at once, by a pair of keys that follows from the secret key.
//!
//! The algorithm is AWS4-ECDSA-P256-SHA256: the canonical request is that of SigV4, the scope names no region, and the header
//! `x-amz-region-set` says where the signature holds.

use ::http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use ::http::{HeaderMap, Method, Uri};
use ::p256::ecdsa::Signature;
use ::p256::ecdsa::signature::Signer as _;

use super::canonical::ECDSA;
use super::date::SigningTime;
use super::error::SignError;
use super::key::{Signer, token};
use super::signer::{authorization, canonical};
use super::signing::Signing;

const X_AMZ_REGION_SET: HeaderName = HeaderName::from_static("x-amz-region-set");

impl Signer {
    /// Signs a request for several regions (feature `sigv4a`): as [`sign`](Self::sign) does, with `x-amz-region-set` set to
    /// [`Signing::region`], which is a region, several with commas between them, or patterns such as `*`.
    ///
    /// # Errors
    /// [`SignError`]; the request is then not to be sent.
    pub fn sign_for_regions(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &mut HeaderMap,
        signing: &Signing<'_>,
    ) -> Result<(), SignError> {
        let pair = self.pair.of(signing.credentials)?;
        let stamp = SigningTime::new(signing.at);
        headers.insert(X_AMZ_REGION_SET, HeaderValue::from_str(signing.region).map_err(|_| SignError::Scope)?);
        let canonical = canonical(method, uri, headers, token(signing.credentials)?, &stamp, signing)?;

        let mut text = Vec::with_capacity(160);
        canonical.string_to_sign_for_regions(&stamp, signing.service, |part| text.extend_from_slice(part));
        let signature: Signature = pair.try_sign(&text).map_err(|_| SignError::Key)?;
        let signature: String = signature.to_der().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let value = authorization(ECDSA, None, &canonical, &stamp, signing, signature.as_bytes())?;
        headers.insert(AUTHORIZATION, value);
        Ok(())
    }
}
