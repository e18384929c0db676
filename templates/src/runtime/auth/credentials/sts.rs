//! Credentials of a role, from AWS STS, for credentials or a token that may assume it.
//!
//! See `AssumeRole` and `AssumeRoleWithWebIdentity` in the AWS Security Token Service API Reference. STS uses the query
//! protocol: form fields in requests, XML in responses. Of the XML only the few elements are read that matter here.

use std::time::SystemTime;

use ::http::{Method, Request};
use bytes::Bytes;

use super::json::unexpired;
use super::keys::Credentials;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::request::endpoint::STS;
use crate::runtime::auth::request::{FetchPolicy, ServiceResponse, build, fetch, fixed};
use crate::runtime::auth::sign::{PathStyle, SignedBody, Signer, Signing};
use crate::runtime::auth::values::iso;
use crate::runtime::base::profile::Profile;
use crate::runtime::base::threads::BoxFuture;
use crate::runtime::base::time;
use crate::runtime::endpoint::uri_encode;

/// STS could not reach the identity provider: its reference says to retry, and botocore does.
const POLICY: FetchPolicy = FetchPolicy::new(3, 10).transient(&["IDPCommunicationError"]);
/// The endpoint of STS where no region is set, and the region that its requests are signed for.
const GLOBAL: (&str, &str) = ("https://sts.amazonaws.com", "us-east-1");

/// A role to assume, and the parameters of the session.
#[derive(Debug, Clone, Default)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) duration_seconds: Option<u64>,
    pub(super) policy: Option<String>,
    /// The MFA device whose code the role demands.
    pub(super) mfa_serial: Option<String>,
}

impl Role {
    fn form(&self, action: &str) -> FormBody {
        let mut form = FormBody(format!("Action={action}&Version=2011-06-15"));
        form.push("RoleArn", &self.arn);
        form.push("RoleSessionName", &self.session_name.clone().unwrap_or_else(default_session_name));
        let duration = self.duration_seconds.map(|seconds| seconds.to_string());
        let optional = [("ExternalId", &self.external_id), ("DurationSeconds", &duration), ("Policy", &self.policy)];
        for (name, value) in optional {
            if let Some(value) = value {
                form.push(name, value);
            }
        }
        form
    }
}

/// Assumes a role with credentials. The endpoint is that of the selected profile.
pub(super) fn assume_role<'a>(
    context: &'a Context,
    selected: Profile<'a>,
    role: &'a Role,
    source: &'a Credentials,
) -> BoxFuture<'a, Result<Credentials, String>> {
    Box::pin(async move {
        let (url, region) = endpoint(context, selected)?;
        let mut form = role.form("AssumeRole");
        if let Some(serial) = &role.mfa_serial {
            let prompt = context.mfa.as_ref().ok_or_else(no_prompt)?;
            form.push("SerialNumber", serial);
            form.push("TokenCode", &prompt.code(serial).await?);
        }
        let form = form.0;
        let request = move |at| signed(&url, &region, &form, source, at);
        read(fetch(context, Box::new(request), POLICY).await, "AssumeRole", context)
    })
}

fn no_prompt() -> String {
    "mfa_serial is set, and the program provides no code: see Config::mfa_code".to_owned()
}

fn signed(url: &str, region: &str, form: &str, source: &Credentials, at: SystemTime) -> Result<Request<Bytes>, String> {
    let (mut parts, body) = post(url, form.to_owned())?.into_parts();
    let body_to_sign = SignedBody::Bytes(&body);
    let path = PathStyle::Normalized;
    let signing = Signing { credentials: source, region, service: "sts", at, body: body_to_sign, path };
    let signed = Signer::new().sign(&parts.method, &parts.uri, &mut parts.headers, &signing);
    signed.map_err(|error| error.to_string())?;
    Ok(Request::from_parts(parts, body))
}

/// Assumes a role with the token of an identity provider. The token has a signature, so the request needs none.
pub(super) async fn assume_role_with_web_identity(
    context: &Context,
    selected: Profile<'_>,
    role: &Role,
    token: &str,
) -> Result<Credentials, String> {
    let (url, _) = endpoint(context, selected)?;
    let mut form = role.form("AssumeRoleWithWebIdentity");
    form.push("WebIdentityToken", token);
    let response = fetch(context, fixed(post(&url, form.0)), POLICY).await;
    read(response, "AssumeRoleWithWebIdentity", context)
}

/// The URL of STS, and the region to sign for.
fn endpoint(context: &Context, selected: Profile<'_>) -> Result<(String, String), String> {
    let region = context.region(selected).filter(|region| region != "aws-global");
    let url = STS.url(region.as_deref().unwrap_or(GLOBAL.1), context, selected)?;
    match region {
        Some(region) => Ok((url, region)),
        // A custom endpoint serves any region.
        None if !url.ends_with(".amazonaws.com") => Ok((url, GLOBAL.1.to_owned())),
        None => Ok((GLOBAL.0.to_owned(), GLOBAL.1.to_owned())),
    }
}

fn post(url: &str, form: String) -> Result<Request<Bytes>, String> {
    let headers = [("content-type", "application/x-www-form-urlencoded; charset=utf-8")];
    build(Method::POST, &format!("{url}/"), &headers, form.into())
}

fn read(response: Result<ServiceResponse, String>, action: &str, context: &Context) -> Result<Credentials, String> {
    let response = response?;
    if !response.status.is_success() {
        return Err(format!("{action}: {}", response.error_text()));
    }
    let part = |name: &str| response.element(name).ok_or_else(|| format!("the response to {action} has no {name}"));
    let not_a_time = || format!("the Expiration in the response to {action} is not a time");
    let expiry = iso(&part("Expiration")?).ok_or_else(not_a_time)?;
    let mut credentials = Credentials::new(part("AccessKeyId")?, part("SecretAccessKey")?)
        .with_session_token(part("SessionToken")?)
        .with_expires_at(expiry);
    // arn:aws:sts::123456789012:assumed-role/name/session
    if let Some(account) = response.element("Arn").as_deref().and_then(|arn| arn.split(':').nth(4)) {
        credentials = credentials.with_account_id(account);
    }
    unexpired(credentials, context)
}

/// The name of a session in logs, where none is set.
fn default_session_name() -> String {
    let now = time::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{}-{}", env!("CARGO_PKG_NAME"), now.as_secs())
}

/// The fields of a form, encoded. There is no `Debug`, because some fields are tokens.
struct FormBody(String);

impl FormBody {
    fn push(&mut self, name: &str, value: &str) {
        self.0.push('&');
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(&uri_encode(value));
    }
}
