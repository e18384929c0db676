//! Errors of proxies.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use ::http::StatusCode;

use crate::runtime::base::text::one_line;

/// A proxy did not do its part. It is the source of a [`TransportError`](super::TransportError), and its text is whole: it
/// names the proxy by host and port, never its user or password.
#[derive(Debug, Clone)]
pub struct ProxyError {
    proxy: Arc<str>,
    kind: ProxyErrorKind,
    cause: Option<String>,
}

/// The part that a proxy did not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProxyErrorKind {
    /// There was no connection to the proxy.
    Unreachable,
    /// The TLS handshake with the proxy itself failed.
    Tls,
    /// The proxy asks for a user and a password (status 407 or 401), and none are set.
    CredentialsMissing,
    /// The proxy refuses the user and the password that are set (status 407 or 401).
    CredentialsRefused,
    /// The proxy does not open the tunnel, and says so by this status.
    Refused(u16),
    /// The proxy closed the connection, or reset it, before the tunnel was open.
    Closed,
    /// The proxy wrote something else than the head of a response.
    Malformed,
    /// Time ran out before there was a connection through the proxy.
    Timeout,
}

#[cfg_attr(not(feature = "client"), allow(dead_code, reason = "made by the default client"))]
impl ProxyError {
    pub(super) fn new(proxy: &Arc<str>, kind: ProxyErrorKind) -> Self {
        Self { proxy: proxy.clone(), kind, cause: None }
    }

    /// Adds the text of what caused it.
    pub(super) fn caused_by(mut self, cause: &dyn StdError) -> Self {
        self.cause = Some(one_line(&cause.to_string()).to_string());
        self
    }

    /// The error of a proxy that responded with a status, which is none of success.
    pub(super) fn of_status(proxy: &Arc<str>, status: StatusCode, signed_in: bool) -> Self {
        // Whoever opens tunnels has no other use for 401: tinyproxy refuses a wrong password by it.
        let kind = match status {
            StatusCode::PROXY_AUTHENTICATION_REQUIRED | StatusCode::UNAUTHORIZED if signed_in => {
                ProxyErrorKind::CredentialsRefused
            }
            StatusCode::PROXY_AUTHENTICATION_REQUIRED | StatusCode::UNAUTHORIZED => ProxyErrorKind::CredentialsMissing,
            _ => ProxyErrorKind::Refused(status.as_u16()),
        };
        Self { cause: Some(format!("status {status}")), ..Self::new(proxy, kind) }
    }

    /// The host and port of the proxy.
    #[must_use]
    pub fn proxy(&self) -> &Arc<str> {
        &self.proxy
    }

    /// The step that failed at the proxy.
    #[must_use]
    pub fn kind(&self) -> ProxyErrorKind {
        self.kind
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = &self.proxy;
        let (before, after) = match self.kind {
            ProxyErrorKind::Unreachable => ("no connection to ", ""),
            ProxyErrorKind::Tls => ("no TLS with ", ""),
            ProxyErrorKind::CredentialsMissing => ("", " asks for a user and a password, and its URL has none"),
            ProxyErrorKind::CredentialsRefused => ("", " refuses the user and the password of its URL"),
            ProxyErrorKind::Refused(_) => ("", " did not open a tunnel"),
            ProxyErrorKind::Closed => ("", " closed the connection before a tunnel was open"),
            ProxyErrorKind::Malformed => ("", " did not answer CONNECT with an HTTP response"),
            ProxyErrorKind::Timeout => ("", " provided no connection in time"),
        };
        write!(f, "{before}the proxy {proxy}{after}")?;
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl StdError for ProxyError {}
