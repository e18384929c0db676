//! Links: the paths of the items that names of the model became, for documentation that mentions them.

use std::collections::BTreeMap;

use crate::plan::{Service, ShapeStatus};

/// The paths of operations and shapes, by their names in the model. A name that both bear is the operation's.
pub(super) fn paths(plan: &Service) -> BTreeMap<String, String> {
    let root = plan.module.as_ref().map_or("crate".to_owned(), |module| format!("crate::{module}"));
    let mut paths = BTreeMap::new();
    for item in &plan.items {
        paths.insert(item.shape.to_string(), format!("{root}::{}", item.path()));
    }
    for operation in &plan.operations {
        let module = format!("{root}::operation::{}", operation.module);
        for structure in operation.structures() {
            let Some(shape) = &structure.shape else { continue };
            // A request that stands for a shape of several operations is not what the shape's name means.
            if plan.fates.get(shape).is_some_and(|fate| matches!(fate, ShapeStatus::Item(_))) {
                paths.insert(shape.to_string(), format!("{module}::{}", structure.ident));
            }
        }
    }
    for operation in &plan.operations {
        // A module may be called like a function beside it: `visit`.
        paths.insert(operation.name.to_string(), format!("mod@{root}::operation::{}", operation.module));
    }
    paths
}
