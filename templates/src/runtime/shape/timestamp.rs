//! Takes a point in time; gives and reads it in the three formats of AWS protocols (Smithy trait `timestampFormat`).
//!
//! The calendar is the proleptic Gregorian one, computed here: a calendar library would cost every program more to build
//! than these formats need. No value is out of range, so nothing here fails but reading text.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_core::Serializer;

use crate::runtime::shape::context::Reading;
use crate::runtime::shape::member::{Location, TimestampFormat};
use crate::runtime::shape::scalar::{Fit, Scalar};
use crate::runtime::shape::traits::{Form, Piece, Write};

mod calendar;
mod parse;

pub(crate) use calendar::civil;

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
        SystemTime::now().into()
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
            TimestampFormat::EpochSeconds => crate::runtime::shape::text::decimal(&format!("{:e}", self.as_secs_f64())),
        }
    }

    /// Reads text in any of the formats.
    ///
    /// # Errors
    /// Text in none of them.
    pub fn parse(text: &str) -> Result<Self, DateTimeError> {
        parse::any(text).map(|(time, _)| time).ok_or(DateTimeError)
    }
}

const NANOS: u32 = 1_000_000_000;

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

// As a member: seconds since 1970, which is how AWS's tools write timestamps by member names.
crate::__serde!(DateTime);

impl Write for DateTime {
    fn write<S: Serializer>(&self, to: S, form: Form) -> Result<S::Ok, S::Error> {
        match form.timestamp {
            TimestampFormat::EpochSeconds if self.nanoseconds == 0 => to.serialize_i64(self.seconds),
            TimestampFormat::EpochSeconds => to.serialize_f64(self.as_secs_f64()),
            format => to.serialize_str(&self.format(format)),
        }
    }

    fn text(&self, form: Form, to: &mut dyn FnMut(Piece<'_>)) {
        // botocore sends whole seconds in headers, whatever the format.
        let time = if form.location == Location::Header { Self::from_secs(self.seconds) } else { *self };
        to(Piece::plain(time.format(form.timestamp).as_bytes()));
    }
}

impl Scalar for DateTime {
    const EXPECTED: &'static str = "a timestamp in the modelled format";

    fn text(text: &str, form: &Reading<'_>) -> Fit<Self> {
        let Some((time, format)) = parse::any(text) else { return Fit::Wrong };
        // The JSON that goes by member names is written by people and other SDKs, who may choose the format.
        let modelled =
            form.member_names || format == form.timestamp && (form.text || format != TimestampFormat::EpochSeconds);
        if modelled { Fit::Modelled(time) } else { Fit::PutRight(time) }
    }

    fn integer(value: i128, form: &Reading<'_>) -> Fit<Self> {
        i64::try_from(value).map_or(Fit::TooLarge, |seconds| number(Self::from_secs(seconds), form))
    }

    fn float(value: f64, form: &Reading<'_>) -> Fit<Self> {
        Self::from_secs_f64(value).map_or(Fit::TooLarge, |time| number(time, form))
    }
}

fn number(time: DateTime, form: &Reading<'_>) -> Fit<DateTime> {
    if form.member_names || form.timestamp == TimestampFormat::EpochSeconds {
        Fit::Modelled(time)
    } else {
        Fit::PutRight(time)
    }
}
