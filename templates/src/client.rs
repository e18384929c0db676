//! Calls and what they are made of, as types that are generic over the service or the operation.
//!
//! A crate or module of a service has names of its own for them: `Client`, `Error`, and one for the call of each operation.

#[cfg(feature = "blocking")]
#[doc(inline)]
pub use crate::runtime::call::Blocking;
#[doc(inline)]
pub use crate::runtime::call::builder::Call;
#[doc(inline)]
pub use crate::runtime::call::client::Client;
#[doc(inline)]
pub use crate::runtime::call::paginate::{Items, PageSize, Paginated, Paginator};
#[doc(inline)]
pub use crate::runtime::call::{CustomizedCall, RequestId, Response, ResponseMeta, Sending, SendingWithMeta};
#[doc(inline)]
pub use crate::runtime::endpoint::{AuthScheme, Endpoint, EndpointError, EndpointParam, Param, Params, Scheme};
#[doc(inline)]
pub use crate::runtime::error::Error;
#[doc(inline)]
pub use crate::runtime::protocol::operation::{
    Auth, Checksum, Exception, Operation, OperationInfo, Repeat, Service, ServiceInfo, Visitor,
};
#[doc(inline)]
pub use crate::runtime::protocol::received::Received;
#[doc(inline)]
pub use crate::runtime::shape::builder::Builder;
#[doc(inline)]
pub use crate::runtime::shape::collect::{IntoEntries, IntoItems, IntoValue, Maybe};
#[doc(inline)]
pub use crate::runtime::shape::derive::Tolerant;
#[doc(inline)]
pub use crate::runtime::shape::traits::{Enumeration, Shape};
// Every structure implements these two, and no program calls their methods: the documentation would list them on each page.
#[doc(hidden)]
pub use crate::runtime::{protocol::operation::Output, shape::traits::Structure};
