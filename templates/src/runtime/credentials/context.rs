//! Holds what the sources of the chain have in common: where settings come from, and what sends requests.

use std::sync::Arc;

use super::super::config::Config;
use super::super::environment::Environment;
use super::super::http::HttpClient;
use super::super::profile::{Profile, Profiles};

/// What sources of credentials look things up in and send requests with.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub(super) environment: Environment,
    pub(super) http: Option<Arc<dyn HttpClient>>,
    /// The region that the program chose.
    pub(super) region: Option<String>,
    /// The profile that the program chose.
    pub(super) profile: Option<String>,
}

impl Context {
    /// Looks things up in an environment, and sends requests with the HTTP client of this crate, where it has one.
    pub(super) fn new(environment: Environment) -> Self {
        let http = default_http(&environment);
        Self { environment, http, region: None, profile: None }
    }

    /// Looks things up where a configuration does, and sends requests with its HTTP client.
    pub(super) fn of(config: &Config) -> Self {
        Self {
            environment: config.environment.clone(),
            http: config.http.clone(),
            region: config.region.clone(),
            profile: config.profile.clone(),
        }
    }

    /// Reads the profile files. That blocks, for as long as two small files take, once in an hour: handing it to another
    /// thread would take as long.
    pub(super) fn profiles(&self) -> Result<Profiles, String> {
        Profiles::load(&self.environment, self.profile.as_deref()).map_err(|error| error.to_string())
    }

    /// The region to call a regional service in, if one is set anywhere.
    pub(super) fn region(&self, profile: Profile<'_>) -> Option<String> {
        if self.region.is_some() {
            return self.region.clone();
        }
        match self.environment.first(&["AWS_REGION", "AWS_DEFAULT_REGION"]) {
            Some(region) => Some(region),
            None => profile.get("region").map(str::to_owned),
        }
    }
}

#[cfg(feature = "client")]
fn default_http(environment: &Environment) -> Option<Arc<dyn HttpClient>> {
    Some(Arc::new(super::super::hyper::HyperClient::from_env(environment.clone())))
}

#[cfg(not(feature = "client"))]
fn default_http(_: &Environment) -> Option<Arc<dyn HttpClient>> {
    None
}
