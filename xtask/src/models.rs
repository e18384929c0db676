//! `cargo xtask models`: what concerns the models under `models/`, one file for each command.

mod add;
mod changelog;
mod comparison;
mod diff;
mod lint;
mod revision;
mod scratch;
mod survey;
mod trial;
mod update;
mod upstream;
mod verdicts;

use anyhow::Result;
use clap::Subcommand;
use xtask::outcome::Outcome;
use xtask::repository::Repository;

/// Keep the models under models/.
#[derive(Subcommand)]
pub enum Command {
    Add(add::Args),
    Diff(diff::Args),
    Lint(lint::Args),
    Survey(survey::Args),
    Trial(trial::Args),
    Update(update::Args),
    Verdicts(verdicts::Args),
}

pub fn run(repository: &Repository, command: &Command) -> Result<Outcome> {
    match command {
        Command::Add(args) => add::run(repository, args),
        Command::Diff(args) => diff::run(repository, args),
        Command::Lint(args) => lint::run(repository, args),
        Command::Survey(args) => survey::run(repository, args),
        Command::Trial(args) => trial::run(repository, args),
        Command::Update(args) => update::run(repository, args),
        Command::Verdicts(args) => verdicts::run(repository, args),
    }
}
