//! AWS credentials and the providers that load them.
//!
//! [`Credentials`] are the provider of themselves. [`EnvironmentCredentials`] reads environment variables, `CredentialChain`
//! looks wherever AWS's own tools look, and `AssumeRole` exchanges credentials for those of a role. Other providers
//! implement [`ProvideCredentials`]. Calls take credentials from a [`CredentialsCache`]. No credentials are ever shown.

#[cfg(feature = "credentials")]
mod assume_role;
mod cache;
#[cfg(feature = "credentials")]
mod chain;
#[cfg(feature = "credentials")]
mod container;
mod default;
mod environment;
#[cfg(feature = "credentials")]
mod imds;
#[cfg(feature = "credentials")]
mod json;
mod keys;
#[cfg(feature = "credentials")]
mod login;
#[cfg(feature = "credentials")]
mod process;
#[cfg(feature = "credentials")]
mod profile;
#[cfg(feature = "credentials")]
mod sso;
#[cfg(feature = "credentials")]
mod sts;

#[cfg(feature = "credentials")]
pub use assume_role::AssumeRole;
pub use cache::CredentialsCache;
#[cfg(feature = "credentials")]
pub use chain::CredentialChain;
pub(crate) use default::default_provider;
pub use environment::EnvironmentCredentials;
pub use keys::{Credentials, CredentialsFuture, ProvideCredentials};

pub use super::error::{CredentialsError, ProviderOutcome};
