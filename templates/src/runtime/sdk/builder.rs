//! The builder of a configuration.

use crate::runtime::auth::credentials::ProvideCredentials;
use crate::runtime::config::options::Config;
use crate::runtime::http::HttpClient;
use crate::runtime::sdk::intercept::{Adapter, Intercept};
use crate::runtime::sdk::values::{AppName, BehaviorVersion, Region, RetryConfig, TimeoutConfig};

/// A configuration that is being put together by the names of the AWS SDK for Rust.
#[derive(Debug, Clone, Default)]
pub struct Builder(Config);

impl Config {
    /// Starts a builder with the names of the AWS SDK for Rust. It reads nothing from the environment.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// The configuration as a builder, to be changed.
    #[must_use]
    pub fn to_builder(&self) -> Builder {
        Builder(self.clone())
    }
}

impl Builder {
    /// Sets nothing.
    #[must_use]
    pub fn new() -> Self {
        Self(Config::new())
    }

    pub(super) fn from_environment() -> Self {
        Self(Config::from_env())
    }

    /// Does nothing: this crate has one behavior for each of its versions.
    #[must_use]
    pub fn behavior_version(self, _version: BehaviorVersion) -> Self {
        self
    }

    /// Does nothing: this crate has one behavior for each of its versions.
    #[must_use]
    pub fn behavior_version_latest(self) -> Self {
        self
    }

    /// Sets the region. `None` leaves it as it is.
    #[must_use]
    pub fn region(self, region: impl Into<Option<Region>>) -> Self {
        self.when(region.into(), |config, region| config.region(region.as_ref()))
    }

    /// Sets what gives the credentials.
    #[must_use]
    pub fn credentials_provider(self, provider: impl ProvideCredentials + 'static) -> Self {
        Self(self.0.credentials(provider))
    }

    /// Sets the application's name, which the header `user-agent` carries.
    #[must_use]
    pub fn app_name(self, name: AppName) -> Self {
        Self(self.0.app_name(name.as_ref()))
    }

    /// Sets where calls go instead of the service's own endpoint.
    #[must_use]
    pub fn endpoint_url(self, url: impl Into<String>) -> Self {
        Self(self.0.endpoint_url(url))
    }

    /// Sets whether calls go to endpoints with validated cryptography.
    #[must_use]
    pub fn use_fips(self, on: impl Into<Option<bool>>) -> Self {
        self.when(on.into(), Config::use_fips)
    }

    /// Sets whether calls go to endpoints that IPv6 reaches as well.
    #[must_use]
    pub fn use_dual_stack(self, on: impl Into<Option<bool>>) -> Self {
        self.when(on.into(), Config::use_dual_stack)
    }

    /// Sets how failed attempts are repeated.
    #[must_use]
    pub fn retry_config(self, retry: RetryConfig) -> Self {
        Self(self.0.retry(retry.0))
    }

    /// Sets the timeouts that are named there. The others stay.
    #[must_use]
    pub fn timeout_config(self, timeouts: TimeoutConfig) -> Self {
        self.when(timeouts.connect_timeout(), |config, time| config.connect_timeout(time))
            .when(timeouts.operation_attempt_timeout(), |config, time| config.attempt_timeout(time))
            .when(timeouts.operation_timeout(), |config, time| config.call_timeout(time))
            .when(timeouts.disabled.then_some(()), |config, ()| {
                config.connect_timeout(None).attempt_timeout(None).call_timeout(None)
            })
    }

    /// Sets the transport: one that implements [`HttpClient`], such as the mock's.
    #[must_use]
    pub fn http_client(self, client: impl HttpClient + 'static) -> Self {
        Self(self.0.http_client(client))
    }

    /// Adds an interceptor.
    #[must_use]
    pub fn interceptor(self, interceptor: impl Intercept + 'static) -> Self {
        Self(self.0.interceptor(Adapter(interceptor)))
    }

    /// The configuration.
    #[must_use]
    pub fn build(self) -> Config {
        self.0
    }

    pub(super) fn change(self, change: impl FnOnce(Config) -> Config) -> Self {
        Self(change(self.0))
    }

    fn when<T>(self, value: Option<T>, set: impl FnOnce(Config, T) -> Config) -> Self {
        match value {
            Some(value) => Self(set(self.0, value)),
            None => self,
        }
    }
}

impl AsRef<Config> for Builder {
    fn as_ref(&self) -> &Config {
        &self.0
    }
}
