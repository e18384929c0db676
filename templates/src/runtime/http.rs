//! HTTP: the contract of a transport, bodies and byte streams, and the default client on hyper.
//!
//! This room never names an operation, a credential or a setting of a service: it carries requests and responses.

pub mod byte_stream;
#[cfg(feature = "client")]
pub mod hyper;
pub mod transport;

pub use byte_stream::ByteStream;
pub(crate) use transport::HostAndPort;
pub use transport::{Body, Exchange, HttpClient, Limits, ReadError, TransportError};
