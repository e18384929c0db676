//! The context of providers: where they find settings, what sends their requests, and the clock that signs them.

use std::sync::Arc;

#[cfg(feature = "credentials")]
use super::mfa::MfaPrompt;
use crate::runtime::base::clock::Clock;
use crate::runtime::base::environment::Environment;
#[cfg(feature = "credentials")]
use crate::runtime::base::profile::{Profile, Profiles};
use crate::runtime::http::HttpClient;

/// The context that the providers of one configuration share.
#[derive(Debug, Clone)]
#[cfg_attr(not(feature = "credentials"), allow(dead_code, reason = "without the chain, only the environment is read"))]
pub(crate) struct Context {
    pub(crate) environment: Environment,
    pub(crate) http: Option<Arc<dyn HttpClient>>,
    /// The region that the program sets.
    pub(crate) region: Option<String>,
    /// The profile that the program selects.
    pub(crate) profile: Option<String>,
    /// The function that returns codes of MFA devices.
    #[cfg(feature = "credentials")]
    pub(crate) mfa: Option<MfaPrompt>,
    /// The machine's clock, with the corrections that services made necessary.
    pub(crate) clock: Arc<Clock>,
}

#[cfg(feature = "credentials")]
impl Context {
    /// The context of an environment, with the HTTP client of this crate, where it has one.
    pub(crate) fn new(environment: Environment) -> Self {
        let http = default_http(&environment);
        Self { environment, http, region: None, profile: None, mfa: None, clock: Arc::default() }
    }

    /// The profiles in the config and credentials files.
    ///
    /// # Errors
    /// The files cannot be used.
    pub(crate) async fn profiles(&self) -> Result<Profiles, String> {
        Profiles::read(&self.environment, self.profile.as_deref()).await.map_err(|error| error.to_string())
    }

    /// The region where a regional service is called, if one is set anywhere. `profile` is the selected one: its region holds
    /// for all requests that the profiles behind it need, as in botocore.
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
