//! Takes a role and a provider of credentials that may assume it; gives the role's credentials.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::sts::{Role, assume_role};
use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::runtime::auth::context::Context;
use crate::runtime::base::environment::Environment;
use crate::runtime::http::HttpClient;

/// Assumes a role with the credentials of another provider: `AssumeRole` of AWS STS.
///
/// The credentials last an hour unless [`duration`](Self::duration) says otherwise. Nothing is kept here: see
/// [`CredentialsCache`](super::CredentialsCache). A role that a profile assumes needs none of this: the
/// [`CredentialChain`](super::CredentialChain) does it.
#[derive(Clone)]
pub struct AssumeRole {
    context: Context,
    role: Role,
    source: Arc<dyn ProvideCredentials>,
}

impl AssumeRole {
    /// Assumes the role of an ARN. The region where STS is called, and a custom endpoint for it, come from the environment.
    pub fn new(
        environment: Environment,
        role_arn: impl Into<String>,
        source: impl ProvideCredentials + 'static,
    ) -> Self {
        let role = Role { arn: role_arn.into(), ..Role::default() };
        Self { context: Context::new(environment), role, source: Arc::new(source) }
    }

    /// Sets what requests are sent with, instead of the HTTP client of this crate.
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

    /// Sets the name that the session goes by in logs: 2 to 64 letters, digits and `_+=,.@-`.
    #[must_use]
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.role.session_name = Some(name.into());
        self
    }

    /// Sets the id that the role's owner asks for.
    #[must_use]
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.role.external_id = Some(id.into());
        self
    }

    /// Sets how long the credentials last: from 15 minutes to what the role allows, in whole seconds.
    #[must_use]
    pub fn duration(mut self, duration: Duration) -> Self {
        self.role.duration_seconds = Some(duration.as_secs());
        self
    }

    /// Sets a policy, as JSON, that leaves the session less than the role has.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<String>) -> Self {
        self.role.policy = Some(policy.into());
        self
    }

    async fn assume(&self) -> Result<Credentials, CredentialsError> {
        let source = self.source.credentials().await?;
        let assumed = match self.context.profiles() {
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
