//! The comparison of two versions of a service's model: what changed, in words, and what each change does to the users of
//! the emitted crate.
//!
//! The words come from the models (`facts`). The verdict comes from the plans of both (`surface`): the public items of
//! the crate, how each is declared and what it means on the wire. So a shape that moves because a second operation uses it shows
//! up as well as one that is gone, and so does a field that kept its name and means another member.

mod areas;
mod blame;
mod change;
mod compare;
mod facts;
mod rename;
#[cfg(test)]
mod stability;
mod surface;

use crate::diagnostic::Diagnostics;
use crate::inputs::ServiceInputs;
use crate::names::record_path;
use crate::pipeline;
use crate::planned::Planned;
use crate::sources::Sources;

pub use change::{Change, Kind, Verdict};

/// Compares two versions of a model, each with its own overrides. Changes come in the order of places.
///
/// Each version has the Rust names of its record. A new one without a record has those that follow from the old.
///
/// # Errors
/// As [`generate`](crate::generate()), for either version.
pub fn diff(old: &ServiceInputs, new: &ServiceInputs) -> Result<Vec<Change>, Diagnostics> {
    let facts = facts::compare(&Sources::parse(old)?.apply()?, &Sources::parse(new)?.apply()?);
    let old = pipeline::plan_service(old)?;
    let names = new.names.clone().unwrap_or_else(|| (record_path(None), old.service.record.text()));
    let new = pipeline::plan_service(&ServiceInputs { names: Some(names), ..new.clone() })?;
    let surface = |planned: &Planned| surface::of(&planned.service, &planned.model);
    let mut changes = blame::assign(facts, &surface(&old), &surface(&new));
    changes.extend(areas::compare(&old.service, &new.service));
    changes.sort_by(|a, b| (&a.place, a.kind).cmp(&(&b.place, b.kind)));
    Ok(changes)
}

/// The verdict on all changes together.
pub fn verdict(changes: &[Change]) -> Verdict {
    changes.iter().map(|change| change.verdict).max().unwrap_or(Verdict::Patch)
}
