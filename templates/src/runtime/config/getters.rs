//! Getters of a configuration, named as those of [`std::process::Command`], because the plain names set.

use std::sync::Arc;

use crate::runtime::auth::credentials::CredentialsCache;
use crate::runtime::base::environment::Environment;
use crate::runtime::config::intercept::Intercept;
use crate::runtime::config::limit::RateLimit;
use crate::runtime::config::options::Config;
use crate::runtime::config::retry::Retry;
use crate::runtime::config::timeouts::Timeouts;
use crate::runtime::http::HttpClient;
#[cfg(feature = "client")]
use crate::runtime::http::hyper::Proxy;
use crate::runtime::protocol::operation::{Operation, Service};

/// The value set in code. With `None`, the environment and the profile are searched, where the configuration reads them.
impl Config {
    /// The region that is set.
    #[must_use]
    pub fn get_region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// The endpoint that is set.
    #[must_use]
    pub fn get_endpoint_url(&self) -> Option<&str> {
        self.endpoint_url.as_deref()
    }

    /// Whether calls go to an endpoint that is FIPS 140 validated, where it is set.
    #[must_use]
    pub fn get_use_fips(&self) -> Option<bool> {
        self.use_fips
    }

    /// Whether calls go to an endpoint that answers over IPv6 as well, where it is set.
    #[must_use]
    pub fn get_use_dual_stack(&self) -> Option<bool> {
        self.use_dual_stack
    }

    /// The profile that is set.
    #[must_use]
    pub fn get_profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// The environment that settings are looked for in.
    #[must_use]
    pub fn get_environment(&self) -> &Environment {
        &self.environment
    }

    /// The credentials of the provider that is set, or those that the environment gives; `None` where neither is there.
    #[must_use]
    pub fn get_credentials(&self) -> Option<&CredentialsCache> {
        self.credentials_cache()
    }

    /// Whether a provider of bearer tokens is set.
    #[must_use]
    pub fn has_bearer_token(&self) -> bool {
        self.bearer_token.is_some()
    }

    /// The timeouts.
    #[must_use]
    pub fn get_timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// The retry settings, where they are set.
    #[must_use]
    pub fn get_retry(&self) -> Option<Retry> {
        self.retry
    }

    /// The rate limits of operations.
    #[must_use]
    pub fn get_rate_limit(&self) -> Option<RateLimit> {
        self.limiter.limit(None)
    }

    /// The rate limit of one operation.
    #[must_use]
    pub fn get_rate_limit_of<R: Operation>(&self) -> Option<RateLimit> {
        self.limiter.limit(Some((<R::Service as Service>::INFO.id, R::INFO.name)))
    }

    /// Whether an answer that departs from the model is an error.
    #[must_use]
    pub fn get_strict(&self) -> bool {
        self.strict
    }

    /// The name of the program, where it is set.
    #[must_use]
    pub fn get_app_name(&self) -> Option<&str> {
        self.app_name.as_deref()
    }

    /// The maximum size of a response body, in bytes.
    #[must_use]
    pub fn get_body_limit(&self) -> usize {
        self.body_limit
    }

    /// The HTTP client.
    #[must_use]
    pub fn get_http_client(&self) -> Option<&Arc<dyn HttpClient>> {
        self.http.as_ref()
    }

    /// The proxy that is set for this crate's own HTTP client.
    #[cfg(feature = "client")]
    #[must_use]
    pub fn get_proxy(&self) -> Option<&Proxy> {
        self.proxy.as_ref()
    }

    /// The interceptors, in the order in which they are called.
    pub fn get_interceptors(&self) -> impl Iterator<Item = &Arc<dyn Intercept>> {
        self.interceptors.iter()
    }
}
