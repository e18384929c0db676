//! Redirects, upgrades, informational responses: the client follows none of them.

use loopback::{Do, json, write};

use crate::http::behaviours::row::{OK, Row, all, by, does, ends, fine, headers, once, response, row, says, unknown};

pub fn rows() -> Vec<Row> {
    let redirects = [300, 301, 302, 303, 305, 307, 308].map(|status| {
        let server = by(move |request, _| {
            let host = request.header("host");
            response(&format!("{status} Elsewhere"), &format!("location: http://{host}/things/x\r\n"), "")
        });
        row(format!("{status} to itself"), server, once(&status.to_string()))
    });
    let informed = |name: &str, first: &str| {
        row(name, says(format!("{first}HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{OK}")), fine())
    };
    let others = vec![
        row("304", says("HTTP/1.1 304 Not Modified\r\n\r\n"), once("304")),
        row("301 without a location", does(response("301 Elsewhere", "", "")), once("301")),
        row("301 to nonsense", does(response("301 Elsewhere", "location: ::::\r\n", "")), once("301")),
        row(
            "301 to another region, as S3 does",
            does(response("301 Elsewhere", "x-amz-bucket-region: eu-west-1\r\n", "")),
            once("301"),
        ),
        row(
            "307 with a code",
            does(response("307 Elsewhere", "x-amzn-errortype: TemporaryRedirect\r\n", "{}")),
            once("307 TemporaryRedirect"),
        ),
        informed("a continue before the response", "HTTP/1.1 100 Continue\r\n\r\n"),
        informed("three of them", &"HTTP/1.1 100 Continue\r\n\r\n".repeat(3)),
        informed("102 before the response", "HTTP/1.1 102 Processing\r\n\r\n"),
        informed("103 with links before the response", "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"),
        informed("199 before the response", "HTTP/1.1 199 Whatever\r\n\r\n"),
        row(
            "a continue without end",
            does([Do::Flood(b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100))]),
            unknown("Transport"),
        ),
        row("a continue, then closed", ends("HTTP/1.1 100 Continue\r\n\r\n"), unknown("Transport")),
        row(
            "101",
            ends("HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n"),
            all("101", 5, 5),
        ),
        row(
            "401 with a challenge",
            does(response("401 Unauthorized", "www-authenticate: Basic realm=\"x\"\r\n", "")),
            once("401"),
        ),
        row(
            "407 with a challenge",
            does(response("407 Proxy", "proxy-authenticate: Basic realm=\"x\"\r\n", "")),
            once("407"),
        ),
        row(
            "426 to another protocol",
            does(response("426 Upgrade", "upgrade: h2c\r\nconnection: upgrade\r\n", "")),
            once("426"),
        ),
        row("Upgrade with a success", headers("upgrade: h2c\r\n"), fine()),
        row("Alt-Svc with a success", headers("alt-svc: h3=\":443\"\r\n"), fine()),
        row("Refresh with a success", headers("refresh: 0; url=http://localhost/\r\n"), fine()),
        row("Location with a success", headers("location: http://localhost/\r\n"), fine()),
        row(
            "a cookie that must not come back",
            by(|request, _| match request.headers.contains_key("cookie") {
                true => response("400 Bad Request", "", ""),
                false => [
                    vec![write("HTTP/1.1 200 OK\r\nset-cookie: a=b\r\n")],
                    vec![write(format!("content-length: 12\r\n\r\n{OK}"))],
                ]
                .concat(),
            }),
            fine(),
        ),
        row(
            "a captive portal",
            does(response("511 Network Authentication Required", "", "<html>hush</html>")),
            all("511", 5, 5),
        ),
        row(
            "a portal that says success",
            does(response("200 OK", "content-type: text/html\r\n", "<html>hush</html>")),
            once("Decode after 200"),
        ),
        row(
            "every response is for another request",
            by(|_, _| json("200 OK", r#"{"Unknown":1}"#)),
            once("ok without name"),
        ),
    ];
    redirects.into_iter().chain(others).collect()
}
