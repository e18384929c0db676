//! Errors of a transport: why an exchange failed, and what that says about another attempt.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::proxy_error::ProxyError;
use crate::runtime::base::text::one_line;

/// Why an exchange failed, and whether the service may have seen the request.
#[derive(Debug)]
pub struct TransportError {
    sent: bool,
    timeout: bool,
    remedy: Remedy,
    /// The proxy on the way, by host and port.
    proxy: Option<Arc<str>>,
    source: Box<dyn StdError + Send + Sync>,
}

/// What can mend an exchange that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remedy {
    /// Another attempt.
    Retry,
    /// Nothing that the client does: the server has to change.
    None,
    /// A change of the program or of its settings.
    Configuration,
}

impl TransportError {
    /// Nothing of the request was written: no name, no connection, no TLS.
    pub fn not_sent(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { sent: false, timeout: false, remedy: Remedy::Retry, proxy: None, source: source.into() }
    }

    /// The request, or some of it, may have reached the service. What is not known belongs here.
    pub fn ambiguous(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { sent: true, timeout: false, remedy: Remedy::Retry, proxy: None, source: source.into() }
    }

    /// Says that time ran out.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.timeout = true;
        self
    }

    /// Says that another attempt would fail in the same way: the server's certificate is not trusted, for example. The call
    /// is then not repeated.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.remedy = Remedy::None;
        self
    }

    /// Says that the program or its settings have to change: a runtime without an I/O driver, a file of certificates that
    /// cannot be read. The call is not repeated, and its error is of the kind `Config`.
    #[must_use]
    pub fn misconfigured(mut self) -> Self {
        self.remedy = Remedy::Configuration;
        self
    }

    /// Whether another attempt would fail in the same way.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.remedy != Remedy::Retry
    }

    /// Whether the program or its settings have to change.
    #[must_use]
    pub fn is_misconfigured(&self) -> bool {
        self.remedy == Remedy::Configuration
    }

    /// Says that the exchange went through a proxy, by its host and port.
    #[must_use]
    pub fn through(mut self, proxy: &Arc<str>) -> Self {
        self.proxy = Some(proxy.clone());
        self
    }

    /// The host and port of the proxy on the way, whether it is the proxy that failed ([`ProxyError`] is the source then)
    /// or what is behind it.
    #[must_use]
    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref().or_else(|| Some(self.source.downcast_ref::<ProxyError>()?.proxy()))
    }

    /// The same error of a proxy, with the text of what it was at its root.
    #[cfg(feature = "client")]
    pub(super) fn because_of(self, proxy: ProxyError) -> Self {
        let source = proxy.caused_by(self.root());
        Self { source: source.into(), ..self }
    }

    /// The root cause.
    fn root(&self) -> &(dyn StdError + 'static) {
        let mut root: &(dyn StdError + 'static) = &*self.source;
        while let Some(source) = root.source() {
            root = source;
        }
        root
    }

    /// Whether some of the request may have been written.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        self.sent
    }

    /// The error with the host and port of the request's URL, and what is at its root, in one line.
    pub(crate) fn describe_for(&self, url: &::http::Uri) -> String {
        let root = one_line(&self.root().to_string()).to_string();
        let mut host = HostAndPort(url).to_string();
        if let Some(proxy) = &self.proxy {
            host = format!("{host} through the proxy {proxy}");
        }
        match (self.is_misconfigured(), self.sent, self.timeout) {
            (true, ..) => root,
            (_, false, false) => format!("no connection to {host}: {root}"),
            (_, false, true) => format!("no connection to {host} in time: {root}"),
            (_, true, false) => format!("the connection to {host} failed before the whole response came: {root}"),
            (_, true, true) => format!("the response of {host} did not come in time: {root}"),
        }
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timeout
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.sent, self.timeout) {
            (false, false) => "no connection",
            (false, true) => "no connection in time",
            (true, false) => "the connection failed before the whole response came",
            (true, true) => "the response did not come in time",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// The host and port of a URL: all of it that an error shows. The port is that of the scheme where the URL has none.
pub(crate) struct HostAndPort<'a>(pub(crate) &'a ::http::Uri);

impl fmt::Display for HostAndPort<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let implied = if self.0.scheme() == Some(&::http::uri::Scheme::HTTP) { 80 } else { 443 };
        write!(f, "{}:{}", self.0.host().unwrap_or("no host"), self.0.port_u16().unwrap_or(implied))
    }
}
