//! Operations with code of their own, from all files that have such code.

use super::engine::{Behaviour, Check};
use super::{
    batches, contacts, data_sets, files, flows, forms, hierarchy, instances, phones, quick_connects, routing, tags,
    values,
};

/// The operations with code of their own.
pub(super) fn own_operations() -> impl Iterator<Item = &'static (&'static str, Behaviour)> {
    let contacts = contacts::OPERATIONS.iter().chain(&batches::OPERATIONS);
    let rest =
        forms::OPERATIONS.iter().chain(&instances::OPERATIONS).chain(&values::OPERATIONS).chain(&data_sets::OPERATIONS);
    let more = files::OPERATIONS.iter().chain(&phones::OPERATIONS);
    tags::OPERATIONS.iter().chain(contacts).chain(rest).chain(more)
}

/// The steps in the lives of resources, and the changes of their lists, that have code before or behind the step.
pub(super) fn own_steps() -> impl Iterator<Item = &'static (&'static str, Behaviour)> {
    let named = files::STEPS.iter().chain(&flows::STEPS).chain(&phones::STEPS);
    named.chain(&hierarchy::STEPS)
}

/// The code of an operation, if it has its own.
pub(super) fn behaviour(operation: &str) -> Option<Behaviour> {
    let all = own_operations().chain(own_steps());
    all.into_iter().find(|(name, _)| *name == operation).map(|(_, behaviour)| *behaviour)
}

/// The steps that are checked beyond the model.
pub(super) fn checked_steps() -> impl Iterator<Item = &'static (&'static str, Check)> {
    flows::CHECKS.iter().chain(&quick_connects::CHECKS).chain(&routing::CHECKS)
}

/// The check of a step, if it has one.
pub(super) fn check(operation: &str) -> Option<Check> {
    checked_steps().find(|(name, _)| *name == operation).map(|(_, check)| *check)
}
