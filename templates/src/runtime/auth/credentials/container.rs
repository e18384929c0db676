//! Takes the environment that Amazon ECS and Amazon EKS give a container; gives the credentials of its role.
//!
//! See "Container credential provider" in the AWS SDKs and Tools Reference Guide.

use std::net::IpAddr;

use ::http::{Method, Request, Uri};
use bytes::Bytes;

use super::fetch::{Patience, Reply, fetch, request, success};
use super::parse::{Names, from_json, read_file, remark, string};
use super::{Credentials, CredentialsError};
use crate::runtime::auth::context::Context;

const PLACE: &str = "container";
const PATIENCE: Patience = Patience::new(3, 2);
/// Where the agent of Amazon ECS listens.
const ECS_HOST: &str = "http://169.254.170.2";
/// The hosts besides the loopback that may be asked without TLS: the agents of Amazon ECS and Amazon EKS.
const HOSTS: [&str; 4] = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost"];

pub(super) const NAMES: Names =
    Names { id: "AccessKeyId", secret: "SecretAccessKey", token: "Token", expiry: "Expiration", account: "AccountId" };

/// The credentials of the container's role.
pub(super) async fn credentials(context: &Context) -> Result<Credentials, CredentialsError> {
    let Some(url) = url(context) else { return Err(missing()) };
    let request = question(context, &url);
    read(fetch(context, request, PATIENCE).await).map_err(|what| CredentialsError::failed(PLACE, what))
}

fn missing() -> CredentialsError {
    let outcome = "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set";
    CredentialsError::missing(PLACE, outcome)
}

fn url(context: &Context) -> Option<String> {
    match context.environment.var("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
        Some(path) => Some(format!("{ECS_HOST}{path}")),
        None => context.environment.var("AWS_CONTAINER_CREDENTIALS_FULL_URI"),
    }
}

fn question(context: &Context, url: &str) -> Result<Request<Bytes>, String> {
    let token = authorization(context)?;
    let mut headers = vec![("accept", "application/json")];
    if let Some(token) = &token {
        headers.push(("authorization", token));
    }
    let request = request(Method::GET, url, &headers, Bytes::new())?;
    if !may_be_asked(request.uri()) {
        let host = request.uri().host().unwrap_or_default();
        return Err(format!("{host:?} is neither asked over TLS nor the host of an agent nor the loopback"));
    }
    Ok(request)
}

fn read(reply: Result<Reply, String>) -> Result<Credentials, String> {
    from_json(&success(reply, "")?, &NAMES)
}

/// Whether a token may be sent to a URL: never in the clear over a network.
fn may_be_asked(uri: &Uri) -> bool {
    let Some(host) = uri.host() else { return false };
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    uri.scheme_str() == Some("https") || HOSTS.contains(&host) || address.is_ok_and(|address| address.is_loopback())
}

/// The value of the `authorization` header. The file is read anew each time, for someone else renews the token in it.
fn authorization(context: &Context) -> Result<Option<String>, String> {
    match context.environment.var("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
        Some(path) => read_file(&path).map(Some),
        None => Ok(context.environment.var("AWS_CONTAINER_AUTHORIZATION_TOKEN")),
    }
}

/// What an answer that is not credentials says.
pub(super) fn refusal(reply: &Reply) -> String {
    let said = reply.json().unwrap_or_default();
    let mut text = format!("status {}", reply.status.as_u16());
    for (name, other) in [("Code", "code"), ("Message", "message")] {
        if let Some(part) = string(&said, name).or(string(&said, other)) {
            text.push_str(": ");
            text.push_str(&remark(part));
        }
    }
    text
}
