//! Takes nothing, a pair of keys or a provider; gives the credentials that calls are signed with, and never prints them.
//!
//! [`Credentials`] are themselves the provider that always answers the same. [`EnvironmentCredentials`] reads them from
//! environment variables, `CredentialChain` from wherever AWS's tools look for them, and `AssumeRole` trades them in
//! for those of a role. Anything else implements [`ProvideCredentials`]. [`CredentialsCache`] is what calls take them from.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use zeroize::Zeroizing;

use super::context::Context;

#[cfg(feature = "credentials")]
mod assume_role;
mod cache;
#[cfg(feature = "credentials")]
mod chain;
#[cfg(feature = "credentials")]
mod container;
mod environment;
mod error;
#[cfg(feature = "credentials")]
mod fetch;
#[cfg(feature = "credentials")]
mod imds;
#[cfg(feature = "credentials")]
mod parse;
#[cfg(feature = "credentials")]
mod process;
#[cfg(feature = "credentials")]
mod role;
#[cfg(feature = "credentials")]
mod service;
#[cfg(feature = "credentials")]
mod sign_in;
#[cfg(feature = "credentials")]
mod sso;
#[cfg(feature = "credentials")]
mod sso_token;
#[cfg(feature = "credentials")]
mod sts;

#[cfg(feature = "credentials")]
pub use assume_role::AssumeRole;
pub use cache::CredentialsCache;
#[cfg(feature = "credentials")]
pub use chain::CredentialChain;
pub use environment::EnvironmentCredentials;
pub use error::{CredentialsError, Place};
#[cfg(feature = "credentials")]
pub(crate) use sign_in::SignInToken;

/// What a provider's answer is awaited as.
pub type CredentialsFuture<'a> = Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// Gives credentials on demand.
///
/// A provider need not cache: the client asks it at its first call and again shortly before what it gave expires, and
/// never twice at a time.
pub trait ProvideCredentials: Send + Sync + fmt::Debug {
    /// Gives credentials.
    ///
    /// # Errors
    /// [`CredentialsError`] when there are none, or when they cannot be had now.
    fn credentials(&self) -> CredentialsFuture<'_>;
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn credentials(&self) -> CredentialsFuture<'_> {
        (**self).credentials()
    }
}

/// An access key, and what goes with it. Cloning it is cheap; `Debug` shows no more than the access key id and the expiry.
///
/// The secrets are overwritten in memory when the last clone is dropped. That narrows the time they can be found in; it is
/// no promise, for the file, the environment or the answer they came from is not in this crate's hands.
#[derive(Clone)]
pub struct Credentials {
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Option<Zeroizing<String>>,
    expires_at: Option<SystemTime>,
    account_id: Option<String>,
}

impl Credentials {
    /// A key pair that has no session token and does not expire.
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        Self {
            inner: Arc::new(Inner {
                access_key_id: access_key_id.into(),
                secret_access_key: Zeroizing::new(secret_access_key.into()),
                session_token: None,
                expires_at: None,
                account_id: None,
            }),
        }
    }

    /// Adds the session token that temporary credentials are sent with.
    #[must_use]
    pub fn with_session_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.inner).session_token = Some(Zeroizing::new(token.into()));
        self
    }

    /// Says when the credentials stop being accepted.
    #[must_use]
    pub fn with_expires_at(mut self, time: SystemTime) -> Self {
        Arc::make_mut(&mut self.inner).expires_at = Some(time);
        self
    }

    /// Adds the id of the account that the credentials belong to.
    #[must_use]
    pub fn with_account_id(mut self, id: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.inner).account_id = Some(id.into());
        self
    }

    /// The access key id. It names the key and is no secret: every request carries it in the clear.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.inner.access_key_id
    }

    /// The secret access key.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        &self.inner.secret_access_key
    }

    /// The session token of temporary credentials.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.inner.session_token.as_ref().map(|token| token.as_str())
    }

    /// When the credentials stop being accepted, where that is known.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.inner.expires_at
    }

    /// The account that the credentials belong to, where that is known.
    #[must_use]
    pub fn account_id(&self) -> Option<&str> {
        self.inner.account_id.as_deref()
    }
}

/// Equal are the same key and token.
impl PartialEq for Credentials {
    fn eq(&self, other: &Self) -> bool {
        // Neither is an attacker's, so the comparison need not take constant time.
        Arc::ptr_eq(&self.inner, &other.inner)
            || (self.access_key_id() == other.access_key_id()
                && self.secret_access_key() == other.secret_access_key()
                && self.session_token() == other.session_token())
    }
}

impl Eq for Credentials {}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key_id", &self.access_key_id())
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}

/// The provider that always gives these.
impl ProvideCredentials for Credentials {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(ready(Ok(self.clone())))
    }
}

/// What gives credentials where a program sets no provider: the default chain, or, without the feature `credentials`, the
/// environment.
pub(crate) fn default_provider(context: Context) -> impl ProvideCredentials {
    #[cfg(feature = "credentials")]
    return CredentialChain::of(context);
    #[cfg(not(feature = "credentials"))]
    EnvironmentCredentials::new(context.environment)
}
