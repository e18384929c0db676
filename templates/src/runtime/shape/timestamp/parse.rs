//! Text of a point in time. It reads what services send and not only what the formats allow: offsets, fractions, missing zones,
//! dashes and short years in HTTP dates.

use std::fmt;
use std::str::FromStr;

use super::calendar::{MONTHS, days, days_in};
use super::value::{DateTime, NANOS};
use crate::runtime::shape::member::TimestampFormat;

impl DateTime {
    /// Reads text in any of the formats.
    ///
    /// # Errors
    /// Text in none of them.
    pub fn parse(text: &str) -> Result<Self, DateTimeError> {
        any(text).map(|(time, _)| time).ok_or(DateTimeError)
    }
}

/// Text that is no point in time. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTimeError;

impl fmt::Display for DateTimeError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("expected an ISO 8601 timestamp, an HTTP date or seconds since the epoch")
    }
}

impl std::error::Error for DateTimeError {}

impl FromStr for DateTime {
    type Err = DateTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// Reads text in any of the three formats.
pub(super) fn any(text: &str) -> Option<(DateTime, TimestampFormat)> {
    let text = text.trim();
    if let Some(time) = iso(text) {
        return Some((time, TimestampFormat::DateTime));
    }
    if let Some(time) = http_date(text) {
        return Some((time, TimestampFormat::HttpDate));
    }
    epoch(text).map(|time| (time, TimestampFormat::EpochSeconds))
}

fn epoch(text: &str) -> Option<DateTime> {
    match text.parse() {
        Ok(seconds) => Some(DateTime::from_secs(seconds)),
        Err(_) => text.parse().ok().and_then(DateTime::from_secs_f64),
    }
}

/// `2026-01-02T03:04:05.678Z`, with an offset instead of the zone, without either (which is UTC), or only the date.
fn iso(text: &str) -> Option<DateTime> {
    let mut rest = Cursor(text.as_bytes());
    let year = if rest.take(b'+') {
        rest.number(4, 12)?
    } else if rest.take(b'-') {
        -rest.number(4, 12)?
    } else {
        rest.number(4, 4)?
    };
    rest.take(b'-').then_some(())?;
    let month = rest.number(2, 2)?;
    rest.take(b'-').then_some(())?;
    let day = rest.number(2, 2)?;
    if rest.is_empty() {
        return time(year, month, day, Clock::default(), 0);
    }
    rest.one_of(b"Tt ").then_some(())?;
    let clock = rest.clock()?;
    let offset = rest.offset()?;
    time(year, month, day, clock, offset)
}

/// `Fri, 02 Jan 2026 03:04:05 GMT` (RFC 9110, IMF-fixdate), and `Friday, 02-Jan-26 03:04:05 GMT`.
fn http_date(text: &str) -> Option<DateTime> {
    let mut rest = Cursor(text.split_once(',').map_or(text, |(_, rest)| rest).trim_start().as_bytes());
    let day = rest.number(1, 2)?;
    rest.one_of(b" -").then_some(())?;
    let month = rest.month()?;
    rest.one_of(b" -").then_some(())?;
    let before = rest.0.len();
    let year = rest.number(2, 4)?;
    // RFC 9110 has two digits mean the century that is near; what AWS sends is of this one or the last.
    let year = match before - rest.0.len() {
        4 => year,
        2 if year < 70 => year + 2000,
        2 => year + 1900,
        _ => return None,
    };
    rest.take(b' ').then_some(())?;
    let clock = rest.clock()?;
    rest.take(b' ');
    let offset = rest.offset()?;
    time(year, month, day, clock, offset)
}

#[derive(Default)]
struct Clock {
    seconds: i64,
    nanoseconds: u32,
}

fn time(year: i64, month: i64, day: i64, clock: Clock, offset: i64) -> Option<DateTime> {
    if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    // The first day there is begins before the first second there is.
    let seconds = i128::from(days(year, month, day)) * 86_400 + i128::from(clock.seconds - offset);
    Some(DateTime::from_secs_and_nanos(i64::try_from(seconds).ok()?, clock.nanoseconds))
}

/// The text that is still to be read.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, byte: u8) -> bool {
        self.one_of(&[byte])
    }

    fn one_of(&mut self, bytes: &[u8]) -> bool {
        match self.0 {
            [first, rest @ ..] if bytes.contains(first) => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    /// A number of so many digits; no more than 12, so that no sum overflows.
    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let digits = self.digits(most);
        let mut number = 0;
        for digit in digits {
            number = number * 10 + i64::from(digit - b'0');
        }
        (digits.len() >= least).then_some(number)
    }

    /// The digits that are next.
    fn digits(&mut self, most: usize) -> &'a [u8] {
        let mut count = 0;
        while count < most && self.0.get(count).is_some_and(u8::is_ascii_digit) {
            count += 1;
        }
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        digits
    }

    fn month(&mut self) -> Option<i64> {
        let (name, rest) = self.0.split_at_checked(3)?;
        let month = MONTHS.iter().position(|month| month.as_bytes().eq_ignore_ascii_case(name))?;
        self.0 = rest;
        i64::try_from(month + 1).ok()
    }

    /// `03:04`, `03:04:05` or `03:04:05.678`; a leap second is the second after it.
    fn clock(&mut self) -> Option<Clock> {
        let hour = self.two_digits(24)?;
        self.take(b':').then_some(())?;
        let minute = self.two_digits(60)?;
        let mut clock = Clock { seconds: hour * 3600 + minute * 60, nanoseconds: 0 };
        if self.take(b':') {
            clock.seconds += self.two_digits(61)?;
            if self.one_of(b".,") {
                clock.nanoseconds = self.fraction()?;
            }
        }
        Some(clock)
    }

    fn fraction(&mut self) -> Option<u32> {
        let digits = self.digits(usize::MAX);
        let (mut unit, mut nanoseconds) = (NANOS, 0);
        for digit in digits {
            unit /= 10;
            nanoseconds += u32::from(digit - b'0') * unit;
        }
        (!digits.is_empty()).then_some(nanoseconds)
    }

    /// A number of two digits below a limit.
    fn two_digits(&mut self, below: i64) -> Option<i64> {
        let number = self.number(2, 2)?;
        (number < below).then_some(number)
    }

    /// Seconds to the east of UTC, at the end of the text; none where there is no zone.
    fn offset(&mut self) -> Option<i64> {
        if let b"" | b"Z" | b"z" | b"GMT" | b"UTC" = self.0 {
            return Some(0);
        }
        let sign = if self.take(b'+') { 1 } else { self.take(b'-').then_some(-1)? };
        let hours = self.two_digits(24)?;
        self.take(b':');
        let minutes = if self.is_empty() { 0 } else { self.two_digits(60)? };
        self.is_empty().then_some(sign * (hours * 3600 + minutes * 60))
    }
}
