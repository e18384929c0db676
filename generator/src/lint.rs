//! Takes the model of a service as upstream publishes it; gives what upstream gets wrong or leaves out, as data. Never
//! edits the model and never fails on a finding: whoever asks decides what a finding is worth.

mod rules;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::sources::Sources;
use crate::{ServiceInputs, resolve};

pub use rules::{RULES, Rule};

/// What was found in one model: for each rule, by its name, the places and what is found there.
pub type Findings = BTreeMap<&'static str, BTreeMap<String, String>>;

/// Reads a model without its overrides and asks every rule of it. A rule that finds nothing is there with no place, so
/// that a reader sees that it was asked.
///
/// # Errors
/// As [`generate`](crate::generate()): a model that no crate can be made from is not looked at further.
pub fn lint(service: &ServiceInputs) -> Result<Findings, Diagnostics> {
    // An override mends a finding for our users; upstream's mistake is there nevertheless.
    let upstream = ServiceInputs { overrides: None, ..service.clone() };
    let (model, paginators) = Sources::parse(&upstream)?.read()?;
    let resolved = resolve::resolve(&service.folder, &model, &paginators)?;
    let facts = rules::Facts { model: &model, paginators: &paginators, usage: &resolved.usage };
    Ok(RULES.iter().map(|rule| (rule.name, rule.find(&facts))).collect())
}
