//! Calls: the client, the builder of a call, attempts and retries, and pages.
//!
//! This room sends requests and decides what is sent again. It never knows a format: `protocol` binds requests and reads
//! responses. A file imports only files above it in this list.

pub(crate) mod retry;

pub(crate) mod core;

pub(crate) mod response;

pub(crate) mod classify;
pub(crate) mod trace;

pub mod meta;

pub(crate) mod execution;

mod identity;
mod prepare;

mod areas;
mod example;
#[cfg(feature = "mock")]
pub(crate) mod mark;

mod aside;
mod attempts;
pub(crate) mod send;

pub(crate) mod sending;

pub mod client;
pub mod paginate;

mod collect;
pub mod customize;

pub mod builder;

#[cfg(feature = "blocking")]
pub(crate) mod blocking;

#[cfg(feature = "blocking")]
pub use blocking::Blocking;
pub use customize::CustomizedCall;
pub use meta::{RequestId, Response, ResponseMeta};
pub use sending::{Sending, SendingWithMeta};
