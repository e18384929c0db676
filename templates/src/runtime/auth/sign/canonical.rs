//! The canonical form of a request, which is hashed and signed.
//!
//! See "Create a signed AWS API request" in the AWS Identity and Access Management User Guide, steps 1 to 3.

use std::ops::Range;

use ::http::header::HOST;
use ::http::{HeaderMap, Uri};

use super::date::SigningTime;
use super::error::SignError;
use crate::runtime::base::hash::{hex, sha256};

/// The name of SigV4's algorithm.
pub(super) const HMAC: &str = "AWS4-HMAC-SHA256";

/// The name of SigV4a's algorithm, which is also a part of what its keys follow from.
#[cfg(feature = "sigv4a")]
pub(super) const ECDSA: &str = "AWS4-ECDSA-P256-SHA256";

/// The headers that are not signed, because proxies may change, add or drop them. The list is botocore's.
const UNSIGNED_HEADERS: [&str; 15] = [
    "authorization",
    "baggage",
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "traceparent",
    "tracestate",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-amzn-trace-id",
];

/// The encoding of a request's path in its signature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PathStyle {
    /// Dot segments and empty segments removed, and encoded once more than it is sent: every service but Amazon S3.
    #[default]
    Normalized,
    /// As it is sent: Amazon S3.
    Verbatim,
}

/// The parts of a request that are signed, already encoded as they are sent.
#[derive(Debug, Clone, Copy)]
pub struct RequestParts<'a> {
    /// The method.
    pub method: &'a str,
    /// The path.
    pub path: &'a str,
    /// The query string, without the question mark.
    pub query: &'a str,
    /// The URL whose host is signed where there is no `host` header.
    pub host: &'a Uri,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The hash of the body in hexadecimal digits, or what stands for it.
    pub body: &'a [u8],
    /// The encoding of the path.
    pub style: PathStyle,
}

/// The canonical form of a request.
#[derive(Debug, Clone)]
pub struct CanonicalRequest {
    // Bytes, for a header value need not be Unicode.
    text: Vec<u8>,
    signed_headers: Range<usize>,
}

impl CanonicalRequest {
    /// The canonical form of these parts.
    ///
    /// # Errors
    /// [`SignError::NoHost`].
    pub fn new(parts: &RequestParts<'_>) -> Result<Self, SignError> {
        let host_is_set = parts.headers.contains_key(HOST);
        let mut names: Vec<Pair<'_>> = Vec::with_capacity(parts.headers.keys_len() + 1);
        for name in parts.headers.keys() {
            if is_signed(name.as_str()) {
                insert(&mut names, (name.as_str(), ""));
            }
        }
        if !host_is_set {
            insert(&mut names, ("host", ""));
        }

        // Most requests fit, and none is copied more than once or twice.
        let mut text = Vec::with_capacity(512 + parts.path.len() + parts.query.len());
        text.extend_from_slice(parts.method.as_bytes());
        text.push(b'\n');
        match parts.style {
            PathStyle::Normalized => push_path(&mut text, parts.path),
            PathStyle::Verbatim => text.extend_from_slice(parts.path.as_bytes()),
        }
        text.push(b'\n');
        push_query(&mut text, parts.query);
        text.push(b'\n');
        for &(name, _) in &names {
            text.extend_from_slice(name.as_bytes());
            text.push(b':');
            if name == "host" && !host_is_set {
                push_host(&mut text, parts.host)?;
            } else {
                push_values(&mut text, parts.headers, name);
            }
            text.push(b'\n');
        }
        text.push(b'\n');
        let start = text.len();
        for (index, (name, _)) in names.iter().enumerate() {
            if index > 0 {
                text.push(b';');
            }
            text.extend_from_slice(name.as_bytes());
        }
        let signed_headers = start..text.len();
        text.push(b'\n');
        text.extend_from_slice(parts.body);
        Ok(Self { text, signed_headers })
    }

    /// The canonical request itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.text
    }

    /// The names of the signed headers, as the signature lists them.
    #[must_use]
    pub fn signed_headers(&self) -> &[u8] {
        self.text.get(self.signed_headers.clone()).unwrap_or_default()
    }

    /// Passes the string to sign to a function, in pieces: algorithm, time, scope, and the hash of the canonical request.
    pub fn string_to_sign(&self, stamp: &SigningTime, region: &str, service: &str, to: impl FnMut(&[u8])) {
        self.lines([HMAC, "\n", stamp.time(), "\n", stamp.day(), "/", region, "/", service], to);
    }

    /// The same for SigV4a, whose scope names no region.
    #[cfg(feature = "sigv4a")]
    pub(super) fn string_to_sign_for_regions(&self, stamp: &SigningTime, service: &str, to: impl FnMut(&[u8])) {
        self.lines([ECDSA, "\n", stamp.time(), "\n", stamp.day(), "/", service], to);
    }

    fn lines<const N: usize>(&self, parts: [&str; N], mut to: impl FnMut(&[u8])) {
        for part in parts {
            to(part.as_bytes());
        }
        to(b"/aws4_request\n");
        to(&hex(&sha256(&self.text)));
    }
}

/// The value of the `host` header for a URL.
///
/// # Errors
/// [`SignError::NoHost`].
pub fn host(uri: &Uri) -> Result<String, SignError> {
    let mut text = Vec::new();
    push_host(&mut text, uri)?;
    String::from_utf8(text).map_err(|_| SignError::NoHost)
}

/// Appends the `host` header of a URL: lower case, without user and without the scheme's own port.
fn push_host(text: &mut Vec<u8>, uri: &Uri) -> Result<(), SignError> {
    let Some(host @ [_, ..]) = uri.host().map(str::as_bytes) else { return Err(SignError::NoHost) };
    for byte in host {
        text.push(byte.to_ascii_lowercase());
    }
    let own = match uri.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    };
    if let Some(port) = uri.port_u16().filter(|&port| own != Some(port)) {
        text.extend_from_slice(format!(":{port}").as_bytes());
    }
    Ok(())
}

/// A name, and a value where it has one here.
type Pair<'a> = (&'a str, &'a str);

/// Inserts a pair in its place among sorted ones. There are a dozen of them, and a sort would be many times as much code.
fn insert<'a>(pairs: &mut Vec<Pair<'a>>, pair: Pair<'a>) {
    let at = pairs.partition_point(|other| *other < pair);
    pairs.insert(at, pair);
}

fn is_signed(name: &str) -> bool {
    !UNSIGNED_HEADERS.contains(&name)
}

/// The path without dot segments and empty segments (RFC 3986, section 5.2.4, and then some), encoded once more.
fn push_path(text: &mut Vec<u8>, path: &str) {
    let start = text.len();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                let parent = text[start..].iter().rposition(|&byte| byte == b'/').unwrap_or(0);
                text.truncate(start + parent);
            }
            _ => {
                text.push(b'/');
                push_encoded(text, segment);
            }
        }
    }
    if text.len() == start || path.ends_with('/') {
        text.push(b'/');
    }
}

/// Percent encoding of everything but RFC 3986's unreserved characters.
fn push_encoded(text: &mut Vec<u8>, segment: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in segment.as_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            text.push(byte);
        } else {
            text.extend_from_slice(&[b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
        }
    }
}

/// The parameters by name and then by value, each with an equals sign.
fn push_query(text: &mut Vec<u8>, query: &str) {
    if query.is_empty() {
        return;
    }
    let mut parameters = Vec::new();
    for parameter in query.split('&') {
        insert(&mut parameters, parameter.split_once('=').unwrap_or((parameter, "")));
    }
    for (index, (name, value)) in parameters.iter().enumerate() {
        if index > 0 {
            text.push(b'&');
        }
        text.extend_from_slice(name.as_bytes());
        text.push(b'=');
        text.extend_from_slice(value.as_bytes());
    }
}

/// The values of a header, joined by commas, each without space around it and with single spaces in it.
fn push_values(text: &mut Vec<u8>, headers: &HeaderMap, name: &str) {
    for (index, value) in headers.get_all(name).iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        let value = value.as_bytes();
        // Most values have no space, and the longest, which are tokens, never do.
        if !value.iter().any(u8::is_ascii_whitespace) {
            text.extend_from_slice(value);
            continue;
        }
        let start = text.len();
        let mut space = false;
        for &byte in value {
            if byte.is_ascii_whitespace() {
                space = text.len() > start;
                continue;
            }
            if std::mem::take(&mut space) {
                text.push(b' ');
            }
            text.push(byte);
        }
    }
}
