//! Signing keys: one for credentials, day, region and service, derived once.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use ::http::HeaderValue;
use zeroize::Zeroizing;

use super::date::SigningTime;
use super::error::SignError;
use super::signing::Signing;
use super::value::secret_value;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::base::hash::HmacKey;

/// Signs requests. Holds the signing key that it derived last, which is the same for a day, a region and a service.
///
/// The key is held as the state of a keyed hash, and overwritten in memory when another one replaces it. That is no promise
/// for the stack: with the feature `client`, ring leaves there what it hashes with.
#[derive(Default)]
pub struct Signer {
    last: Mutex<Option<Derived>>,
    #[cfg(feature = "sigv4a")]
    pub(super) pair: super::pair::LastPair,
}

/// A signing key, and the parameters that it was derived from.
struct Derived {
    credentials: Credentials,
    stamp: SigningTime,
    region: String,
    service: String,
    key: Key,
}

/// A signing key and the session token that goes with it, as requests of the same scope share them.
#[derive(Clone)]
pub(super) struct Key {
    /// The hash that is keyed with the signing key.
    pub(super) mac: HmacKey,
    /// The session token, ready to be sent.
    pub(super) token: Option<HeaderValue>,
}

impl Signer {
    /// A signer that has derived no key yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The key for these parameters.
    pub(super) fn key(&self, stamp: &SigningTime, signing: &Signing<'_>) -> Result<Key, SignError> {
        // A panic while the lock was held left a whole key or none.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = last.as_ref().filter(|last| last.serves(stamp, signing)) {
            return Ok(last.key.clone());
        }
        let credentials = signing.credentials;
        let token = token(credentials)?;
        let key = Key { mac: derive(credentials, stamp.day(), signing.region, signing.service), token };
        *last = Some(Derived {
            credentials: credentials.clone(),
            stamp: *stamp,
            region: signing.region.to_owned(),
            service: signing.service.to_owned(),
            key: key.clone(),
        });
        Ok(key)
    }
}

/// The session token as a header.
pub(super) fn token(credentials: &Credentials) -> Result<Option<HeaderValue>, SignError> {
    let token = credentials.session_token();
    token.map(|token| secret_value(token).ok_or(SignError::SessionToken)).transpose()
}

impl Derived {
    fn serves(&self, stamp: &SigningTime, signing: &Signing<'_>) -> bool {
        self.stamp.day() == stamp.day()
            && self.region == signing.region
            && self.service == signing.service
            && self.credentials == *signing.credentials
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

/// The signing key: each step is the key of the next, so that the secret itself signs nothing but a day.
fn derive(credentials: &Credentials, day: &str, region: &str, service: &str) -> HmacKey {
    let secret = Zeroizing::new(format!("AWS4{}", credentials.secret_access_key()));
    let mut mac = HmacKey::new(secret.as_bytes());
    for step in [day, region, service, "aws4_request"] {
        let mut hash = mac.begin();
        hash.update(step.as_bytes());
        let key = Zeroizing::new(hash.finish());
        mac = HmacKey::new(&*key);
    }
    mac
}
