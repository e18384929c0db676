//! Credentials of a profile: those in it, those of a role that it assumes, or those of a source that it names.
//!
//! See "Assume role credential provider" and "Source credentials from other profiles" in the AWS SDKs and Tools Reference
//! Guide. The order, and what is an error, are botocore's.
//!
//! A new kind of setting for credentials is a file beside this one and a line in [`ProfileResolver::resolve_own`].

use super::environment::EnvironmentCredentials;
use super::imds::Imds;
use super::keys::Credentials;
use super::sts::{Role, assume_role, assume_role_with_web_identity};
use super::{container, login, process, sso};
use crate::runtime::auth::context::Context;
use crate::runtime::auth::error::CredentialsError;
use crate::runtime::auth::secret_file::secret;
use crate::runtime::base::environment::Environment;
use crate::runtime::base::profile::{Profile, Profiles};
use crate::runtime::base::threads::BoxFuture;
use role::{RoleSource, role_of};

mod role;

/// Loads the credentials of profiles.
pub(super) struct ProfileResolver<'a> {
    pub(super) context: &'a Context,
    pub(super) profiles: &'a Profiles,
    pub(super) imds: &'a Imds,
}

/// Credentials, or why there are none; `None` where the settings in question are not set.
type Resolved = Option<Result<Credentials, String>>;

/// The future of assuming a role. It is boxed, because the source of a role can be a role.
type Assuming<'b> = BoxFuture<'b, Result<Credentials, String>>;

/// The future of what a profile has by itself. It is boxed, because it has two callers: the compiler made 21 kB of code for each.
type Resolving<'b> = BoxFuture<'b, Resolved>;

impl<'a> ProfileResolver<'a> {
    /// The credentials of the selected profile, or of the web identity in the environment.
    pub(super) async fn resolve(&self) -> Result<Credentials, CredentialsError> {
        let profile = self.profiles.selected();
        let resolved = match self.assumed(profile, vec![profile.name()]) {
            Some(assuming) => Some(assuming.await),
            None => self.own(profile, true).await,
        };
        outcome(profile, resolved)
    }

    /// The credentials of the role that a profile assumes with those of another profile, or of another source; `None` where
    /// it assumes none.
    fn assumed<'b>(&'b self, profile: Profile<'a>, seen: Vec<&'a str>) -> Option<Assuming<'b>> {
        // With a web identity, the token assumes the role.
        if profile.get("web_identity_token_file").is_some() {
            return None;
        }
        let arn = profile.get("role_arn")?;
        Some(Box::pin(self.assume(profile, arn, seen)))
    }

    async fn assume(&self, profile: Profile<'a>, arn: &'a str, seen: Vec<&'a str>) -> Result<Credentials, String> {
        let (role, source) = role_of(profile, arn)?;
        let source = match source {
            RoleSource::Profile(name) => self.source_profile(profile, name, seen).await,
            RoleSource::Provider(name) => self.credential_source(name).await,
        };
        assume_role(self.context, self.profiles.selected(), &role, &source?).await
    }

    /// The credentials of the profile that another one names as its source.
    async fn source_profile(&self, by: Profile<'a>, name: &'a str, seen: Vec<&'a str>) -> Result<Credentials, String> {
        let (source, assuming) = self.enter(by, name, seen)?;
        let resolved = match assuming {
            Some(assuming) => Some(assuming.await),
            None => self.own(source, false).await,
        };
        match resolved {
            Some(Ok(credentials)) => Ok(credentials),
            Some(Err(error)) => Err(of_source_profile(name, &format!("failed: {error}"))),
            None => Err(of_source_profile(name, "has no credentials")),
        }
    }

    /// The profile that another one names as its source, and the role that it assumes itself.
    fn enter<'b>(
        &'b self,
        by: Profile<'a>,
        name: &'a str,
        mut seen: Vec<&'a str>,
    ) -> Result<(Profile<'a>, Option<Assuming<'b>>), String> {
        let source = self.profiles.get(name).ok_or_else(|| of_source_profile(name, "does not exist"))?;
        let has_keys = source.get("aws_access_key_id").or(source.get("aws_secret_access_key")).is_some();
        // A profile may name itself, for the keys in it.
        if seen.contains(&name) && !(name == by.name() && has_keys) {
            return Err(of_source_profile(name, "leads back to itself"));
        }
        seen.push(name);
        Ok((source, if has_keys { None } else { self.assumed(source, seen) }))
    }

    /// The credentials of a source that is no profile.
    async fn credential_source(&self, name: &str) -> Result<Credentials, String> {
        let loaded = match name {
            "Environment" => EnvironmentCredentials::new(self.context.environment.clone()).read(),
            "Ec2InstanceMetadata" => self.imds.credentials(self.context, self.profiles.selected()).await,
            "EcsContainer" => container::credentials(self.context).await,
            _ => {
                let known = "Environment, Ec2InstanceMetadata and EcsContainer";
                return Err(format!("the credential_source {name:?} is not one of {known}"));
            }
        };
        loaded.map_err(|error| format!("its credential_source failed: {error}"))
    }

    /// The credentials that a profile has by itself.
    fn own<'b>(&'b self, profile: Profile<'a>, with_environment: bool) -> Resolving<'b> {
        Box::pin(self.resolve_own(profile, with_environment))
    }

    async fn resolve_own(&self, profile: Profile<'a>, with_environment: bool) -> Resolved {
        if let Some((role, token_file)) = self.web_identity(profile, with_environment) {
            return Some(self.assume_with_web_identity(role, &token_file).await);
        }
        if sso::is_configured(profile) {
            return Some(sso::credentials(self.context, self.profiles, profile).await);
        }
        if let Some(keys) = keys(profile.in_credentials_file()) {
            return Some(keys);
        }
        if let Some(session) = profile.get("login_session") {
            return Some(login::credentials(self.context, self.profiles.selected(), session).await);
        }
        match profile.verbatim("credential_process") {
            Some(command) => Some(process::credentials(command, self.context).await),
            None => keys(profile.in_config_file()),
        }
    }

    /// The role that the token of an identity provider assumes, where there is one, and the file of the token.
    fn web_identity(&self, profile: Profile<'a>, with_environment: bool) -> Option<(Option<Role>, String)> {
        let nowhere = Environment::none();
        let environment = if with_environment { &self.context.environment } else { &nowhere };
        let look = |variable: &str, setting: &str| profile.look(environment, variable, setting);
        let token_file = look("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file")?;
        let role = look("AWS_ROLE_ARN", "role_arn").map(|arn| Role {
            arn,
            session_name: look("AWS_ROLE_SESSION_NAME", "role_session_name"),
            ..Role::default()
        });
        Some((role, token_file))
    }

    async fn assume_with_web_identity(&self, role: Option<Role>, token_file: &str) -> Result<Credentials, String> {
        let role = role.ok_or("a web identity is set, but neither AWS_ROLE_ARN nor role_arn is")?;
        let token = secret(token_file).await.map_err(|what| format!("the token of the web identity: {what}"))?;
        assume_role_with_web_identity(self.context, self.profiles.selected(), &role, token.trim()).await
    }
}

fn outcome(profile: Profile<'_>, resolved: Resolved) -> Result<Credentials, CredentialsError> {
    match resolved {
        Some(Ok(credentials)) => Ok(credentials),
        Some(Err(what)) => Err(CredentialsError::failed(profile.place(), what)),
        None => {
            let message =
                "has no keys, role, web identity, sign-in or process, and AWS_WEB_IDENTITY_TOKEN_FILE is not set";
            Err(CredentialsError::missing(profile.place(), message))
        }
    }
}

fn of_source_profile(name: &str, what: &str) -> String {
    format!("its source_profile {name:?} {what}")
}

/// The keys that one of the two files has for a profile.
fn keys(file: Profile<'_>) -> Resolved {
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
