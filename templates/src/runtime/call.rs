//! Calls: the client, the builder of a call, attempts and retries, and pages.
//!
//! This room never knows a format: `protocol` binds requests and reads responses.

pub(crate) mod attempts;
pub mod builder;
pub mod client;
mod identity;
pub mod paginate;
mod prepare;
mod retry;
pub(crate) mod send;
