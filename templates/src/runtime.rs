//! The half of this client that no model changes, in twelve rooms.
//!
//! | room | what lives there |
//! |---|---|
//! | `base` | environment, profile files, clock, randomness, hashes, JSON text |
//! | `http` | the contract of a transport, bodies, the default client on hyper |
//! | `endpoint` | functions of endpoint rule sets, partitions, parameters |
//! | `shape` | members, the walks that write and read shapes, builders, primitives |
//! | `protocol` | restJson1: operations, binding a request, reading a response |
//! | `error` | kinds of failure and their class for retries |
//! | `auth` | credentials and their chain, tokens, their cache, SigV4 |
//! | `config` | the configuration, and where its settings were found |
//! | `call` | client, call, attempts, retries, pages |
//! | `sdk` | clients and configurations by the names of the AWS SDK for Rust |
//! | `testing` | the server's half of the protocol, a mock and a stand-in for tests without AWS |
//! | `wire` | requests and responses by operation name, without a socket |
//!
//! **Invariant:** a room imports only rooms above it in this table. A test reads the imports. Emitted code implements
//! `Structure`, `Operation` and `Service`, and reaches the rooms through `__private` only; nothing here knows an emitted item.

#[doc(hidden)]
pub mod __private;
pub mod auth;
pub mod base;
pub mod call;
pub mod config;
pub mod endpoint;
pub mod error;
pub mod http;
pub mod protocol;
#[cfg(feature = "sdk_compat")]
pub mod sdk;
pub mod shape;
#[cfg(any(feature = "mock", feature = "stand_in"))]
pub mod testing;
#[cfg(feature = "wire")]
pub mod wire;

pub use auth::{credentials, sign, token};
pub use base::{environment, host, profile};
pub use call::builder::Call;
pub use call::client::Client;
pub use call::paginate::{Items, PageSize, Paginated, Paginator};
pub use call::{CustomizedCall, RequestId, Response, ResponseMeta, Sending, SendingWithMeta};
pub use config::{
    AfterAttempt, AfterCall, BeforeSigning, Config, HeadersMut, Intercept, InterceptError, RateLimit, Retry, Timeouts,
};
pub use error::{Error, ErrorKind, ErrorMetadata, ProvideErrorMetadata};
pub use http::ByteStream;
pub use protocol::operation::{Exception, Operation, Output, Repeat, Service, ServiceInfo, Visitor};
pub use protocol::received::Received;
pub use shape::blob::Blob;
pub use shape::builder::Builder;
pub use shape::derive::Tolerant;
pub use shape::document::Document;
pub use shape::member::TimestampFormat;
pub use shape::timestamp::DateTime;
pub use shape::traits::{Enumeration, Shape, Structure};
