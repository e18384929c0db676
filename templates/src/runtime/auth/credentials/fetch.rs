//! Takes a request for credentials or a token; gives the answer, whole and in time, or says in one line what went wrong.

use std::pin::Pin;
use std::time::Duration;

use ::http::header::USER_AGENT;
use ::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Uri};
use bytes::Bytes;
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout};

use super::container::refusal;
use super::parse::remark;
use crate::runtime::auth::context::Context;
use crate::runtime::auth::sign::host;
use crate::runtime::base::json;
use crate::runtime::base::random;
use crate::runtime::http::{Body, HttpClient, Lane, Limits, ReadError};

/// What the answers of all these services fit into many times over.
const LARGEST: usize = 256 << 10;
/// The wait before the second attempt, but for its jitter; twice as long before the third.
const PAUSE: Duration = Duration::from_millis(200);

/// How often and how long a service is tried.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub(super) attempts: u32,
    /// For one attempt.
    pub(super) timeout: Duration,
}

impl Patience {
    pub(super) const fn new(attempts: u32, seconds: u64) -> Self {
        Self { attempts, timeout: Duration::from_secs(seconds) }
    }
}

/// An answer.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

impl Reply {
    /// The body as JSON. The error does not repeat it: it may hold a secret.
    pub(super) fn json(&self) -> Result<Value, String> {
        json::from_slice(&self.body).map_err(|_| "the answer is not JSON".to_owned())
    }
}

/// The JSON of a success; else what the service said, after a few words of whoever asked.
pub(super) fn success(reply: Result<Reply, String>, words: &str) -> Result<Value, String> {
    let reply = reply?;
    if reply.status.is_success() { reply.json() } else { Err(format!("{words}{}", refusal(&reply))) }
}

/// A request. What its headers say is not shown: most of it is a token.
pub(super) fn request(
    method: Method,
    url: &str,
    headers: &[(&'static str, &str)],
    body: Bytes,
) -> Result<Request<Bytes>, String> {
    let not_a_url = || format!("{:?} is not a URL", remark(url));
    let uri: Uri = url.parse().map_err(|_| not_a_url())?;
    let host = host(&uri).map_err(|_| not_a_url())?;
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    put(request.headers_mut(), "host", &host)?;
    for (name, value) in headers {
        put(request.headers_mut(), name, value)?;
    }
    Ok(request)
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &str) -> Result<(), String> {
    let value = HeaderValue::from_str(value);
    let mut value = value.map_err(|_| format!("the value of {name} cannot be written in a header"))?;
    value.set_sensitive(true);
    headers.insert(HeaderName::from_static(name), value);
    Ok(())
}

/// Sends a request, and again where there was no answer or one that says to try later. All of them may be repeated. A
/// request that could not be made is the answer.
///
/// The future is boxed here, once, so that none of those that wait for it hold and compile it anew.
pub(super) fn fetch(context: &Context, request: Result<Request<Bytes>, String>, patience: Patience) -> Fetch<'_> {
    Box::pin(repeated(context, request, patience))
}

/// An answer still to come.
pub(super) type Fetch<'a> = Pin<Box<dyn Future<Output = Result<Reply, String>> + Send + 'a>>;

// What stands between two awaits is in functions of its own, here and in the sources: in an asynchronous function each
// call has a landing pad, which is several times the code.
async fn repeated(
    context: &Context,
    request: Result<Request<Bytes>, String>,
    patience: Patience,
) -> Result<Reply, String> {
    let request = request?;
    let Some(http) = &context.http else {
        return Err("there is no HTTP client: the feature `client` is off and none was set".to_owned());
    };
    let mut attempt = 1;
    loop {
        let answer = once(&**http, &request, patience.timeout).await;
        if attempt >= patience.attempts || !is_worth_repeating(&answer) {
            return answer;
        }
        sleep(pause(attempt)).await;
        attempt += 1;
    }
}

async fn once(http: &dyn HttpClient, request: &Request<Bytes>, within: Duration) -> Result<Reply, String> {
    let answer = timeout(within, exchange(http, outgoing(request), limits(within))).await;
    answer.unwrap_or_else(|_| Err(format!("no answer within {} s", within.as_secs())))
}

async fn exchange(http: &dyn HttpClient, request: Request<Body>, limits: Limits) -> Result<Reply, String> {
    let url = request.uri().clone();
    match http.send(request, limits).await {
        Ok(response) => {
            let (head, body) = response.into_parts();
            whole(&url, head.status, body.read(LARGEST).await)
        }
        Err(error) => Err(error.describe_for(&url)),
    }
}

fn limits(within: Duration) -> Limits {
    let deadline = Instant::now().checked_add(within);
    Limits { connect_timeout: Some(within), deadline, lane: Lane::Credentials }
}

/// What is sent for a request in one attempt.
fn outgoing(request: &Request<Bytes>) -> Request<Body> {
    const NAME: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let mut outgoing = Request::new(Body::from(request.body().clone()));
    *outgoing.method_mut() = request.method().clone();
    *outgoing.uri_mut() = request.uri().clone();
    *outgoing.headers_mut() = request.headers().clone();
    outgoing.headers_mut().insert(USER_AGENT, HeaderValue::from_static(NAME));
    outgoing
}

fn whole(url: &Uri, status: StatusCode, body: Result<Bytes, ReadError>) -> Result<Reply, String> {
    match body {
        Ok(body) => Ok(Reply { status, body }),
        Err(ReadError::Transport(error)) => Err(error.describe_for(url)),
        Err(ReadError::TooLarge) => Err(format!("the answer is longer than {LARGEST} bytes")),
    }
}

fn pause(attempt: u32) -> Duration {
    PAUSE.mul_f64(f64::from(attempt) * (0.5 + random::unit() / 2.0))
}

fn is_worth_repeating(answer: &Result<Reply, String>) -> bool {
    match answer {
        Ok(reply) => reply.status.is_server_error() || reply.status == StatusCode::TOO_MANY_REQUESTS,
        Err(_) => true,
    }
}
