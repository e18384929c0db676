//! Configuration from the environment, as the crate `aws-config` loads it. A program names this module where it named `aws_config`.

use std::future::Future;

use crate::runtime::auth::credentials::ProvideCredentials;
use crate::runtime::config::options::Config;
use crate::runtime::sdk::builder::Builder;
use crate::runtime::sdk::region::RegionProviderChain;
use crate::runtime::sdk::values::{AppName, RetryConfig, TimeoutConfig};

#[doc(no_inline)]
pub use crate::runtime::config::Config as SdkConfig;
#[doc(no_inline)]
pub use crate::runtime::sdk::config::{retry, timeout};
pub use crate::runtime::sdk::values::{BehaviorVersion, Region};

/// Where settings are looked for.
pub mod meta {
    /// Where regions are looked for.
    pub mod region {
        pub use crate::runtime::sdk::region::{IntoRegion, RegionProviderChain};
    }
}

/// Loads the configuration of the environment.
pub fn load_from_env() -> impl Future<Output = Config> {
    from_env().load()
}

/// Loads the configuration of the environment.
pub fn load_defaults(version: BehaviorVersion) -> impl Future<Output = Config> {
    defaults(version).load()
}

/// Starts a loader of the environment.
#[must_use]
pub fn from_env() -> ConfigLoader {
    ConfigLoader { builder: Builder::from_environment(), region: RegionProviderChain::default() }
}

/// Starts a loader of the environment.
#[must_use]
pub fn defaults(_version: BehaviorVersion) -> ConfigLoader {
    from_env()
}

/// A configuration of the environment that is being put together. What is set here takes precedence.
#[derive(Debug, Clone)]
pub struct ConfigLoader {
    builder: Builder,
    region: RegionProviderChain,
}

impl ConfigLoader {
    /// Sets the region, or where it is looked for.
    #[must_use]
    pub fn region(self, region: impl Into<RegionProviderChain>) -> Self {
        Self { region: region.into(), ..self }
    }

    /// Sets the profile.
    #[must_use]
    pub fn profile_name(self, name: impl Into<String>) -> Self {
        Self { builder: self.builder.change(|config| config.profile(name)), ..self }
    }

    /// Sets what gives the credentials.
    #[must_use]
    pub fn credentials_provider(self, provider: impl ProvideCredentials + 'static) -> Self {
        Self { builder: self.builder.credentials_provider(provider), ..self }
    }

    /// Sets the application's name, which the header `user-agent` carries.
    #[must_use]
    pub fn app_name(self, name: AppName) -> Self {
        Self { builder: self.builder.app_name(name), ..self }
    }

    /// Sets where calls go instead of the service's own endpoint.
    #[must_use]
    pub fn endpoint_url(self, url: impl Into<String>) -> Self {
        Self { builder: self.builder.endpoint_url(url), ..self }
    }

    /// Sets whether calls go to endpoints with validated cryptography.
    #[must_use]
    pub fn use_fips(self, on: bool) -> Self {
        Self { builder: self.builder.use_fips(on), ..self }
    }

    /// Sets whether calls go to endpoints that IPv6 reaches as well.
    #[must_use]
    pub fn use_dual_stack(self, on: bool) -> Self {
        Self { builder: self.builder.use_dual_stack(on), ..self }
    }

    /// Sets how failed attempts are repeated.
    #[must_use]
    pub fn retry_config(self, retry: RetryConfig) -> Self {
        Self { builder: self.builder.retry_config(retry), ..self }
    }

    /// Sets the timeouts that are named there. The others stay.
    #[must_use]
    pub fn timeout_config(self, timeouts: TimeoutConfig) -> Self {
        Self { builder: self.builder.timeout_config(timeouts), ..self }
    }

    /// The configuration. Settings are looked up at the first call; only a chain of regions that goes on behind the profile
    /// reads the profile here.
    pub fn load(self) -> impl Future<Output = Config> {
        self.region.apply(self.builder.build())
    }
}
