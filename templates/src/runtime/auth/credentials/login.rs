//! Credentials of a sign-in with `aws login`, for a profile that names one (`login_session`).
//!
//! AWS's command line leaves short-lived credentials in a file, with a refresh token that is bound to a key: each request for
//! new ones proves that the key is there. The file is shared: what is renewed here is written there. What is read and sent
//! is what botocore reads and sends; see also `CreateOAuth2Token` in the AWS Sign-In API Reference.

use std::sync::LazyLock;

use super::keys::Credentials;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::request::endpoint::SIGN_IN;
use crate::runtime::auth::request::{FetchPolicy, ServiceResponse, build, fetch, fixed, success};
use crate::runtime::auth::values::strings;
use crate::runtime::base::blocking::Blocking;
use crate::runtime::base::profile::Profile;
use ::http::Method;
use bytes::Bytes;
use serde_json::Value;
use session_file::SessionFile;

mod proof;
mod session_file;

/// A refresh token can be used once, so the request is not repeated.
const POLICY: FetchPolicy = FetchPolicy::new(1, 10);
/// The most renewals at once, each of another file.
const AT_ONCE: usize = 4;

static RENEWALS: LazyLock<Blocking<Result<Credentials, String>>> =
    LazyLock::new(|| Blocking::new("aws-login", AT_ONCE));

/// The credentials of a sign-in, renewed where that is due. `selected` is the selected profile, whose region counts.
pub(super) async fn credentials(
    context: &Context,
    selected: Profile<'_>,
    session: &str,
) -> Result<Credentials, String> {
    let file = SessionFile::read(context, session).await?;
    if !file.is_due(context) {
        return file.credentials();
    }
    let region = context.region(selected).ok_or("no region is set to renew the sign-in in")?;
    let url = SIGN_IN.url(&region, context, selected)?;
    // As with a sign-in of IAM Identity Center, a renewal that has begun is carried to its end, whoever waits for it.
    let key = file.path.to_string_lossy().into_owned();
    let context = context.clone();
    RENEWALS.renew(&key, move || async move { renew(&context, &url, file).await }).await
}

async fn renew(context: &Context, url: &str, file: SessionFile) -> Result<Credentials, String> {
    // Another caller or another program may have renewed it since the file was read.
    let file = file.read_again().unwrap_or(file);
    if !file.is_due(context) {
        return file.credentials();
    }
    match renewed(context, url, &file).await {
        Ok(renewed) => {
            if let Err(error) = renewed.write() {
                // The credentials serve all the same.
                tracing::debug!(%error, "the renewed sign-in could not be written");
            }
            renewed.credentials()
        }
        Err(what) => {
            // The refresh token may have been used by another program, which then wrote new credentials.
            let file = file.read_again().unwrap_or(file);
            if file.has_expired(context) {
                return Err(format!("the sign-in has expired, and {what}"));
            }
            file.credentials()
        }
    }
}

async fn renewed(context: &Context, url: &str, file: &SessionFile) -> Result<SessionFile, String> {
    let url = format!("{url}/v1/token");
    let proof = proof::of_possession(file.string("dpopKey")?, &url)?;
    let body = Value::Object(strings(&[
        ("clientId", file.string("clientId")?),
        ("grantType", "refresh_token"),
        ("refreshToken", file.string("refreshToken")?),
    ]));
    let headers = [("content-type", "application/json"), ("dpop", proof.as_str())];
    let request = build(Method::POST, &url, &headers, Bytes::from(body.to_string()))?;
    let response = fetch(context, fixed(Ok(request)), POLICY).await;
    if let Some(advice) = response.as_ref().ok().and_then(advice) {
        return Err(advice.to_owned());
    }
    file.renewed(&success(response, "CreateOAuth2Token")?)
}

/// The advice that goes with a refusal.
fn advice(response: &ServiceResponse) -> Option<&'static str> {
    if response.status.is_success() {
        return None;
    }
    match response.json().ok()?.get("error")?.as_str()? {
        "TOKEN_EXPIRED" => Some("cannot be renewed any more; run `aws login`"),
        "USER_CREDENTIALS_CHANGED" => Some("the password has changed since; run `aws login`"),
        "INSUFFICIENT_PERMISSIONS" => Some("renewing it needs the permission signin:CreateOAuth2Token"),
        _ => None,
    }
}
