//! The half of this client that no model changes: configuration, signing, HTTP, retries, JSON both ways, errors.
//!
//! Nothing here knows an operation or a shape. Emitted modules implement [`Structure`], [`Operation`] and [`Service`];
//! everything that happens on a call is written once, here, over those traits.

pub mod blob;
pub mod credentials;
pub mod debug;
pub mod derive;
pub mod document;
pub mod endpoint;
pub mod environment;
pub mod error;
pub mod given;
pub mod member;
pub mod operation;
pub mod profile;
mod read;
pub mod reading;
pub mod scalar;
pub mod shape;
pub mod text;
pub mod timestamp;
mod write;
pub mod sign;

pub use blob::Blob;
pub use derive::{enumeration, structure};
pub use document::Document;
pub use given::{Given, Set, Unset};
pub use member::{Location, Member, TimestampFormat, body, header, label, payload, prefix_headers, query, query_map, status};
pub use operation::{Auth, Checksum, Exception, Info, Operation, Output, Repeat, Service, ServiceInfo};
pub use reading::{Reading, Source};
pub use serde_core::Deserializer;
pub use shape::{Enumeration, Fields, Form, Payload, Piece, Read, Structure, Write};
pub use timestamp::DateTime;
pub use write::Boxed;
