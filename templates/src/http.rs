//! HTTP: the contract of a transport, bodies, and the default client.

#[cfg(feature = "blocking")]
#[doc(inline)]
pub use crate::runtime::http::ByteReader;
#[cfg(feature = "client")]
#[doc(inline)]
pub use crate::runtime::http::hyper::{HyperClient, Proxy};
#[doc(inline)]
pub use crate::runtime::http::{
    Body, ByteStream, Exchange, HttpClient, Lane, Limits, ProxyError, ProxyErrorKind, ReadError, TransportError,
};
