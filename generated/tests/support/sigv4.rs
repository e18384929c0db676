//! Signature Version 4, by the book and on its own: nothing of the crate under test is used, and nothing is optimised.

use sha2::{Digest, Sha256};

use loopback::Request;

/// The `authorization` header that a request ought to have, for the headers that it says are signed.
pub fn authorization(request: &Request, key_id: &str, secret: &str, region: &str, service: &str) -> String {
    let sent = request.header("authorization");
    let signed = sent.split("SignedHeaders=").nth(1).unwrap().split(',').next().unwrap();
    let time = request.header("x-amz-date");
    let day = &time[..8];
    let scope = format!("{day}/{region}/{service}/aws4_request");

    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let mut parameters: Vec<_> = query.split('&').filter(|parameter| !parameter.is_empty()).collect();
    parameters.sort_unstable();
    let headers: String = signed.split(';').map(|name| format!("{name}:{}\n", request.header(name))).collect();
    let canonical = format!(
        "{}\n{}\n{}\n{headers}\n{signed}\n{}",
        request.method,
        // Encoded once more than it is sent, as all services but S3 want it.
        encode(path),
        parameters.join("&"),
        hex(&hash(&request.body)),
    );
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex(&hash(canonical.as_bytes())));

    let mut key = format!("AWS4{secret}").into_bytes();
    for part in [day, region, service, "aws4_request"] {
        key = hmac(&key, part.as_bytes());
    }
    let signature = hex(&hmac(&key, to_sign.as_bytes()));
    format!("AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={signed}, Signature={signature}")
}

fn encode(path: &str) -> String {
    path.bytes().fold(String::new(), |mut encoded, byte| {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
        encoded
    })
}

fn hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

/// RFC 2104.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = if key.len() > 64 { hash(key) } else { key.to_vec() };
    block.resize(64, 0);
    let pad = |with: u8| block.iter().map(|byte| byte ^ with).collect::<Vec<_>>();
    let inner = hash(&[pad(0x36), text.to_vec()].concat());
    hash(&[pad(0x5c), inner].concat())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
