//! Takes a profile that signs in with IAM Identity Center; gives the token of the sign-in, for services that take one.

use std::fmt;

use super::{CredentialsError, sso, sso_token};
use crate::runtime::auth::context::Context;
use crate::runtime::auth::token::{BearerToken, ProvideToken, TokenFuture};

/// The token of the `[sso-session …]` that the profile names. The older settings have none that services take.
pub(crate) struct SignInToken {
    context: Context,
}

impl SignInToken {
    pub(crate) fn new(context: Context) -> Self {
        Self { context }
    }

    async fn find(&self) -> Result<BearerToken, CredentialsError> {
        let profiles = self.context.profiles().map_err(|what| CredentialsError::failed("profile", what))?;
        let profile = profiles.selected();
        if profile.get("sso_session").is_none() {
            return Err(CredentialsError::missing(profile.place(), "has no sso_session"));
        }
        let token = async {
            let sign_in = sso::sign_in(&profiles, profile)?;
            sso_token::token(&self.context, profile, &sign_in).await
        };
        token.await.map_err(|what| CredentialsError::failed(profile.place(), what))
    }
}

impl ProvideToken for SignInToken {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(self.find())
    }
}

impl fmt::Debug for SignInToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInToken").finish_non_exhaustive()
    }
}
