//! The default credential chain: the providers that an environment can configure, in the order of AWS's own tools.
//!
//! See "Understand the credential provider chain" in the AWS SDKs and Tools Reference Guide.
//!
//! Why this is no library: reqsign-aws-core 3.2 and aws-config 1.13 were read and measured in November 2026, as what a clean
//! build of this crate without HTTP and TLS (28 packages) gains by them, on two busy cores.
//!
//! | | packages | CPU seconds, debug | release | needs Rust |
//! |---|---|---|---|---|
//! | this module | 1 | 1 | 5 | 1.86 |
//! | reqsign-aws-core | 31 | 17 | 33 | 1.86 |
//! | aws-config | 154 of its own | | | 1.94 |
//!
//! Of a profile, reqsign reads keys, a process and the older settings of a sign-in; it does not read `role_arn`,
//! `source_profile`, `credential_source`, `web_identity_token_file` and `sso_session`, and renews no sign-in. Its chain
//! continues with the next provider when a configured one fails, and so may call in another identity than the configured one;
//! it logs the failure, and the caller learns only that there are no credentials. It sends a container's token to any host in
//! the clear, and splits the command of a process at blanks within quotes. The rest of it is a few small requests, which do
//! not pay for the dependency. aws-config has all of it and is what the feature `aws-config` is for.

use std::fmt;
use std::sync::Arc;

use super::container;
use super::environment::EnvironmentCredentials;
use super::imds::Imds;
use super::keys::{Credentials, CredentialsFuture, ProvideCredentials};
use super::profile::ProfileResolver;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::error::CredentialsError;
use crate::runtime::auth::mfa::MfaPrompt;
use crate::runtime::base::environment::Environment;
use crate::runtime::base::threads::{MaybeSend, MaybeSync};
use crate::runtime::http::HttpClient;

/// The default chain. The first of these that is configured provides the credentials:
///
/// 1. the environment: `AWS_ACCESS_KEY_ID` and its like;
/// 2. the profile: a role that it assumes (`role_arn` with `source_profile` or `credential_source`);
/// 3. a web identity, of the environment (`AWS_WEB_IDENTITY_TOKEN_FILE`, as on Amazon EKS) or the profile;
/// 4. the profile: a role of IAM Identity Center (`sso_session`, or the older settings), keys, a sign-in
///    (`login_session`), `credential_process`;
/// 5. the container's agent, on Amazon ECS and with EKS Pod Identity;
/// 6. the metadata service of Amazon EC2, version 2.
///
/// A provider that is configured and fails ends the search, because a call in another identity is worse than none. The error
/// lists the outcomes of all that were asked. Credentials are not cached here: see
/// [`CredentialsCache`](super::CredentialsCache).
#[derive(Clone)]
pub struct CredentialChain {
    context: Context,
    imds: Imds,
}

impl CredentialChain {
    /// The chain of an environment. It makes no request and reads no file yet.
    #[must_use]
    pub fn new(environment: Environment) -> Self {
        Self { context: Context::new(environment), imds: Imds::default() }
    }

    /// The chain of a context.
    pub(crate) fn of(context: Context) -> Self {
        Self { context, imds: Imds::default() }
    }

    /// Sets the HTTP client that sends requests for credentials, instead of this crate's own.
    #[must_use]
    pub fn http_client(mut self, client: Arc<dyn HttpClient>) -> Self {
        self.context.http = Some(client);
        self
    }

    /// Sets the region where AWS STS is called, instead of that of the environment or the profile.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.context.region = Some(region.into());
        self
    }

    /// Selects a profile, instead of that of the environment. Keys in the environment are then ignored.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.context.profile = Some(name.into());
        self
    }

    /// Sets the function that returns the code of an MFA device, for profiles with `mfa_serial`. See `Config::mfa_code`.
    #[must_use]
    pub fn mfa_code<F, E>(mut self, code: impl Fn(String) -> F + MaybeSend + MaybeSync + 'static) -> Self
    where
        F: Future<Output = Result<String, E>> + MaybeSend + 'static,
        E: fmt::Display,
    {
        self.context.mfa = Some(MfaPrompt::new(code));
        self
    }

    async fn search(&self) -> Result<Credentials, CredentialsError> {
        let mut search = Search::default();
        if let Some(end) = self.of_environment().and_then(|result| search.ends(result)) {
            return end;
        }
        let profiles = match self.context.profiles().await {
            Ok(profiles) => profiles,
            Err(what) => return Err(search.and(CredentialsError::failed("profile", what))),
        };
        let profile = ProfileResolver { context: &self.context, profiles: &profiles, imds: &self.imds };
        if let Some(end) = search.ends(profile.resolve().await) {
            return end;
        }
        if let Some(end) = search.ends(container::credentials(&self.context).await) {
            return end;
        }
        let last = self.imds.credentials(&self.context, profiles.selected()).await;
        last.map_err(|error| search.and(error))
    }

    /// The result of the environment's keys, unless the program selects a profile.
    fn of_environment(&self) -> Option<Result<Credentials, CredentialsError>> {
        let environment = || EnvironmentCredentials::new(self.context.environment.clone()).read();
        self.context.profile.is_none().then(environment)
    }
}

impl ProvideCredentials for CredentialChain {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.search())
    }
}

impl fmt::Debug for CredentialChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialChain")
            .field("environment", &self.context.environment)
            .field("region", &self.context.region)
            .field("profile", &self.context.profile)
            .finish_non_exhaustive()
    }
}

/// The outcomes of the providers that were asked so far.
#[derive(Default)]
struct Search {
    outcomes: Option<CredentialsError>,
}

impl Search {
    /// The end of the search, unless a provider is not configured.
    fn ends(&mut self, result: Result<Credentials, CredentialsError>) -> Option<Result<Credentials, CredentialsError>> {
        let error = match result {
            Ok(credentials) => return Some(Ok(credentials)),
            Err(error) => self.and(error),
        };
        if !error.is_missing() {
            return Some(Err(error));
        }
        self.outcomes = Some(error);
        None
    }

    fn and(&mut self, error: CredentialsError) -> CredentialsError {
        match self.outcomes.take() {
            Some(before) => before.then(&error),
            None => error,
        }
    }
}
