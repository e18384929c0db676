//! Times: refused signatures, and the dates of responses that say so.

use std::time::{Duration, SystemTime};

use loopback::{Do, json};
use templates::runtime::{DateTime, TimestampFormat};

use crate::http::behaviours::row::{OK, Row, all, by, does, once, response, row};

/// A refusal with this code and this header line.
fn refusal(code: &str, line: &str) -> Vec<Do> {
    response("403 Forbidden", &format!("x-amzn-errortype: {code}\r\n{line}"), "{}")
}

/// The header `Date`, so many seconds from now.
fn date(seconds: i64) -> String {
    let by = Duration::from_secs(seconds.unsigned_abs());
    let time = if seconds < 0 { SystemTime::now() - by } else { SystemTime::now() + by };
    format!("date: {}\r\n", DateTime::from(time).format(TimestampFormat::HttpDate))
}

const HOUR: i64 = 3600;

pub fn rows() -> Vec<Row> {
    let first = |name: &str, code: &'static str, seconds: i64| {
        let server = by(move |request, _| match request.number {
            0 => refusal(code, &date(seconds)),
            _ => json("200 OK", OK),
        });
        row(name, server, all("ok ×2 | ok | ok | ok | ok", 6, 1))
    };
    let always = |name: &str, code: &'static str, seconds: i64, outcome: &str, requests: usize| {
        row(name, by(move |_, _| refusal(code, &date(seconds))), all(outcome, requests, 1))
    };
    let skewed = "403 RequestTimeTooSkewed";
    let signature = "403 SignatureDoesNotMatch";
    vec![
        first("a clock that is an hour late", "RequestTimeTooSkewed", HOUR),
        first("a clock that is an hour early", "RequestTimeTooSkewed", -HOUR),
        first("a clock that is 23 hours late", "RequestTimeTooSkewed", 23 * HOUR),
        first("RequestInTheFuture", "RequestInTheFuture", -HOUR),
        first("RequestExpired, an hour late", "RequestExpired", HOUR),
        first("InvalidSignatureException, an hour late", "InvalidSignatureException", HOUR),
        first("SignatureDoesNotMatch, an hour late", "SignatureDoesNotMatch", HOUR),
        first("AuthFailure, an hour late", "AuthFailure", HOUR),
        always("a correction that does not help", "RequestTimeTooSkewed", HOUR, "403 RequestTimeTooSkewed ×2", 10),
        always("a signature that stays wrong", "SignatureDoesNotMatch", HOUR, "403 SignatureDoesNotMatch ×2", 10),
        always("a wrong signature under a right clock", "SignatureDoesNotMatch", 0, signature, 5),
        always("a wrong signature under a clock that is two minutes late", "SignatureDoesNotMatch", 120, signature, 5),
        always("a Date in 2038", "RequestTimeTooSkewed", 12 * 365 * 24 * HOUR, skewed, 5),
        always("a Date of two days ago", "RequestTimeTooSkewed", -48 * HOUR, skewed, 5),
        row("a refused time without a Date", does(refusal("RequestTimeTooSkewed", "")), once(skewed)),
        row("a refused time with an empty Date", does(refusal("RequestTimeTooSkewed", "date: \r\n")), once(skewed)),
        row(
            "a refused time with a Date of words",
            does(refusal("RequestTimeTooSkewed", "date: yesterday\r\n")),
            once(skewed),
        ),
        row(
            "a refused time with a Date that is no day",
            does(refusal("RequestTimeTooSkewed", "date: Thu, 31 Feb 2026 00:00:00 GMT\r\n")),
            once(skewed),
        ),
        row(
            "a clock of the service that jumps to and fro",
            by(|request, _| refusal("RequestTimeTooSkewed", &date(if request.number % 2 == 0 { HOUR } else { -HOUR }))),
            all("403 RequestTimeTooSkewed ×2", 10, 1),
        ),
        row(
            "a success with a Date of another year",
            by(|_, _| response("200 OK", &date(400 * 24 * HOUR), OK)),
            all("ok", 5, 1),
        ),
        row(
            "a refusal of another kind with a Date of an hour ago",
            by(|_, _| refusal("AccessDeniedException", &date(-HOUR))),
            once("403 AccessDeniedException"),
        ),
    ]
}
