//! The default provider of bearer tokens, which serves where a program sets none.

use super::bearer::{BearerToken, ProvideToken, TokenFuture};
#[cfg(feature = "credentials")]
use super::sso_session::SsoSessionToken;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::error::CredentialsError;
use crate::runtime::base::environment::Environment;

/// The token in `AWS_BEARER_TOKEN_<NAME>`, after the name that the service's requests are signed for, or else, with the
/// feature `credentials`, that of the profile's sign-in.
#[derive(Debug)]
pub(crate) struct DefaultToken {
    environment: Environment,
    variable: String,
    #[cfg(feature = "credentials")]
    sso_session: SsoSessionToken,
}

impl DefaultToken {
    pub(crate) fn new(context: Context, signing_name: &str) -> Self {
        let mut variable = "AWS_BEARER_TOKEN_".to_owned();
        for c in signing_name.chars() {
            variable.push(if matches!(c, '-' | ' ') { '_' } else { c.to_ascii_uppercase() });
        }
        Self {
            environment: context.environment.clone(),
            variable,
            #[cfg(feature = "credentials")]
            sso_session: SsoSessionToken::new(context),
        }
    }
}

impl ProvideToken for DefaultToken {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async move {
            if let Some(token) = self.environment.var(&self.variable) {
                return Ok(BearerToken::new(token));
            }
            let missing = CredentialsError::missing("environment", format!("{} is not set", self.variable));
            #[cfg(feature = "credentials")]
            return self.sso_session.token().await.map_err(|error| missing.then(&error));
            #[cfg(not(feature = "credentials"))]
            Err(missing)
        })
    }
}
