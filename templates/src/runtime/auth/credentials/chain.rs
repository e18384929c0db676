//! Takes an environment; gives the credentials that it configures, wherever they are: the default chain.
//!
//! See "Understand the credential provider chain" in the AWS SDKs and Tools Reference Guide.
//!
//! Why this is not a library: reqsign-aws-core 3.2 and aws-config 1.13 were read and measured in November 2026, as what a
//! clean build of this crate without HTTP and TLS (28 packages) gains by them, on two busy cores.
//!
//! | | packages | CPU seconds, debug | release | needs Rust |
//! |---|---|---|---|---|
//! | this module | 1 | 1 | 5 | 1.86 |
//! | reqsign-aws-core | 31 | 17 | 33 | 1.86 |
//! | aws-config | 154 of its own | | | 1.94 |
//!
//! Of a profile, reqsign reads keys, a process and the older settings of a sign-in; it does not know `role_arn`,
//! `source_profile`, `credential_source`, `web_identity_token_file` and `sso_session`, and renews no sign-in. Its chain
//! goes on to the next source when a configured one fails, and so may call in another identity than the configured one;
//! what went wrong is logged, and the caller learns only that there is nothing. It sends a container's token to any host
//! in the clear, and splits the command of a process at blanks in quotes, too. What would be left to use of it is a few
//! small requests, so it would be a cost and no help. aws-config has all of it and is what the feature `aws-config` is for.

use std::fmt;
use std::sync::Arc;

use super::imds::Imds;
use super::role::Finder;
use super::{Credentials, CredentialsError, CredentialsFuture, EnvironmentCredentials, ProvideCredentials, container};
use crate::runtime::auth::context::Context;
use crate::runtime::base::environment::Environment;
use crate::runtime::base::profile::Profiles;
use crate::runtime::http::HttpClient;

/// The default chain. Takes the first that is configured:
///
/// 1. the environment: `AWS_ACCESS_KEY_ID` and its like;
/// 2. the profile: a role that it assumes (`role_arn` with `source_profile` or `credential_source`);
/// 3. a web identity, of the environment (`AWS_WEB_IDENTITY_TOKEN_FILE`, as on Amazon EKS) or the profile;
/// 4. the profile: a role of IAM Identity Center (`sso_session`, or the older settings), keys, `credential_process`;
/// 5. the container's agent, on Amazon ECS and with EKS Pod Identity;
/// 6. the metadata service of Amazon EC2, version 2.
///
/// What is configured and fails ends the search, for a call in another identity is worse than none. The error lists all
/// that was looked at. Nothing is kept here: see [`CredentialsCache`](super::CredentialsCache).
#[derive(Clone)]
pub struct CredentialChain {
    context: Context,
    imds: Imds,
}

impl CredentialChain {
    /// The chain of an environment. Makes no request and reads no file yet.
    #[must_use]
    pub fn new(environment: Environment) -> Self {
        Self { context: Context::new(environment), imds: Imds::default() }
    }

    /// The chain that works from a context.
    pub(crate) fn of(context: Context) -> Self {
        Self { context, imds: Imds::default() }
    }

    /// Sets what requests for credentials are sent with, instead of the HTTP client of this crate.
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

    /// Chooses a profile, instead of that of the environment. Keys in the environment are then passed over.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.context.profile = Some(name.into());
        self
    }

    async fn search(&self) -> Result<Credentials, CredentialsError> {
        let mut search = Search::default();
        let profiles = match self.begin(&mut search) {
            Ok(profiles) => profiles,
            Err(end) => return end,
        };
        let finder = Finder { context: &self.context, profiles: &profiles, imds: &self.imds };
        if let Some(end) = search.ends(finder.find().await) {
            return end;
        }
        if let Some(end) = search.ends(container::credentials(&self.context).await) {
            return end;
        }
        let last = self.imds.credentials(&self.context, profiles.selected()).await;
        last.map_err(|error| search.and(error))
    }

    /// Looks into the environment, and reads the profiles for what is next; the error is what the search ends with.
    fn begin(&self, search: &mut Search) -> Result<Profiles, Result<Credentials, CredentialsError>> {
        if self.context.profile.is_none() {
            let environment = EnvironmentCredentials::new(self.context.environment.clone());
            if let Some(end) = search.ends(environment.read()) {
                return Err(end);
            }
        }
        self.context.profiles().map_err(|what| Err(search.and(CredentialsError::failed("profile", what))))
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

/// Where was looked so far.
#[derive(Default)]
struct Search {
    places: Option<CredentialsError>,
}

impl Search {
    /// What the search ends with, unless nothing is configured at a place.
    fn ends(&mut self, found: Result<Credentials, CredentialsError>) -> Option<Result<Credentials, CredentialsError>> {
        let error = match found {
            Ok(credentials) => return Some(Ok(credentials)),
            Err(error) => self.and(error),
        };
        if !error.is_missing() {
            return Some(Err(error));
        }
        self.places = Some(error);
        None
    }

    fn and(&mut self, error: CredentialsError) -> CredentialsError {
        match self.places.take() {
            Some(before) => before.then(&error),
            None => error,
        }
    }
}
