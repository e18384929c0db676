//! Credentials of a role of IAM Identity Center, for a profile that names an account and a role.
//!
//! See "IAM Identity Center credential provider" in the AWS SDKs and Tools Reference Guide, and `GetRoleCredentials` in the
//! IAM Identity Center Portal API Reference. The token of the request is that of a sign-in.

use ::http::{Method, Request, StatusCode};
use bytes::Bytes;

use super::json::{MemberNames, from_json, unexpired};
use super::keys::Credentials;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::request::endpoint::SSO;
use crate::runtime::auth::request::{FetchPolicy, ServiceResponse, build, fetch, fixed, success};
use crate::runtime::auth::sso::{SignIn, setting, sign_in, token};
use crate::runtime::auth::token::BearerToken;
use crate::runtime::base::profile::{Profile, Profiles};
use crate::runtime::endpoint::uri_encode;

const POLICY: FetchPolicy = FetchPolicy::new(3, 10);
const NAMES: MemberNames = MemberNames {
    id: "accessKeyId",
    secret: "secretAccessKey",
    token: "sessionToken",
    expiry: "expiration",
    account: "accountId",
};

/// Whether a profile names a role.
pub(super) fn is_configured(profile: Profile<'_>) -> bool {
    profile.get("sso_account_id").or(profile.get("sso_role_name")).is_some()
}

/// The credentials of the role that a profile names.
pub(super) async fn credentials(
    context: &Context,
    profiles: &Profiles,
    profile: Profile<'_>,
) -> Result<Credentials, String> {
    let (account, role) = (setting(profile, "sso_account_id")?, setting(profile, "sso_role_name")?);
    let sign_in = sign_in(profiles, profile)?;
    let url = SSO.url(&sign_in.region, context, profiles.selected())?;
    let token = token(context, profiles.selected(), &sign_in).await?;
    let response = fetch(context, fixed(request(&url, [account, role], &token)), POLICY).await;
    unexpired(read(response, &sign_in, account)?, context)
}

fn request(url: &str, [account, role]: [&str; 2], token: &BearerToken) -> Result<Request<Bytes>, String> {
    let (role, account) = (uri_encode(role), uri_encode(account));
    let url = format!("{url}/federation/credentials?role_name={role}&account_id={account}");
    build(Method::GET, &url, &[("x-amz-sso_bearer_token", token.text())], Bytes::new())
}

fn read(response: Result<ServiceResponse, String>, sign_in: &SignIn, account: &str) -> Result<Credentials, String> {
    if response.as_ref().is_ok_and(|response| response.status == StatusCode::UNAUTHORIZED) {
        return Err(sign_in.with_advice("the sign-in is no longer accepted"));
    }
    let object = success(response, "GetRoleCredentials")?;
    let credentials = from_json(object.get("roleCredentials").ok_or("the response has no roleCredentials")?, &NAMES)?;
    Ok(credentials.with_account_id(account))
}
