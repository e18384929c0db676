//! A point in time, its conversions, and its text in the three formats of AWS protocols (Smithy trait `timestampFormat`).

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::calendar;
use crate::runtime::base::time;
use crate::runtime::shape::member::TimestampFormat;
use crate::runtime::shape::text::decimal;

/// A point in time, in UTC, with nanoseconds.
///
/// `Display` is ISO 8601. Services keep milliseconds; the wire takes no more than microseconds in seconds since the epoch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    seconds: i64,
    nanoseconds: u32,
}

impl DateTime {
    /// The point in time that many seconds after the epoch.
    #[must_use]
    pub const fn from_secs(seconds: i64) -> Self {
        Self { seconds, nanoseconds: 0 }
    }

    /// The point in time that many seconds and nanoseconds after the epoch; nanoseconds over a second carry.
    #[must_use]
    pub const fn from_secs_and_nanos(seconds: i64, nanoseconds: u32) -> Self {
        Self { seconds: seconds.saturating_add((nanoseconds / NANOS) as i64), nanoseconds: nanoseconds % NANOS }
    }

    /// The point in time that many milliseconds after the epoch.
    #[must_use]
    pub const fn from_millis(milliseconds: i64) -> Self {
        Self { seconds: milliseconds.div_euclid(1000), nanoseconds: milliseconds.rem_euclid(1000) as u32 * 1_000_000 }
    }

    /// The point in time that many seconds after the epoch, to the microsecond; `None` for what is not a time.
    #[must_use]
    pub fn from_secs_f64(seconds: f64) -> Option<Self> {
        let whole = seconds.floor();
        // Two to the 63rd is the first float that is no i64.
        if !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&whole) {
            return None;
        }
        let microseconds = ((seconds - whole) * 1e6).round_ties_even() as u32;
        Some(Self::from_secs_and_nanos(whole as i64, microseconds * 1000))
    }

    /// The point in time that is now.
    #[must_use]
    pub fn now() -> Self {
        time::now().into()
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub const fn secs(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since the whole second.
    #[must_use]
    pub const fn subsec_nanos(self) -> u32 {
        self.nanoseconds
    }

    /// Milliseconds since the epoch, rounded down; at the ends of time, the nearest there is.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.seconds.saturating_mul(1000).saturating_add((self.nanoseconds / 1_000_000) as i64)
    }

    /// Seconds since the epoch, to the nearest float.
    #[must_use]
    pub fn as_secs_f64(self) -> f64 {
        let micros = self.nanoseconds / 1000;
        if self.nanoseconds % 1000 == 0 && self.seconds.unsigned_abs() < 1 << 33 {
            // Both are exact, so this rounds once.
            return (self.seconds * 1_000_000 + i64::from(micros)) as f64 / 1e6;
        }
        self.seconds as f64 + f64::from(self.nanoseconds) / f64::from(NANOS)
    }

    /// The text in a format.
    #[must_use]
    pub fn format(self, format: TimestampFormat) -> String {
        match format {
            TimestampFormat::DateTime => self.to_string(),
            TimestampFormat::HttpDate => calendar::http_date(self.seconds),
            TimestampFormat::EpochSeconds if self.nanoseconds == 0 => self.seconds.to_string(),
            TimestampFormat::EpochSeconds => decimal(&format!("{:e}", self.as_secs_f64())),
        }
    }
}

pub(super) const NANOS: u32 = 1_000_000_000;

/// ISO 8601 in UTC, with microseconds where there are any, as botocore has it.
impl fmt::Display for DateTime {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = calendar::iso(self.seconds);
        match self.nanoseconds {
            0 => write!(to, "{text}Z"),
            nanoseconds if nanoseconds % 1000 == 0 => write!(to, "{text}.{:06}Z", nanoseconds / 1000),
            nanoseconds => write!(to, "{text}.{nanoseconds:09}Z"),
        }
    }
}

impl From<SystemTime> for DateTime {
    fn from(time: SystemTime) -> Self {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self::from_secs_and_nanos(seconds(after), after.subsec_nanos()),
            Err(before) => {
                let before = before.duration();
                match before.subsec_nanos() {
                    0 => Self::from_secs(-seconds(before)),
                    nanoseconds => Self { seconds: -seconds(before) - 1, nanoseconds: NANOS - nanoseconds },
                }
            }
        }
    }
}

/// A point in time that the system's clock cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("the timestamp is out of the range of the system's clock")
    }
}

impl std::error::Error for OutOfRange {}

impl TryFrom<DateTime> for SystemTime {
    type Error = OutOfRange;

    fn try_from(time: DateTime) -> Result<Self, Self::Error> {
        let seconds = Duration::from_secs(time.seconds.unsigned_abs());
        let whole = if time.seconds < 0 { UNIX_EPOCH.checked_sub(seconds) } else { UNIX_EPOCH.checked_add(seconds) };
        whole.and_then(|whole| whole.checked_add(Duration::from_nanos(time.nanoseconds.into()))).ok_or(OutOfRange)
    }
}
