//! The handle of a service: its operations, and the way to one of them by name.

use std::fmt;
use std::sync::Arc;

use super::visit::OperationHandle;
use crate::runtime::call::client::Client;
use crate::runtime::call::core::Core;
use crate::runtime::config::options::Config;
use crate::runtime::protocol::operation::{OperationInfo, Service};
#[cfg(any(feature = "mock", feature = "stand_in"))]
use crate::runtime::testing::service::{ParseError, ServiceModel};

/// A service of this crate, for questions about its operations.
pub struct ServiceHandle {
    pub(super) id: &'static str,
    pub(super) operations: &'static [OperationInfo],
    pub(super) core: fn(&Config) -> Arc<Core>,
    pub(super) visit: fn(&str) -> Option<OperationHandle>,
    #[cfg(any(feature = "mock", feature = "stand_in"))]
    pub(super) model_text: &'static str,
    /// The facts of the model, read when they are first asked for.
    #[cfg(any(feature = "mock", feature = "stand_in"))]
    pub(super) model: std::sync::OnceLock<Result<ServiceModel, ParseError>>,
}

impl fmt::Debug for ServiceHandle {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "ServiceHandle({}, {} operations)", self.id, self.operations.len())
    }
}

/// The handle of a service. `visit` finds an operation by its name.
#[must_use]
pub fn service<S: Service>(
    operations: &'static [OperationInfo],
    visit: fn(&str) -> Option<OperationHandle>,
) -> ServiceHandle {
    ServiceHandle {
        id: S::INFO.id,
        operations,
        core: |config| Client::<S>::new(config).core().clone(),
        visit,
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        model_text: S::INFO.model,
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        model: std::sync::OnceLock::new(),
    }
}
