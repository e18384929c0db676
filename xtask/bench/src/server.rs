//! A server on loopback that gives one answer to everything: in this process, which is not the one that is measured.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use anyhow::{Context, Result};

/// Starts it; gives its URL. It ends with this process.
pub fn start(body: Vec<u8>) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").context("a port on loopback")?;
    let url = format!("http://{}", listener.local_addr()?);
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
    let answer = [head.into_bytes(), body].concat();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            // A connection that breaks is the client's to report.
            thread::spawn(move || drop(serve(stream, &answer)));
        }
    });
    Ok(url)
}

/// Answers the requests of one connection, one after the other.
fn serve(mut stream: TcpStream, answer: &[u8]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut pending, mut chunk) = (Vec::new(), [0; 16 << 10]);
    loop {
        while let Some(length) = request_length(&pending) {
            pending.drain(..length);
            stream.write_all(answer)?;
        }
        match stream.read(&mut chunk)? {
            0 => return Ok(()),
            count => pending.extend_from_slice(&chunk[..count]),
        }
    }
}

/// The length of the first request, where all of it is there.
pub fn request_length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    let whole = head + length.and_then(|length| length.trim().parse::<usize>().ok()).unwrap_or(0);
    (bytes.len() >= whole).then_some(whole)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::{request_length, start};

    #[test]
    fn a_request_ends_after_its_body() {
        assert_eq!(request_length(b"GET / HTTP/1.1\r\n\r"), None);
        assert_eq!(request_length(b"GET / HTTP/1.1\r\n\r\nGET"), Some(18));
        assert_eq!(request_length(b"P / HTTP/1.1\r\nContent-Length: 2\r\n\r\na"), None);
        assert_eq!(request_length(b"P / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab"), Some(37));
    }

    #[test]
    fn one_connection_carries_several_answers() {
        let url = start(b"{}".to_vec()).unwrap();
        let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
        for _ in 0..2 {
            stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
            let mut answer = vec![0; 72];
            stream.read_exact(&mut answer).unwrap();
            assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n") && answer.ends_with(b"\r\n\r\n{}"), "{answer:?}");
        }
    }
}
