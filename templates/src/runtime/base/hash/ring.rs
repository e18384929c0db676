//! Hashes by ring.

use std::sync::LazyLock;

use ::ring::digest::{self, Algorithm};
use ::ring::hmac;

/// SHA-256 of bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    hash(&digest::SHA256, bytes)
}

/// SHA-1 of bytes. It protects nothing: names of files are made of it.
#[cfg(feature = "credentials")]
pub fn sha1(bytes: &[u8]) -> [u8; 20] {
    hash(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes)
}

fn hash<const N: usize>(algorithm: &'static Algorithm, bytes: &[u8]) -> [u8; N] {
    array(digest::digest(algorithm, bytes).as_ref())
}

/// A key of HMAC-SHA256, as the state of the hash that has read it: to use it again costs nothing. Overwritten in memory
/// when dropped.
#[derive(Clone)]
pub struct HmacKey(hmac::Key);

/// A hash under a key, of which some has been told.
///
/// ring takes the state by value and does not overwrite what it leaves on the stack.
pub struct Hmac(hmac::Context);

/// The bytes that overwrite a key: ring cannot wipe one, and making a new one each time would hash two blocks.
static BLANK: LazyLock<hmac::Key> = LazyLock::new(|| hmac::Key::new(hmac::HMAC_SHA256, &[]));

impl HmacKey {
    /// The key of any length (RFC 2104, section 2).
    pub fn new(key: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// Begins a hash under the key.
    pub fn begin(&self) -> Hmac {
        Hmac(hmac::Context::with_key(&self.0))
    }
}

impl Drop for HmacKey {
    fn drop(&mut self) {
        self.0 = BLANK.clone();
        // Nobody will read it, and so the compiler would leave the line above out.
        zeroize::optimization_barrier(&self.0);
    }
}

impl Hmac {
    /// Tells more of what is hashed.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all that was told.
    pub fn finish(self) -> [u8; 32] {
        array(self.0.sign().as_ref())
    }
}

/// The bytes of a hash, whose length its algorithm says.
fn array<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut array = [0; N];
    array.copy_from_slice(bytes);
    array
}
