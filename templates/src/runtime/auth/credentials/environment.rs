//! Credentials in environment variables.

use std::future::ready;

use super::keys::{Credentials, CredentialsFuture, ProvideCredentials};
use crate::runtime::auth::error::CredentialsError;
use crate::runtime::base::environment::Environment;
use crate::runtime::shape::timestamp::DateTime;

/// The credentials in `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_CREDENTIAL_EXPIRATION` and
/// `AWS_ACCOUNT_ID`.
///
/// See "Environment variables to configure the AWS CLI" and "AWS access keys" in the AWS SDKs and Tools Reference Guide.
#[derive(Debug, Clone, Default)]
pub struct EnvironmentCredentials {
    environment: Environment,
}

impl EnvironmentCredentials {
    /// The provider that reads this environment.
    #[must_use]
    pub fn new(environment: Environment) -> Self {
        Self { environment }
    }

    pub(super) fn read(&self) -> Result<Credentials, CredentialsError> {
        let Some(id) = self.environment.var("AWS_ACCESS_KEY_ID") else {
            return Err(CredentialsError::missing("environment", "AWS_ACCESS_KEY_ID is not set"));
        };
        // botocore refuses half a pair too: a person who sets one means to use it.
        let Some(secret) = self.environment.var("AWS_SECRET_ACCESS_KEY") else {
            let outcome = "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not";
            return Err(CredentialsError::failed("environment", outcome));
        };
        let mut credentials = Credentials::new(id, secret);
        // The second is the older name, which botocore still reads.
        if let Some(token) = self.environment.first(&["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"]) {
            credentials = credentials.with_session_token(token);
        }
        if let Some(expiry) = self.environment.var("AWS_CREDENTIAL_EXPIRATION") {
            let expiry = DateTime::parse(&expiry).ok().and_then(|expiry| expiry.try_into().ok());
            let not_a_time = || CredentialsError::failed("environment", "AWS_CREDENTIAL_EXPIRATION is not a time");
            credentials = credentials.with_expires_at(expiry.ok_or_else(not_a_time)?);
        }
        if let Some(account) = self.environment.var("AWS_ACCOUNT_ID") {
            credentials = credentials.with_account_id(account);
        }
        Ok(credentials)
    }
}

impl ProvideCredentials for EnvironmentCredentials {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(ready(self.read()))
    }
}
