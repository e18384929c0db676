//! Takes a provider; gives its credentials to every call, kept.

use std::fmt;
use std::time::SystemTime;

use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::runtime::auth::cache::{Kept, Source};
use crate::runtime::auth::identity::Identity;

/// The credentials of a provider, kept. Clones share them.
///
/// - The provider is asked when credentials are first needed, and never by two calls at once: the others wait for the
///   one answer, be it credentials or an error.
/// - From five minutes before they expire (or half their life, where that is shorter) new ones are asked for in the
///   background, while the old ones serve. When that fails they serve on, and it is tried again.
/// - After a failure the provider is left alone for a second, then two, at most thirty. Where there are no credentials to
///   serve, calls get the same error meanwhile.
/// - What a service refuses as expired or unknown does not serve again: the next call asks the provider. It does so at
///   most every thirty seconds, for the provider may go on giving the same.
#[derive(Clone)]
pub struct CredentialsCache {
    kept: Kept,
}

impl CredentialsCache {
    /// Keeps the credentials of a provider. Asks it nothing yet.
    pub fn new(provider: impl ProvideCredentials + 'static) -> Self {
        Self::with_clock(provider, SystemTime::now)
    }

    /// As [`new`](Self::new), with another clock to compare expiry times with.
    pub fn with_clock(
        provider: impl ProvideCredentials + 'static,
        clock: impl Fn() -> SystemTime + Send + Sync + 'static,
    ) -> Self {
        Self { kept: Kept::new(Source::Keys(Box::new(provider)), Box::new(clock)) }
    }

    /// The credentials, at once where they are held.
    ///
    /// # Errors
    /// What the provider said, when there are none to serve.
    pub async fn get(&self) -> Result<Credentials, CredentialsError> {
        match self.kept.get().await? {
            Identity::Keys(credentials) => Ok(credentials),
            Identity::Token(_) => Err(CredentialsError::failed("provider", "gave a token instead of credentials")),
        }
    }

    /// What keeps them.
    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
    }
}

/// A cache is a provider, too: a role can be assumed from what it holds.
impl ProvideCredentials for CredentialsCache {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.get())
    }
}

impl fmt::Debug for CredentialsCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CredentialsCache").field(&self.kept).finish()
    }
}
