//! Origins: the places that requests go to, and the ways there.

use std::sync::Arc;

use ::http::uri::Authority;

use super::proxy::ProxyServer;
use crate::runtime::http::TransportError;

/// The origin of a connection: connections of different origins are not exchanged.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) tls: bool,
    pub(super) authority: Authority,
    /// The proxy on the way.
    pub(super) proxy: Option<Arc<ProxyServer>>,
}

impl Origin {
    /// The host, without brackets.
    pub(super) fn host(&self) -> &str {
        self.authority.host().trim_start_matches('[').trim_end_matches(']')
    }

    pub(super) fn port(&self) -> u16 {
        self.authority.port_u16().unwrap_or(if self.tls { 443 } else { 80 })
    }

    /// The proxy that requests are sent to in full, as they are without a tunnel.
    pub(super) fn relay(&self) -> Option<&ProxyServer> {
        self.proxy.as_deref().filter(|_| !self.tls)
    }

    /// The error of an exchange with the origin, which names the proxy on the way.
    pub(super) fn failed(&self, error: TransportError) -> TransportError {
        match &self.proxy {
            Some(proxy) => error.through(proxy.name()),
            None => error,
        }
    }
}
