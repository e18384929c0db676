//! Status lines that are broken, unusual or of another protocol.

use loopback::{Do, write};

use crate::http::behaviours::row::{OK, Row, all, does, ends, fine, once, pause, row, says, unknown};

pub fn rows() -> Vec<Row> {
    let good = |name: &str, line: &str| row(name, says(format!("{line}\r\ncontent-length: 12\r\n\r\n{OK}")), fine());
    let bad = |name: &str, line: &str| {
        row(name, ends(format!("{line}\r\ncontent-length: 12\r\n\r\n{OK}")), unknown("Transport"))
    };
    vec![
        row("closed in the status line", ends("HTTP/1.1 20"), unknown("Transport")),
        row("reset in the status line", does([write("HTTP/1.1 20"), pause(), Do::Reset]), unknown("Transport")),
        row("nothing but line ends, then closed", ends("\r\n\r\n"), unknown("Transport")),
        row("nonsense", ends([0, 159, 146, 150, 13, 10, 13, 10]), unknown("Transport")),
        row("the greeting of SSH", ends("SSH-2.0-OpenSSH_9.6\r\n"), unknown("Transport")),
        row("the greeting of SMTP", ends("220 mail ESMTP\r\n"), unknown("Transport")),
        row("HTTP/0.9", ends("<html>hello</html>"), unknown("Transport")),
        row("the frames of HTTP/2", ends("\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64"), unknown("Transport")),
        row("an alert of TLS", ends([21, 3, 3, 0, 2, 2, 40]), unknown("Transport")),
        row("a request instead of a response", ends("GET / HTTP/1.1\r\nhost: x\r\n\r\n"), unknown("Transport")),
        bad("a status of two digits", "HTTP/1.1 20 OK"),
        bad("a status of four digits", "HTTP/1.1 2000 OK"),
        bad("a status of letters", "HTTP/1.1 abc OK"),
        bad("a negative status", "HTTP/1.1 -20 OK"),
        bad("status 000", "HTTP/1.1 000 OK"),
        bad("status 099", "HTTP/1.1 099 OK"),
        bad("no status", "HTTP/1.1"),
        bad("HTTP/2.0 in the status line", "HTTP/2.0 200 OK"),
        bad("HTTP/1.2 in the status line", "HTTP/1.2 200 OK"),
        bad("http in lower case", "http/1.1 200 OK"),
        bad("no space after the version", "HTTP/1.1200 OK"),
        bad("a tab after the version", "HTTP/1.1\t200 OK"),
        bad("a space before the status line", " HTTP/1.1 200 OK"),
        bad("a control character in the reason", "HTTP/1.1 200 O\u{1}K"),
        good("no reason", "HTTP/1.1 200"),
        good("an empty reason", "HTTP/1.1 200 "),
        good("a reason that contradicts the status", "HTTP/1.1 200 Internal Server Error"),
        good("a reason of 4 kB", &format!("HTTP/1.1 200 {}", "y".repeat(4096))),
        good("a reason beyond ASCII", "HTTP/1.1 200 Größe"),
        good("an empty line before the status line", "\r\nHTTP/1.1 200 OK"),
        good("status 201", "HTTP/1.1 201 Created"),
        good("status 202", "HTTP/1.1 202 Accepted"),
        good("status 203", "HTTP/1.1 203 Non-Authoritative Information"),
        good("status 206", "HTTP/1.1 206 Partial Content"),
        good("status 299", "HTTP/1.1 299 Whatever"),
        row(
            "lines that end in a line feed alone",
            says(format!("HTTP/1.1 200 OK\ncontent-length: 12\n\n{OK}")),
            fine(),
        ),
        row("status 204", says("HTTP/1.1 204 No Content\r\n\r\n"), once("ok without name")),
        row(
            "status 204 with a body",
            says(format!("HTTP/1.1 204 No Content\r\ncontent-length: 12\r\n\r\n{OK}")),
            all("ok without name", 5, 5),
        ),
        row("status 600", says("HTTP/1.1 600 Odd\r\ncontent-length: 0\r\n\r\n"), once("600")),
        row("status 999", says("HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n"), once("999")),
        row("HTTP/1.0 without a length", ends(format!("HTTP/1.0 200 OK\r\n\r\n{OK}")), all("ok", 5, 5)),
        row(
            "HTTP/1.0 with a length",
            ends(format!("HTTP/1.0 200 OK\r\ncontent-length: 12\r\n\r\n{OK}")),
            all("ok", 5, 5),
        ),
        row(
            "HTTP/1.0 that keeps the connection",
            says(format!("HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 12\r\n\r\n{OK}")),
            fine(),
        ),
    ]
}
