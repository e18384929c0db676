//! URLs and their parts (`parseURL`).

use std::net::Ipv6Addr;

use super::host::is_ipv4;
use crate::runtime::base::percent::push_encoded;
use crate::runtime::base::text::split_scheme;

/// An HTTP or HTTPS URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'static str,
    /// Host and port, as written.
    pub authority: &'a str,
    /// The path, as written: empty, or with a slash before it.
    pub path: &'a str,
    /// Whether the host is an IPv4 or IPv6 address.
    pub is_ip: bool,
}

impl Url<'_> {
    /// The path with a slash at both ends, without empty, `.` and `..` segments, percent-encoded.
    #[must_use]
    pub fn normalized_path(&self) -> String {
        let mut segments = Vec::new();
        for segment in self.path.split('/') {
            match segment {
                "" | "." => {}
                ".." => _ = segments.pop(),
                segment => segments.push(segment),
            }
        }
        let mut path = String::from("/");
        for segment in &segments {
            push_encoded(&mut path, segment.as_bytes(), false);
            path.push('/');
        }
        path
    }
}

/// The parts of a URL; `None` where the string is none, is neither HTTP nor HTTPS, or has a query.
///
/// User information and fragments are refused as well: no endpoint has one, and a password must not end up in a URL
/// that is logged.
#[must_use]
pub fn parse_url(value: &str) -> Option<Url<'_>> {
    if value.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let (scheme, rest) = split_scheme(value)?;
    let scheme = match scheme {
        _ if scheme.eq_ignore_ascii_case("http") => "http",
        _ if scheme.eq_ignore_ascii_case("https") => "https",
        _ => return None,
    };
    // An empty query is none.
    let rest = rest.strip_suffix('?').unwrap_or(rest);
    if rest.contains(['?', '#']) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    Some(Url { scheme, authority, path, is_ip: host_is_ip(authority)? })
}

/// Whether the host of an authority is an address; `None` where the authority is not a host and perhaps a port.
fn host_is_ip(authority: &str) -> Option<bool> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let address = address.split_once('%').map_or(address, |(address, _zone)| address);
        address.parse::<Ipv6Addr>().ok()?;
        return (port.is_empty() || port.strip_prefix(':').is_some_and(is_port)).then_some(true);
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let valid = !host.is_empty() && is_port(port) && !host.contains(['@', '[', ']', '\\', '%']);
    valid.then(|| is_ipv4(host))
}

/// Whether a text is the number of a port, or empty, which stands for the scheme's own.
fn is_port(port: &str) -> bool {
    port.is_empty()
        || (port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u64>().is_ok_and(|port| port <= u16::MAX.into()))
}
