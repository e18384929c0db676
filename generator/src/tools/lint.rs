//! The lint of a model as upstream publishes it: what upstream gets wrong or leaves out, as data.
//!
//! It edits nothing, and a finding is no failure: the caller decides what a finding is worth.

mod facts;
mod marks;
mod rules;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::inputs::ServiceInputs;
use crate::resolve;
use crate::sources::Sources;

pub use rules::{RULES, Rule};

/// The findings in one model: for each rule, by its name, the places and what the rule finds there.
pub type Findings = BTreeMap<&'static str, BTreeMap<String, String>>;

/// The findings of every rule in a model without its overrides. A rule that finds nothing is there with no place, so that a
/// reader sees that it ran.
///
/// # Errors
/// As [`generate`](crate::generate()): the rules need a model that a crate can be made from.
pub fn lint(service: &ServiceInputs) -> Result<Findings, Diagnostics> {
    // An override mends a mistake for our users; upstream still has it.
    let upstream = ServiceInputs { overrides: None, ..service.clone() };
    let (model, paginators, waiters) = Sources::parse(&upstream)?.read()?;
    let resolved = resolve::resolve(&service.folder, &model, &paginators, &waiters)?;
    let facts = facts::Facts { model: &model, paginators: &paginators, usage: &resolved.usage };
    Ok(RULES.iter().map(|rule| (rule.name, rule.find(&facts))).collect())
}
