//! The context that providers work from: where settings come from, and what sends requests.

use std::sync::Arc;

use crate::runtime::base::environment::Environment;
#[cfg(feature = "credentials")]
use crate::runtime::base::profile::{Profile, Profiles};
use crate::runtime::http::HttpClient;

/// What providers of credentials and tokens look settings up in, and send requests with.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "credentials"), allow(dead_code, reason = "without the chain, only the environment is read"))]
pub(crate) struct Context {
    pub(crate) environment: Environment,
    pub(crate) http: Option<Arc<dyn HttpClient>>,
    /// The region that the program chose.
    pub(crate) region: Option<String>,
    /// The profile that the program chose.
    pub(crate) profile: Option<String>,
}

impl Context {
    /// Looks things up in an environment, and sends requests with the HTTP client of this crate, where it has one.
    #[cfg(feature = "credentials")]
    pub(crate) fn new(environment: Environment) -> Self {
        let http = default_http(&environment);
        Self { environment, http, region: None, profile: None }
    }

    /// Reads the profile files. That blocks, for as long as two small files take, once in an hour: handing it to another
    /// thread would take as long.
    #[cfg(feature = "credentials")]
    pub(crate) fn profiles(&self) -> Result<Profiles, String> {
        Profiles::load(&self.environment, self.profile.as_deref()).map_err(|error| error.to_string())
    }

    /// The region to call a regional service in, if one is set anywhere.
    #[cfg(feature = "credentials")]
    pub(crate) fn region(&self, profile: Profile<'_>) -> Option<String> {
        if self.region.is_some() {
            return self.region.clone();
        }
        match self.environment.first(&["AWS_REGION", "AWS_DEFAULT_REGION"]) {
            Some(region) => Some(region),
            None => profile.get("region").map(str::to_owned),
        }
    }
}

#[cfg(all(feature = "client", feature = "credentials"))]
fn default_http(environment: &Environment) -> Option<Arc<dyn HttpClient>> {
    Some(Arc::new(crate::runtime::http::hyper::HyperClient::from_env(environment.clone())))
}

#[cfg(all(not(feature = "client"), feature = "credentials"))]
fn default_http(_: &Environment) -> Option<Arc<dyn HttpClient>> {
    None
}
