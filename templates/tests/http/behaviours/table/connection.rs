//! Connections that do not come about, or break.

use loopback::{Do, write};

use crate::http::behaviours::row::{
    Behaviour, OK, Row, all, by, does, ends, fine, five, headers, pause, repeats, row, says, unknown,
};

fn ok() -> Vec<Do> {
    vec![write(format!("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{OK}"))]
}

pub fn rows() -> Vec<Row> {
    let handshake = |name: &str, script: Vec<Do>| row(name, Behaviour::Handshake(script), all("Connect ×3", 0, 15));
    let alert = |code: u8| vec![write([21, 3, 3, 0, 2, 2, code]), pause(), Do::Close];
    let broken_at_first =
        |count: usize, end: Do| by(move |request, _| if request.number < count { vec![end.clone()] } else { ok() });
    vec![
        row("every request is answered", headers(""), fine()),
        row("nobody listens", Behaviour::Absent, all("Connect ×3", 0, 0)),
        row("closed after the request", does([Do::Close]), unknown("Transport")),
        row("reset after the request", does([Do::Reset]), unknown("Transport")),
        row(
            "closed a second after the request",
            does([Do::Wait(std::time::Duration::from_secs(1)), Do::Close]),
            unknown("Transport"),
        ),
        row(
            "closed after the first request, then well",
            broken_at_first(1, Do::Close),
            [
                five("ok ×2 | ok | ok | ok | ok", 6, 2),
                five("ok ×2 | ok | ok | ok | ok", 6, 2),
                five("Transport | ok | ok | ok | ok", 5, 2),
            ],
        ),
        row(
            "reset after the first two requests, then well",
            broken_at_first(2, Do::Reset),
            [
                five("ok ×3 | ok | ok | ok | ok", 7, 3),
                five("ok ×3 | ok | ok | ok | ok", 7, 3),
                five("Transport | Transport | ok | ok | ok", 5, 3),
            ],
        ),
        row(
            "closed after the first three requests, then well",
            broken_at_first(3, Do::Close),
            [
                five("Transport ×3 | ok | ok | ok | ok", 7, 4),
                five("Transport ×3 | ok | ok | ok | ok", 7, 4),
                five("Transport | Transport | Transport | ok | ok", 5, 4),
            ],
        ),
        row(
            "every other request closed",
            by(|request, _| if request.number % 2 == 0 { vec![Do::Close] } else { ok() }),
            [five("ok ×2", 10, 6), five("ok ×2", 10, 6), five("Transport | ok | Transport | ok | Transport", 5, 3)],
        ),
        row(
            "closed in order after every response",
            ends(format!("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{OK}")),
            all("ok", 5, 5),
        ),
        row("reset after every response", does([ok(), vec![pause(), Do::Reset]].concat()), all("ok", 5, 5)),
        row("TLS", Behaviour::Tls(repeats(ok())), fine()),
        row("TLS, closed after the request", Behaviour::Tls(repeats([Do::Close])), unknown("Transport")),
        row("TLS, reset after the request", Behaviour::Tls(repeats([Do::Reset])), unknown("Transport")),
        row(
            "TLS, closed in the body",
            Behaviour::Tls(repeats([write("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{"), pause(), Do::Close])),
            unknown("Transport after 200"),
        ),
        row(
            "TLS, a body without length that ends without a close_notify",
            Behaviour::Tls(repeats([write(format!("HTTP/1.1 200 OK\r\n\r\n{OK}")), pause(), Do::Close])),
            unknown("Transport after 200"),
        ),
        row("TLS, a certificate of an unknown authority", Behaviour::Untrusted(repeats(ok())), all("Connect", 0, 5)),
        handshake("TLS, silence in the handshake", vec![Do::Stall]),
        handshake("TLS, closed in the handshake", vec![Do::Close]),
        handshake("TLS, reset in the handshake", vec![pause(), Do::Reset]),
        handshake(
            "TLS, plain HTTP in the handshake",
            vec![write("HTTP/1.1 400 Bad Request\r\n\r\n"), pause(), Do::Close],
        ),
        handshake("TLS, nonsense in the handshake", vec![write([0, 159, 146, 150]), pause(), Do::Close]),
        handshake("TLS, half a record in the handshake", vec![write([22, 3, 3, 0, 200, 2]), pause(), Do::Close]),
        handshake("TLS, half a record in the handshake, then silence", vec![write([22, 3, 3, 0, 200, 2]), Do::Stall]),
        handshake("TLS, an alert: handshake_failure", alert(40)),
        handshake("TLS, an alert: protocol_version", alert(70)),
        handshake("TLS, an alert: internal_error", alert(80)),
        row("a client hello is expected", says([21, 3, 3, 0, 2, 2, 40]), unknown("Transport")),
    ]
}
