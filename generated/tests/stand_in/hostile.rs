//! Hostile requests: none ends the server, and each gets an answer or loses its connection.

use std::io::{Read, Write};
use std::net::TcpStream;

use amazon_connect::testing::StandIn;

use super::support::{raw, request};

fn serves(stand_in: &StandIn) {
    assert_eq!(request(stand_in, "GET", "/instance", b"").status, 200);
}

#[test]
fn broken_requests_end_their_own_connection_only() {
    let stand_in = StandIn::start().unwrap();
    let host = stand_in.address();
    let long = "x".repeat(200_000);
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let put = |body: &[u8]| {
        let head = format!(
            "PUT /instance HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    };
    let cases: Vec<Vec<u8>> = vec![
        b"\r\n\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc".to_vec(),
        b"GET\r\n\r\n".to_vec(),
        b"GET /instance HTTP/9.9\r\n\r\n".to_vec(),
        format!("GET /{long} HTTP/1.1\r\nhost: {host}\r\n\r\n").into_bytes(),
        format!("GET /instance HTTP/1.1\r\nhost: {host}\r\nx: {long}\r\n\r\n").into_bytes(),
        format!("PUT /instance HTTP/1.1\r\nhost: {host}\r\ncontent-length: -1\r\n\r\n").into_bytes(),
        format!("PUT /instance HTTP/1.1\r\nhost: {host}\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nabcde")
            .into_bytes(),
        format!("PUT /instance HTTP/1.1\r\nhost: {host}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n").into_bytes(),
        format!("PUT /instance HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: 99999999999\r\n\r\n{{")
            .into_bytes(),
        put(&deep.into_bytes()),
        put(b"{\"InstanceAlias\": \"\xff\xfe\"}"),
        put(b"{\"InstanceAlias\": \"\\ud800\"}"),
        put(b"[1, 2"),
        put(b"null"),
        put(b"{\"Tags\": 7, \"InboundCallsEnabled\": {\"a\": []}}"),
        format!("GET /users/%ff%fe/%00 HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").into_bytes(),
        format!("GET /users-summary/{long} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").into_bytes(),
    ];
    for case in cases {
        // A request whose end does not come is not waited for: the other side of the connection is closed.
        let mut stream = TcpStream::connect(host).unwrap();
        let _ = stream.write_all(&case);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let text = String::from_utf8_lossy(&answer);
        assert!(
            answer.is_empty() || text.starts_with("HTTP/1.1 4"),
            "{:?}: {text}",
            String::from_utf8_lossy(&case[..case.len().min(80)])
        );
        serves(&stand_in);
    }
}

#[test]
fn a_body_without_end_is_refused() {
    let stand_in = StandIn::start().unwrap();
    let host = stand_in.address();
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!("PUT /instance HTTP/1.1\r\nhost: {host}\r\ntransfer-encoding: chunked\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
    let mut sent = 0;
    while stream.write_all(&chunk).is_ok() {
        sent += 1;
        assert!(sent < 10_000, "600 MB of a body were taken");
    }
    serves(&stand_in);
}

#[test]
fn many_connections_are_served_at_once() {
    let stand_in = StandIn::start().unwrap();
    let host = stand_in.address();
    let mut open: Vec<TcpStream> = (0..300).map(|_| TcpStream::connect(host).unwrap()).collect();
    for stream in &mut open {
        write!(stream, "GET /instance HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    }
    for mut stream in open {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[test]
fn a_dropped_stand_in_listens_no_more() {
    let stand_in = StandIn::start().unwrap();
    let address = stand_in.address();
    assert!(raw(&stand_in, b"nothing\r\n\r\n").is_none_or(|answer| answer.status == 400));
    drop(stand_in);
    assert!(TcpStream::connect(address).is_err());
}

/// What is kept of a request is read again from a state, however deep it is.
#[tokio::test]
async fn a_deep_input_is_refused_before_a_state_is_too_deep_to_be_read() {
    let stand_in = StandIn::start().unwrap();
    let made = super::life::instance(&stand_in).await;
    let mut kept = 0;
    for depth in 1..60 {
        let mut item = serde_json::json!({"Question": {"Title": "t", "RefId": "q", "QuestionType": "TEXT"}});
        for level in 0..depth {
            item = serde_json::json!({"Section": {"Title": "t", "RefId": format!("s{level}"), "Items": [item]}});
        }
        let form = serde_json::json!({"Title": format!("form-{depth}"), "Items": [item]});
        let target = format!("/evaluation-forms/{}", made.id);
        let answer = request(&stand_in, "PUT", &target, form.to_string().as_bytes());
        assert!(matches!(answer.status, 200 | 400), "{answer:?}");
        kept += u32::from(answer.status == 200);
    }
    assert!((20..59).contains(&kept), "{kept} forms are kept");
    let text = request(&stand_in, "GET", "/_stand_in/state", b"").body;
    assert_eq!(request(&stand_in, "PUT", "/_stand_in/state", &text).status, 200);
}
