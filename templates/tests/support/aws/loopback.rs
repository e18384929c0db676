//! The services of [`Services`] behind a socket, for the client that programs use.

use http::Uri;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::{Sent, Services};

/// Lets services listen on loopback; gives their URL.
pub async fn serve(services: Services) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            tokio::spawn(answer(connection, services.clone()));
        }
    });
    url
}

async fn answer(connection: TcpStream, services: Services) {
    let mut connection = BufReader::new(connection);
    while let Some(sent) = read(&mut connection).await {
        let Some((status, body)) = services.answer(sent) else { return };
        let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        if connection.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

async fn read(connection: &mut BufReader<TcpStream>) -> Option<Sent> {
    let mut line = String::new();
    connection.read_line(&mut line).await.ok()?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.parse().ok()?, words.next()?);
    let mut headers = http::HeaderMap::new();
    loop {
        let mut line = String::new();
        connection.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.append(name.parse::<http::HeaderName>().ok()?, value.parse().ok()?);
    }
    let length = headers.get("content-length").map_or(0, |length| length.to_str().unwrap().parse().unwrap());
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await.ok()?;
    let host = headers.get("host")?.to_str().ok()?;
    let uri: Uri = format!("http://{host}{path}").parse().ok()?;
    Some(Sent { method, uri, headers, body: String::from_utf8(body).ok()? })
}
