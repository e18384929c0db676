//! `cargo xtask models diff`: says what changed between two versions of the models, and what that does to users.

use anyhow::Result;
use clap::Args as Arguments;

use xtask::files::{Changes, read_optional};
use xtask::manifest::Manifest;
use xtask::outcome::{Outcome, print};
use xtask::repository::Repository;

use super::comparison::compare;
use super::{changelog, revision};

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

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let (old, new) = match (&args.old, &args.new) {
        (Some(old), Some(new)) => {
            let manifest = Manifest::read(repository)?;
            (revision::named(repository, &manifest, old)?, revision::named(repository, &manifest, new)?)
        }
        _ => (revision::of_commit(repository, "HEAD")?, revision::of_work_tree(repository)?),
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
