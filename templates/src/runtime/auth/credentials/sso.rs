//! Takes a profile that names an account and a role of IAM Identity Center; gives the role's credentials.
//!
//! See "IAM Identity Center credential provider" in the AWS SDKs and Tools Reference Guide, and `GetRoleCredentials` in
//! the IAM Identity Center Portal API Reference. Whoever is signed in is known by a token that `aws sso login` left.

use ::http::{Method, Request, StatusCode};
use bytes::Bytes;

use super::Credentials;
use super::fetch::{Patience, Reply, fetch, request, success};
use super::parse::{Names, from_json};
use super::service::SSO;
use super::sso_token::{SignIn, token};
use crate::runtime::auth::context::Context;
use crate::runtime::auth::token::BearerToken;
use crate::runtime::base::profile::{Profile, Profiles};
use crate::runtime::endpoint::uri_encode;

const PATIENCE: Patience = Patience::new(3, 10);
const NAMES: Names = Names {
    id: "accessKeyId",
    secret: "secretAccessKey",
    token: "sessionToken",
    expiry: "expiration",
    account: "accountId",
};

/// Whether the profile names a role.
pub(super) fn is_configured(profile: Profile<'_>) -> bool {
    profile.get("sso_account_id").or(profile.get("sso_role_name")).is_some()
}

/// The credentials of the role.
pub(super) async fn credentials(
    context: &Context,
    profiles: &Profiles,
    profile: Profile<'_>,
) -> Result<Credentials, String> {
    let (account, role, sign_in) = configured(profiles, profile)?;
    let token = token(context, profile, &sign_in).await;
    let request = question(context, profile, &sign_in, [account, role], token);
    read(fetch(context, request, PATIENCE).await, &sign_in, account)
}

fn configured<'a>(profiles: &Profiles, profile: Profile<'a>) -> Result<(&'a str, &'a str, SignIn), String> {
    let (account, role) = (setting(profile, "sso_account_id")?, setting(profile, "sso_role_name")?);
    Ok((account, role, sign_in(profiles, profile)?))
}

fn setting<'a>(profile: Profile<'a>, name: &str) -> Result<&'a str, String> {
    profile.get(name).ok_or_else(|| format!("{name} is not set"))
}

fn question(
    context: &Context,
    profile: Profile<'_>,
    sign_in: &SignIn,
    [account, role]: [&str; 2],
    token: Result<BearerToken, String>,
) -> Result<Request<Bytes>, String> {
    let token = token?;
    let url = SSO.url(&sign_in.region, &context.environment, profile)?;
    let (role, account) = (uri_encode(role), uri_encode(account));
    let url = format!("{url}/federation/credentials?role_name={role}&account_id={account}");
    request(Method::GET, &url, &[("x-amz-sso_bearer_token", token.text())], Bytes::new())
}

fn read(reply: Result<Reply, String>, sign_in: &SignIn, account: &str) -> Result<Credentials, String> {
    if reply.as_ref().is_ok_and(|reply| reply.status == StatusCode::UNAUTHORIZED) {
        return Err(sign_in.again("the sign-in is no longer accepted"));
    }
    let answer = success(reply, "GetRoleCredentials answered ")?;
    let credentials = from_json(answer.get("roleCredentials").ok_or("the answer has no roleCredentials")?, &NAMES)?;
    Ok(credentials.with_account_id(account))
}

/// How the profile signs in: by an `[sso-session …]` section, or by settings of its own.
pub(super) fn sign_in(profiles: &Profiles, profile: Profile<'_>) -> Result<SignIn, String> {
    let Some(name) = profile.get("sso_session") else {
        let (start_url, region) = (setting(profile, "sso_start_url")?, setting(profile, "sso_region")?);
        return Ok(SignIn { session: None, start_url: start_url.to_owned(), region: region.to_owned() });
    };
    let session = profiles.sso_session(name).ok_or_else(|| format!("there is no section [sso-session {name}]"))?;
    for setting in ["sso_start_url", "sso_region"] {
        // botocore refuses this too: it is not for a program to choose whom to sign in with.
        if let (Some(own), Some(of_session)) = (profile.get(setting), session.get(setting)) {
            if own != of_session {
                return Err(format!("{setting} of the profile is another than that in [sso-session {name}]"));
            }
        }
    }
    let of_session =
        |setting: &str| session.get(setting).ok_or_else(|| format!("{setting} is not set in [sso-session {name}]"));
    let (start_url, region) = (of_session("sso_start_url")?, of_session("sso_region")?);
    Ok(SignIn { session: Some(name.to_owned()), start_url: start_url.to_owned(), region: region.to_owned() })
}
