//! Points in time: the calendar, the three formats both ways, and the ends of what a number can hold.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proptest::prelude::*;
use templates::runtime::{DateTime, TimestampFormat};

const DAY: i64 = 86_400;

fn iso(seconds: i64) -> String {
    DateTime::from_secs(seconds).to_string()
}

#[test]
fn every_day_of_a_thousand_years_has_its_date() {
    // The calendar again, by counting.
    let (mut year, mut month, mut day) = (1500, 1, 1);
    let first = -171_664;
    for days in first..first + 366_000 {
        let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
        assert_eq!(iso(days * DAY), date);
        assert_eq!(DateTime::parse(&date), Ok(DateTime::from_secs(days * DAY)));
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
        day += 1;
        if day > length {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
}

#[test]
fn formats_are_those_of_botocore() {
    let time = DateTime::from_secs(1_576_540_098);
    assert_eq!(time.format(TimestampFormat::DateTime), "2019-12-16T23:48:18Z");
    assert_eq!(time.format(TimestampFormat::HttpDate), "Mon, 16 Dec 2019 23:48:18 GMT");
    assert_eq!(time.format(TimestampFormat::EpochSeconds), "1576540098");
    let fraction = DateTime::from_millis(1_576_540_098_007);
    assert_eq!(fraction.format(TimestampFormat::DateTime), "2019-12-16T23:48:18.007000Z");
    assert_eq!(fraction.format(TimestampFormat::HttpDate), "Mon, 16 Dec 2019 23:48:18 GMT");
    assert_eq!(fraction.format(TimestampFormat::EpochSeconds), "1576540098.007");
    let before = DateTime::from_millis(-1);
    assert_eq!(before.format(TimestampFormat::DateTime), "1969-12-31T23:59:59.999000Z");
    assert_eq!(before.format(TimestampFormat::HttpDate), "Wed, 31 Dec 1969 23:59:59 GMT");
    assert_eq!(before.format(TimestampFormat::EpochSeconds), "-0.001");
    assert_eq!(DateTime::from_secs_and_nanos(0, 1).to_string(), "1970-01-01T00:00:00.000000001Z");
    assert_eq!(iso(951_782_400), "2000-02-29T00:00:00Z");
}

#[test]
fn text_is_read_as_services_write_it() {
    let expected = Ok(DateTime::from_secs(1_576_540_098));
    for text in [
        "2019-12-16T23:48:18Z",
        "2019-12-16t23:48:18z",
        " 2019-12-16 23:48:18 ",
        "2019-12-16T23:48:18.000Z",
        "2019-12-16T23:48:18+00:00",
        "2019-12-17T00:48:18+01:00",
        "2019-12-17T00:48:18+0100",
        "2019-12-17T00:48:18+01",
        "2019-12-16T22:48:18-01:00",
        "Mon, 16 Dec 2019 23:48:18 GMT",
        "Mon, 16 Dec 2019 23:48:18.000 GMT",
        "Monday, 16-Dec-19 23:48:18 GMT",
        "16 dec 2019 23:48:18 UTC",
        "Mon, 16 Dec 2019 22:48:18 -0100",
        "1576540098",
        "1576540098.0",
        "1.576540098e9",
    ] {
        assert_eq!(DateTime::parse(text), expected, "{text}");
    }
    assert_eq!(iso_parts("2016-12-31T23:59:60Z"), Some((1_483_228_800, 0)));
    assert_eq!(iso_parts("2019-12-16"), Some((1_576_454_400, 0)));
    assert_eq!(iso_parts("2019-12-16T23:48Z"), Some((1_576_540_080, 0)));
    assert_eq!(iso_parts("2000-01-02T20:34:56.123456789123Z"), Some((946_845_296, 123_456_789)));
    assert_eq!(iso_parts("Thu, 01 Jan 70 00:00:00 GMT"), Some((0, 0)));
    assert_eq!(iso_parts("Tue, 01 Jan 69 00:00:00 GMT"), Some((3_124_224_000, 0)));
    assert_eq!("0.25".parse(), Ok(DateTime::from_millis(250)));
}

fn iso_parts(text: &str) -> Option<(i64, u32)> {
    DateTime::parse(text).ok().map(|time| (time.secs(), time.subsec_nanos()))
}

#[test]
fn other_text_is_refused() {
    for text in [
        "",
        " ",
        "now",
        "NaN",
        "inf",
        "1e30",
        "2019-13-16T23:48:18Z",
        "2019-00-16T23:48:18Z",
        "2019-02-29T23:48:18Z",
        "1900-02-29",
        "2019-12-32T23:48:18Z",
        "2019-12-16T24:48:18Z",
        "2019-12-16T23:60:18Z",
        "2019-12-16T23:48:61Z",
        "2019-12-16T23:47:78Z",
        "2019-12-16T23:48:18ZZ",
        "2019-12-16T23:48:18.Z",
        "2019-12-16T23:48:18+1",
        "2019-12-16T23:48:18+99:99",
        "2019-12-16T",
        "2019-1-1",
        "Mon, 16 Foo 2019 23:48:18 GMT",
        "Mon, 16 Dec 2019 23:48:18 PST",
        "Mon, 16 Dec 201 23:48:18 GMT",
        "9999999999999-01-01",
        "+99999999999999999-01-01",
        "２０１９-12-16",
        "2019-12-16T23:48:18é",
        "é",
    ] {
        assert_eq!(iso_parts(text), None, "{text}");
    }
    let error = DateTime::parse("secret").unwrap_err();
    assert!(!error.to_string().contains("secret"));
}

#[test]
fn the_ends_of_time_are_no_panic() {
    for seconds in [i64::MIN, i64::MIN + 1, -62_135_596_801, 253_402_300_800, i64::MAX - 1, i64::MAX] {
        let time = DateTime::from_secs_and_nanos(seconds, u32::MAX);
        for format in [TimestampFormat::DateTime, TimestampFormat::HttpDate, TimestampFormat::EpochSeconds] {
            assert!(!time.format(format).is_empty());
        }
        let _ = (time.as_millis(), time.as_secs_f64(), SystemTime::try_from(time));
    }
    assert_eq!(iso(253_402_300_799), "9999-12-31T23:59:59Z");
    assert_eq!(iso(253_402_300_800), "+10000-01-01T00:00:00Z");
    assert_eq!(iso(-62_167_219_200), "0000-01-01T00:00:00Z");
    assert_eq!(iso(-62_167_219_201), "-0001-12-31T23:59:59Z");
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, 9_223_372_036_854_775_808.0] {
        assert_eq!(DateTime::from_secs_f64(float), None);
    }
    assert_eq!(DateTime::from_secs_f64(-9_223_372_036_854_775_808.0), Some(DateTime::from_secs(i64::MIN)));
}

#[test]
fn system_times_convert_both_ways() {
    let half = Duration::from_millis(1500);
    assert_eq!(DateTime::from(UNIX_EPOCH + half), DateTime::from_millis(1500));
    assert_eq!(DateTime::from(UNIX_EPOCH - half), DateTime::from_millis(-1500));
    assert_eq!(DateTime::from(UNIX_EPOCH - Duration::from_secs(1)), DateTime::from_secs(-1));
    assert_eq!(SystemTime::try_from(DateTime::from_millis(1500)), Ok(UNIX_EPOCH + half));
    assert_eq!(SystemTime::try_from(DateTime::from_millis(-1500)), Ok(UNIX_EPOCH - half));
    assert!(DateTime::from_millis(-1) < DateTime::from_secs(0));
    assert!(DateTime::now() > DateTime::from_secs(1_576_540_098));
}

/// The years 0 to 9999, to the second: what four digits can say. An estimate by the length of a year is off at both ends.
const HTTP_DATES: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

#[test]
fn http_dates_are_read_back_up_to_both_ends() {
    for seconds in [*HTTP_DATES.start(), *HTTP_DATES.end()] {
        let time = DateTime::from_secs(seconds);
        assert_eq!(time.format(TimestampFormat::HttpDate).parse(), Ok(time), "{time}");
    }
    for seconds in [HTTP_DATES.start() - 1, HTTP_DATES.end() + 1] {
        let text = DateTime::from_secs(seconds).format(TimestampFormat::HttpDate);
        assert!(DateTime::parse(&text).is_err(), "{text} has no year of four digits");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(seconds in -70_000_000_000_i64..300_000_000_000, nanoseconds in 0..1_000_000_000_u32) {
        let time = DateTime::from_secs_and_nanos(seconds, nanoseconds);
        prop_assert_eq!(time.to_string().parse(), Ok(time));
        let http = time.format(TimestampFormat::HttpDate);
        if HTTP_DATES.contains(&seconds) {
            prop_assert_eq!(http.parse(), Ok(DateTime::from_secs(seconds)));
        }
        // A float holds microseconds for as long as AWS will be around.
        if seconds.abs() < 1 << 33 {
            let micros = DateTime::from_secs_and_nanos(seconds, nanoseconds / 1000 * 1000);
            prop_assert_eq!(DateTime::from_secs_f64(micros.as_secs_f64()), Some(micros));
            prop_assert_eq!(micros.format(TimestampFormat::EpochSeconds).parse(), Ok(micros));
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC*", near in "[-+0-9TtZz:., ]{0,32}", date in "[A-Z][a-z]{2}, [0-9A-Za-z :+-]{0,32}") {
        let _ = (DateTime::parse(&text), DateTime::parse(&near), DateTime::parse(&date));
    }

    #[test]
    fn no_number_panics(seconds: i64, nanoseconds: u32, float: f64) {
        let time = DateTime::from_secs_and_nanos(seconds, nanoseconds);
        let text = format!("{time} {time:?}");
        prop_assert!(!text.is_empty());
        let _ = DateTime::from_secs_f64(float);
    }
}
