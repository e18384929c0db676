//! A planned crate: services in which everything is decided and nothing is printed. The pipeline makes it; `emit` and the tools
//! read it.

use crate::endpoint::{Partitions, Rules};
use crate::inputs::Inputs;
use crate::model::{Paginators, ServiceModel};
use crate::plan::Service;
use crate::resources::Facts;

/// A crate in which everything is decided and nothing is printed.
#[derive(Debug)]
pub(crate) struct Crate<'a> {
    pub inputs: &'a Inputs,
    pub partitions: Partitions,
    /// The services, the crate's root first.
    pub services: Vec<Planned>,
}

/// A service in which everything is decided, and what that was decided from.
#[derive(Debug)]
pub(crate) struct Planned {
    pub model: ServiceModel,
    pub paginators: Paginators,
    pub rules: Rules,
    pub service: Service,
    /// The stand-in's facts about the service's resources, where it has one.
    pub resources: Option<Facts>,
}

impl Crate<'_> {
    /// Whether a response of some service is a stream of events.
    pub fn has_events(&self) -> bool {
        self.services.iter().any(|planned| planned.service.has_events())
    }

    /// The service that the crate has a stand-in of: that of its root, where it has resources.
    pub fn stand_in(&self) -> Option<&Planned> {
        self.services.iter().find(|planned| planned.service.module.is_none() && planned.resources.is_some())
    }

    /// Whether a service has waiters, whose half of the runtime is then emitted.
    pub fn has_waiters(&self) -> bool {
        self.services.iter().any(|planned| !planned.service.waiters.is_empty())
    }
}
