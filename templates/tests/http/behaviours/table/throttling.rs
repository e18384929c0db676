//! Faults and throttling: what is repeated, how often, and when a client stops.

use std::time::Duration;

use loopback::json;
use templates::runtime::{Retry, Timeouts};

use crate::http::behaviours::row::{OK, Row, all, by, does, five, once, response, row, thrice, unknown};
use crate::support::THROTTLING;

fn coded(status: &str, code: &str) -> Vec<loopback::Do> {
    response(status, "", &format!("{{\"__type\":\"{code}\"}}"))
}

pub fn rows() -> Vec<Row> {
    [codes(), statuses(), order(), budget(), waits()].into_iter().flatten().collect()
}

fn codes() -> Vec<Row> {
    let repeated = THROTTLING.into_iter().chain([
        "RequestTimeout",
        "RequestTimeoutException",
        "BusyException",
        "SlowDownPleaseException",
    ]);
    let repeated = repeated
        .map(|code| row(format!("400 {code}"), does(coded("400 Bad Request", code)), thrice(&format!("400 {code}"))));
    let final_ = [
        "LimitExceededException",
        "ServiceQuotaExceededException",
        "ExpiredTokenException",
        "AccessDeniedException",
        "UnrecognizedClientException",
    ];
    let final_ = final_
        .into_iter()
        .map(|code| row(format!("400 {code}"), does(coded("400 Bad Request", code)), once(&format!("400 {code}"))));
    repeated.chain(final_).collect()
}

fn statuses() -> Vec<Row> {
    let quota = || coded("503 Busy", "ServiceQuotaExceededException");
    vec![
        row("429", does(response("429 Slow", "", "")), thrice("429")),
        row("429 with another code", does(coded("429 Slow", "WhateverException")), thrice("429 WhateverException")),
        row(
            "429 of an exceeded limit",
            does(coded("429 Slow", "LimitExceededException")),
            once("429 LimitExceededException"),
        ),
        row("500", does(response("500 Fault", "", "")), unknown("500")),
        row(
            "500 with a code",
            does(coded("500 Fault", "InternalServiceException")),
            unknown("500 InternalServiceException"),
        ),
        row(
            "500 with a code of throttling",
            does(coded("500 Fault", "ThrottlingException")),
            all("500 ThrottlingException ×3", 15, 15),
        ),
        row(
            "500 that the model marks as retryable",
            does(coded("500 Fault", "BusyException")),
            all("500 BusyException ×3", 15, 15),
        ),
        row("502", does(response("502 Gateway", "", "<html>502</html>")), unknown("502")),
        row("504", does(response("504 Gateway", "", "<html>504</html>")), unknown("504")),
        row(
            "503 of a balancer",
            does(response("503 Busy", "server: awselb/2.0\r\n", "<html>503</html>")),
            unknown("503"),
        ),
        row("503 with a request id", does(response("503 Busy", "x-amzn-requestid: r\r\n", "")), all("503 ×3", 15, 15)),
        row("503 with a body of JSON", does(response("503 Busy", "", "{\"message\":\"busy\"}")), all("503 ×3", 15, 15)),
        row("503 of an exceeded quota", does(quota()), all("503 ServiceQuotaExceededException", 5, 5)),
        row("500, where unknown outcomes are repeated", does(response("500 Fault", "", "")), all("500 ×3", 15, 15))
            .with(|config| config.retry(Retry::standard().repeat_unknown_outcomes(true))),
        row("500, where nothing is repeated", does(response("500 Fault", "", "")), all("500", 5, 5))
            .with(|config| config.retry(Retry::none())),
    ]
}

fn order() -> Vec<Row> {
    let after = |statuses: &'static [&'static str]| {
        by(move |request, _| match statuses.get(request.number % (statuses.len() + 1)) {
            Some(status) => response(status, "", ""),
            None => json("200 OK", OK),
        })
    };
    vec![
        row("429, then a success", after(&["429 Slow"]), all("ok ×2", 10, 1)),
        row("429 twice, then a success", after(&["429 Slow", "429 Slow"]), all("ok ×3", 15, 1)),
        row(
            "500, then a success",
            after(&["500 Fault"]),
            [five("ok ×2", 10, 6), five("ok ×2", 10, 6), five("500 | ok | 500 | ok | 500", 5, 3)],
        ),
        row(
            "429, then 500, then a success",
            after(&["429 Slow", "500 Fault"]),
            [five("ok ×3", 15, 6), five("ok ×3", 15, 6), five("500 ×2 | ok | 500 ×2 | ok | 500 ×2", 8, 3)],
        ),
        row(
            "500, then a refusal, then a success",
            after(&["500 Fault", "404 Not Found"]),
            [
                five("404 ×2 | ok | 404 ×2 | ok | 404 ×2", 8, 4),
                five("404 ×2 | ok | 404 ×2 | ok | 404 ×2", 8, 4),
                five("500 | 404 | ok | 500 | 404", 5, 3),
            ],
        ),
    ]
}

/// A client may make 35 retries after faults and 100 after throttling while none of its calls succeeds.
fn budget() -> Vec<Row> {
    vec![
        row(
            "500, up to 20 attempts",
            does(response("500 Fault", "", "")),
            [
                five("500 ×20 | 500 ×17 | 500 | 500 | 500", 40, 40),
                five("500 ×20 | 500 ×17 | 500 | 500 | 500", 40, 40),
                five("500", 5, 5),
            ],
        )
        .with(|config| config.retry(Retry::standard().max_attempts(20))),
        row(
            "429, up to 30 attempts",
            does(response("429 Slow", "", "")),
            all("429 ×30 | 429 ×30 | 429 ×30 | 429 ×14 | 429", 105, 1),
        )
        .with(|config| config.retry(Retry::standard().max_attempts(30).max_backoff(Duration::from_secs(1)))),
        row(
            "500, up to 40 attempts, as before 2026",
            does(response("500 Fault", "", "")),
            [
                five("500 ×40 | 500 ×40 | 500 ×23 | 500 | 500", 105, 105),
                five("500 ×40 | 500 ×40 | 500 ×23 | 500 | 500", 105, 105),
                five("500", 5, 5),
            ],
        )
        .with(|config| config.retry(Retry::before_2026().max_attempts(40))),
    ]
}

fn waits() -> Vec<Row> {
    let asks = |lines: &'static str| {
        by(move |request, _| if request.number % 2 == 0 { response("429 Slow", lines, "") } else { json("200 OK", OK) })
    };
    let ok = || all("ok ×2", 10, 1);
    let hasty = |config: templates::runtime::Config| config.timeouts(Timeouts::none().call(Duration::from_secs(5)));
    vec![
        row("Retry-After: 3", asks("retry-after: 3\r\n"), ok()),
        row("Retry-After: 3600", asks("retry-after: 3600\r\n"), ok()),
        row("Retry-After beyond numbers", asks("retry-after: 99999999999999999999999\r\n"), ok()),
        row("Retry-After: soon", asks("retry-after: soon\r\n"), ok()),
        row("Retry-After: a date that is past", asks("retry-after: Thu, 01 Jan 1970 00:00:00 GMT\r\n"), ok()),
        row("Retry-After: a date far away", asks("retry-after: Fri, 31 Dec 2999 23:59:59 GMT\r\n"), ok()),
        row("x-amz-retry-after: 4500", asks("x-amz-retry-after: 4500\r\n"), ok()),
        row("x-amz-retry-after: -1", asks("x-amz-retry-after: -1\r\n"), ok()),
        row(
            "Retry-After that is longer than the call may take",
            asks("retry-after: 6\r\n"),
            all("429 | ok | 429 | ok | 429", 5, 1),
        )
        .with(hasty),
    ]
}
