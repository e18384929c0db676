//! The exchange of a refresh token for a new token.
//!
//! **Invariant:** an exchange that has begun is carried to its end, the file included, whoever waits for it: a refresh token
//! can be used once. So it runs on a thread with a runtime of its own, once at a time for each file.

use std::sync::LazyLock;

use super::sign_in::SignIn;
use super::token_file::TokenFile;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::request::endpoint::SSO_OIDC;
use crate::runtime::auth::request::{FetchPolicy, build, fetch, fixed, success};
use crate::runtime::auth::token::BearerToken;
use crate::runtime::base::blocking::Blocking;
use crate::runtime::base::profile::Profile;
use ::http::Method;
use bytes::Bytes;

/// A refresh token can be used once, so the request is not repeated.
const POLICY: FetchPolicy = FetchPolicy::new(1, 10);
/// The most exchanges at once, each of another file.
const AT_ONCE: usize = 4;

static EXCHANGES: LazyLock<Blocking<Result<BearerToken, String>>> =
    LazyLock::new(|| Blocking::new("sso-token", AT_ONCE));

/// A token that serves now: the new one, or else the old one until it expires.
pub(super) async fn exchange(
    context: &Context,
    selected: Profile<'_>,
    sign_in: &SignIn,
    file: TokenFile,
) -> Result<BearerToken, String> {
    let url = SSO_OIDC.url(&sign_in.region, context, selected)?;
    let key = file.path.to_string_lossy().into_owned();
    let (context, sign_in) = (context.clone(), sign_in.clone());
    EXCHANGES.renew(&key, move || async move { exchange_here(&context, &url, &sign_in, file).await }).await
}

async fn exchange_here(context: &Context, url: &str, sign_in: &SignIn, file: TokenFile) -> Result<BearerToken, String> {
    // Another caller or another program may have renewed it since the file was read.
    let file = file.read_again(sign_in).unwrap_or(file);
    if !file.is_due(context, sign_in) {
        return file.token(context, sign_in);
    }
    match renewed(context, url, &file).await {
        Ok(renewed) => {
            if let Err(error) = renewed.write() {
                // The token serves these credentials all the same.
                tracing::debug!(%error, "the renewed sign-in could not be written");
            }
            renewed.unchecked_token()
        }
        Err(what) => {
            // The refresh token may have been used by another program, which then wrote a new token.
            let file = file.read_again(sign_in).unwrap_or(file);
            if file.has_expired(context) {
                return Err(sign_in.with_advice(&format!("the sign-in has expired, and {what}")));
            }
            file.unchecked_token()
        }
    }
}

async fn renewed(context: &Context, url: &str, file: &TokenFile) -> Result<TokenFile, String> {
    let body = Bytes::from(file.request(context)?.to_string());
    let request = build(Method::POST, &format!("{url}/token"), &[("content-type", "application/json")], body)?;
    let response = success(fetch(context, fixed(Ok(request)), POLICY).await, "CreateToken")?;
    file.renewed(&response)
}
