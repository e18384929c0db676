//! Signatures of SigV4a (feature `sigv4a`): one for several regions at once, by a pair of keys that follows from the secret key.
//!
//! The algorithm is AWS4-ECDSA-P256-SHA256: the canonical request is that of SigV4, the scope names no region, and the header
//! `x-amz-region-set` says where the signature holds.

use std::sync::{Mutex, PoisonError};

use ::http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use ::http::{HeaderMap, Method, Uri};
use ::p256::ecdsa::signature::Signer as _;
use ::p256::ecdsa::{Signature, SigningKey};
use bytes::Bytes;
use zeroize::Zeroizing;

use super::date::SigningTime;
use super::error::SignError;
use super::key::{Signer, token};
use super::signer::canonical;
use super::signing::Signing;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::base::hash::HmacKey;

const ALGORITHM: &[u8] = b"AWS4-ECDSA-P256-SHA256";
const X_AMZ_REGION_SET: HeaderName = HeaderName::from_static("x-amz-region-set");

/// The pair of keys that was derived last, which is the same for all requests of some credentials.
#[derive(Default)]
pub(super) struct LastPair(Mutex<Option<(Credentials, SigningKey)>>);

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
        let signature = hex(signature.to_der().as_bytes());
        let parts: [&[u8]; 11] = [
            ALGORITHM,
            b" Credential=",
            signing.credentials.access_key_id().as_bytes(),
            b"/",
            stamp.day().as_bytes(),
            b"/",
            signing.service.as_bytes(),
            b"/aws4_request, SignedHeaders=",
            canonical.signed_headers(),
            b", Signature=",
            &signature,
        ];
        let mut value = HeaderValue::from_maybe_shared(Bytes::from(parts.concat())).map_err(|_| SignError::Scope)?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
        Ok(())
    }
}

impl LastPair {
    /// The pair of some credentials.
    fn of(&self, credentials: &Credentials) -> Result<SigningKey, SignError> {
        // A panic while the lock was held left a whole pair or none.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pair)) = last.as_ref().filter(|(known, _)| known == credentials) {
            return Ok(pair.clone());
        }
        let pair = derive(credentials).ok_or(SignError::Key)?;
        *last = Some((credentials.clone(), pair.clone()));
        Ok(pair)
    }
}

/// The pair that follows from a secret key: NIST SP 800-108 in counter mode over HMAC-SHA256, with another counter until the
/// number is one of a private key. That is the first one but once in 2^32 times.
fn derive(credentials: &Credentials) -> Option<SigningKey> {
    let secret = Zeroizing::new(format!("AWS4A{}", credentials.secret_access_key()));
    let mac = HmacKey::new(secret.as_bytes());
    (1..=254u8).find_map(|counter| {
        let mut hash = mac.begin();
        for part in [
            // The number of the block, of which there is one.
            &1u32.to_be_bytes()[..],
            ALGORITHM,
            &[0],
            credentials.access_key_id().as_bytes(),
            &[counter],
            // The bits that are derived.
            &256u32.to_be_bytes(),
        ] {
            hash.update(part);
        }
        let mut number = Zeroizing::new(hash.finish());
        // The key is one more than the number, so that it is not zero. A number that is too large makes no key.
        let overflows = number.iter_mut().rev().fold(true, |carry, byte| {
            let (sum, carry) = byte.overflowing_add(u8::from(carry));
            *byte = sum;
            carry
        });
        if overflows { None } else { SigningKey::from_slice(&*number).ok() }
    })
}

fn hex(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]).collect()
}
