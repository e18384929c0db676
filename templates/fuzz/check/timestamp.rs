//! What must hold of timestamps, whatever the text or the number. The fuzz target calls this, and an ordinary test does.

use templates::runtime::{DateTime, TimestampFormat};

/// The years 0 to 9999, in seconds: what four digits can say.
const HTTP_DATES: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// Takes text, whose first twelve bytes are also taken for seconds and nanoseconds. A time that is read or made is written and
/// read back in all formats; gives whether the text was one.
pub fn check(bytes: &[u8]) -> bool {
    if let Some((seconds, rest)) = bytes.split_first_chunk() {
        let nanoseconds = rest.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
        comes_back(DateTime::from_secs_and_nanos(i64::from_le_bytes(*seconds), nanoseconds));
    }
    let text = String::from_utf8_lossy(bytes);
    match DateTime::parse(&text) {
        Ok(time) => {
            comes_back(time);
            true
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

fn comes_back(time: DateTime) {
    let read = |format: TimestampFormat| {
        let text = time.format(format);
        text.parse::<DateTime>().unwrap_or_else(|error| panic!("{error}: {text}"))
    };
    assert_eq!(read(TimestampFormat::DateTime), time, "ISO 8601 says all there is");
    if HTTP_DATES.contains(&time.secs()) {
        assert_eq!(read(TimestampFormat::HttpDate), DateTime::from_secs(time.secs()), "an HTTP date says seconds");
    } else {
        assert!(!time.format(TimestampFormat::HttpDate).is_empty());
    }
    epoch_seconds(time, read);
    let _ = (time.as_millis(), std::time::SystemTime::try_from(time), format!("{time:?}"));
}

/// Seconds since the epoch are exact where they are whole, or microseconds that a float can hold; else the nearest float.
fn epoch_seconds(time: DateTime, read: impl Fn(TimestampFormat) -> DateTime) {
    // At the ends of time the nearest float is none.
    if time.subsec_nanos() != 0 && time.secs().unsigned_abs() > 1 << 62 {
        assert!(!time.format(TimestampFormat::EpochSeconds).is_empty());
        return;
    }
    let back = read(TimestampFormat::EpochSeconds);
    let is_exact = time.subsec_nanos() == 0 || time.subsec_nanos() % 1000 == 0 && time.secs().unsigned_abs() < 1 << 33;
    if is_exact {
        assert_eq!(back, time, "this many digits are exact");
    }
    let (near, far) = (time.as_secs_f64(), back.as_secs_f64());
    assert!((near - far).abs() <= f64::max(2e-6, near.abs() * 1e-15), "{near} was read back as {far}");
}
