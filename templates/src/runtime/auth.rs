//! Who a request comes from: credentials and their providers, bearer tokens, the cache of both, and SigV4 signatures.
//!
//! This room never reads a `Config`: a provider works from a context of environment, profile, region, HTTP client and clock.

pub(crate) mod cache;
pub(crate) mod context;
pub mod credentials;
pub(crate) mod identity;
pub mod sign;
pub mod token;
