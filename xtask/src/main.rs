//! The hand of the code generator: reads, writes, compares and reports. What needs no disk is in `generator`.
//!
//! Results go to standard output, everything else to standard error. The exit code is 0 for success, 1 for a failure or
//! a difference found, 2 for misuse. A failed run leaves the files as they were.

mod bench;
mod botocore;
mod codegen;
mod conformance;
mod documented;
mod files;
mod fuzz;
mod inputs;
mod json;
mod manifest;
mod models;
mod output;
mod report;
mod repository;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use generator::Diagnostics;

use crate::repository::Repository;

/// The project's own commands.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", about, disable_help_subcommand = true)]
struct Cli {
    /// The checkout to work in, where it is not the one that xtask was built from.
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// One file each.
#[derive(Subcommand)]
enum Command {
    Bench(bench::Args),
    Codegen(codegen::Args),
    Conformance(conformance::Args),
    Fuzz(fuzz::Args),
    #[command(subcommand)]
    Models(models::Command),
}

/// How a command that could do its work ended.
enum Outcome {
    /// As asked.
    Done,
    /// What was to be checked is not as it ought to be.
    Different,
}

fn main() -> ExitCode {
    if let Some(code) = bench::stand_in() {
        return code;
    }
    // clap itself ends a misuse with exit code 2.
    let cli = Cli::parse();
    let repository = Repository::new(cli.root);
    let result = match cli.command {
        Command::Bench(args) => bench::run(&repository, &args),
        Command::Codegen(args) => codegen::run(&repository, &args),
        Command::Conformance(args) => conformance::run(&repository, &args),
        Command::Fuzz(args) => fuzz::run(&repository, &args),
        Command::Models(command) => models::run(&repository, &command),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Different) => ExitCode::FAILURE,
        Err(error) => {
            match error.downcast_ref::<Diagnostics>() {
                Some(diagnostics) => eprint!("{diagnostics}"),
                None => eprintln!("error: {error:#}"),
            }
            ExitCode::FAILURE
        }
    }
}

/// Prints a result. A reader that has seen enough and closed the pipe, such as `head`, is no failure.
fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error).context("standard output"),
        _ => Ok(()),
    }
}
