//! Takes a profile; gives the credentials it stands for: those in it, those of a role it assumes, those it says to fetch.
//!
//! See "Assume role credential provider" and "Source credentials from other profiles" in the AWS SDKs and Tools Reference
//! Guide. The order, and what is an error, are botocore's.

use std::pin::Pin;

use super::super::environment::Environment;
use super::super::profile::{Profile, Profiles};
use super::context::Context;
use super::imds::Imds;
use super::parse::read_file;
use super::sts::{Role, assume_role, assume_role_with_web_identity};
use super::{Credentials, CredentialsError, EnvironmentCredentials, container, process, sso};

/// Finds the credentials of profiles.
pub(super) struct Finder<'a> {
    pub(super) context: &'a Context,
    pub(super) profiles: &'a Profiles,
    pub(super) imds: &'a Imds,
}

/// What a search ends with: nothing of the kind, credentials, or what went wrong.
type Found = Option<Result<Credentials, String>>;

impl<'a> Finder<'a> {
    /// The credentials that the chosen profile, and the environment's web identity, stand for.
    pub(super) async fn find(&self) -> Result<Credentials, CredentialsError> {
        let profile = self.profiles.selected();
        let found = match self.assumed(profile, &[profile.name()]).await {
            Some(found) => Some(found),
            None => self.plain(profile, true).await,
        };
        match found {
            Some(Ok(credentials)) => Ok(credentials),
            Some(Err(what)) => Err(CredentialsError::failed(profile.place(), what)),
            None => {
                let outcome =
                    "has no keys, role, web identity, sign-in or process, and AWS_WEB_IDENTITY_TOKEN_FILE is not set";
                Err(CredentialsError::missing(profile.place(), outcome))
            }
        }
    }

    /// The credentials of the role that a profile assumes with those of another profile, or of another source.
    async fn assumed(&self, profile: Profile<'a>, seen: &[&'a str]) -> Found {
        // With a web identity, the token assumes the role.
        if profile.get("web_identity_token_file").is_some() {
            return None;
        }
        let role = Role { arn: profile.get("role_arn")?.to_owned(), ..Role::default() };
        Some(self.assume(profile, role, seen).await)
    }

    async fn assume(&self, profile: Profile<'a>, mut role: Role, seen: &[&'a str]) -> Result<Credentials, String> {
        if profile.get("mfa_serial").is_some() {
            return Err("mfa_serial is set, but this client cannot ask a person for a code".to_owned());
        }
        role.session_name = profile.get("role_session_name").map(str::to_owned);
        role.external_id = profile.get("external_id").map(str::to_owned);
        role.duration_seconds = match profile.get("duration_seconds") {
            Some(seconds) => Some(seconds.parse().map_err(|_| "duration_seconds is not a whole number".to_owned())?),
            None => None,
        };
        let source = match (profile.get("source_profile"), profile.get("credential_source")) {
            (Some(_), Some(_)) => return Err("source_profile and credential_source are both set".to_owned()),
            (None, None) => {
                return Err("role_arn is set, but neither source_profile nor credential_source is".to_owned());
            }
            (Some(name), None) => self.of_profile(profile, name, seen).await?,
            (None, Some(name)) => self.of_source(profile, name).await?,
        };
        assume_role(self.context, profile, &role, &source).await
    }

    /// The credentials of the profile that another one names as its source.
    async fn of_profile(&self, by: Profile<'a>, name: &'a str, seen: &[&'a str]) -> Result<Credentials, String> {
        let what = |what: &str| format!("its source_profile {name:?} {what}");
        let source = self.profiles.get(name).ok_or_else(|| what("does not exist"))?;
        let has_keys = source.get("aws_access_key_id").or(source.get("aws_secret_access_key")).is_some();
        // A profile may name itself, for the keys in it.
        if seen.contains(&name) && !(name == by.name() && has_keys) {
            return Err(what("leads back to itself"));
        }
        let mut seen = seen.to_vec();
        seen.push(name);
        let found = match if has_keys { None } else { self.boxed(source, &seen).await } {
            Some(found) => Some(found),
            None => self.plain(source, false).await,
        };
        match found {
            Some(found) => found.map_err(|error| what(&format!("failed: {error}"))),
            None => Err(what("has no credentials")),
        }
    }

    /// As [`assumed`](Self::assumed), which this makes possible to call from within itself.
    fn boxed<'b>(
        &'b self,
        profile: Profile<'a>,
        seen: &'b [&'a str],
    ) -> Pin<Box<dyn Future<Output = Found> + Send + 'b>> {
        Box::pin(self.assumed(profile, seen))
    }

    /// The credentials of a source that is no profile.
    async fn of_source(&self, profile: Profile<'a>, name: &str) -> Result<Credentials, String> {
        let found = match name {
            "Environment" => EnvironmentCredentials::new(self.context.environment.clone()).read(),
            "Ec2InstanceMetadata" => self.imds.credentials(self.context, profile).await,
            "EcsContainer" => container::credentials(self.context).await,
            _ => {
                let known = "Environment, Ec2InstanceMetadata and EcsContainer";
                return Err(format!("the credential_source {name:?} is none of {known}"));
            }
        };
        found.map_err(|error| format!("its credential_source failed: {error}"))
    }

    /// The credentials that a profile has by itself.
    async fn plain(&self, profile: Profile<'a>, with_environment: bool) -> Found {
        if let Some(found) = self.web_identity(profile, with_environment).await {
            return Some(found);
        }
        if let Some(found) = sso::credentials(self.context, self.profiles, profile).await {
            return Some(found);
        }
        if let Some(found) = keys(profile.in_credentials_file()) {
            return Some(found);
        }
        if profile.get("login_session").is_some() {
            return Some(Err("login_session (`aws login`) is not supported".to_owned()));
        }
        if let Some(command) = profile.verbatim("credential_process") {
            return Some(process::credentials(command).await);
        }
        keys(profile.in_config_file())
    }

    /// The credentials of a role that the token of an identity provider assumes.
    async fn web_identity(&self, profile: Profile<'a>, with_environment: bool) -> Found {
        let nowhere = Environment::none();
        let environment = if with_environment { &self.context.environment } else { &nowhere };
        let look = |variable: &str, setting: &str| profile.look(environment, variable, setting);
        let file = look("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file")?;
        let Some(arn) = look("AWS_ROLE_ARN", "role_arn") else {
            return Some(Err("a web identity is set, but neither AWS_ROLE_ARN nor role_arn is".to_owned()));
        };
        let session_name = look("AWS_ROLE_SESSION_NAME", "role_session_name");
        let role = Role { arn, session_name, ..Role::default() };
        Some(match read_file(&file) {
            Ok(token) => assume_role_with_web_identity(self.context, profile, &role, token.trim()).await,
            Err(what) => Err(format!("the web identity's token: {what}")),
        })
    }
}

/// The keys in one file.
fn keys(file: Profile<'_>) -> Found {
    let id = file.get("aws_access_key_id")?;
    let Some(secret) = file.get("aws_secret_access_key") else {
        return Some(Err("aws_access_key_id is set, but aws_secret_access_key is not".to_owned()));
    };
    let mut credentials = Credentials::new(id, secret);
    // The second is botocore's older name.
    if let Some(token) = file.get("aws_session_token").or_else(|| file.get("aws_security_token")) {
        credentials = credentials.with_session_token(token);
    }
    if let Some(account) = file.get("aws_account_id") {
        credentials = credentials.with_account_id(account);
    }
    Some(Ok(credentials))
}
