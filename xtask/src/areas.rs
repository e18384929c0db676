//! `cargo xtask areas`: the areas of the crate's operations, each a feature: what is in them, which of them a program needs, and
//! whether each compiles alone.

pub mod check;
pub mod place;
mod source;
mod table;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args as Arguments;
use generator::tools::areas::index;
use xtask::files::Changes;
use xtask::inputs;
use xtask::outcome::{Outcome, print};
use xtask::progress;
use xtask::repository::Repository;

use crate::codegen::CRATE;

/// Print the areas of operations, each a feature of the crate; or with paths, the features that a program needs.
#[derive(Arguments)]
pub struct Args {
    /// Rust files, and folders of them: print the line of Cargo.toml that has the features which they need.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Add the operations that are in no area where they fit best, and remove those that the models no longer have.
    #[arg(long, conflicts_with = "paths")]
    place: bool,
    /// Compile the crate with no area, with each alone, with pairs that share shapes, and with all; every warning is an error.
    #[arg(long, conflicts_with_all = ["paths", "place"])]
    check: bool,
    /// With --check: every pair that shares any shape, not only those that share one with few others.
    #[arg(long, requires = "check")]
    all_pairs: bool,
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let inputs = inputs::of_repository(repository, CRATE)?;
    if args.place {
        let mut changes = Changes::default();
        let mut report = String::new();
        for service in &inputs.services {
            if let Some(fitted) = place::fit(service)? {
                changes.write(repository.root().join(&fitted.file), fitted.text)?;
                report.extend(fitted.report.iter().map(|line| format!("{}: {line}\n", fitted.file)));
            }
        }
        changes.apply()?;
        print(if report.is_empty() { "every operation is in an area\n" } else { &report })?;
        return Ok(Outcome::Done);
    }
    let index = index(&inputs)?;
    if args.check {
        return check::run(repository, &index, args.all_pairs);
    }
    if args.paths.is_empty() {
        let costs = table::costs(repository)?;
        if costs.is_empty() {
            progress::note("`cargo xtask bench compile --ours --only area` measures the time of each");
        }
        print(&table::markdown(&index, &generator::generate(&inputs)?, &costs))?;
    } else {
        print(&source::line(repository, &index, &args.paths)?)?;
    }
    Ok(Outcome::Done)
}
