//! `cargo xtask models`: what concerns the models under `models/`, one file for each command.

mod changelog;
mod diff;
mod lint;
mod sides;
mod survey;
mod update;
mod verdicts;
mod workshop;

use anyhow::Result;
use clap::Subcommand;

use crate::Outcome;
use crate::repository::Repository;

/// Keep the models under models/.
#[derive(Subcommand)]
pub enum Command {
    Diff(diff::Args),
    Lint(lint::Args),
    Survey(survey::Args),
    Update(update::Args),
    Verdicts(verdicts::Args),
}

pub fn run(repository: &Repository, command: &Command) -> Result<Outcome> {
    match command {
        Command::Diff(args) => diff::run(repository, args),
        Command::Lint(args) => lint::run(repository, args),
        Command::Survey(args) => survey::run(repository, args),
        Command::Update(args) => update::run(repository, args),
        Command::Verdicts(args) => verdicts::run(repository, args),
    }
}
