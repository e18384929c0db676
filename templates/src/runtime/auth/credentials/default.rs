//! The default provider of credentials, which serves where a program sets none.

#[cfg(feature = "credentials")]
use super::chain::CredentialChain;
#[cfg(not(feature = "credentials"))]
use super::environment::EnvironmentCredentials;
use super::keys::ProvideCredentials;
use crate::runtime::auth::context::Context;

/// The default chain, or, without the feature `credentials`, the variables of the environment.
pub(crate) fn default_provider(context: Context) -> impl ProvideCredentials {
    #[cfg(feature = "credentials")]
    return CredentialChain::of(context);
    #[cfg(not(feature = "credentials"))]
    EnvironmentCredentials::new(context.environment)
}
