//! The comparison of two versions of a service's model: what changed, in words, and what each change does to the users of
//! the emitted crate.
//!
//! The words come from the models (`facts`). The verdict comes from the plans of both (`surface`): the public items of
//! the crate, how each is declared and what it means on the wire. So a shape that moves because a second operation uses it shows
//! up as well as one that is gone, and so does a field that kept its name and means another member.

mod areas;
mod blame;
mod compare;
mod facts;
mod rename;
#[cfg(test)]
mod stability;
mod surface;

use std::fmt;

use serde::Serialize;

use crate::diagnostic::Diagnostics;
use crate::pipeline::{self, Planned};
use crate::sources::Sources;
use crate::{ServiceInputs, record_path};

/// What a change asks of the next version of the emitted crate, by the rules of semantic versioning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing that a program can name is another.
    Patch,
    /// Something is new or deprecated; every program still compiles.
    Minor,
    /// A program may no longer compile.
    Major,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// What sort of thing changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An operation, a shape or a member is new.
    Added,
    /// One is gone.
    Removed,
    /// One is gone, and a new one looks just like it.
    Renamed,
    /// A member or an operation refers to another shape, or a shape is of another type.
    Retyped,
    /// A member became required or optional.
    Required,
    /// Something goes elsewhere in the request or the answer: URI, query, header, name in the body.
    Binding,
    /// A value of an enumeration.
    Value,
    /// A length, a range or a pattern.
    Constraint,
    /// The errors an operation answers with.
    Errors,
    /// A paginator.
    Paging,
    /// A waiter.
    Waiting,
    /// Another trait: sensitive, deprecated, idempotent and the like.
    Trait,
    /// How the endpoint is found.
    Endpoint,
    /// An area of operations, which is a feature of the crate, or the area that an operation is in.
    Area,
    /// The model is the same here, but what is emitted is not: something elsewhere changed.
    Layout,
}

/// One change of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What sort of thing changed.
    pub kind: Kind,
    /// Where: a path in `service-2.json`, in `paginators-1.json` where it starts with `pagination`, or in `waiters-2.json` where
    /// it starts with `waiters`.
    pub place: String,
    /// What changed.
    pub what: String,
    /// What that does to the emitted crate.
    pub verdict: Verdict,
    /// Why: the public items that come, go or change.
    pub reasons: Vec<String>,
    /// The public item that comes or goes with all of this, as another change says.
    pub within: Option<String>,
}

impl Change {
    fn new(kind: Kind, place: String, what: String) -> Self {
        Self { kind, place, what, verdict: Verdict::Patch, reasons: Vec::new(), within: None }
    }
}

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
