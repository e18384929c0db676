//! Credentials of a container's role, from the agents of Amazon ECS and Amazon EKS.
//!
//! See "Container credential provider" in the AWS SDKs and Tools Reference Guide.

use std::net::IpAddr;

use ::http::{Method, Request, Uri};
use bytes::Bytes;

use super::json::{METADATA_NAMES, from_json, unexpired};
use super::keys::Credentials;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::error::CredentialsError;
use crate::runtime::auth::request::{FetchPolicy, build, fetch, fixed, success};
use crate::runtime::auth::secret_file::secret;
use crate::runtime::base::threads::BoxFuture;

const PROVIDER: &str = "container";
const POLICY: FetchPolicy = FetchPolicy::new(3, 2).direct();
/// The agent of Amazon ECS.
const ECS: &str = "http://169.254.170.2";
/// The hosts besides the loopback that may be asked without TLS: the agents of Amazon ECS and Amazon EKS.
const HOSTS: [&str; 4] = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost"];

/// The credentials of the container's role.
pub(super) fn credentials(context: &Context) -> BoxFuture<'_, Result<Credentials, CredentialsError>> {
    Box::pin(async move {
        let Some(url) = url(context) else { return Err(missing()) };
        let failed = |what| CredentialsError::failed(PROVIDER, what);
        let token = authorization(context).await.map_err(failed)?;
        let response = fetch(context, fixed(request(&url, token.as_deref())), POLICY).await;
        let credentials = success(response, "").and_then(|object| from_json(&object, &METADATA_NAMES));
        credentials.and_then(|credentials| unexpired(credentials, context)).map_err(failed)
    })
}

fn missing() -> CredentialsError {
    let message = "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set";
    CredentialsError::missing(PROVIDER, message)
}

fn url(context: &Context) -> Option<String> {
    match context.environment.var("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
        Some(path) => Some(format!("{ECS}{path}")),
        None => context.environment.var("AWS_CONTAINER_CREDENTIALS_FULL_URI"),
    }
}

fn request(url: &str, token: Option<&str>) -> Result<Request<Bytes>, String> {
    let mut headers = vec![("accept", "application/json")];
    headers.extend(token.map(|token| ("authorization", token)));
    let request = build(Method::GET, url, &headers, Bytes::new())?;
    if !may_be_asked(request.uri()) {
        let host = request.uri().host().unwrap_or_default();
        return Err(format!(
            "{host:?} is not asked: it is neither an agent's host nor loopback, and the URL is not https"
        ));
    }
    Ok(request)
}

/// Whether a token may be sent to a URL: not in the clear over a network.
fn may_be_asked(uri: &Uri) -> bool {
    let Some(host) = uri.host() else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    uri.scheme_str() == Some("https") || HOSTS.contains(&host) || address.is_ok_and(|address| address.is_loopback())
}

/// The value of the `authorization` header.
async fn authorization(context: &Context) -> Result<Option<String>, String> {
    match context.environment.var("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
        Some(path) => secret(&path).await.map(Some),
        None => Ok(context.environment.var("AWS_CONTAINER_AUTHORIZATION_TOKEN")),
    }
}
