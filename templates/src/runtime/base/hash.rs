//! Hashes: SHA-256, its HMAC, and SHA-1. Only this module knows the crate that computes them.
//!
//! With the feature `client` it is ring, which TLS needs in any case. With `rustcrypto` it is the crates of the RustCrypto project, which
//! need no C compiler. Both have the same functions, so that a build with both features uses ring and is otherwise the same.

#[cfg(feature = "client")]
mod ring;
#[cfg(all(feature = "rustcrypto", not(feature = "client")))]
mod rustcrypto;

#[cfg(feature = "client")]
use self::ring as provider;
#[cfg(all(feature = "rustcrypto", not(feature = "client")))]
use self::rustcrypto as provider;

#[cfg(feature = "credentials")]
pub(crate) use provider::sha1;
pub(crate) use provider::{HmacKey, sha256};

/// Lower case hexadecimal digits.
pub(crate) fn hex(hash: &[u8; 32]) -> [u8; 64] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut digits = [0; 64];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(hash) {
        pair[0] = DIGITS[usize::from(byte >> 4)];
        pair[1] = DIGITS[usize::from(byte & 15)];
    }
    digits
}

#[cfg(not(any(feature = "client", feature = "rustcrypto")))]
compile_error!(
    "nothing to hash with: without the feature `client`, which brings ring, turn on the feature `rustcrypto`"
);
