//! Takes a time; gives it as a signature writes it: `20150830T123600Z`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A time in the two forms that a signature needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// `YYYYMMDDTHHMMSSZ`: digits, `T` and `Z` only.
    text: [u8; 16],
}

impl Stamp {
    /// The stamp of a time. What lies outside the years 1970 to 9999 is taken to be the nearest that does not; no service
    /// accepts either.
    #[must_use]
    pub fn new(time: SystemTime) -> Self {
        /// 9999-12-31T23:59:59Z
        const LAST: u64 = 253_402_300_799;
        let seconds = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs().min(LAST);
        let (year, month, day) = civil(seconds / 86_400);
        let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);

        let mut text = *b"00000000T000000Z";
        put(&mut text[..4], year);
        put(&mut text[4..6], month);
        put(&mut text[6..8], day);
        put(&mut text[9..11], hour);
        put(&mut text[11..13], minute);
        put(&mut text[13..15], second);
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

fn put(digits: &mut [u8], mut number: u64) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// The date of a day since 1970-01-01, by Howard Hinnant's `civil_from_days`: years are counted from March, so that the
/// leap day is the last of its year.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}
