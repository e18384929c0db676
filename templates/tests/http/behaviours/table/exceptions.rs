//! Refusals: the forms in which a service says which exception it is, and what stands there instead.

use loopback::{Do, write};

use crate::http::behaviours::row::{Row, all, does, ends, once, response, row, unknown};

pub fn rows() -> Vec<Row> {
    [codes(), forms(), statuses(), cut()].into_iter().flatten().collect()
}

fn codes() -> Vec<Row> {
    let typed = |name: &str, lines: &str, body: &str| {
        row(name, does(response("404 Not Found", lines, body)), once("404 ResourceNotFoundException (typed)"))
    };
    let plain = |name: &str, lines: &str, body: &str, outcome: &str| {
        row(name, does(response("400 Bad Request", lines, body)), once(outcome))
    };
    let header = "x-amzn-errortype: ResourceNotFoundException\r\n";
    vec![
        typed("a code in the header", header, "{\"Message\":\"m\"}"),
        typed(
            "a code in the header, with a URI",
            "x-amzn-errortype: ResourceNotFoundException:http://internal/\r\n",
            "{}",
        ),
        typed(
            "a code in the header, with a namespace",
            "x-amzn-errortype: aws.sample#ResourceNotFoundException\r\n",
            "{}",
        ),
        typed("a code in __type", "", "{\"__type\":\"ResourceNotFoundException\",\"Message\":\"m\"}"),
        typed("a code in __type, with a namespace", "", "{\"__type\":\"aws.sample#ResourceNotFoundException\"}"),
        typed("a code in code", "", "{\"code\":\"ResourceNotFoundException\"}"),
        typed("a code in Code", "", "{\"Code\":\"ResourceNotFoundException\"}"),
        typed("a code in the header and another in the body", header, "{\"__type\":\"InvalidParameterException\"}"),
        typed("a code in the header, and no body", header, ""),
        typed("a code in the header, and HTML", header, "<html>hush</html>"),
        typed("a code in the header, and a list", header, "[]"),
        typed("a code in the header, and nonsense", header, "{{{{"),
        typed("a code, and a message that is a number", header, "{\"Message\":3}"),
        typed("a code, and a message that is an object", header, "{\"Message\":{\"a\":1}}"),
        typed("a code, and a message of 50 kB", header, &format!("{{\"Message\":\"{}\"}}", "y".repeat(50_000))),
        typed("a code, and line ends in the message", header, "{\"Message\":\"a\\r\\nb\\u2028c\\u202ed\"}"),
        typed("a code, and 60,000 open brackets", header, &"[".repeat(60_000)),
        plain("a code that the model does not have", "", "{\"__type\":\"WhateverException\"}", "400 WhateverException"),
        plain(
            "a code in another case",
            "",
            "{\"__type\":\"resourcenotfoundexception\"}",
            "400 resourcenotfoundexception",
        ),
        plain("an empty code", "x-amzn-errortype: \r\n", "{\"__type\":\"\"}", "400"),
        plain("a code of nothing but a namespace", "", "{\"__type\":\"aws.sample#\"}", "400"),
        plain("a code that is a number", "", "{\"code\":17}", "400 17"),
        plain("a code that is null", "", "{\"code\":null,\"__type\":\"WhateverException\"}", "400 WhateverException"),
        plain("a code that is an object", "", "{\"__type\":{}}", "400"),
    ]
}

fn forms() -> Vec<Row> {
    let plain = |name: &str, body: &str| row(name, does(response("404 Not Found", "", body)), once("404"));
    vec![
        plain("a refusal without a body", ""),
        plain("a refusal of null", "null"),
        plain("a refusal of an empty object", "{}"),
        plain("a refusal of words", "not here"),
        plain("a refusal of HTML", "<html>not here</html>"),
        plain("a refusal of a list", "[]"),
        plain("a refusal of a number", "3"),
        plain("a refusal of an object that is cut", "{\"message\":\"m"),
        plain("a refusal of 60,000 open brackets", &"[".repeat(60_000)),
        plain("a refusal of 60 kB of words", &"hush ".repeat(12_000)),
    ]
}

fn statuses() -> Vec<Row> {
    let kept =
        [400, 401, 402, 403, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 418, 421, 422, 425, 428, 431, 451];
    let closed = [501, 505, 507, 511, 599];
    let refusal = |status: u16| does(response(&format!("{status} Whatever"), "", ""));
    let kept =
        kept.map(|status| row(format!("status {status} without a code"), refusal(status), once(&status.to_string())));
    let closed = closed
        .map(|status| row(format!("status {status} without a code"), refusal(status), all(&status.to_string(), 5, 5)));
    kept.into_iter().chain(closed).collect()
}

fn cut() -> Vec<Row> {
    let cut = |status: &str| format!("HTTP/1.1 {status}\r\ncontent-length: 100\r\n\r\n{{\"message\"");
    vec![
        row("a refusal that is cut", ends(cut("404 Not Found")), unknown("Transport after 404")),
        row("a refusal that stalls", does([write(cut("404 Not Found")), Do::Stall]), unknown("Timeout after 404")),
        row("a throttling that is cut", ends(cut("429 Slow")), all("Transport after 429 ×3", 15, 15)),
        row(
            "a 503 of the service that is cut",
            ends(cut("503 Busy\r\nx-amzn-requestid: r")),
            all("Transport after 503 ×3", 15, 15),
        ),
        row("a 503 of a balancer that is cut", ends(cut("503 Busy")), unknown("Transport after 503")),
        row(
            "a refusal over the limit",
            does(response("404 Not Found", "", &" ".repeat(70_000))),
            all("Decode after 404", 5, 5),
        ),
    ]
}
