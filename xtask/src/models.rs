//! `cargo xtask models`: what concerns the models under `models/`, one file for each command.

mod lint;
mod update;

use anyhow::Result;
use clap::Subcommand;

use crate::Outcome;
use crate::repository::Repository;

/// Keep the models under models/.
#[derive(Subcommand)]
pub enum Command {
    Lint(lint::Args),
    Update(update::Args),
}

pub fn run(repository: &Repository, command: &Command) -> Result<Outcome> {
    match command {
        Command::Lint(args) => lint::run(repository, args),
        Command::Update(args) => update::run(repository, args),
    }
}
