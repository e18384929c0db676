//! `cargo xtask codegen`: reads models and templates, has the crate generated, then writes or compares it.

use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Args as Arguments;
use clap::builder::NonEmptyStringValueParser;
use generator::Inputs;
use xtask::files::read_text;
use xtask::inputs;
use xtask::outcome::{Outcome, print};
use xtask::output::Output;
use xtask::repository::Repository;

use crate::{documented, report};

/// The package in `generated/`.
pub const CRATE: &str = "amazon-connect";

/// Write the client: generated/src, or with --out a crate that stands alone.
#[derive(Default, Arguments)]
pub struct Args {
    /// Compare instead: print what is stale, missing or extra, and exit with 1 where anything is.
    #[arg(long)]
    check: bool,
    /// A folder with a service-2.json to generate from, instead of models/; paginators-1.json, endpoint-rule-set-1.json,
    /// overrides.toml, areas.toml and names.toml are used where they are beside it.
    #[arg(long, value_name = "DIR", requires = "name")]
    model: Option<PathBuf>,
    /// Where to write a complete crate: a new or empty folder, or one that an earlier run wrote. The names.toml of an earlier
    /// crate there keeps the Rust names that it gave.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of that crate, which --model needs; otherwise amazon-connect by default.
    #[arg(long, value_name = "CRATE", requires = "out", value_parser = crate_name)]
    name: Option<String>,
    /// Emit these operations only, and what they reach.
    #[arg(long, value_name = "A,B", requires = "out", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    operations: Vec<String>,
    /// The same from a file: an operation on each line; blank lines and what follows a # do not count.
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with = "operations")]
    operations_file: Option<PathBuf>,
    /// Write a copy of the crate to target/documented instead, with AWS's own documentation in it.
    #[arg(long, conflicts_with_all = ["check", "model", "out"])]
    docs: bool,
}

/// The name of a package that a program can name.
fn crate_name(text: &str) -> Result<String, String> {
    match generator::validate_package(text) {
        None => Ok(text.to_owned()),
        Some(reason) => Err(reason),
    }
}

/// Writes the checked-in crate, as `cargo xtask codegen` without arguments does.
pub fn regenerate(repository: &Repository) -> Result<Outcome> {
    run(repository, &Args::default())
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    if args.docs {
        return documented::run(repository, CRATE);
    }
    let start = Instant::now();
    let inputs = read(repository, args)?;
    let (files, notes) = generator::generate_with_notes(&inputs)?;
    for note in notes {
        eprintln!("note: {note}");
    }
    let output = match &args.out {
        Some(folder) => Output::crate_folder(folder.clone(), files)?,
        None => Output::checked_in(repository.root().to_owned(), files, &inputs::records(&inputs))?,
    };
    let differences = output.differences();
    if args.check {
        if differences.is_empty() {
            print(&format!("{} files are up to date\n", output.files().len()))?;
            return Ok(Outcome::Done);
        }
        print(&report::report(&differences, output.files(), output.found(), &mending_command(env::args())))?;
        return Ok(Outcome::Different);
    }
    output.write()?;
    let count = output.files().len();
    let lines: usize = output.files().values().map(|text| text.lines().count()).sum();
    let (written, removed) = (differences.missing.len() + differences.stale.len(), differences.extra.len());
    let ms = start.elapsed().as_millis();
    print(&format!("{count} files, {lines} lines in {ms} ms: {written} written, {removed} removed\n"))?;
    Ok(Outcome::Done)
}

fn read(repository: &Repository, args: &Args) -> Result<Inputs> {
    let name = args.name.as_deref().unwrap_or(CRATE);
    let operations = match &args.operations_file {
        Some(file) => listed(&read_text(file)?).with_context(|| file.display().to_string())?,
        None => args.operations.iter().cloned().collect(),
    };
    let inputs = match &args.model {
        Some(folder) => inputs::of_folder(repository, name, folder)?,
        None if operations.is_empty() => inputs::of_repository(repository, name)?,
        // Operations are those of the root. Whoever wants some of them does not want the whole of the other services.
        None => inputs::of_root(repository, name)?,
    };
    let mut inputs = Inputs { operations: operations.into_iter().collect(), ..inputs };
    if let Some(folder) = &args.out {
        inputs::remember(&mut inputs, folder)?;
    }
    Ok(inputs)
}

/// The operations in the text of a file.
fn listed(text: &str) -> Result<BTreeSet<String>> {
    let names = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let names: BTreeSet<_> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
    // No name at all would mean every operation.
    ensure!(!names.is_empty(), "the file names no operation");
    Ok(names)
}

/// The command that this process was started with, but for `--check`.
fn mending_command(args: impl Iterator<Item = String>) -> String {
    let quote = |arg: String| if arg.contains(char::is_whitespace) { format!("'{arg}'") } else { arg };
    let rest = args.skip(1).filter(|arg| arg != "--check").map(quote);
    ["cargo".to_owned(), "xtask".to_owned()].into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{listed, mending_command};

    #[test]
    fn operations_are_listed_one_a_line() {
        let text = "# What we call.\nListUsers\r\n\n  DescribeUser # and read\n";
        assert_eq!(listed(text).unwrap().into_iter().collect::<Vec<_>>(), ["DescribeUser", "ListUsers"]);
        assert!(listed("# None.\n").is_err());
    }

    #[test]
    fn the_command_that_mends_is_the_one_that_checked() {
        let command = |args: &[&str]| mending_command(args.iter().map(|arg| (*arg).to_owned()));
        assert_eq!(command(&["target/xtask", "codegen", "--check"]), "cargo xtask codegen");
        assert_eq!(command(&["x", "codegen", "--check", "--out", "a b"]), "cargo xtask codegen --out 'a b'");
    }
}
