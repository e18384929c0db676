//! Gates: the features that let an operation, a shape or a required input be compiled.
//!
//! An operation has the feature of its area. A shape has the features of all areas that reach it, and any of them is enough: so one
//! feature makes all that its operations name. Exceptions, and what they hold, are always compiled, since the list of exceptions is
//! one for all operations.

use std::collections::BTreeSet;

use super::operations::Operation;
use super::service::Service;
use crate::areas::Areas;
use crate::model::ServiceModel;
use crate::names::OperationName;

/// The areas of a service.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlannedAreas {
    /// The `areas.toml`.
    pub file: String,
    /// The areas in the order of their names; none where the service has no `areas.toml`.
    pub list: Vec<PlannedArea>,
}

/// An area, and its feature.
#[derive(Debug, Clone)]
pub(crate) struct PlannedArea {
    pub name: String,
    pub feature: String,
    pub title: String,
    pub operations: Vec<OperationName>,
}

/// The features any of which lets an item be compiled. An item without any is always compiled.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gate(BTreeSet<String>);

impl Gate {
    /// A gate of these features.
    pub fn new(features: impl IntoIterator<Item = String>) -> Self {
        Self(features.into_iter().collect())
    }

    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether the feature alone is enough.
    pub fn admits(&self, feature: &str) -> bool {
        self.is_open() || self.0.contains(feature)
    }

    /// Whether the item is always compiled.
    pub fn is_open(&self) -> bool {
        self.0.is_empty()
    }

    /// The gate of what two items need.
    pub fn or(mut self, other: &Self) -> Self {
        if self.is_open() || other.is_open() {
            return Self::default();
        }
        self.0.extend(other.0.iter().cloned());
        self
    }
}

/// The feature of an area. Those of a module start with its name, since features are one list for the whole crate.
pub(crate) fn feature(module: Option<&str>, area: &str) -> String {
    module.map_or_else(|| area.to_owned(), |module| format!("{module}_{area}"))
}

/// Gives every operation and shape of a plan its gate.
pub(crate) fn assign(service: &mut Service, model: &ServiceModel, areas: Areas) {
    let module = service.module.clone();
    let feature = |area: &str| feature(module.as_deref(), area);
    let always = model.reached(service.exceptions.iter().map(|exception| &*exception.shape));
    let reached: Vec<_> = areas
        .list
        .iter()
        .map(|(name, area)| {
            let operations = area.operations.iter().filter_map(|operation| model.operations.get(operation));
            (feature(name), model.reached(operations.flat_map(|operation| operation.ends().map(|(_, shape)| shape))))
        })
        .collect();
    for item in service.items.iter_mut().filter(|item| !always.contains(&*item.shape)) {
        let reaching = reached.iter().filter(|(_, shapes)| shapes.contains(&*item.shape));
        item.gate = Gate::new(reaching.map(|(feature, _)| feature.clone()));
    }
    for operation in &mut service.operations {
        operation.gate = Gate::new(areas.area_of(&operation.name).map(feature));
    }
    let list = areas.list.into_iter().map(|(name, area)| {
        let in_area = |operation: &&Operation| area.operations.iter().any(|one| **one == *operation.name);
        let operations = service.operations.iter().filter(in_area).map(|operation| operation.name.clone()).collect();
        PlannedArea { feature: feature(&name), operations, title: area.title, name }
    });
    service.areas = PlannedAreas { file: areas.file, list: list.collect() };
}
