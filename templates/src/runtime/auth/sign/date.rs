//! Times as a signature writes them: `20150830T123600Z`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::runtime::shape::timestamp::civil;

/// A time in the two forms that a signature needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SigningTime {
    /// `YYYYMMDDTHHMMSSZ`: digits, `T` and `Z` only.
    text: [u8; 16],
}

impl SigningTime {
    /// The stamp of a time. A time outside of the years 1970 to 9999 becomes the nearest one inside; no service accepts either.
    #[must_use]
    pub fn new(time: SystemTime) -> Self {
        /// 9999-12-31T23:59:59Z
        const LAST: u64 = 253_402_300_799;
        let seconds = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs().min(LAST);
        let at = civil(seconds as i64);

        let mut text = *b"00000000T000000Z";
        put(&mut text[..4], at.year);
        for (place, number) in [(4, at.month), (6, at.day), (9, at.hour), (11, at.minute), (13, at.second)] {
            put(&mut text[place..place + 2], number);
        }
        Self { text }
    }

    /// `YYYYMMDDTHHMMSSZ`, the value of `x-amz-date`.
    #[must_use]
    pub fn time(&self) -> &str {
        std::str::from_utf8(&self.text).unwrap_or_default()
    }

    /// `YYYYMMDD`, the day that a signing key is derived for.
    #[must_use]
    pub fn day(&self) -> &str {
        std::str::from_utf8(&self.text[..8]).unwrap_or_default()
    }
}

fn put(digits: &mut [u8], mut number: i64) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10).unsigned_abs() as u8;
        number /= 10;
    }
}
