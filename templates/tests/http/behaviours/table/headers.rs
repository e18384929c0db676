//! Headers that are broken, too large or unusual.

use loopback::{Do, write};

use crate::http::behaviours::row::{OK, Row, all, does, ends, fine, headers, pause, row, unknown};

pub fn rows() -> Vec<Row> {
    let good = |name: &str, lines: &str| row(name, headers(lines), fine());
    let bad = |name: &str, lines: &str| {
        row(name, ends(format!("HTTP/1.1 200 OK\r\n{lines}content-length: 12\r\n\r\n{OK}")), unknown("Transport"))
    };
    vec![
        row("closed in the headers", ends("HTTP/1.1 200 OK\r\ncontent-le"), unknown("Transport")),
        row(
            "reset in the headers",
            does([write("HTTP/1.1 200 OK\r\ncontent-le"), pause(), Do::Reset]),
            unknown("Transport"),
        ),
        row(
            "closed before the end of the headers",
            ends("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n"),
            unknown("Transport"),
        ),
        bad("a header of 100 kB", &format!("x: {}\r\n", "y".repeat(100_000))),
        bad("1,000 headers", &"x: y\r\n".repeat(1000)),
        row(
            "headers without end",
            does([write("HTTP/1.1 200 OK\r\n"), Do::Flood(b"x: y\r\n".repeat(1000))]),
            unknown("Transport"),
        ),
        row(
            "one header without end",
            does([write("HTTP/1.1 200 OK\r\nx: "), Do::Flood(vec![b'y'; 1000])]),
            unknown("Transport"),
        ),
        bad("a line without a colon", "no-colon\r\n"),
        bad("an empty name", ": y\r\n"),
        bad("a space in a name", "x y: z\r\n"),
        bad("a space after a name", "x : y\r\n"),
        bad("a name beyond ASCII", "größe: y\r\n"),
        bad("a folded header", "x: y\r\n z\r\n"),
        bad("a space before the first header", " x: y\r\n"),
        bad("a NUL in a value", "x: y\0z\r\n"),
        bad("a carriage return in a value", "x: y\rz\r\n"),
        good("a header of 4 kB", &format!("x: {}\r\n", "y".repeat(4096))),
        good("50 headers", &(0..50).map(|n| format!("x-{n}: y\r\n")).collect::<String>()),
        good("an empty value", "x:\r\n"),
        good("no space after the colon", "x:y\r\n"),
        good("many spaces around a value", "x:    y   \r\n"),
        good("a tab in a value", "x: y\tz\r\n"),
        good("a value beyond ASCII", "x: größe\r\n"),
        good("a name in capitals", "X-AMZN-REQUESTID: r\r\n"),
        good("a name of unusual characters", "x!#$%&'*+-.^_`|~: y\r\n"),
        good("the same header twice", "x: y\r\nx: z\r\n"),
        good("two request ids", "x-amzn-requestid: a\r\nx-amzn-requestid: b\r\n"),
        good("a request id beyond ASCII", "x-amzn-requestid: größe\r\n"),
        good("an error code with a success", "x-amzn-errortype: ResourceNotFoundException\r\n"),
        good("no content type", ""),
        good("the content type of HTML", "content-type: text/html\r\n"),
        good("a content type that makes no sense", "content-type: ;;;\r\n"),
        good("a cookie", "set-cookie: a=b\r\n"),
        good("Keep-Alive: timeout=0", "keep-alive: timeout=0\r\n"),
        good("a Date of another century", "date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"),
        good("a Trailer that does not come", "trailer: x-more\r\n"),
        row("Connection: close", headers("connection: close\r\n"), all("ok", 5, 5)),
        row("Connection: close, in capitals and a list", headers("connection: x, CLOSE\r\n"), all("ok", 5, 5)),
    ]
}
