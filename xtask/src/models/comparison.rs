//! The comparison of two revisions of the models, service by service.

use std::collections::BTreeSet;

use anyhow::Result;
use generator::tools::diff::{self, Change, Verdict};
use serde::Serialize;

use super::revision::Revision;

/// A whole comparison.
#[derive(Debug, Serialize)]
pub struct Report {
    pub old: String,
    pub new: String,
    pub verdict: Verdict,
    pub services: Vec<ServiceReport>,
}

/// That of one service.
#[derive(Debug, Serialize)]
pub struct ServiceReport {
    pub name: String,
    pub verdict: Verdict,
    /// Whether the service is on one side only; there are no changes then.
    pub whole: Option<&'static str>,
    pub changes: Vec<Change>,
}

/// Compares two revisions, service by service.
pub fn compare(old: &Revision, new: &Revision) -> Result<Report> {
    let find = |revision: &Revision, name: &str| {
        revision.services.iter().find(|(known, _)| known == name).map(|(_, s)| s.clone())
    };
    let names: BTreeSet<&String> = old.services.iter().chain(&new.services).map(|(name, _)| name).collect();
    let mut services = Vec::new();
    for name in names {
        let (verdict, whole, changes) = match (find(old, name), find(new, name)) {
            (Some(old), Some(new)) => {
                let changes = diff::diff(&old, &new)?;
                (diff::verdict(&changes), None, changes)
            }
            (Some(_), None) => (Verdict::Major, Some("removed"), Vec::new()),
            _ => (Verdict::Minor, Some("added"), Vec::new()),
        };
        services.push(ServiceReport { name: name.clone(), verdict, whole, changes });
    }
    let verdict = services.iter().map(|service| service.verdict).max().unwrap_or(Verdict::Patch);
    Ok(Report { old: old.name.clone(), new: new.name.clone(), verdict, services })
}
