//! A proxy: its URL, taken apart.

use std::sync::Arc;

use ::http::HeaderValue;
use ::http::uri::Authority;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::runtime::base::percent::decoded;
use crate::runtime::base::text::{one_line, public_url, split_scheme};

/// The address of a proxy, and the program's credentials for it.
#[derive(PartialEq, Eq)]
pub(in crate::runtime::http::hyper) struct ProxyServer {
    /// Whether TLS is spoken with the proxy itself.
    pub(in crate::runtime::http::hyper) tls: bool,
    /// The host, without brackets.
    pub(in crate::runtime::http::hyper) host: String,
    pub(in crate::runtime::http::hyper) port: u16,
    /// The value of `proxy-authorization`.
    pub(in crate::runtime::http::hyper) authorization: Option<HeaderValue>,
    /// Host and port, as errors show them.
    name: Arc<str>,
}

impl ProxyServer {
    /// A proxy from a URL.
    ///
    /// # Errors
    /// The text is not the URL of a host, or its scheme is not supported. The error shows no user and no password.
    pub(super) fn parse(url: &str) -> Result<Self, String> {
        let (scheme, rest) = split_scheme(url).unwrap_or(("http", url.strip_prefix("//").unwrap_or(url)));
        let not_a_url = || format!("{:?} is not the URL of a host", one_line(&public_url(url)).to_string());
        let tls = match scheme.to_ascii_lowercase().as_str() {
            "http" => false,
            "https" => true,
            _ => {
                let url = one_line(&public_url(url)).to_string();
                return Err(format!("{url:?} has a scheme other than http and https"));
            }
        };
        // A password may hold any character. What precedes the last @ is never a host.
        let (user, rest) = match rest.rsplit_once('@') {
            Some((user, rest)) => (Some(user), rest),
            None => (None, rest),
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let authority: Authority = authority.parse().map_err(|_| not_a_url())?;
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = match authority.as_str().rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
            Some((_, port)) => port.parse().ok().filter(|port| *port != 0).ok_or_else(not_a_url)?,
            None => {
                if tls {
                    443
                } else {
                    80
                }
            }
        };
        if host.is_empty() {
            return Err(not_a_url());
        }
        let name = format!("{}:{port}", authority.host()).into();
        let authorization = user.and_then(|user| {
            let (user, password) = user.split_once(':').unwrap_or((user, ""));
            basic(&decoded(user), &decoded(password))
        });
        Ok(Self { tls, host, port, authorization, name })
    }

    pub(super) fn with_basic_auth(&self, user: &str, password: &str) -> Self {
        let authorization = basic(user.as_bytes(), password.as_bytes());
        Self { tls: self.tls, host: self.host.clone(), port: self.port, authorization, name: self.name.clone() }
    }

    /// Host and port, as errors show them.
    pub(in crate::runtime::http::hyper) fn name(&self) -> &Arc<str> {
        &self.name
    }
}

/// The value of a header that signs in by name and password (RFC 7617).
fn basic(user: &[u8], password: &[u8]) -> Option<HeaderValue> {
    let value = format!("Basic {}", STANDARD.encode([user, b":", password].concat()));
    // Base64 is always the text of a header.
    let mut value = HeaderValue::try_from(value).ok()?;
    value.set_sensitive(true);
    Some(value)
}
