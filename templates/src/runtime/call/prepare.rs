//! The HTTP request of a call: what all attempts share, and the signature of each.

use std::time::SystemTime;

use ::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT};
use ::http::uri::{Authority, Parts, PathAndQuery};
use ::http::{HeaderMap, Method, Request, Uri};
use bytes::Bytes;

use crate::runtime::auth::identity::Identity;
use crate::runtime::auth::sign::{PathStyle, SignedBody, Signing, bearer};
use crate::runtime::base::percent::push_encoded_but;
use crate::runtime::call::core::Core;
use crate::runtime::call::execution::{Execution, Unsigned};
use crate::runtime::config::settings::Settings;
use crate::runtime::error::{Cause, ErrorKind, Failed, Failure};
use crate::runtime::http::{Body, ByteStream};
use crate::runtime::protocol::bind::BoundRequest;
use crate::runtime::protocol::checksum;
use crate::runtime::protocol::gzip::gzip;
use crate::runtime::protocol::operation::{Auth, Checksum, OperationInfo};

/// A request that lacks only its signature.
pub(crate) struct Prepared {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    /// The body where it is not in memory.
    stream: Option<ByteStream>,
    auth: Auth,
}

impl Prepared {
    /// Puts together what is the same for all attempts.
    pub(crate) fn new(settings: &Settings, info: &OperationInfo, bound: BoundRequest) -> Result<Self, Failed> {
        let mut method = Method::from_bytes(info.method.as_bytes()).map_err(build)?;
        let BoundRequest { mut path_and_query, mut headers, mut body, stream, host_prefix, endpoint_params: _ } = bound;
        add_constant(info, &mut headers)?;
        if info.form {
            if let Some(query) = path_and_query.find('?') {
                body = path_and_query.split_off(query)[1..].to_owned().into();
                path_and_query.truncate(query);
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
                method = Method::POST;
            }
        }
        let uri = uri(settings, host_prefix.as_deref(), &path_and_query)?;
        // What is not in memory would have to be read twice, and is sent as it is.
        if stream.is_none() {
            if info.compressed && settings.compress_from.is_some_and(|least| body.len() >= least) {
                body = gzip(&body).into();
                encoded(&mut headers)?;
            }
            if let Some(checksum) = info.checksum {
                checksum::add(checksum, &mut headers, &body).map_err(build)?;
            }
        } else if info.checksum == Some(Checksum::TreeHash) {
            let message = "the service asks for the hash of the whole body: give one that is in memory";
            return Failure::failed(ErrorKind::Build, message);
        }
        add_own(settings, &mut headers, &uri)?;
        Ok(Self { method, uri, headers, body, stream, auth: info.auth })
    }

    /// Where the request goes.
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Whether the request can be sent again: a body that is not in memory is gone once it was sent.
    pub(crate) fn can_be_repeated(&self) -> bool {
        self.stream.is_none()
    }

    /// The request of an attempt as it goes out at one moment.
    pub(crate) fn sign(
        &self,
        core: &Core,
        settings: &Settings,
        identity: Option<&Identity>,
        at: SystemTime,
        execution: Option<&Execution>,
        attempt: u32,
    ) -> Result<Request<Body>, Failed> {
        let mut headers = self.headers.clone();
        if settings.is_lambda {
            add_trace(core, &mut headers)?;
        }
        if let Some(execution) = execution {
            let body = self.stream.is_none().then_some(&self.body);
            let request = Unsigned { method: &self.method, uri: &self.uri, headers: &mut headers, body };
            execution.before_signing(attempt, request)?;
        }
        match identity {
            None => {}
            Some(Identity::Keys(credentials)) => {
                #[cfg(feature = "sigv4a")]
                let regions = settings.region_set.as_deref();
                #[cfg(not(feature = "sigv4a"))]
                let regions: Option<&str> = None;
                let signing = Signing {
                    credentials,
                    region: regions.map_or_else(|| settings.signing_region(), Ok)?,
                    service: &settings.signing_name,
                    at,
                    // What is not in memory would have to be read twice to be signed.
                    body: if self.auth == Auth::SigV4UnsignedPayload || self.stream.is_some() {
                        SignedBody::Unsigned
                    } else {
                        SignedBody::Bytes(&self.body)
                    },
                    path: PathStyle::Normalized,
                };
                match regions {
                    #[cfg(feature = "sigv4a")]
                    Some(_) => core.signer().sign_for_regions(&self.method, &self.uri, &mut headers, &signing),
                    _ => core.signer().sign(&self.method, &self.uri, &mut headers, &signing),
                }
                .map_err(build)?;
            }
            Some(Identity::Token(token)) => bearer(&mut headers, token.text()).map_err(build)?,
        }
        let body = match self.stream.clone().map(ByteStream::into_body) {
            None => Body::from(self.body.clone()),
            Some(Some(stream)) => stream,
            Some(None) => return Failure::failed(ErrorKind::Build, "the stream of the body has been read already"),
        };
        let mut request = Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = headers;
        Ok(request)
    }
}

/// Adds the trace of the invocation that AWS Lambda runs, unless the input gives one. Each invocation has another, so it is
/// looked up for each request. botocore sends it with the same characters encoded, and signs it no more than this client does.
fn add_trace(core: &Core, headers: &mut HeaderMap) -> Result<(), Failed> {
    let Some(trace) = core.config.environment.var("_X_AMZN_TRACE_ID").filter(|trace| !trace.is_empty()) else {
        return Ok(());
    };
    let mut text = String::new();
    push_encoded_but(&mut text, trace.as_bytes(), b"-=;:+&[]{}\"',");
    let value = HeaderValue::from_str(&text).map_err(build)?;
    headers.entry(HeaderName::from_static("x-amzn-trace-id")).or_insert(value);
    Ok(())
}

fn uri(settings: &Settings, host_prefix: Option<&str>, path_and_query: &str) -> Result<Uri, Failed> {
    let mut parts = Parts::default();
    parts.scheme = Some(settings.scheme.clone());
    parts.authority = Some(match host_prefix {
        Some(prefix) => format!("{prefix}{}", settings.authority).parse().map_err(build)?,
        None => settings.authority.clone(),
    });
    let mut path = settings.base_path.clone();
    path.push_str(path_and_query);
    parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::from(path)).map_err(build)?);
    Uri::from_parts(parts).map_err(build)
}

/// Adds the headers that every request of the operation carries, unless the input gives them.
fn add_constant(info: &OperationInfo, headers: &mut HeaderMap) -> Result<(), Failed> {
    for (name, value) in info.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(build)?;
        headers.entry(name).or_insert(HeaderValue::from_str(value).map_err(build)?);
    }
    Ok(())
}

/// Adds the headers that the input does not decide.
fn add_own(settings: &Settings, headers: &mut HeaderMap, uri: &Uri) -> Result<(), Failed> {
    for (name, value) in &settings.endpoint.headers {
        headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).map_err(build)?);
    }
    let authority = uri.authority().map(Authority::as_str).unwrap_or_default();
    headers.insert(HOST, HeaderValue::from_str(host(authority, settings)).map_err(build)?);
    headers.insert(USER_AGENT, settings.user_agent.clone());
    Ok(())
}

/// Says that the body is compressed, besides whatever else the caller made of it.
fn encoded(headers: &mut HeaderMap) -> Result<(), Failed> {
    let value = match headers.get(CONTENT_ENCODING) {
        Some(before) => HeaderValue::from_bytes(&[before.as_bytes(), b", gzip"].concat()).map_err(build)?,
        None => HeaderValue::from_static("gzip"),
    };
    headers.insert(CONTENT_ENCODING, value);
    Ok(())
}

/// The `host` header: without the port that the scheme implies, as every HTTP client sends it.
fn host<'a>(host: &'a str, settings: &Settings) -> &'a str {
    let implied = if settings.scheme == ::http::uri::Scheme::HTTP { ":80" } else { ":443" };
    host.strip_suffix(implied).or_else(|| host.strip_suffix(':')).unwrap_or(host)
}

fn build(error: impl Into<Cause>) -> Failed {
    Box::new(Failure::of(ErrorKind::Build, error.into()))
}
