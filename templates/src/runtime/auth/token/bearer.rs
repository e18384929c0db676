//! Bearer tokens, and the trait of their providers.

use std::fmt;
use std::future::ready;
use std::sync::Arc;
use std::time::SystemTime;

use zeroize::Zeroizing;

use crate::runtime::auth::error::CredentialsError;
use crate::runtime::base::threads::{BoxFuture, MaybeSend, MaybeSync};

/// The future of [`ProvideToken::token`].
pub type TokenFuture<'a> = BoxFuture<'a, Result<BearerToken, CredentialsError>>;

/// A provider of bearer tokens. Like a [`ProvideCredentials`](crate::runtime::auth::credentials::ProvideCredentials), it need
/// not cache.
pub trait ProvideToken: MaybeSend + MaybeSync + fmt::Debug {
    /// Loads a token.
    ///
    /// # Errors
    /// There is none, or it cannot be loaded now.
    fn token(&self) -> TokenFuture<'_>;
}

/// A token that identifies its bearer. Cloning is cheap; `Debug` shows the expiry and nothing else.
#[derive(Clone)]
pub struct BearerToken {
    text: Arc<Zeroizing<String>>,
    expires_at: Option<SystemTime>,
}

impl BearerToken {
    /// A token that does not expire.
    pub fn new(token: impl Into<String>) -> Self {
        Self { text: Arc::new(Zeroizing::new(token.into())), expires_at: None }
    }

    /// Sets when the token stops being accepted.
    #[must_use]
    pub fn with_expires_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// The token itself.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// When the token stops being accepted, where that is known.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// Whether one is a clone of the other.
    pub(crate) fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerToken").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// The provider that always returns this token.
impl ProvideToken for BearerToken {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(ready(Ok(self.clone())))
    }
}
