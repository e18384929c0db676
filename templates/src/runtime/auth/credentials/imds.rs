//! Takes the metadata service of an EC2 instance; gives the credentials of its role. Version 2 of the service only.
//!
//! See "IMDS credential provider" in the AWS SDKs and Tools Reference Guide, and "Retrieve security credentials from
//! instance metadata" in the Amazon EC2 User Guide. Version 1, which needs no session token, is not spoken: it lets a
//! program that can be talked into fetching a URL hand out the credentials.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use ::http::{Method, Request, StatusCode};
use bytes::Bytes;

use super::container::{NAMES, refusal};
use super::fetch::{Fetch, Patience, Reply, fetch, request, success};
use super::parse::{from_json, remark, string};
use super::{Credentials, CredentialsError};
use crate::runtime::auth::context::Context;
use crate::runtime::base::profile::Profile;
use crate::runtime::base::random;

const PLACE: &str = "EC2 instance metadata";
/// What the first request has: elsewhere than on EC2 nothing answers, and a call should not wait for that.
const FIRST: Patience = Patience::new(1, 1);
const PATIENCE: Patience = Patience::new(3, 1);
const TOKEN: &str = "/latest/api/token";
const ROLE: &str = "/latest/meta-data/iam/security-credentials/";
const IPV4: &str = "http://169.254.169.254";
const IPV6: &str = "http://[fd00:ec2::254]";

/// The metadata service. Keeps the last credentials it gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Imds {
    last: Arc<Mutex<Option<Credentials>>>,
}

/// Why there are no credentials.
enum Problem {
    /// There is no such service.
    Absent(String),
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
    /// While the service cannot give new ones, the last ones go on to be given, for AWS goes on to accept them then.
    pub(super) async fn credentials(
        &self,
        context: &Context,
        profile: Profile<'_>,
    ) -> Result<Credentials, CredentialsError> {
        let answer = ask(context, profile).await;
        self.keep(answer)
    }

    fn keep(&self, answer: Result<Credentials, Problem>) -> Result<Credentials, CredentialsError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let credentials = match (answer, &*last) {
            (Ok(credentials), _) => credentials,
            (Err(_), Some(last)) => last.clone(),
            (Err(Problem::Absent(what)), None) => return Err(CredentialsError::missing(PLACE, what)),
            (Err(Problem::Failed(what)), None) => return Err(CredentialsError::failed(PLACE, what)),
        };
        *last = Some(credentials.clone());
        Ok(extended(credentials))
    }
}

/// Credentials that have expired, or soon will, with a later expiry, at which they are to be asked for again. It differs
/// from instance to instance, so that a service that comes back is not asked by all of them at once.
fn extended(credentials: Credentials) -> Credentials {
    let now = SystemTime::now();
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

/// The name of the role, from the list of the one there is.
fn role(reply: Result<Reply, String>) -> Result<String, Problem> {
    let reply = reply?;
    if reply.status == StatusCode::NOT_FOUND {
        return Err(Problem::Absent("the instance has no role".to_owned()));
    }
    let roles = std::str::from_utf8(&reply.body).unwrap_or_default();
    match roles.lines().next().map(str::trim) {
        Some(role) if reply.status.is_success() && !role.is_empty() => Ok(role.to_owned()),
        _ => Err(Problem::Failed(format!("the role could not be read: {}", refusal(&reply)))),
    }
}

fn credentials_of(reply: Result<Reply, String>) -> Result<Credentials, String> {
    let answer = success(reply, "")?;
    // Trouble with the role is told with status 200.
    let code = string(&answer, "Code").unwrap_or("Success");
    if code != "Success" {
        let message = string(&answer, "Message").unwrap_or_default();
        return Err(remark(&format!("{code}: {message}")));
    }
    from_json(&answer, &NAMES)
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
        fetch(self.context, request(Method::GET, &url, &headers, Bytes::new()), PATIENCE)
    }
}

/// Opens a session of six hours, the longest there is; it is used for two requests.
async fn open(context: &Context, endpoint: String) -> Result<Session<'_>, Problem> {
    let mut reply = fetch(context, Ok(opening(&endpoint)?), FIRST).await;
    if reply.as_ref().is_ok_and(|reply| reply.status.is_server_error()) {
        reply = fetch(context, opening(&endpoint), PATIENCE).await;
    }
    let token = opened(&endpoint, reply)?;
    Ok(Session { context, endpoint, token })
}

fn opening(endpoint: &str) -> Result<Request<Bytes>, String> {
    let headers = [("x-aws-ec2-metadata-token-ttl-seconds", "21600")];
    request(Method::PUT, &format!("{endpoint}{TOKEN}"), &headers, Bytes::new())
}

fn opened(endpoint: &str, reply: Result<Reply, String>) -> Result<String, Problem> {
    let reply = reply.map_err(|what| Problem::Absent(format!("{endpoint} does not answer: {what}")))?;
    if !reply.status.is_success() {
        // Something else may listen at this address: other clouds have their own service there.
        let what = format!("{endpoint} opens no session: {}", refusal(&reply));
        return Err(if reply.status.is_client_error() { Problem::Absent(what) } else { Problem::Failed(what) });
    }
    Ok(String::from_utf8_lossy(&reply.body).into_owned())
}

/// Where the service is, unless it is switched off.
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
