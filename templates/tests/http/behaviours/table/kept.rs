//! Connections that are kept between requests, and what becomes of them meanwhile.

use std::time::Duration;

use loopback::{Do, json, write};

use crate::http::behaviours::row::{OK, Row, all, by, does, fine, five, pause, response, row};

fn ok() -> Vec<Do> {
    json("200 OK", OK)
}

pub fn rows() -> Vec<Row> {
    let second = |what: Vec<Do>| by(move |_, nth| if nth == 0 { ok() } else { what.clone() });
    let unsolicited = |bytes: &'static str| does([ok(), vec![pause(), write(bytes)]].concat());
    let renewed = || {
        let repeated = five("ok | ok ×2 | ok ×2 | ok ×2 | ok ×2", 9, 5);
        [repeated.clone(), repeated, five("ok | Transport | ok | Transport | ok", 5, 3)]
    };
    let late = || {
        let repeated = five("ok | ok ×2 | ok ×2 | ok ×2 | ok ×2", 9, 5);
        [repeated.clone(), repeated, five("ok | Timeout | ok | Timeout | ok", 5, 3)]
    };
    vec![
        row("closed at the second request of a connection", second(vec![Do::Close]), renewed()),
        row("reset at the second request of a connection", second(vec![Do::Reset]), renewed()),
        row("silence at the second request of a connection", second(vec![Do::Stall]), late()),
        row(
            "nonsense at the second request of a connection",
            second(vec![write("nonsense\r\n\r\n"), Do::Close]),
            renewed(),
        ),
        row(
            "429 at the second request of a connection, then closed",
            second([response("429 Slow", "", ""), vec![Do::Close]].concat()),
            all("ok | ok ×2 | ok ×2 | ok ×2 | ok ×2", 9, 5),
        ),
        row(
            "closed a second after each response",
            does([ok(), vec![Do::Wait(Duration::from_secs(1)), Do::Close]].concat()),
            all("ok", 5, 5),
        ),
        row(
            "a 408 after each response",
            unsolicited("HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\n\r\n"),
            all("ok", 5, 5),
        ),
        row(
            "another response after each response",
            unsolicited("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"Name\":\"x\"}"),
            all("ok", 5, 5),
        ),
        row("a continue after each response", unsolicited("HTTP/1.1 100 Continue\r\n\r\n"), all("ok", 5, 5)),
        row("one byte after each response", unsolicited("H"), all("ok", 5, 5)),
        row("a line end after each response", unsolicited("\r\n"), all("ok", 5, 5)),
        row(
            "a refusal leaves the connection as it was",
            by(|request, _| if request.number == 0 { response("404 Not Found", "", "") } else { ok() }),
            all("404 | ok | ok | ok | ok", 5, 1),
        ),
        row(
            "a fault closes the connection",
            by(|request, _| if request.number == 0 { response("501 Fault", "", "") } else { ok() }),
            all("501 | ok | ok | ok | ok", 5, 2),
        ),
        row("connections are not kept", does(ok()), all("ok", 5, 5)).http(|http| http.idle_timeout(Duration::ZERO)),
        row("connections live for no time", does(ok()), all("ok", 5, 5))
            .http(|http| http.connection_lifetime(Duration::ZERO)),
        row("one request at once", does(ok()), fine()).http(|http| http.max_concurrent_requests(1)),
    ]
}
