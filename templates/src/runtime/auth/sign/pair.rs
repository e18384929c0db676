//! Pairs of keys of SigV4a: one for each pair of access key id and secret key, derived once.

use std::sync::{Mutex, PoisonError};

use ::p256::ecdsa::SigningKey;
use zeroize::Zeroizing;

use super::canonical::ECDSA;
use super::error::SignError;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::base::hash::HmacKey;

/// The pair of keys that was derived last, which is the same for all requests of some credentials.
#[derive(Default)]
pub(super) struct LastPair(Mutex<Option<(Credentials, SigningKey)>>);

impl LastPair {
    /// The pair of some credentials.
    pub(super) fn of(&self, credentials: &Credentials) -> Result<SigningKey, SignError> {
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
            ECDSA.as_bytes(),
            &[0],
            credentials.access_key_id().as_bytes(),
            &[counter],
            // The bits that are derived.
            &256u32.to_be_bytes(),
        ] {
            hash.update(part);
        }
        let mut number = Zeroizing::new(hash.finish());
        // The key is one more than the number. A number that is too large makes no key, and the largest becomes zero, which is none.
        let mut carry = true;
        for byte in number.iter_mut().rev() {
            (*byte, carry) = byte.overflowing_add(u8::from(carry));
        }
        SigningKey::from_slice(&*number).ok()
    })
}
