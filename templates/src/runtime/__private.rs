//! The façade that emitted code sees: every item of the runtime that it names, in one flat list.
//!
//! Emitted files import this module as `runtime`, so that files can move between rooms without a change of what is emitted.
//! Programs use the public modules of the crate instead.

pub use super::auth::token::BearerToken;
pub use super::call::Sending;
pub use super::call::builder::Call;
pub use super::call::client::Client;
pub use super::call::paginate::{Items, PageLimit, PageSize, Paginated, Paginator};
pub use super::config::{Config, RateLimit, Retry, Timeouts};
pub use super::endpoint;
pub use super::error::{Error, ErrorKind};
#[cfg(feature = "sdk_compat")]
pub use super::error::{ServiceError, Unhandled, error_of, metadata_of, sdk_exceptions, unwritten};
pub use super::http::ByteStream;
pub use super::protocol::exception::ErrorBody;
pub use super::protocol::operation::{
    Auth, Checksum, Exception, Operation, OperationInfo, Output, Repeat, Service, ServiceInfo, Visitor,
};
pub use super::protocol::received::Received;
pub use super::protocol::tables::{joined, joined_len};
#[cfg(feature = "sdk_compat")]
pub use super::sdk::{Client as SdkClient, client::sdk_operations};
pub use super::shape::blob::Blob;
pub use super::shape::builder::Builder;
pub use super::shape::collect::{
    IntoEntries, IntoItems, IntoValue, Many, Maybe, extend, extend_map, extend_map_some, extend_some, insert,
    insert_some,
};
pub use super::shape::context::{MemberValue, ReadContext};
pub use super::shape::declare::structure;
pub use super::shape::document::Document;
pub use super::shape::macros::{choices, members, recursive, types, variants};
pub use super::shape::member::{
    Location, Member, Payload, TimestampFormat, body, header, label, payload, prefix_headers, query, query_map, status,
};
pub use super::shape::required::{Complete, IsSet, Missing, Set, States, inputs};
#[cfg(feature = "builders")]
pub use super::shape::sdk::builders;
pub use super::shape::timestamp::DateTime;
pub use super::shape::traits::{Enumeration, Fields, FieldsMut, Fragment, Read, Shape, Structure, Write, WriteContext};
pub use super::shape::{context, debug, derive, enumeration};
pub use crate::{
    __areas as areas, __builder as builder, __enumeration as enumeration, __example as example,
    __exceptions as exceptions, __operation as operation, __operations as operations, __pages as pages,
    __request as request, __sdk_names as sdk_names,
};
pub use serde_core::{Deserializer, Serializer};

/// The start and the steps of a call's builder.
pub mod call {
    pub use crate::runtime::call::builder::{given, start};
}

/// The presence of members.
pub mod member {
    pub use crate::runtime::shape::member::{body, header, label, payload, prefix_headers, query, query_map, status};
}

/// The start and the steps of a structure's builder.
pub mod builder {
    pub use crate::runtime::shape::builder::{Builder, given, start};
}
