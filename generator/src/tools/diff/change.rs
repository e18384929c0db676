//! A change of a model: its kind, its place, and the version that it asks for.

use std::fmt;

use serde::Serialize;

/// The version of the emitted crate that a change requires, by the rules of semantic versioning.
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

/// The subject of a change.
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
    /// The resolution of endpoints.
    Endpoint,
    /// An area of operations, which is a feature of the crate, or the area that an operation is in.
    Area,
    /// The model is the same here, but what is emitted is not: something elsewhere changed.
    Layout,
}

/// One change of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The subject of a change.
    pub kind: Kind,
    /// Where: a path in `service-2.json`, in `paginators-1.json` where it starts with `pagination`, or in `waiters-2.json` where
    /// it starts with `waiters`.
    pub place: String,
    /// The change, in words.
    pub what: String,
    /// The effect on the emitted crate.
    pub verdict: Verdict,
    /// Why: the public items that come, go or change.
    pub reasons: Vec<String>,
    /// The public item that comes or goes with all of this, as another change says.
    pub within: Option<String>,
}

impl Change {
    pub(super) fn new(kind: Kind, place: String, what: String) -> Self {
        Self { kind, place, what, verdict: Verdict::Patch, reasons: Vec::new(), within: None }
    }
}
