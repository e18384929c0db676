//! Takes bytes, and a key; gives their SHA-256, the HMAC of it, their SHA-1. Which crate computes them is known here and
//! nowhere else.
//!
//! With the feature `client` it is ring, which TLS brings anyway. Without it, it is the crates of the RustCrypto project, by
//! the feature `rustcrypto`: they want no C compiler of those who bring an HTTP client of their own. Both have the same
//! functions, so that a build with both features takes ring and nothing else changes.

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
