//! The core of a client: everything about it that does not depend on the types of its service, so that the way of a call is
//! compiled once.

use std::sync::{Arc, OnceLock};

use crate::runtime::auth::sign::Signer;
use crate::runtime::call::retry::Budget;
use crate::runtime::config::options::Config;
use crate::runtime::config::settings::Settings;
use crate::runtime::error::Failed;
use crate::runtime::protocol::operation::{Exception, Service, ServiceInfo};

/// The configuration of a client, and what its calls share.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) service: &'static ServiceInfo,
    /// The model's facts about an error code: retryable, and then whether as throttling.
    pub(crate) retryable: fn(&str) -> Option<bool>,
    pub(crate) config: Config,
    pub(crate) budget: Arc<Budget>,
    found: Arc<SharedState>,
}

/// The settings that were looked up at the first call, and the signing key that was derived last. Clients whose configurations look up the
/// same share it, so that a call with a timeout of its own reads no file again.
#[derive(Debug)]
struct SharedState {
    settings: OnceLock<Settings>,
    signer: Signer,
}

impl Core {
    pub(crate) fn new<S: Service>(config: Config) -> Self {
        let found = Arc::new(SharedState { settings: OnceLock::new(), signer: Signer::new() });
        let budget = Arc::new(Budget::new());
        Self { service: const { &S::INFO }, retryable: S::Exception::retryable, config, budget, found }
    }

    /// The core of a client that shares everything with this one but its configuration.
    pub(crate) fn with(&self, config: Config) -> Self {
        let found = if config.lookup == self.config.lookup {
            self.found.clone()
        } else {
            Arc::new(SharedState { settings: OnceLock::new(), signer: Signer::new() })
        };
        Self { service: self.service, retryable: self.retryable, config, budget: self.budget.clone(), found }
    }

    pub(crate) fn signer(&self) -> &Signer {
        &self.found.signer
    }

    /// The settings that calls share, once the first of them has looked them up.
    pub(crate) fn known_settings(&self) -> Option<&Settings> {
        self.found.settings.get()
    }

    /// The settings that calls share, looked up at the first of them. An error is not kept: a setting that was missing may be
    /// there at the next call.
    pub(crate) async fn settings(&self) -> Result<&Settings, Failed> {
        if let Some(settings) = self.known_settings() {
            return Ok(settings);
        }
        let settings = Settings::resolve(&self.config, self.service, &[]).await?;
        Ok(self.found.settings.get_or_init(|| settings))
    }
}
