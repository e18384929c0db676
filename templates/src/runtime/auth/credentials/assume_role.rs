//! Credentials of a role, assumed with those of another provider.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::keys::{Credentials, CredentialsFuture, ProvideCredentials};
use super::sts::{Role, assume_role};
use crate::runtime::auth::context::Context;
use crate::runtime::auth::error::CredentialsError;
use crate::runtime::auth::mfa::MfaPrompt;
use crate::runtime::base::environment::Environment;
use crate::runtime::base::threads::{MaybeSend, MaybeSync};
use crate::runtime::http::HttpClient;

/// The provider that assumes a role with the credentials of another provider, by `AssumeRole` of AWS STS.
///
/// The credentials are valid for an hour unless [`duration`](Self::duration) says otherwise. They are not cached here: see
/// [`CredentialsCache`](super::CredentialsCache). A role that a profile assumes is a matter of the
/// [`CredentialChain`](super::CredentialChain).
#[derive(Clone)]
pub struct AssumeRole {
    context: Context,
    role: Role,
    source: Arc<dyn ProvideCredentials>,
}

impl AssumeRole {
    /// The provider of a role's credentials. The region where STS is called, and a custom endpoint for it, are those of the
    /// environment.
    pub fn new(
        environment: Environment,
        role_arn: impl Into<String>,
        source: impl ProvideCredentials + 'static,
    ) -> Self {
        let role = Role { arn: role_arn.into(), ..Role::default() };
        Self { context: Context::new(environment), role, source: Arc::new(source) }
    }

    /// Sets the HTTP client that sends the requests, instead of this crate's own.
    #[must_use]
    pub fn http_client(mut self, client: Arc<dyn HttpClient>) -> Self {
        self.context.http = Some(client);
        self
    }

    /// Sets the region where STS is called, instead of that of the environment.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.context.region = Some(region.into());
        self
    }

    /// Sets the name of the session in logs: 2 to 64 letters, digits and `_+=,.@-`.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.role.session_name = Some(name.into());
        self
    }

    /// Sets the id that the owner of the role demands.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.role.external_id = Some(id.into());
        self
    }

    /// Sets how long the credentials are valid: from 15 minutes to what the role allows, in whole seconds.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.role.duration_seconds = Some(duration.as_secs());
        self
    }

    /// Sets a policy, in JSON, that restricts the session to less than the role allows.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.role.policy = Some(policy.into());
        self
    }

    /// Sets the MFA device whose code the role demands, by its serial number or ARN, and the function that returns the code it
    /// shows. The function is called each time that the role is assumed.
    #[must_use]
    pub fn mfa<F, E>(
        mut self,
        serial: impl Into<String>,
        code: impl Fn(String) -> F + MaybeSend + MaybeSync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<String, E>> + MaybeSend + 'static,
        E: fmt::Display,
    {
        self.role.mfa_serial = Some(serial.into());
        self.context.mfa = Some(MfaPrompt::new(code));
        self
    }

    async fn assume(&self) -> Result<Credentials, CredentialsError> {
        let source = self.source.credentials().await?;
        let assumed = match self.context.profiles().await {
            Ok(profiles) => assume_role(&self.context, profiles.selected(), &self.role, &source).await,
            Err(what) => Err(what),
        };
        assumed.map_err(|what| CredentialsError::failed(format!("role {}", self.role.arn), what))
    }
}

impl ProvideCredentials for AssumeRole {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.assume())
    }
}

impl fmt::Debug for AssumeRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssumeRole")
            .field("role_arn", &self.role.arn)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}
