//! Lengths and chunks that lie, break off or have no end.

use loopback::{Do, write};

use crate::http::behaviours::row::{OK, Row, all, does, ends, fine, once, pause, row, says, unknown};

/// A success with this header line and this body; the connection closes after it.
fn with(line: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{line}\r\n\r\n{body}").into_bytes()
}

fn chunked(body: &str) -> Vec<u8> {
    with("transfer-encoding: chunked", body)
}

fn padded(length: usize) -> String {
    format!("{OK}{}", " ".repeat(length - OK.len()))
}

/// Bodies that are longer than the limit of these rows.
fn too_large() -> Vec<Row> {
    let too_large = || all("Decode after 200", 5, 5);
    let zeros = vec![b' '; 64 << 10];
    let chunk = [b"10000\r\n".to_vec(), zeros.clone(), b"\r\n".to_vec()].concat();
    vec![
        row("a length of one byte over the limit", says(with("content-length: 65537", &padded(65_537))), too_large()),
        row("a length of the limit", says(with("content-length: 65536", &padded(65_536))), fine()),
        row(
            "a length of 100 MB",
            does([write(with("content-length: 104857600", "")), Do::Flood(zeros.clone())]),
            too_large(),
        ),
        row("no length, and no end", does([write(with("x: y", "")), Do::Flood(zeros)]), too_large()),
        row("chunks without end", does([write(chunked("")), Do::Flood(chunk)]), too_large()),
        row(
            "chunks of one byte without end",
            does([write(chunked("")), Do::Flood(b"1\r\n \r\n".repeat(1000))]),
            too_large(),
        ),
    ]
}

fn lengths() -> Vec<Row> {
    let bad = |name: &str, line: &str| row(name, ends(with(line, OK)), unknown("Transport"));
    vec![
        row("a length that is one too long", ends(with("content-length: 13", OK)), unknown("Transport after 200")),
        row("a length that is too short", says(with("content-length: 6", OK)), all("Decode after 200", 5, 5)),
        row("a length of nothing", says(with("content-length: 0", "")), once("ok without name")),
        row("a length of nothing, and a body", says(with("content-length: 0", OK)), all("ok without name", 5, 5)),
        bad("a negative length", "content-length: -1"),
        bad("a length with a sign", "content-length: +12"),
        bad("a length that is no number", "content-length: many"),
        bad("a length in hexadecimal", "content-length: 0x0c"),
        bad("a length with a fraction", "content-length: 12.0"),
        bad("an empty length", "content-length: "),
        bad("a length beyond numbers", "content-length: 99999999999999999999999"),
        bad("a length of 2^64 - 1", "content-length: 18446744073709551615"),
        bad("two lengths that differ", "content-length: 12\r\ncontent-length: 11"),
        bad("two lengths in one header that differ", "content-length: 12, 11"),
        row("two lengths that agree", says(with("content-length: 12\r\ncontent-length: 12", OK)), fine()),
        row("a length with leading zeros", says(with("content-length: 00012", OK)), fine()),
        row("a length with spaces around it", says(with("content-length:   12  ", OK)), fine()),
        row("no length, then closed", ends(with("x: y", OK)), all("ok", 5, 5)),
        row(
            "no length, then reset",
            does([write(with("x: y", OK)), pause(), Do::Reset]),
            unknown("Transport after 200"),
        ),
        row("no length, and nothing", ends("HTTP/1.1 200 OK\r\n\r\n"), all("ok without name", 5, 5)),
        row(
            "reset after the headers",
            does([write(with("content-length: 12", "")), pause(), Do::Reset]),
            unknown("Transport after 200"),
        ),
        row("closed in the body", ends(with("content-length: 12", "{\"Name")), unknown("Transport after 200")),
        row(
            "reset in the body",
            does([write(with("content-length: 12", "{\"Name")), pause(), Do::Reset]),
            unknown("Transport after 200"),
        ),
        row(
            "a second response after the first",
            says([with("content-length: 12", OK), with("content-length: 12", r#"{"Name":"x"}"#)].concat()),
            all("ok", 5, 5),
        ),
        row("nonsense after the body", says(with("content-length: 12", &format!("{OK}nonsense"))), all("ok", 5, 5)),
        row("a line end after the body", says(with("content-length: 12", &format!("{OK}\r\n"))), all("ok", 5, 5)),
    ]
}

fn chunks() -> Vec<Row> {
    let bad = |name: &str, body: &str| row(name, ends(chunked(body)), unknown("Transport after 200"));
    let good = |name: &str, body: &str| row(name, says(chunked(body)), fine());
    let each: String = OK.chars().map(|byte| format!("1\r\n{byte}\r\n")).collect();
    vec![
        bad("closed in a chunk", "c\r\n{\"Name"),
        bad("closed before the last chunk", "c\r\n{\"Name\":\"n\"}\r\n"),
        bad("closed in the last chunk", "c\r\n{\"Name\":\"n\"}\r\n0\r\n"),
        bad("a chunk size that is no number", "zz\r\n{}"),
        bad("a negative chunk size", "-1\r\n{}\r\n"),
        bad("a chunk size with a prefix", "0xc\r\n{\"Name\":\"n\"}\r\n0\r\n\r\n"),
        bad("an empty chunk size", "\r\n\r\n"),
        bad("a chunk size beyond numbers", "fffffffffffffffff\r\n{}"),
        bad("a chunk longer than its size", "2\r\n{}xx0\r\n\r\n"),
        bad("a line feed in a chunk extension", "2;\n{}"),
        row(
            "a chunk extension without end",
            does([write(chunked("c;")), Do::Flood(vec![b'x'; 1000])]),
            unknown("Transport after 200"),
        ),
        row(
            "trailers without end",
            does([write(chunked("c\r\n{\"Name\":\"n\"}\r\n0\r\n")), Do::Flood(b"x: y\r\n".repeat(100))]),
            unknown("Transport after 200"),
        ),
        good("one chunk", "c\r\n{\"Name\":\"n\"}\r\n0\r\n\r\n"),
        good("a chunk for each byte", &format!("{each}0\r\n\r\n")),
        good("a chunk size in capitals", "C\r\n{\"Name\":\"n\"}\r\n0\r\n\r\n"),
        good("a chunk size with leading zeros", "0000c\r\n{\"Name\":\"n\"}\r\n000\r\n\r\n"),
        good("a chunk extension", "c;a=b\r\n{\"Name\":\"n\"}\r\n0;c\r\n\r\n"),
        good("a trailer", "c\r\n{\"Name\":\"n\"}\r\n0\r\nx-trailer: y\r\n\r\n"),
        row("no chunks but the last", says(chunked("0\r\n\r\n")), once("ok without name")),
        row(
            "chunks and a length",
            says(with("transfer-encoding: chunked\r\ncontent-length: 3", "c\r\n{\"Name\":\"n\"}\r\n0\r\n\r\n")),
            fine(),
        ),
        row("another transfer encoding", ends(with("transfer-encoding: gzip", OK)), all("ok", 5, 5)),
        row(
            "a second response after the last chunk",
            says([chunked("c\r\n{\"Name\":\"n\"}\r\n0\r\n\r\n"), with("content-length: 2", "{}")].concat()),
            all("ok", 5, 5),
        ),
    ]
}

pub fn rows() -> Vec<Row> {
    [lengths(), chunks(), too_large()].into_iter().flatten().collect()
}
