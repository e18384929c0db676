//! HTTP: the contract of a transport, bodies and byte streams, and the default client on hyper.
//!
//! This room never names an operation, a credential or a setting of a service: it carries requests and responses.

#[cfg(feature = "blocking")]
mod blocking;
mod body;
pub mod byte_stream;
mod error;
#[cfg(feature = "client")]
pub mod hyper;
mod proxy_error;
mod transport;

#[cfg(feature = "blocking")]
pub use blocking::ByteReader;
pub use body::{Body, ReadError};
pub use byte_stream::ByteStream;
pub(crate) use error::HostAndPort;
pub use error::TransportError;
pub use proxy_error::{ProxyError, ProxyErrorKind};
pub use transport::{Exchange, HttpClient, Lane, Limits};
