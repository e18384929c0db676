//! `cargo xtask models`: what concerns the models under `models/`, one file for each command.

mod changelog;
mod diff;
mod lint;
mod sides;
mod update;

use anyhow::Result;
use clap::Subcommand;

use crate::Outcome;
use crate::repository::Repository;

/// Keep the models under models/.
#[derive(Subcommand)]
pub enum Command {
    Diff(diff::Args),
    Lint(lint::Args),
    Update(update::Args),
}

pub fn run(repository: &Repository, command: &Command) -> Result<Outcome> {
    match command {
        Command::Diff(args) => diff::run(repository, args),
        Command::Lint(args) => lint::run(repository, args),
        Command::Update(args) => update::run(repository, args),
    }
}
