//! Planner of gates: the features that let an operation, a shape or a required input be compiled.
//!
//! An operation has the feature of its area. A shape has the features of all areas that reach it, and any of them is enough: so one
//! feature makes all that its operations name. Exceptions, and what they hold, are always compiled, since the list of exceptions is
//! one for all operations.

use std::collections::BTreeSet;

use super::gate::{Gate, PlannedArea, PlannedAreas};
use super::operations::Operation;
use super::service::Service;
use crate::areas::Areas;
use crate::diagnostic::Diagnostics;
use crate::model::ServiceModel;
use crate::names::is_feature;

/// The feature of an area. Those of a module start with its name, since features are one list for the whole crate.
pub(crate) fn feature(module: Option<&str>, area: &str) -> String {
    module.map_or_else(|| area.to_owned(), |module| format!("{module}_{area}"))
}

/// Assigns each operation and shape of a plan its gate.
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

/// Checks that the features of areas are no other features of the crate.
pub(crate) fn check_features<'a>(services: impl Iterator<Item = &'a Service> + Clone) -> Result<(), Diagnostics> {
    let mut taken: BTreeSet<&str> = services.clone().filter_map(|service| service.module.as_deref()).collect();
    let mut problems = Diagnostics::default();
    for areas in services.map(|service| &service.areas) {
        for area in &areas.list {
            if is_feature(&area.feature) || !taken.insert(&area.feature) {
                let message = format!("the crate has another feature {:?}: give the area another name", area.feature);
                problems.push(&areas.file, format!("areas.{}", area.name), message);
            }
        }
    }
    problems.into_result(())
}
