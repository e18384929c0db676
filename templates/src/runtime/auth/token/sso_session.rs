//! Bearer tokens of sign-ins with IAM Identity Center.

use std::fmt;

use super::bearer::{BearerToken, ProvideToken, TokenFuture};
use crate::runtime::auth::context::Context;
use crate::runtime::auth::error::CredentialsError;
use crate::runtime::auth::sso::{sign_in, token};

/// The provider of the token of the `[sso-session …]` section that the profile names. Services accept no token of a sign-in
/// with the older settings.
pub(crate) struct SsoSessionToken {
    context: Context,
}

impl SsoSessionToken {
    pub(crate) fn new(context: Context) -> Self {
        Self { context }
    }

    async fn load(&self) -> Result<BearerToken, CredentialsError> {
        let profiles = self.context.profiles().await.map_err(|what| CredentialsError::failed("profile", what))?;
        let profile = profiles.selected();
        if profile.get("sso_session").is_none() {
            return Err(CredentialsError::missing(profile.place(), "has no sso_session"));
        }
        let failed = |what| CredentialsError::failed(profile.place(), what);
        let sign_in = sign_in(&profiles, profile).map_err(failed)?;
        token(&self.context, profile, &sign_in).await.map_err(failed)
    }
}

impl ProvideToken for SsoSessionToken {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(self.load())
    }
}

impl fmt::Debug for SsoSessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SsoSessionToken").finish_non_exhaustive()
    }
}
