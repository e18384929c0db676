//! Random numbers for idempotency tokens and for waits between attempts.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::host::{self, IS_BARE};
use super::time;

/// 64 random bits.
///
/// The standard library's hasher is a keyed pseudorandom function (`SipHash`) whose 128-bit key each thread takes from the
/// operating system: two processes, threads or calls meet as seldom as any random numbers do. Process id, time and a
/// counter go into what is hashed, for a fork or a restored snapshot inherits the key. It costs no dependency, and ring
/// holds the random crates back at a version of its own.
///
/// Where the program set a host, they are the host's.
pub(crate) fn bits() -> u64 {
    if let Some(host) = host::get() {
        let mut bytes = [0; 8];
        host.fill_random(&mut bytes);
        return u64::from_ne_bytes(bytes);
    }
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let since_epoch = time::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    // A bare target has no process, and no call draws from this there: it fails for the missing host.
    let process = if IS_BARE { 0 } else { std::process::id() };
    RandomState::new().hash_one((process, since_epoch, COUNT.fetch_add(1, Ordering::Relaxed)))
}

/// A random number in `0.0..1.0`.
#[allow(clippy::cast_precision_loss, reason = "53 bits are what a float holds")]
pub(crate) fn unit() -> f64 {
    (bits() >> 11) as f64 / (1u64 << 53) as f64
}

/// A random UUID, as text (RFC 9562, version 4).
pub(crate) fn uuid() -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut bits = (u128::from(bits()) << 64) | u128::from(bits());
    bits = (bits & !(0xf << 76)) | (4 << 76);
    bits = (bits & !(0x3 << 62)) | (2 << 62);
    let mut text = String::with_capacity(36);
    for at in (0..32).rev() {
        text.push(char::from(DIGITS[(bits >> (at * 4)) as usize & 15]));
        if matches!(at, 24 | 20 | 16 | 12) {
            text.push('-');
        }
    }
    text
}
