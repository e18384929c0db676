//! Credentials of an instance's role, from the metadata service of Amazon EC2, version 2.
//!
//! See "IMDS credential provider" in the AWS SDKs and Tools Reference Guide, and "Retrieve security credentials from
//! instance metadata" in the Amazon EC2 User Guide. Version 1, which needs no session token, is not supported: a program that
//! can be made to fetch a URL would hand out the credentials.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use ::http::{Method, Request, StatusCode};
use bytes::Bytes;

use super::json::{METADATA_NAMES, from_json};
use super::keys::Credentials;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::error::CredentialsError;
use crate::runtime::auth::request::{Fetch, FetchPolicy, ServiceResponse, build, fetch, fixed, success};
use crate::runtime::auth::values::string;
use crate::runtime::base::profile::Profile;
use crate::runtime::base::random;
use crate::runtime::base::text::{one_line, public_url};
use crate::runtime::base::threads::BoxFuture;

const PROVIDER: &str = "EC2 instance metadata";
/// The policy of the first request: elsewhere than on EC2 nothing responds, and a call should not wait for that.
const FIRST: FetchPolicy = FetchPolicy::new(1, 1).direct();
const POLICY: FetchPolicy = FetchPolicy::new(3, 1).direct();
const TOKEN: &str = "/latest/api/token";
const ROLE: &str = "/latest/meta-data/iam/security-credentials/";
const IPV4: &str = "http://169.254.169.254";
const IPV6: &str = "http://[fd00:ec2::254]";

/// The metadata service, with the last credentials from it.
#[derive(Debug, Clone, Default)]
pub(super) struct Imds {
    last: Arc<Mutex<Option<Credentials>>>,
}

/// Why there are no credentials.
enum Problem {
    /// There is no such service, or the instance has no role.
    Absent(String),
    /// The service failed.
    Failed(String),
}

impl From<String> for Problem {
    fn from(what: String) -> Self {
        Self::Failed(what)
    }
}

impl Imds {
    /// The credentials of the instance's role.
    ///
    /// While the service has no new ones, the last ones are returned again: AWS accepts them for that time.
    pub(super) fn credentials<'a>(
        &'a self,
        context: &'a Context,
        profile: Profile<'a>,
    ) -> BoxFuture<'a, Result<Credentials, CredentialsError>> {
        Box::pin(async move {
            let result = ask(context, profile).await;
            self.keep(result, context)
        })
    }

    fn keep(&self, result: Result<Credentials, Problem>, context: &Context) -> Result<Credentials, CredentialsError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let credentials = match (result, &*last) {
            (Ok(credentials), _) => credentials,
            (Err(_), Some(last)) => last.clone(),
            (Err(Problem::Absent(what)), None) => return Err(CredentialsError::missing(PROVIDER, what)),
            (Err(Problem::Failed(what)), None) => return Err(CredentialsError::failed(PROVIDER, what)),
        };
        *last = Some(credentials.clone());
        Ok(extended(credentials, context.clock.for_expiry()))
    }
}

/// Credentials that have expired, or soon will, with a later expiry, at which new ones are loaded. It differs from instance
/// to instance, so that not all of them ask at once when the service is back.
fn extended(credentials: Credentials, now: SystemTime) -> Credentials {
    let soon = now + Duration::from_secs(60);
    match credentials.expires_at() {
        Some(expiry) if expiry < soon => {
            let more = Duration::from_secs(10 * 60) + Duration::from_secs(5 * 60).mul_f64(random::unit());
            credentials.with_expires_at(now + more)
        }
        _ => credentials,
    }
}

async fn ask(context: &Context, profile: Profile<'_>) -> Result<Credentials, Problem> {
    let session = open(context, endpoint(context, profile)?).await?;
    let role = role(session.get(ROLE, "").await)?;
    credentials_of(session.get(ROLE, &role).await).map_err(Problem::Failed)
}

/// The name of the role, which is the only one of the list.
fn role(response: Result<ServiceResponse, String>) -> Result<String, Problem> {
    let response = response?;
    if response.status == StatusCode::NOT_FOUND {
        return Err(Problem::Absent("the instance has no role".to_owned()));
    }
    let roles = std::str::from_utf8(&response.body).unwrap_or_default();
    match roles.lines().next().map(str::trim) {
        Some(role) if response.status.is_success() && !role.is_empty() => Ok(role.to_owned()),
        _ => Err(Problem::Failed(format!("the role could not be read: {}", response.error_text()))),
    }
}

fn credentials_of(response: Result<ServiceResponse, String>) -> Result<Credentials, String> {
    let object = success(response, "")?;
    // A problem with the role comes with status 200.
    let code = string(&object, "Code").unwrap_or("Success");
    if code != "Success" {
        let message = string(&object, "Message").unwrap_or_default();
        return Err(one_line(&format!("{code}: {message}")).at_most(300).to_string());
    }
    from_json(&object, &METADATA_NAMES)
}

/// An open session.
struct Session<'a> {
    context: &'a Context,
    endpoint: String,
    token: String,
}

impl<'a> Session<'a> {
    fn get(&self, path: &str, name: &str) -> Fetch<'a> {
        let headers = [("x-aws-ec2-metadata-token", self.token.as_str())];
        let url = format!("{}{path}{name}", self.endpoint);
        fetch(self.context, fixed(build(Method::GET, &url, &headers, Bytes::new())), POLICY)
    }
}

/// Opens a session of six hours, the longest there is; it is used for two requests.
async fn open(context: &Context, endpoint: String) -> Result<Session<'_>, Problem> {
    let request = opening(&endpoint)?;
    let mut response = fetch(context, fixed(Ok(request)), FIRST).await;
    if response.as_ref().is_ok_and(|response| response.status.is_server_error()) {
        response = fetch(context, fixed(opening(&endpoint)), POLICY).await;
    }
    let token = opened(&endpoint, response)?;
    Ok(Session { context, endpoint, token })
}

fn opening(endpoint: &str) -> Result<Request<Bytes>, String> {
    let headers = [("x-aws-ec2-metadata-token-ttl-seconds", "21600")];
    build(Method::PUT, &format!("{endpoint}{TOKEN}"), &headers, Bytes::new())
}

/// The token of a session.
fn opened(endpoint: &str, response: Result<ServiceResponse, String>) -> Result<String, Problem> {
    let endpoint = public_url(endpoint);
    let response = response.map_err(|what| Problem::Absent(format!("{endpoint} does not respond: {what}")))?;
    if !response.status.is_success() {
        // Something else may listen at this address: other clouds have their own service there.
        let what = format!("{endpoint} did not open a session: {}", response.error_text());
        return Err(if response.status.is_client_error() { Problem::Absent(what) } else { Problem::Failed(what) });
    }
    match String::from_utf8_lossy(&response.body) {
        token if token.trim().is_empty() => {
            Err(Problem::Failed(format!("{endpoint} did not open a session: no token")))
        }
        token => Ok(token.into_owned()),
    }
}

/// The URL of the service, unless it is disabled.
fn endpoint(context: &Context, profile: Profile<'_>) -> Result<String, Problem> {
    if context.environment.var("AWS_EC2_METADATA_DISABLED").is_some_and(|on| on.eq_ignore_ascii_case("true")) {
        return Err(Problem::Absent("AWS_EC2_METADATA_DISABLED is true".to_owned()));
    }
    let look = |variable: &str, setting: &str| profile.look(&context.environment, variable, setting);
    if let Some(endpoint) = look("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint") {
        return Ok(endpoint.trim_end_matches('/').to_owned());
    }
    let mode = look("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");
    Ok(if mode.is_some_and(|mode| mode.eq_ignore_ascii_case("ipv6")) { IPV6 } else { IPV4 }.to_owned())
}
