//! Takes a role, and credentials or a token that may assume it; gives the role's credentials, from AWS STS.
//!
//! See `AssumeRole` and `AssumeRoleWithWebIdentity` in the AWS Security Token Service API Reference. STS speaks the query
//! protocol: form fields in, XML out. Of the XML a few elements are needed, and no more of it is understood here.

use std::time::SystemTime;

use ::http::{Method, Request};
use bytes::Bytes;

use super::Credentials;
use super::fetch::{Patience, Reply, fetch, request};
use super::parse::{element, iso, remark, unescaped};
use super::service::STS;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::sign::{PathStyle, SignedBody, Signer, Signing};
use crate::runtime::base::profile::Profile;
use crate::runtime::endpoint::uri_encode;

const PATIENCE: Patience = Patience::new(3, 10);
/// Where STS is called when no region is set, and what is signed for then.
const GLOBAL: (&str, &str) = ("https://sts.amazonaws.com", "us-east-1");

/// A role to assume, and how.
#[derive(Debug, Clone, Default)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) duration_seconds: Option<u64>,
    pub(super) policy: Option<String>,
}

impl Role {
    fn form(&self, action: &str) -> Form {
        let mut form = Form(format!("Action={action}&Version=2011-06-15"));
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

/// Assumes a role with credentials.
pub(super) async fn assume_role(
    context: &Context,
    profile: Profile<'_>,
    role: &Role,
    source: &Credentials,
) -> Result<Credentials, String> {
    let request = signed_question(context, profile, role, source);
    read(fetch(context, request, PATIENCE).await, "AssumeRole")
}

fn signed_question(
    context: &Context,
    profile: Profile<'_>,
    role: &Role,
    source: &Credentials,
) -> Result<Request<Bytes>, String> {
    let (url, region) = endpoint(context, profile)?;
    let (mut parts, body) = post(&url, role.form("AssumeRole"))?.into_parts();
    let signing = Signing {
        credentials: source,
        region: &region,
        service: "sts",
        at: SystemTime::now(),
        body: SignedBody::Bytes(&body),
        path: PathStyle::Normalized,
    };
    let signed = Signer::new().sign(&parts.method, &parts.uri, &mut parts.headers, &signing);
    signed.map_err(|error| error.to_string())?;
    Ok(Request::from_parts(parts, body))
}

/// Assumes a role with the token of an identity provider. STS checks the token's signature; the request has none.
pub(super) async fn assume_role_with_web_identity(
    context: &Context,
    profile: Profile<'_>,
    role: &Role,
    token: &str,
) -> Result<Credentials, String> {
    let request = question(context, profile, role, token);
    read(fetch(context, request, PATIENCE).await, "AssumeRoleWithWebIdentity")
}

fn question(context: &Context, profile: Profile<'_>, role: &Role, token: &str) -> Result<Request<Bytes>, String> {
    let (url, _) = endpoint(context, profile)?;
    let mut form = role.form("AssumeRoleWithWebIdentity");
    form.push("WebIdentityToken", token);
    post(&url, form)
}

/// Where STS is, and the region to sign for.
fn endpoint(context: &Context, profile: Profile<'_>) -> Result<(String, String), String> {
    let region = context.region(profile).filter(|region| region != "aws-global");
    let url = STS.url(region.as_deref().unwrap_or(GLOBAL.1), &context.environment, profile)?;
    match region {
        Some(region) => Ok((url, region)),
        // A custom endpoint serves any region.
        None if !url.ends_with(".amazonaws.com") => Ok((url, GLOBAL.1.to_owned())),
        None => Ok((GLOBAL.0.to_owned(), GLOBAL.1.to_owned())),
    }
}

fn post(url: &str, form: Form) -> Result<Request<Bytes>, String> {
    let headers = [("content-type", "application/x-www-form-urlencoded; charset=utf-8")];
    request(Method::POST, &format!("{url}/"), &headers, form.0.into())
}

fn read(reply: Result<Reply, String>, action: &str) -> Result<Credentials, String> {
    let reply = reply?;
    let xml = std::str::from_utf8(&reply.body).unwrap_or_default();
    let text = |name: &str| element(xml, name).map(unescaped).filter(|text| !text.is_empty());
    if !reply.status.is_success() {
        let code = text("Code").unwrap_or_else(|| "no code".to_owned());
        let message = text("Message").unwrap_or_default();
        return Err(format!("{action} answered {}: {}", reply.status.as_u16(), remark(&format!("{code}: {message}"))));
    }
    let part = |name: &str| text(name).ok_or_else(|| format!("the answer of {action} has no {name}"));
    let expiry =
        iso(&part("Expiration")?).ok_or_else(|| format!("the Expiration that {action} answered is not a time"))?;
    let mut credentials = Credentials::new(part("AccessKeyId")?, part("SecretAccessKey")?)
        .with_session_token(part("SessionToken")?)
        .with_expires_at(expiry);
    // arn:aws:sts::123456789012:assumed-role/name/session
    if let Some(account) = text("Arn").as_deref().and_then(|arn| arn.split(':').nth(4)) {
        credentials = credentials.with_account_id(account);
    }
    Ok(credentials)
}

/// The name that a session goes by in logs, where none is set.
fn default_session_name() -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{}-{}", env!("CARGO_PKG_NAME"), now.as_secs())
}

/// The fields of a form, encoded. `Debug` is missing on purpose: there are tokens among them.
struct Form(String);

impl Form {
    fn push(&mut self, name: &str, value: &str) {
        self.0.push('&');
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(&uri_encode(value));
    }
}
