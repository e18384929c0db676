//! Resolving: what cannot be read off one shape alone, which is which shapes are reached, how they are used, and where
//! recursion is boxed. A model that is inconsistent, or that uses what is not emitted, is refused with every such place.

mod boxes;
mod check;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::model::{Paginators, ServiceModel, Waiters};

pub(crate) use check::{check_endpoint_params, is_spoken};
pub(crate) use usage::Usage;

/// The result of resolving.
#[derive(Debug)]
pub(crate) struct Resolved {
    /// The usage of each reached shape; no emitted operation reaches the others.
    pub usage: BTreeMap<String, Usage>,
    /// The members that hold their structure in a box, as shape and member.
    pub boxes: BTreeSet<(String, String)>,
}

/// Resolves the model of one service, whose files stand in `folder`.
///
/// # Errors
/// Everything that is inconsistent, unsupported or not fit to become Rust, each with its JSON path.
pub(crate) fn resolve(
    folder: &str,
    model: &ServiceModel,
    paginators: &Paginators,
    waiters: &Waiters,
) -> Result<Resolved, Diagnostics> {
    let file = &format!("{folder}/service-2.json");
    // Everything after the references follows them, and only then are they known to lead somewhere.
    check::check_references(file, model).into_result(())?;
    let usage = usage::of(model);
    let boxes = boxes::find(model);
    let mut problems = check::check_support(file, model, &usage, &boxes);
    problems.extend(check::check_paginators(&format!("{folder}/paginators-1.json"), model, paginators));
    problems.extend(check::check_waiters(&format!("{folder}/waiters-2.json"), model, waiters));
    problems.into_result(Resolved { usage, boxes })
}
