//! Errors of calls: what failed, what the service responded, and whether another attempt may succeed.
//!
//! Every room above this one raises these errors. This room never decides to retry: `call::retry` does.

pub(crate) mod answer;
pub(crate) mod failure;
pub(crate) mod retry_class;

pub(crate) use failure::{Cause, Failed, Failure};
pub use failure::{Error, ErrorKind};
pub(crate) use retry_class::RetryClass;
