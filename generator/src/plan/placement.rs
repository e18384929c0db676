//! Placement: the file that a shape stands in.

use std::collections::BTreeMap;

use crate::model::ServiceModel;
use crate::names::{OperationName, ShapeName};
use crate::resolve::Resolved;

/// The place of a shape that becomes a type of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Placement {
    /// In the file of the one operation whose input or output it is, under its own name.
    Operation(OperationName),
    /// In the file of each operation that takes it, as that operation's request: it is an input of several and nothing else.
    Requests(Vec<OperationName>),
    /// In a file of its own: other shapes refer to it, or several operations return it.
    Shared,
}

/// The places of all shapes that operations reach and that become types.
pub(super) fn plan(model: &ServiceModel, resolved: &Resolved) -> BTreeMap<ShapeName, Placement> {
    let mut ends: BTreeMap<&str, Vec<OperationName>> = BTreeMap::new();
    for (operation, definition) in &model.operations {
        for (_, shape) in definition.ends() {
            ends.entry(shape).or_default().push(operation.into());
        }
    }
    let items = model.shapes.iter().filter(|(_, shape)| shape.is_item());
    let placements = items.filter_map(|(name, shape)| {
        let usage = resolved.usage.get(name)?;
        let operations = ends.remove(name.as_str()).unwrap_or_default();
        let placement = match operations.as_slice() {
            _ if usage.nested || usage.error || shape.union => Placement::Shared,
            [operation] => Placement::Operation(operation.clone()),
            [_, ..] if !usage.output => Placement::Requests(operations),
            _ => Placement::Shared,
        };
        Some((name.into(), placement))
    });
    placements.collect()
}
