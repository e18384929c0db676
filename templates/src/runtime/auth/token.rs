//! Takes a bearer token, or a provider of one; gives what operations that are not signed say who calls with.
//!
//! See "Token provider" in the AWS SDKs and Tools Reference Guide and the Smithy trait `httpBearerAuth`. A token is kept
//! and renewed as credentials are.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use zeroize::Zeroizing;

use super::context::Context;
use crate::runtime::auth::credentials::CredentialsError;
#[cfg(feature = "credentials")]
use crate::runtime::auth::credentials::SignInToken;
use crate::runtime::base::environment::Environment;

/// The answer of a [`ProvideToken`], still to come.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<BearerToken, CredentialsError>> + Send + 'a>>;

/// Gives bearer tokens on demand. As with [`ProvideCredentials`](crate::runtime::auth::credentials::ProvideCredentials), it need not
/// keep them.
pub trait ProvideToken: Send + Sync + fmt::Debug {
    /// Gives a token.
    ///
    /// # Errors
    /// [`CredentialsError`] when there is none, or when it cannot be had now.
    fn token(&self) -> TokenFuture<'_>;
}

/// A token that says who calls. Cloning it is cheap; `Debug` shows no more than its expiry.
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

    /// Says when the token stops being accepted.
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
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BearerToken").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// The provider that always gives this one.
impl ProvideToken for BearerToken {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(ready(Ok(self.clone())))
    }
}

/// What gives tokens where a program sets no provider: `AWS_BEARER_TOKEN_<NAME>`, after the name that the service's
/// requests are signed for, and then, with the feature `credentials`, the sign-in of the profile.
#[derive(Debug)]
pub(crate) struct FoundToken {
    environment: Environment,
    variable: String,
    #[cfg(feature = "credentials")]
    sign_in: SignInToken,
}

impl FoundToken {
    pub(crate) fn new(context: Context, signing_name: &str) -> Self {
        let mut variable = "AWS_BEARER_TOKEN_".to_owned();
        for c in signing_name.chars() {
            variable.push(if matches!(c, '-' | ' ') { '_' } else { c.to_ascii_uppercase() });
        }
        Self {
            environment: context.environment.clone(),
            variable,
            #[cfg(feature = "credentials")]
            sign_in: SignInToken::new(context),
        }
    }
}

impl ProvideToken for FoundToken {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async move {
            if let Some(token) = self.environment.var(&self.variable) {
                return Ok(BearerToken::new(token));
            }
            let missing = CredentialsError::missing("environment", format!("{} is not set", self.variable));
            #[cfg(feature = "credentials")]
            return self.sign_in.token().await.map_err(|error| missing.then(&error));
            #[cfg(not(feature = "credentials"))]
            Err(missing)
        })
    }
}
