//! Takes a model; gives what cannot be read off one shape alone: which shapes are reached and how they are used, and
//! where recursion is boxed. Refuses a model that is inconsistent or uses what is not emitted, naming every such place.

mod bindings;
mod boxes;
mod check;
mod limits;
mod operations;
mod traits;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::model::ServiceModel;

pub(crate) use operations::is_spoken;
pub(crate) use usage::Usage;

/// What resolving found out.
#[derive(Debug)]
pub(crate) struct Resolved {
    /// How each reached shape is used; a shape that is not here is reached by no emitted operation.
    pub usage: BTreeMap<String, Usage>,
    /// The members that hold their structure in a box, as shape and member.
    pub boxes: BTreeSet<(String, String)>,
}

/// Resolves the model of one service for the operations chosen.
///
/// # Errors
/// Everything that is inconsistent, unsupported or not fit to become Rust, each with its JSON path.
pub(crate) fn resolve(file: &str, model: &ServiceModel) -> Result<Resolved, Diagnostics> {
    let mut problems = Diagnostics::default();
    check::check(file, model, &mut problems);
    // Everything after this follows references, which only now are known to lead somewhere.
    problems.into_result(())?;
    let mut problems = Diagnostics::default();
    let usage = usage::of(model);
    operations::check(file, model, &mut problems);
    bindings::check(file, model, &usage, &mut problems);
    traits::check(file, model, &usage, &mut problems);
    let boxes = boxes::find(model);
    limits::check_structures(file, model, &boxes, &mut problems);
    problems.into_result(Resolved { usage, boxes })
}
