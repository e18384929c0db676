//! Takes a profile; gives the credentials it stands for: those in it, those of a role it assumes, those it says to fetch.
//!
//! See "Assume role credential provider" and "Source credentials from other profiles" in the AWS SDKs and Tools Reference
//! Guide. The order, and what is an error, are botocore's.

use std::pin::Pin;

use super::imds::Imds;
use super::parse::read_file;
use super::sts::{Role, assume_role, assume_role_with_web_identity};
use super::{Credentials, CredentialsError, EnvironmentCredentials, container, process, sso};
use crate::runtime::auth::context::Context;
use crate::runtime::base::environment::Environment;
use crate::runtime::base::profile::{Profile, Profiles};

/// Finds the credentials of profiles.
pub(super) struct Finder<'a> {
    pub(super) context: &'a Context,
    pub(super) profiles: &'a Profiles,
    pub(super) imds: &'a Imds,
}

/// What a search ends with: nothing of the kind, credentials, or what went wrong.
type Found = Option<Result<Credentials, String>>;

/// What assuming a role comes to. It is boxed, for the source of a role can be a role.
type Assuming<'b> = Pin<Box<dyn Future<Output = Result<Credentials, String>> + Send + 'b>>;

/// Whose credentials a role is assumed with.
enum SourceOf<'a> {
    Profile(&'a str),
    Place(&'a str),
}

impl<'a> Finder<'a> {
    /// The credentials that the chosen profile, and the environment's web identity, stand for.
    pub(super) async fn find(&self) -> Result<Credentials, CredentialsError> {
        let profile = self.profiles.selected();
        let found = match self.assumed(profile, vec![profile.name()]) {
            Some(assuming) => Some(assuming.await),
            None => self.plain(profile, true).await,
        };
        end(profile, found)
    }

    /// The credentials of the role that a profile assumes with those of another profile, or of another source; `None`
    /// where it assumes none.
    fn assumed<'b>(&'b self, profile: Profile<'a>, seen: Vec<&'a str>) -> Option<Assuming<'b>> {
        // With a web identity, the token assumes the role.
        if profile.get("web_identity_token_file").is_some() {
            return None;
        }
        let arn = profile.get("role_arn")?;
        Some(Box::pin(self.assume(profile, arn, seen)))
    }

    async fn assume(&self, profile: Profile<'a>, arn: &'a str, seen: Vec<&'a str>) -> Result<Credentials, String> {
        let (role, source) = role(profile, arn)?;
        let source = match source {
            SourceOf::Profile(name) => self.of_profile(profile, name, seen).await,
            SourceOf::Place(name) => self.of_source(profile, name).await,
        };
        assume_role(self.context, profile, &role, &source?).await
    }

    /// The credentials of the profile that another one names as its source.
    async fn of_profile(&self, by: Profile<'a>, name: &'a str, seen: Vec<&'a str>) -> Result<Credentials, String> {
        let (source, assuming) = self.source(by, name, seen)?;
        let found = match assuming {
            Some(assuming) => Some(assuming.await),
            None => self.plain(source, false).await,
        };
        match found {
            Some(Ok(credentials)) => Ok(credentials),
            Some(Err(error)) => Err(of_source_profile(name, &format!("failed: {error}"))),
            None => Err(of_source_profile(name, "has no credentials")),
        }
    }

    /// The profile that another one names as its source, and the role that it assumes itself.
    fn source<'b>(
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
        if let Some(identity) = self.web_identity(profile, with_environment) {
            return Some(match identity {
                Ok((role, token)) => assume_role_with_web_identity(self.context, profile, &role, &token).await,
                Err(what) => Err(what),
            });
        }
        if sso::is_configured(profile) {
            return Some(sso::credentials(self.context, self.profiles, profile).await);
        }
        if let Some(found) = before_process(profile) {
            return Some(found);
        }
        match profile.verbatim("credential_process") {
            Some(command) => Some(process::credentials(command).await),
            None => keys(profile.in_config_file()),
        }
    }

    /// The role that the token of an identity provider assumes, and the token.
    fn web_identity(&self, profile: Profile<'a>, with_environment: bool) -> Option<Result<(Role, String), String>> {
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
            Ok(token) => Ok((role, token.trim().to_owned())),
            Err(what) => Err(format!("the web identity's token: {what}")),
        })
    }
}

fn end(profile: Profile<'_>, found: Found) -> Result<Credentials, CredentialsError> {
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

/// The role of a profile, and what it is assumed with.
fn role<'a>(profile: Profile<'a>, arn: &str) -> Result<(Role, SourceOf<'a>), String> {
    if profile.get("mfa_serial").is_some() {
        return Err("mfa_serial is set, but this client cannot ask a person for a code".to_owned());
    }
    let duration_seconds = match profile.get("duration_seconds").map(str::parse) {
        None => None,
        Some(Ok(seconds)) => Some(seconds),
        Some(Err(_)) => return Err("duration_seconds is not a whole number".to_owned()),
    };
    let source = match (profile.get("source_profile"), profile.get("credential_source")) {
        (Some(_), Some(_)) => return Err("source_profile and credential_source are both set".to_owned()),
        (None, None) => {
            return Err("role_arn is set, but neither source_profile nor credential_source is".to_owned());
        }
        (Some(name), None) => SourceOf::Profile(name),
        (None, Some(name)) => SourceOf::Place(name),
    };
    let role = Role {
        arn: arn.to_owned(),
        session_name: profile.get("role_session_name").map(str::to_owned),
        external_id: profile.get("external_id").map(str::to_owned),
        duration_seconds,
        policy: None,
    };
    Ok((role, source))
}

fn of_source_profile(name: &str, what: &str) -> String {
    format!("its source_profile {name:?} {what}")
}

/// What of a profile goes before its process: the keys that the credentials file has for it.
fn before_process(profile: Profile<'_>) -> Found {
    if let Some(found) = keys(profile.in_credentials_file()) {
        return Some(found);
    }
    profile.get("login_session").map(|_| Err("login_session (`aws login`) is not supported".to_owned()))
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
