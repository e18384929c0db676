//! Project commands: code generation, model updates, CI, fuzzing, and the programs for benchmarks and conformance.
//!
//! Every command prints its result to standard output and everything else to standard error, exits with 0, 1 or 2 as
//! [`xtask::outcome`] says, and leaves all files as they were where it fails.

mod areas;
mod behaviours;
mod checkout;
mod ci;
mod codegen;
mod delegate;
mod documented;
mod fuzz;
mod models;
mod port;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::repository::Repository;
use xtask::{interrupt, outcome, progress};

/// Project commands: code generation, model updates, CI, fuzzing, conformance, benchmarks.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", about, disable_help_subcommand = true)]
struct Cli {
    /// The checkout to work in [default: the one that xtask was built from].
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Show no progress: print the result and errors only.
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

/// The commands, one file each.
#[derive(Subcommand)]
enum Command {
    Areas(areas::Args),
    Behaviours(behaviours::Args),
    /// Measure this crate and aws-sdk-connect on the same work, and write BENCHMARKS.md. Arguments: `cargo xtask bench --help`.
    #[command(disable_help_flag = true)]
    Bench(delegate::Args),
    Ci(ci::Args),
    Codegen(codegen::Args),
    /// Compare the client with botocore, published test suites and moto. Arguments: `cargo xtask conformance --help`.
    #[command(disable_help_flag = true)]
    Conformance(delegate::Args),
    Fuzz(fuzz::Args),
    #[command(subcommand)]
    Models(models::Command),
    Port(port::Args),
}

fn main() -> ExitCode {
    // clap itself ends a misuse with exit code 2.
    let cli = Cli::parse();
    let repository = Repository::new(cli.root);
    progress::show(cli.quiet);
    if let Err(error) = interrupt::install() {
        return outcome::exit_code(Err(error));
    }
    let result = match cli.command {
        Command::Areas(args) => areas::run(&repository, &args),
        Command::Behaviours(args) => behaviours::run(&repository, &args),
        Command::Bench(args) => return delegate::run(&repository, "bench", cli.quiet, &args),
        Command::Conformance(args) => return delegate::run(&repository, "conformance", cli.quiet, &args),
        Command::Ci(args) => ci::run(&repository, &args),
        Command::Codegen(args) => codegen::run(&repository, &args),
        Command::Fuzz(args) => fuzz::run(&repository, &args),
        Command::Models(command) => models::run(&repository, &command),
        Command::Port(args) => port::run(&repository, &args),
    };
    outcome::exit_code(result)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::Cli;

    /// The commands of this program in the fenced blocks of a document, without their comments.
    fn commands(text: &str) -> impl Iterator<Item = Vec<&str>> {
        let fenced = text.split("```").skip(1).step_by(2).flat_map(str::lines);
        fenced.filter_map(|line| {
            let words = line.split('#').next()?.split_whitespace().collect::<Vec<_>>();
            words.starts_with(&["cargo", "xtask"]).then(|| words[1..].to_vec())
        })
    }

    #[test]
    fn every_command_of_the_documents_has_the_arguments_that_it_needs() {
        let documents = [
            include_str!("../../README.md"),
            include_str!("../../CONTRIBUTING.md"),
            include_str!("../../ARCHITECTURE.md"),
            include_str!("../../models/README.md"),
        ];
        let mut count = 0;
        for command in documents.into_iter().flat_map(commands) {
            count += 1;
            if let Err(error) = Cli::try_parse_from(&command) {
                panic!("{}: {error}", command.join(" "));
            }
        }
        assert!(count > 5, "{count}");
    }
}
