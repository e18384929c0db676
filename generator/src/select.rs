//! The selection of operations: the part of a plan that the chosen ones reach.
//!
//! It follows planning of the whole model, so that a shape comes out the same, byte for byte, whichever operations are chosen
//! beside it.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Operation as ModelOperation, ServiceModel};
use crate::plan::{Operation, Service, ShapeStatus};
use crate::text::nearest;

/// Keeps the operations named and what they reach.
///
/// # Errors
/// Names that are no operations of the model, each with the nearest that are.
pub(crate) fn select(plan: &mut Service, model: &ServiceModel, names: &BTreeSet<String>) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::default();
    for name in names.iter().filter(|name| !model.operations.contains_key(*name)) {
        let nearest = nearest(name, model.operations.keys().map(String::as_str));
        let message = match model.streamed.contains(name) {
            true => format!("the operation {name:?} is left out: its request is a stream of events"),
            false => format!("there is no operation {name:?}; the nearest are {}", nearest.join(", ")),
        };
        problems.extend(Diagnostic::new(format!("{}/service-2.json", plan.folder), "operations", message).into());
    }
    problems.into_result(())?;
    let (chosen, others) = std::mem::take(&mut plan.operations).into_iter().partition(|one| names.contains(&*one.name));
    plan.operations = chosen;
    // A crate of chosen operations is as small as it can be: it has no features of areas.
    plan.ungate();
    plan.waiters.retain(|waiter| names.contains(&*waiter.operation));
    plan.unchosen = others.into_iter().map(|operation: Operation| operation.name).collect();
    let chosen = names.iter().filter_map(|name| model.operations.get(name));
    let reached = model.reached(chosen.flat_map(ModelOperation::shapes));
    plan.items.retain(|item| reached.contains(&*item.shape));
    plan.exceptions.retain(|exception| reached.contains(&*exception.shape));
    for (shape, fate) in &mut plan.fates {
        if !reached.contains(&**shape) {
            *fate = ShapeStatus::Omitted("no chosen operation reaches it".to_owned());
        }
    }
    // Where several operations share an input, each has a request made from it: name one that is there.
    for operation in &plan.operations {
        let fate = operation.request.shape.as_ref().and_then(|input| plan.fates.get_mut(input));
        if let Some(ShapeStatus::Item(path)) =
            fate.filter(|fate| matches!(fate, ShapeStatus::Item(path) if path.starts_with("operation/")))
        {
            *path = format!("operation/{}.rs", operation.module);
        }
    }
    Ok(())
}
