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
use crate::model::{ServiceModel, Shape, ShapeType};

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
    problems.or(())?;
    let mut problems = Diagnostics::default();
    let usage = usage::of(model);
    operations::check(file, model, &mut problems);
    bindings::check(file, model, &usage, &mut problems);
    traits::check(file, model, &usage, &mut problems);
    let boxes = boxes::find(model);
    limits::check_structures(file, model, &boxes, &mut problems);
    problems.or(Resolved { usage, boxes })
}

/// The shapes that a shape refers to, with the path of each reference inside the shape.
pub(crate) fn references(shape: &Shape) -> impl Iterator<Item = (String, &str)> {
    let members = shape.members.iter().map(|(name, member)| (format!("members.{name}"), member.shape.as_str()));
    let parts = [("member", &shape.member), ("key", &shape.key), ("value", &shape.value)];
    let parts = parts.into_iter().filter_map(|(name, part)| Some((name.to_owned(), part.as_ref()?.shape.as_str())));
    members.chain(parts)
}

/// Whether a shape becomes a Rust type of its own.
pub(crate) fn is_item(shape: &Shape) -> bool {
    (shape.kind == ShapeType::Structure && !shape.document) || is_enumeration(shape)
}

/// Whether a shape is an enumeration.
pub(crate) fn is_enumeration(shape: &Shape) -> bool {
    shape.kind == ShapeType::String && shape.values.as_ref().is_some_and(|values| !values.is_empty())
}
