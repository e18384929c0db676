//! The half of this client that no model changes: configuration, signing, HTTP, retries, JSON both ways, errors.
//!
//! Nothing here knows an operation or a shape. Emitted modules implement [`Structure`], [`Operation`] and [`Service`];
//! everything that happens on a call is written once, here, over those traits.

mod answer;
mod attempts;
pub mod bind;
pub mod blob;
pub mod builder;
pub mod byte_stream;
pub mod call;
mod checksum;
pub mod client;
mod clock;
pub mod collect;
pub mod config;
pub mod credentials;
pub mod debug;
pub mod derive;
pub mod document;
pub mod endpoint;
pub mod enumeration;
pub mod environment;
pub mod error;
pub mod exception;
pub mod given;
mod gzip;
mod hash;
mod header;
pub mod http;
#[cfg(feature = "client")]
pub mod hyper;
mod identity;
mod json;
mod kept;
pub mod limit;
mod lookup;
pub mod member;
pub mod operation;
pub mod paginate;
mod percent;
mod prepare;
pub mod profile;
mod random;
mod read;
pub mod reading;
pub mod received;
pub mod retry;
pub mod scalar;
#[cfg(feature = "aws-config")]
mod sdk_config;
mod send;
mod settings;
pub mod shape;
pub mod sign;
mod structure;
pub mod table;
pub mod text;
pub mod timestamp;
pub mod token;
#[cfg(feature = "wire")]
pub mod wire;
mod write;

pub use blob::Blob;
pub use builder::{Builder, builder, call};
pub use byte_stream::ByteStream;
pub use call::{Call, Sending};
pub use client::Client;
pub use collect::{extend, extend_map};
pub use config::{Config, Timeouts};
pub use derive::{enumeration, structure};
pub use document::Document;
pub use error::{Error, ErrorKind};
pub use exception::ErrorBody;
pub use given::{Complete, Given, Set, inputs};
pub use limit::RateLimit;
pub use member::{
    Location, Member, Payload, TimestampFormat, body, header, label, payload, prefix_headers, query, query_map, status,
};
pub use operation::{Auth, Checksum, Exception, Info, Operation, Output, Repeat, Service, ServiceInfo, Visitor};
pub use paginate::{Items, Paginated, Paginator};
pub use reading::{Reading, Source};
pub use received::Received;
pub use retry::Retry;
pub use serde_core::{Deserializer, Serializer};
pub use shape::{Enumeration, Fields, FieldsMut, Form, Piece, Read, Shape, Structure, Write};
pub use table::{members, recursive, variants};
pub use timestamp::DateTime;
