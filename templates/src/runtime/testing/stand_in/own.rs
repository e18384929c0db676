//! Operations with code of their own, from all files that have such code.

use super::engine::Behaviour;
use super::{batches, contacts, data_sets, forms, instances, tags, values};

/// The operations with code of their own.
pub(super) fn own_operations() -> impl Iterator<Item = &'static (&'static str, Behaviour)> {
    let contacts = contacts::OPERATIONS.iter().chain(&batches::OPERATIONS);
    let rest =
        forms::OPERATIONS.iter().chain(&instances::OPERATIONS).chain(&values::OPERATIONS).chain(&data_sets::OPERATIONS);
    tags::OPERATIONS.iter().chain(contacts).chain(rest)
}

/// The code of an operation, if it has its own.
pub(super) fn behaviour(operation: &str) -> Option<Behaviour> {
    own_operations().find(|(name, _)| *name == operation).map(|(_, behaviour)| *behaviour)
}
