//! Takes two versions of a service's model; gives what changed, in words, and what each change does to the users of the
//! emitted crate.
//!
//! The words come from the models ([`facts`]). The verdict comes from the emitted files of both ([`surface`]): what is
//! public in them, and how it is declared, is compared as text. So the verdict cannot disagree with what the generator
//! emits, whatever the reason: a shape that moves because a second operation uses it shows up as well as one that is gone.

mod facts;
mod places;
mod rename;
mod surface;
mod verdict;

use std::fmt;

use serde::Serialize;

use crate::diagnostic::Diagnostics;
use crate::pipeline::{self, Planned};
use crate::sources::Sources;
use crate::{ServiceInputs, emit, render};

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
    /// Another trait: sensitive, deprecated, idempotent and the like.
    Trait,
    /// How the endpoint is found.
    Endpoint,
    /// The model is the same here, but what is emitted is not: something elsewhere changed.
    Layout,
}

/// One change of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What sort of thing changed.
    pub kind: Kind,
    /// Where: a path in `service-2.json`, or in `paginators-1.json` where it starts with `pagination`.
    pub place: String,
    /// What changed.
    pub what: String,
    /// What that does to the emitted crate.
    pub verdict: Verdict,
    /// Why: the public items that come, go or change.
    pub reasons: Vec<String>,
}

/// Compares two versions of a model, each with its own overrides. Changes come in the order of places.
///
/// # Errors
/// As [`generate`](crate::generate()), for either version.
pub fn diff(old: &ServiceInputs, new: &ServiceInputs) -> Result<Vec<Change>, Diagnostics> {
    let facts = facts::compare(&Sources::parse(old)?.apply()?, &Sources::parse(new)?.apply()?);
    let (old, new) = (Emitted::of(old)?, Emitted::of(new)?);
    Ok(verdict::judge(facts, &old, &new))
}

/// The verdict on all changes together.
pub fn verdict(changes: &[Change]) -> Verdict {
    changes.iter().map(|change| change.verdict).max().unwrap_or(Verdict::Patch)
}

/// What is emitted for a model.
struct Emitted {
    surface: surface::Surface,
    places: places::Places,
}

impl Emitted {
    fn of(service: &ServiceInputs) -> Result<Self, Diagnostics> {
        let Planned { model, service, .. } = pipeline::plan_service(service)?;
        let files = render::files(&emit::items(&service))?;
        Ok(Self { surface: surface::of(&files), places: places::of(&service, &model) })
    }
}
