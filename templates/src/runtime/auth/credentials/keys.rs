//! Credentials, which are a pair of keys with what belongs to them, and the trait of their providers.

use std::fmt;
use std::future::ready;
use std::sync::Arc;
use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::runtime::auth::error::CredentialsError;
use crate::runtime::base::threads::{BoxFuture, MaybeSend, MaybeSync};

/// The future of [`ProvideCredentials::credentials`].
pub type CredentialsFuture<'a> = BoxFuture<'a, Result<Credentials, CredentialsError>>;

/// A provider of credentials.
///
/// A provider need not cache. The client asks it at its first call and again shortly before the credentials expire, once at
/// a time in each Tokio runtime. The returned future runs as a task of that runtime, for two minutes at most, and goes on
/// when the call that needed it has ended.
pub trait ProvideCredentials: MaybeSend + MaybeSync + fmt::Debug {
    /// Loads credentials.
    ///
    /// # Errors
    /// There are none, or they cannot be loaded now.
    fn credentials(&self) -> CredentialsFuture<'_>;
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn credentials(&self) -> CredentialsFuture<'_> {
        (**self).credentials()
    }
}

/// An access key and what belongs to it. Cloning is cheap; `Debug` shows the access key id and the expiry, and nothing else.
///
/// The secrets are overwritten in memory when the last clone is dropped. That shortens the time in which they can be found
/// there, and is no promise: this crate does not control the file, the environment or the response that they came from.
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

    /// Sets the session token that temporary credentials are sent with.
    #[must_use]
    pub fn with_session_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.inner).session_token = Some(Zeroizing::new(token.into()));
        self
    }

    /// Sets when the credentials stop being accepted.
    #[must_use]
    pub fn with_expires_at(mut self, time: SystemTime) -> Self {
        Arc::make_mut(&mut self.inner).expires_at = Some(time);
        self
    }

    /// Sets the id of the account that the credentials belong to.
    #[must_use]
    pub fn with_account_id(mut self, id: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.inner).account_id = Some(id.into());
        self
    }

    /// The access key id, which names the key. It is no secret: every request shows it.
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

/// Credentials are equal where keys and session token are.
impl PartialEq for Credentials {
    fn eq(&self, other: &Self) -> bool {
        // Neither side comes from an attacker, so the comparison need not take constant time.
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

/// The provider that always returns these credentials.
impl ProvideCredentials for Credentials {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(ready(Ok(self.clone())))
    }
}
