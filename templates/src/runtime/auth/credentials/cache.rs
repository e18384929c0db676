//! The cache of a provider's credentials.

use std::fmt;
use std::time::SystemTime;

use super::keys::{Credentials, CredentialsFuture, ProvideCredentials};
use crate::runtime::auth::error::CredentialsError;
use crate::runtime::auth::identity::{Identity, IdentityCache};
use crate::runtime::base::threads::{MaybeSend, MaybeSync};
use crate::runtime::base::time;

/// A cache of the credentials of a provider. Clones share it.
///
/// - The provider is asked when credentials are first needed, once at a time in each Tokio runtime: other calls of the runtime
///   wait for the same result, be it credentials or an error. A call that stops waiting does not stop the provider.
/// - From five minutes before they expire (or half their life, where that is shorter) new ones are loaded in the
///   background, while the old ones serve. Where that fails, the old ones serve on, and the provider is asked again.
/// - After a failure the provider is not asked for one second, then two, at most thirty. Calls without credentials that
///   serve get the same error meanwhile.
/// - Credentials that a service refuses as expired or unknown do not serve again: the next call asks the provider. It does so
///   at most every thirty seconds, because the provider may return the same ones.
#[derive(Clone)]
pub struct CredentialsCache {
    identities: IdentityCache,
}

impl CredentialsCache {
    /// A cache for a provider. The provider is not asked yet.
    pub fn new(provider: impl ProvideCredentials + 'static) -> Self {
        Self::with_clock(provider, time::now)
    }

    /// The same as [`new`](Self::new), with another clock to compare expiry times with.
    pub fn with_clock(
        provider: impl ProvideCredentials + 'static,
        clock: impl Fn() -> SystemTime + MaybeSend + MaybeSync + 'static,
    ) -> Self {
        Self { identities: IdentityCache::of_credentials(Box::new(provider), Box::new(clock)) }
    }

    /// The credentials, at once where they are cached.
    ///
    /// # Errors
    /// There are none that serve, and the provider failed to load some, now or a moment ago.
    pub async fn get(&self) -> Result<Credentials, CredentialsError> {
        match self.identities.get().await? {
            Identity::Keys(credentials) => Ok(credentials),
            Identity::Token(_) => {
                Err(CredentialsError::failed("provider", "it returned a token instead of credentials"))
            }
        }
    }

    /// The same cache, of identities.
    pub(crate) fn identities(&self) -> &IdentityCache {
        &self.identities
    }
}

/// A cache is a provider as well: a role can be assumed with the credentials in it.
impl ProvideCredentials for CredentialsCache {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.get())
    }
}

impl fmt::Debug for CredentialsCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CredentialsCache").field(&self.identities).finish()
    }
}
