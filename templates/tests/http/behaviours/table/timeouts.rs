//! Servers that are slow, or fall silent. An attempt may take ten seconds unless a row says otherwise.

use std::time::Duration;

use loopback::{Do, json, write};
use templates::runtime::{Retry, Timeouts};

use crate::http::behaviours::row::{OK, Row, all, by, does, fine, five, response, row, unknown};

const SECOND: Duration = Duration::from_secs(1);

fn stalls_after(bytes: &str) -> crate::http::behaviours::row::Behaviour {
    does([write(bytes), Do::Stall])
}

fn whole() -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{OK}").into_bytes()
}

pub fn rows() -> Vec<Row> {
    let late = |seconds: u32| does([vec![Do::Wait(SECOND * seconds)], json("200 OK", OK)].concat());
    let ok_but =
        |count: usize| by(move |request, _| if request.number < count { vec![Do::Stall] } else { json("200 OK", OK) });
    let drips = |bytes: &[u8], pause: Duration| does([Do::Drip(bytes.to_vec(), pause)]);
    vec![
        row("silence after the request", does([Do::Stall]), unknown("Timeout")),
        row("silence in the status line", stalls_after("HTTP/1.1 20"), unknown("Timeout")),
        row("silence in the headers", stalls_after("HTTP/1.1 200 OK\r\nx: y\r\n"), unknown("Timeout")),
        row(
            "silence after the headers",
            stalls_after("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n"),
            unknown("Timeout after 200"),
        ),
        row(
            "silence in the body",
            stalls_after("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"Na"),
            unknown("Timeout after 200"),
        ),
        row(
            "silence before the last byte of the body",
            stalls_after("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"Name\":\"n\""),
            unknown("Timeout after 200"),
        ),
        row(
            "silence in a chunk",
            stalls_after("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nc\r\n{\"Na"),
            unknown("Timeout after 200"),
        ),
        row(
            "silence before the last chunk",
            stalls_after("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nc\r\n{\"Name\":\"n\"}\r\n"),
            unknown("Timeout after 200"),
        ),
        row(
            "silence after a body without length",
            stalls_after(&format!("HTTP/1.1 200 OK\r\n\r\n{OK}")),
            unknown("Timeout after 200"),
        ),
        row("silence after a continue", stalls_after("HTTP/1.1 100 Continue\r\n\r\n"), unknown("Timeout")),
        row("a minute of silence after every response", does([write(whole()), Do::Stall]), all("ok", 5, 5)),
        row("a response after nine seconds", late(9), fine()),
        row("a response after eleven seconds", late(11), unknown("Timeout")),
        row("a response after eleven seconds, without a timeout", late(11), fine())
            .with(|config| config.timeouts(Timeouts::none())),
        row("a byte every 100 ms", drips(&whole(), SECOND / 10), fine()),
        row("a byte of the headers every second", drips(&whole(), SECOND), unknown("Timeout")),
        row(
            "a byte of the body every second",
            does([write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n"), Do::Drip(OK.as_bytes().to_vec(), SECOND)]),
            unknown("Timeout after 200"),
        ),
        row(
            "silence after the first request, then well",
            ok_but(1),
            [
                five("ok ×2 | ok | ok | ok | ok", 6, 2),
                five("ok ×2 | ok | ok | ok | ok", 6, 2),
                five("Timeout | ok | ok | ok | ok", 5, 2),
            ],
        ),
        row(
            "silence after the first three requests, then well",
            ok_but(3),
            [
                five("Timeout ×3 | ok | ok | ok | ok", 7, 4),
                five("Timeout ×3 | ok | ok | ok | ok", 7, 4),
                five("Timeout | Timeout | Timeout | ok | ok", 5, 4),
            ],
        ),
        row(
            "silence, where the call may take fifteen seconds",
            does([Do::Wait(SECOND * 12), Do::Close]),
            [five("Timeout ×2", 10, 10), five("Timeout ×2", 10, 10), five("Timeout", 5, 5)],
        )
        .with(|config| config.timeouts(Timeouts::none().attempt(SECOND * 10).call(SECOND * 15))),
        row("silence, where the call has the only timeout", does([Do::Stall]), all("Timeout", 5, 5))
            .with(|config| config.timeouts(Timeouts::none().call(SECOND * 15))),
        row("silence, where nothing is repeated", does([Do::Stall]), all("Timeout", 5, 5))
            .with(|config| config.retry(Retry::none())),
        row("silence, where unknown outcomes are repeated", does([Do::Stall]), all("Timeout ×3", 15, 15))
            .with(|config| config.retry(Retry::standard().repeat_unknown_outcomes(true))),
        row(
            "429, then silence",
            by(|request, _| if request.number % 2 == 0 { response("429 Slow", "", "") } else { vec![Do::Stall] }),
            [
                five("429 ×3 | Timeout ×3 | 429 ×3 | Timeout ×3 | 429 ×3", 15, 8),
                five("429 ×3 | Timeout ×3 | 429 ×3 | Timeout ×3 | 429 ×3", 15, 8),
                five("Timeout ×2", 10, 5),
            ],
        ),
    ]
}
