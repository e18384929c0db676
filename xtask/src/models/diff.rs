//! `cargo xtask models diff`: says what changed between two versions of the models, and what that does to users.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args as Arguments;
use generator::diff::{self, Change, Verdict};
use serde::Serialize;

use super::changelog;
use super::sides::{self, Side};
use crate::files::{Changes, read_optional};
use crate::repository::Repository;
use crate::{Outcome, print};

/// Say what changed between two versions of the models, with a verdict on the crate's next version.
#[derive(Arguments)]
pub struct Args {
    /// A folder with a service-2.json, or a version of botocore [default: the models in git's HEAD].
    #[arg(value_name = "OLD", requires = "new")]
    old: Option<String>,
    /// The same [default: the models as they are checked out].
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// Print JSON instead of Markdown.
    #[arg(long)]
    json: bool,
    /// Write the entry of a changelog to CHANGELOG.md instead, under what is unreleased: what users meet, without what leaves
    /// their programs as they are.
    #[arg(long, conflicts_with = "json")]
    changelog: bool,
}

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

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let (old, new) = match (&args.old, &args.new) {
        (Some(old), Some(new)) => {
            let manifest = sides::manifest(repository)?;
            (sides::named(repository, &manifest, old)?, sides::named(repository, &manifest, new)?)
        }
        _ => (sides::of_commit(repository, "HEAD")?, sides::of_work_tree(repository)?),
    };
    let report = compare(&old, &new)?;
    if args.changelog {
        let path = repository.root().join("CHANGELOG.md");
        let text = read_optional(&path)?.unwrap_or_default();
        let mut changes = Changes::default();
        changes.write(path, changelog::insert(&text, &changelog::entry(&report)))?;
        changes.apply()?;
        return Ok(Outcome::Done);
    }
    print(&if args.json { serde_json::to_string_pretty(&report)? + "\n" } else { changelog::markdown(&report) })?;
    Ok(Outcome::Done)
}

/// Compares two sides, service by service.
pub fn compare(old: &Side, new: &Side) -> Result<Report> {
    let find = |side: &Side, name: &str| side.services.iter().find(|(known, _)| known == name).map(|(_, s)| s.clone());
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
