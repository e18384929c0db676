//! Hashes by the crates of the RustCrypto project.

use ::hmac::{KeyInit, Mac};
use ::sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// SHA-256 of bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-1 of bytes. It protects nothing: names of files are made of it.
#[cfg(feature = "credentials")]
pub fn sha1(bytes: &[u8]) -> [u8; 20] {
    ::sha1::Sha1::digest(bytes).into()
}

/// A key of HMAC-SHA256, as the state of the hash that has read it: to use it again costs nothing. Overwritten in memory
/// when dropped.
#[derive(Clone)]
pub struct HmacKey(::hmac::Hmac<Sha256>);

/// A hash under a key, of which some has been told. Overwritten in memory as the key is.
pub struct Hmac(::hmac::Hmac<Sha256>);

impl HmacKey {
    /// The key of any length: HMAC fills a key up to a block, and hashes one that is longer (RFC 2104, section 2).
    pub fn new(key: &[u8]) -> Self {
        let mut block = Zeroizing::new([0; 64]);
        match block.get_mut(..key.len()) {
            Some(start) => start.copy_from_slice(key),
            None => block[..32].copy_from_slice(&Sha256::digest(key)),
        }
        Self(::hmac::Hmac::new((&*block).into()))
    }

    /// Begins a hash under the key.
    pub fn begin(&self) -> Hmac {
        Hmac(self.0.clone())
    }
}

impl Hmac {
    /// Tells more of what is hashed.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all that was told.
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into_bytes().into()
    }
}
