//! Takes a configuration and a service; gives what calls need of them, looked up and checked, or says what is missing.

use ::http::HeaderValue;
use ::http::uri::{Authority, Scheme};

use super::config::Config;
use super::endpoint::{Endpoint, Params, is_valid_host_label, parse_url};
use super::error::{ErrorKind, Failed, Failure};
use super::operation::ServiceInfo;
use super::retry::Retry;

/// What all calls of one client have in common.
#[derive(Debug)]
pub(super) struct Settings {
    /// The region requests are signed for; `None` lets a call fail that has to be signed.
    pub(super) signing_region: Option<String>,
    pub(super) signing_name: String,
    pub(super) scheme: Scheme,
    pub(super) authority: Authority,
    /// What goes before the path of every operation; no slash at its end.
    pub(super) base_path: String,
    pub(super) endpoint: Endpoint,
    pub(super) user_agent: HeaderValue,
    pub(super) retry: Retry,
}

impl Settings {
    /// Looks everything up. Reads the environment; no network.
    pub(super) fn resolve(config: &Config, service: &ServiceInfo) -> Result<Self, Failed> {
        let look = Look { config, service };
        let region = look.region()?;
        let custom = look.endpoint_url();
        let use_fips = look.switch(config.use_fips, "AWS_USE_FIPS_ENDPOINT")?;
        let use_dual_stack = look.switch(config.use_dual_stack, "AWS_USE_DUALSTACK_ENDPOINT")?;
        let params = Params {
            region: region.as_deref(),
            use_fips,
            use_dual_stack,
            endpoint: custom.as_deref(),
            ..Params::default()
        };
        let endpoint = (service.endpoint)(&params)
            .map_err(|error| Box::new(Failure::new(ErrorKind::Endpoint, error.to_string()).caused_by(error)))?;
        if endpoint.needs_sigv4a() {
            return Err(fault(
                ErrorKind::Endpoint,
                "the endpoint wants signatures of SigV4A, which this client has not",
            ));
        }
        let (scheme, authority, base_path) = parts(&endpoint.url).ok_or_else(|| {
            fault(ErrorKind::Endpoint, "the endpoint is not a URL of scheme http or https, host, port and path")
        })?;
        Ok(Self {
            signing_region: endpoint.signing_region().map(str::to_owned).or(region),
            signing_name: endpoint.signing_name().unwrap_or(service.signing_name).to_owned(),
            scheme,
            authority,
            base_path,
            endpoint,
            user_agent: look.user_agent()?,
            retry: look.retry()?,
        })
    }

    /// The region to sign for, or an error that says where it was looked for.
    pub(super) fn signing_region(&self) -> Result<&str, Failed> {
        self.signing_region.as_deref().ok_or_else(no_region)
    }
}

fn no_region() -> Failed {
    fault(
        ErrorKind::Config,
        "no region is set: looked for it in Config::region and, where the configuration reads them, in the environment \
         variables AWS_REGION and AWS_DEFAULT_REGION",
    )
}

fn fault(kind: ErrorKind, message: impl Into<String>) -> Failed {
    Box::new(Failure::new(kind, message))
}

/// The parts of an endpoint's URL.
fn parts(url: &str) -> Option<(Scheme, Authority, String)> {
    let url = parse_url(url)?;
    let scheme = if url.scheme == "http" { Scheme::HTTP } else { Scheme::HTTPS };
    Some((scheme, url.authority.parse().ok()?, url.path.trim_end_matches('/').to_owned()))
}

/// Looks up one setting: in code, then in the environment.
struct Look<'a> {
    config: &'a Config,
    service: &'a ServiceInfo,
}

impl Look<'_> {
    fn var(&self, name: &str) -> Option<String> {
        self.config.environment.var(name)
    }

    fn region(&self) -> Result<Option<String>, Failed> {
        let region =
            self.config.region.clone().or_else(|| self.var("AWS_REGION")).or_else(|| self.var("AWS_DEFAULT_REGION"));
        match region {
            // It becomes a part of host names and of what is signed, whatever the endpoint.
            Some(region) if !is_valid_host_label(&region, false) => Err(fault(
                ErrorKind::Config,
                format!("the region {region:?} is not a host label (letters, digits and inner hyphens, at most 63)"),
            )),
            region => Ok(region),
        }
    }

    fn endpoint_url(&self) -> Option<String> {
        let ignored = self.var("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").is_some_and(|on| on.eq_ignore_ascii_case("true"));
        let from_env = || {
            let id: String = self
                .service
                .id
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
                .collect();
            self.var(&format!("AWS_ENDPOINT_URL_{id}")).or_else(|| self.var("AWS_ENDPOINT_URL"))
        };
        self.config.endpoint_url.clone().or_else(|| if ignored { None } else { from_env() })
    }

    fn switch(&self, in_code: Option<bool>, variable: &str) -> Result<bool, Failed> {
        if let Some(on) = in_code {
            return Ok(on);
        }
        match self.var(variable).map(|value| value.to_ascii_lowercase()).as_deref() {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(fault(ErrorKind::Config, format!("{variable} is neither `true` nor `false`"))),
        }
    }

    fn retry(&self) -> Result<Retry, Failed> {
        if let Some(retry) = self.config.retry {
            return Ok(retry);
        }
        // Standard is what there is. The two others ask for nothing that a caller would miss by it.
        let mode = self.var("AWS_RETRY_MODE");
        if !matches!(mode.as_deref(), None | Some("standard" | "adaptive" | "legacy")) {
            return Err(fault(ErrorKind::Config, "AWS_RETRY_MODE is none of `standard`, `adaptive` and `legacy`"));
        }
        let Some(attempts) = self.var("AWS_MAX_ATTEMPTS") else { return Ok(Retry::standard()) };
        match attempts.trim().parse() {
            Ok(attempts @ 1..) => Ok(Retry::standard().max_attempts(attempts)),
            _ => Err(fault(ErrorKind::Config, "AWS_MAX_ATTEMPTS is not a whole number from 1")),
        }
    }

    fn user_agent(&self) -> Result<HeaderValue, Failed> {
        let id: String = self.service.id.chars().map(|c| if c == ' ' { '_' } else { c }).collect();
        let mut text = format!(
            "{}/{} api/{}#{} lang/rust os/{}",
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION"),
            id.to_ascii_lowercase(),
            self.service.api_version,
            std::env::consts::OS,
        );
        if let Some(app) = self.config.app_name.clone().or_else(|| self.var("AWS_SDK_UA_APP_ID")) {
            // Anything else would read as further parts of the line.
            let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
            if app.is_empty() || !app.bytes().all(allowed) {
                return Err(fault(
                    ErrorKind::Config,
                    "the application's name has to be letters, digits and !#$%&'*+-.^_`|~",
                ));
            }
            text.push_str(" app/");
            text.push_str(&app);
        }
        HeaderValue::try_from(text).map_err(|error| Box::new(Failure::new(ErrorKind::Config, error.to_string())))
    }
}
