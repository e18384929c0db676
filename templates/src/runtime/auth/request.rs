//! Requests to the services that provide credentials and tokens: built, sent as often as a policy allows, and read whole.

use std::time::{Duration, SystemTime};

use ::http::header::USER_AGENT;
use ::http::uri::Scheme;
use ::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use bytes::Bytes;

use super::context::Context;
use super::sign::host;
use crate::runtime::base::clock::{Clock, Correction, apart};
use crate::runtime::base::random;
use crate::runtime::base::text::{one_line, public_url};
use crate::runtime::base::threads::{BoxFuture, shareable};
use crate::runtime::base::time::{self, Instant, sleep};
use crate::runtime::error::RetryClass;
use crate::runtime::error::classify::may_mean_skew;
use crate::runtime::http::{Body, HostAndPort, HttpClient, Lane, Limits, ReadError};
pub(super) use response::{ServiceResponse, success};

pub(super) mod endpoint;
mod response;
mod xml;

/// The largest body of a response. All of these services respond with a few kilobytes.
const LARGEST: usize = 256 << 10;
/// The wait before the second attempt, before its jitter; twice as long before the third.
const PAUSE: Duration = Duration::from_millis(200);

/// The attempts and the time limits of a fetch.
#[derive(Debug, Clone, Copy)]
pub(super) struct FetchPolicy {
    attempts: u32,
    /// The time for one attempt.
    timeout: Duration,
    /// Error codes after which another attempt may succeed, besides those that all services share.
    transient: &'static [&'static str],
    /// Whether the service is one of this machine, which no proxy reaches.
    direct: bool,
}

impl FetchPolicy {
    pub(super) const fn new(attempts: u32, seconds: u64) -> Self {
        Self { attempts, timeout: Duration::from_secs(seconds), transient: &[], direct: false }
    }

    /// Says that the service is one of this machine, which no proxy reaches.
    pub(super) const fn direct(mut self) -> Self {
        self.direct = true;
        self
    }

    pub(super) const fn transient(mut self, codes: &'static [&'static str]) -> Self {
        self.transient = codes;
        self
    }
}

/// Builds the request of one attempt, which is signed, if at all, with this time.
pub(super) type Builder<'a> = Box<shareable!(dyn Fn(SystemTime) -> Result<Request<Bytes>, String> + 'a)>;

/// The builder of a request that is the same at all times.
pub(super) fn fixed(request: Result<Request<Bytes>, String>) -> Builder<'static> {
    Box::new(move |_| request.as_ref().map(copy).map_err(Clone::clone))
}

/// A request. The values of its headers are not shown: most are tokens.
///
/// # Errors
/// The URL is none, or its scheme is neither http nor https, or a value cannot be written in a header.
pub(super) fn build(
    method: Method,
    url: &str,
    headers: &[(&'static str, &str)],
    body: Bytes,
) -> Result<Request<Bytes>, String> {
    let not_a_url = || format!("{:?} is not a URL of scheme http or https", one_line(&public_url(url)).to_string());
    let uri: Uri = url.parse().map_err(|_| not_a_url())?;
    if !uri.scheme().is_some_and(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS) {
        return Err(not_a_url());
    }
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

fn copy<B: Clone>(request: &Request<B>) -> Request<B> {
    let mut copy = Request::new(request.body().clone());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    copy
}

/// The future of [`fetch`]. It is boxed there, once, so that none of those that wait for it hold and compile it anew.
pub(super) type Fetch<'a> = BoxFuture<'a, Result<ServiceResponse, String>>;

/// Sends a request, and again where there is no response, or one after which another attempt may succeed. All of these
/// requests may be repeated. The clock is corrected where the service says that it is wrong.
///
/// # Errors
/// The request cannot be built, or the last attempt got no whole response.
pub(super) fn fetch<'a>(context: &'a Context, build: Builder<'a>, policy: FetchPolicy) -> Fetch<'a> {
    Box::pin(repeated(context, build, policy))
}

/// An attempt that got no whole response.
struct Failed {
    message: String,
    /// Whether another attempt would fail in the same way.
    permanent: bool,
}

// Between two awaits there is little more than calls, here and in the providers: in an asynchronous function each call has a
// landing pad, which is several times the code.
async fn repeated(context: &Context, build: Builder<'_>, policy: FetchPolicy) -> Result<ServiceResponse, String> {
    let Some(http) = &context.http else {
        return Err("there is no HTTP client: the feature `client` is off and none was set".to_owned());
    };
    let mut correction = None;
    let mut attempt = 1;
    loop {
        let signed_at = context.clock.now();
        let result = once(&**http, build(signed_at)?, policy).await;
        let pause = pause_after(&result, attempt, signed_at, policy, &context.clock, &mut correction);
        let Some(pause) = pause.filter(|_| attempt < policy.attempts) else {
            return result.map_err(|failed| failed.message);
        };
        sleep(pause).await;
        attempt += 1;
    }
}

/// The time to wait before another attempt; `None` where that cannot succeed.
fn pause_after(
    result: &Result<ServiceResponse, Failed>,
    attempt: u32,
    signed_at: SystemTime,
    policy: FetchPolicy,
    clock: &Clock,
    correction: &mut Option<Correction>,
) -> Option<Duration> {
    let pause = PAUSE.mul_f64(f64::from(attempt) * (0.5 + random::unit() / 2.0));
    let response = match result {
        Ok(response) if response.status.is_success() => return None,
        Ok(response) => response,
        Err(failed) => return (!failed.permanent).then_some(pause),
    };
    let code = response.code();
    let transient = code.as_deref().is_some_and(|code| policy.transient.contains(&code));
    let date = response.date.filter(|date| Clock::is_plausible(*date));
    let skew = date.map(|date| apart(date, signed_at));
    let modelled = transient.then_some(false);
    let class = RetryClass::of_response(response.status.as_u16(), code.as_deref(), modelled, skew);
    if code.as_deref().is_some_and(may_mean_skew) {
        match (correction.take(), class) {
            (Some(useless), _) => clock.undo(useless),
            (None, RetryClass::Skewed) => *correction = date.and_then(|date| clock.correct(date, signed_at)),
            (None, _) => {}
        }
    }
    match class {
        RetryClass::Final => None,
        // Without a correction the next attempt would be refused as this one was.
        RetryClass::Skewed => correction.map(|_| Duration::ZERO),
        RetryClass::Transient | RetryClass::Timeout | RetryClass::Throttling => Some(pause),
    }
}

async fn once(http: &dyn HttpClient, request: Request<Bytes>, policy: FetchPolicy) -> Result<ServiceResponse, Failed> {
    let (url, within) = (request.uri().clone(), policy.timeout);
    let response = time::within(within, exchange(http, outgoing(request), &url, limits(policy))).await;
    response.unwrap_or_else(|| {
        let message = format!("no response of {} within {} s", HostAndPort(&url), within.as_secs());
        Err(Failed { message, permanent: false })
    })
}

async fn exchange(
    http: &dyn HttpClient,
    request: Request<Body>,
    url: &Uri,
    limits: Limits,
) -> Result<ServiceResponse, Failed> {
    let error = match http.send(request, limits).await {
        Ok(response) => {
            let (head, body) = response.into_parts();
            match body.read(LARGEST).await {
                Ok(body) => return Ok(ServiceResponse::new(head.status, &head.headers, body)),
                Err(ReadError::Transport(error)) => error,
                Err(ReadError::TooLarge) => {
                    let message = format!("the response is longer than {LARGEST} bytes");
                    return Err(Failed { message, permanent: true });
                }
            }
        }
        Err(error) => error,
    };
    Err(Failed { message: error.describe_for(url), permanent: error.is_permanent() })
}

fn limits(policy: FetchPolicy) -> Limits {
    let deadline = Instant::now().checked_add(policy.timeout);
    Limits { connect_timeout: Some(policy.timeout), deadline, lane: Lane::Credentials, direct: policy.direct }
}

/// The request as it is sent.
fn outgoing(request: Request<Bytes>) -> Request<Body> {
    const NAME: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let mut request = request.map(Body::from);
    request.headers_mut().insert(USER_AGENT, HeaderValue::from_static(NAME));
    request
}
