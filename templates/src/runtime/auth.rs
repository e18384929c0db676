//! Identities of callers: credentials and their providers, bearer tokens, the cache of both, and SigV4 signatures.
//!
//! This room never reads a `Config`: a provider works from a context of environment, profile, region, HTTP client and clock.

pub(crate) mod cache;
pub(crate) mod context;
pub mod credentials;
mod error;
pub(crate) mod identity;
#[cfg(feature = "credentials")]
pub(crate) mod mfa;
#[cfg(feature = "credentials")]
mod request;
#[cfg(feature = "credentials")]
mod secret_file;
pub mod sign;
#[cfg(feature = "credentials")]
mod sso;
pub mod token;
#[cfg(feature = "credentials")]
mod values;
