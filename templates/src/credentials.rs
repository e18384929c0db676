//! AWS credentials and bearer tokens, the providers that load them, and SigV4, which signs with them.

#[cfg(feature = "credentials")]
#[doc(inline)]
pub use crate::runtime::auth::credentials::{AssumeRole, CredentialChain};
#[doc(inline)]
pub use crate::runtime::auth::credentials::{
    Credentials, CredentialsCache, CredentialsError, CredentialsFuture, EnvironmentCredentials, ProvideCredentials,
    ProviderOutcome,
};
#[doc(inline)]
pub use crate::runtime::auth::sign;
#[doc(inline)]
pub use crate::runtime::auth::token::{BearerToken, ProvideToken, TokenFuture};
