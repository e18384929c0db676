//! Errors of calls: what failed, what the service responded, and whether another attempt may succeed.
//!
//! Every room below this one in the table of `runtime.rs` raises these errors. This room never sends anything and never decides
//! to retry: it classifies, and `call::retry` decides. An error holds what it shows of a response, never the response.

pub(crate) mod classify;
pub(crate) mod failure;
mod metadata;
pub(crate) mod response;
#[cfg(feature = "sdk_compat")]
mod sdk;

pub(crate) use classify::RetryClass;
pub(crate) use failure::{Cause, Failed, Failure};
pub use failure::{Error, ErrorKind};
pub use metadata::{ErrorMetadata, ProvideErrorMetadata};
#[cfg(feature = "sdk_compat")]
pub use sdk::{MessageMember, ServiceError, Unhandled, error_of, metadata_of, sdk_exceptions, unwritten};
