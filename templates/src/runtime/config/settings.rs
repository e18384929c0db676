//! Settings: what all calls of a client need of its configuration and service, looked up and checked.

use std::sync::OnceLock;

use ::http::HeaderValue;
use ::http::uri::{Authority, Scheme};

use crate::runtime::auth::identity::IdentityCache;
use crate::runtime::base::text::{one_line, public_url};
use crate::runtime::config::lookup::{Lookup, SettingValue};
use crate::runtime::config::options::Config;
use crate::runtime::config::retry::Retry;
use crate::runtime::endpoint::{Endpoint, EndpointParam, Param, Params, is_valid_host_label, parse_url};
use crate::runtime::error::{ErrorKind, Failed, Failure};
use crate::runtime::protocol::operation::ServiceInfo;

/// The settings that all calls of one client share.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The region requests are signed for, or what to say to a call that has to be signed.
    pub(crate) signing_region: Result<String, String>,
    pub(crate) signing_name: String,
    /// The regions of a signature of SigV4a, where the endpoint takes no other.
    #[cfg(feature = "sigv4a")]
    pub(crate) region_set: Option<String>,
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
    /// The prefix of the path of every operation; no slash at its end.
    pub(crate) base_path: String,
    pub(crate) endpoint: Endpoint,
    pub(crate) user_agent: HeaderValue,
    /// The retry settings of the environment, or the error in them. Code goes before: see
    /// [`Settings::retry`].
    found_retry: Result<Retry, String>,
    /// The provider of the token for operations that take one, which few services have: made when the first of them asks.
    tokens: OnceLock<Option<IdentityCache>>,
    /// From how many bytes on a body is compressed, where the operation takes it so; `None` is never.
    pub(crate) compress_from: Option<usize>,
    /// Whether the program runs in AWS Lambda, which names a trace for each of its invocations.
    pub(crate) is_lambda: bool,
}

impl Settings {
    /// Looks everything up. Reads the environment and the profile; no network.
    pub(crate) async fn resolve(
        config: &Config,
        service: &ServiceInfo,
        others: &[EndpointParam],
    ) -> Result<Self, Failed> {
        Self::of(config, service, others, Lookup::new(config).await?)
    }

    fn of(
        config: &Config,
        service: &ServiceInfo,
        others: &[EndpointParam],
        lookup: Lookup<'_>,
    ) -> Result<Self, Failed> {
        let (region, is_pseudo) = region(config, &lookup)?;
        let custom = match config.endpoint_url.clone() {
            Some(value) => Some(SettingValue { value, name: "Config::endpoint_url".to_owned() }),
            None => lookup.endpoint_url(service.id),
        };
        let switch = |in_code: Option<bool>, variable, setting| {
            in_code.or_else(|| lookup.switch(variable, setting)).unwrap_or(false)
        };
        let use_fips = is_pseudo || switch(config.use_fips, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
        let use_dual_stack = switch(config.use_dual_stack, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
        let params = Params {
            region: region.as_deref().ok(),
            use_fips,
            use_dual_stack,
            endpoint: custom.as_ref().map(|found| found.value.as_str()),
            others: &given(others),
        };
        let endpoint = endpoint(service, &params, &region)?;
        let (scheme, authority, base_path) = parts(&endpoint.url).ok_or_else(|| {
            let from = custom.as_ref().map(|found| format!(" ({})", found.name)).unwrap_or_default();
            let url = public_url(&endpoint.url);
            let message = format!(
                "the endpoint {:?}{from} is not a URL of scheme http or https, host, port and path",
                one_line(&url).to_string()
            );
            config_failure(ErrorKind::Endpoint, message)
        })?;
        Ok(Self {
            signing_region: endpoint.signing_region().map_or(region, |region| Ok(region.to_owned())),
            signing_name: signing_name(&endpoint, service),
            #[cfg(feature = "sigv4a")]
            region_set: endpoint.needs_sigv4a().then(|| region_set(&endpoint, &lookup)),
            scheme,
            authority,
            base_path,
            endpoint,
            user_agent: user_agent(config, &lookup, service)?,
            found_retry: retry(&lookup),
            tokens: OnceLock::new(),
            compress_from: compress_from(&lookup)?,
            is_lambda: config.environment.var("AWS_LAMBDA_FUNCTION_NAME").is_some_and(|name| !name.is_empty()),
        })
    }

    /// The retry settings.
    ///
    /// Settings are shared by configurations that differ in it, and so the configuration is asked here.
    pub(crate) fn retry(&self, config: &Config) -> Result<Retry, Failed> {
        match (config.retry, &self.found_retry) {
            (Some(retry), _) => Ok(retry),
            (None, Ok(retry)) => Ok(*retry),
            (None, Err(message)) => Err(config_failure(ErrorKind::Config, message.as_str())),
        }
    }

    /// The provider of a bearer token; `None` where none is set and no environment is read.
    pub(crate) fn tokens(&self, config: &Config, service: &ServiceInfo) -> Option<&IdentityCache> {
        self.tokens.get_or_init(|| config.tokens(service.signing_name)).as_ref()
    }

    /// The region to sign for, or an error that says where it was looked for.
    pub(crate) fn signing_region(&self) -> Result<&str, Failed> {
        self.signing_region.as_deref().map_err(|message| config_failure(ErrorKind::Config, message.as_str()))
    }
}

fn given(params: &[EndpointParam]) -> Vec<(&str, Param<'_>)> {
    let mut given = Vec::with_capacity(params.len());
    for param in params {
        given.push(param.as_param());
    }
    given
}

fn endpoint(service: &ServiceInfo, params: &Params<'_>, region: &Result<String, String>) -> Result<Endpoint, Failed> {
    match (service.endpoint)(params) {
        #[cfg(not(feature = "sigv4a"))]
        Ok(endpoint) if endpoint.needs_sigv4a() => Err(config_failure(
            ErrorKind::Endpoint,
            concat!(
                "the endpoint takes signatures of SigV4a only: turn on the feature `sigv4a` of ",
                env!("CARGO_PKG_NAME"),
                " in Cargo.toml"
            ),
        )),
        Ok(endpoint) => Ok(endpoint),
        Err(error) => Err(Box::new(match region {
            Ok(_) => Failure::of(ErrorKind::Endpoint, error.into()),
            // That there is none is what the rules miss.
            Err(message) => Failure::new(ErrorKind::Config, message.as_str()).caused_by(error.into()),
        })),
    }
}

fn signing_name(endpoint: &Endpoint, service: &ServiceInfo) -> String {
    let scheme = endpoint.sigv4().or_else(|| endpoint.sigv4a());
    scheme.and_then(|scheme| scheme.signing_name).unwrap_or(service.signing_name).to_owned()
}

/// The regions of a signature of SigV4a: those of the environment or the profile, else those of the endpoint, else all.
#[cfg(feature = "sigv4a")]
fn region_set(endpoint: &Endpoint, lookup: &Lookup<'_>) -> String {
    let found = lookup.get(&["AWS_SIGV4A_SIGNING_REGION_SET"], "sigv4a_signing_region_set");
    let found = found.map(|found| found.value).filter(|regions| !regions.is_empty());
    let of_endpoint = || endpoint.sigv4a().map(|scheme| scheme.signing_region_set.join(","));
    found.or_else(of_endpoint).filter(|regions| !regions.is_empty()).unwrap_or_else(|| "*".to_owned())
}

fn config_failure(kind: ErrorKind, message: impl Into<String>) -> Failed {
    Box::new(Failure::new(kind, message))
}

/// The parts of an endpoint's URL.
fn parts(url: &str) -> Option<(Scheme, Authority, String)> {
    let url = parse_url(url)?;
    let scheme = if url.scheme == "http" { Scheme::HTTP } else { Scheme::HTTPS };
    Some((scheme, url.authority.parse().ok()?, url.path.trim_end_matches('/').to_owned()))
}

/// Whether the environment or the profile names a region. A profile that cannot be read does not: the first call says why.
#[cfg(feature = "sdk_compat")]
pub(crate) async fn region_elsewhere(config: &Config) -> bool {
    Lookup::new(config).await.is_ok_and(|lookup| lookup.get(&REGION_VARIABLES, "region").is_some())
}

/// The region, or where it was looked for if there is none; and whether it was a pseudo-region, such as `fips-us-east-1` or
/// `us-east-1-fips`: the region and the choice of an endpoint that is FIPS 140 validated in one, as botocore reads it.
fn region(config: &Config, lookup: &Lookup<'_>) -> Result<(Result<String, String>, bool), Failed> {
    let region = config.region.clone();
    let Some(region) = region.or_else(|| Some(lookup.get(&REGION_VARIABLES, "region")?.value)) else {
        let elsewhere = if config.reads_environment() {
            let [first, second] = REGION_VARIABLES;
            format!(", the environment variables {first} and {second}, and {}", lookup.profile_place())
        } else {
            " and nowhere else, because the configuration reads no environment".to_owned()
        };
        return Ok((Err(format!("no region is set: looked in Config::region{elsewhere}")), false));
    };
    let plain = region.replace("fips-", "").replace("-fips", "");
    let is_pseudo = plain != region;
    // It becomes a part of host names and of what is signed, whatever the endpoint.
    if is_valid_host_label(&plain, false) {
        return Ok((Ok(plain), is_pseudo));
    }
    let message = format!("the region {region:?} is not a host label (letters, digits and inner hyphens, at most 63)");
    Err(config_failure(ErrorKind::Config, message))
}

const REGION_VARIABLES: [&str; 2] = ["AWS_REGION", "AWS_DEFAULT_REGION"];

/// The retry settings of the environment.
fn retry(lookup: &Lookup<'_>) -> Result<Retry, String> {
    // Standard is what there is. The two others ask for nothing that a caller would miss by it.
    if let Some(SettingValue { value, name }) = lookup.get(&["AWS_RETRY_MODE"], "retry_mode") {
        if !matches!(value.as_str(), "standard" | "adaptive" | "legacy") {
            return Err(format!("{name} is not one of `standard`, `adaptive` and `legacy`"));
        }
    }
    let Some(SettingValue { value, name }) = lookup.get(&["AWS_MAX_ATTEMPTS"], "max_attempts") else {
        return Ok(Retry::standard());
    };
    match value.trim().parse::<u64>().map(u32::try_from) {
        Ok(Ok(attempts @ 1..)) => Ok(Retry::standard().max_attempts(attempts)),
        _ => Err(format!("{name} is not a whole number from 1")),
    }
}

/// See "Request compression" in the AWS SDKs and Tools Reference Guide.
fn compress_from(lookup: &Lookup<'_>) -> Result<Option<usize>, Failed> {
    const MOST: usize = 10 << 20;
    if lookup.switch("AWS_DISABLE_REQUEST_COMPRESSION", "disable_request_compression") == Some(true) {
        return Ok(None);
    }
    let least = lookup.get(&["AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"], "request_min_compression_size_bytes");
    let Some(SettingValue { value, name }) = least else { return Ok(Some(10 << 10)) };
    match value.trim().parse() {
        Ok(least @ 0..=MOST) => Ok(Some(least)),
        _ => Err(config_failure(ErrorKind::Config, format!("{name} is not a whole number from 0 to {MOST}"))),
    }
}

fn user_agent(config: &Config, lookup: &Lookup<'_>, service: &ServiceInfo) -> Result<HeaderValue, Failed> {
    let mut text = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"), " api/").to_owned();
    for c in service.id.chars() {
        text.push(if c == ' ' { '_' } else { c.to_ascii_lowercase() });
    }
    for part in ["#", service.api_version, " lang/rust os/", std::env::consts::OS] {
        text.push_str(part);
    }
    let app = match &config.app_name {
        Some(app) => Some(app.clone()),
        None => lookup.get(&["AWS_SDK_UA_APP_ID"], "sdk_ua_app_id").map(|found| found.value),
    };
    if let Some(app) = app.filter(|app| !app.is_empty()) {
        // Anything else would read as further parts of the line. botocore writes the same in its place.
        let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        let app: String = app.chars().map(|c| if allowed(c) { c } else { '-' }).collect();
        text.push_str(" app/");
        text.push_str(&app);
    }
    HeaderValue::try_from(text).map_err(|error| Box::new(Failure::new(ErrorKind::Config, error.to_string())))
}
