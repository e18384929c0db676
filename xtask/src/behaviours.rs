//! `cargo xtask behaviours`: runs the table of the misbehaving server (`templates/tests/http/behaviours`) and prints every row with
//! what came of its calls.

use std::fmt::Write;
use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use clap::Args as Arguments;

use xtask::outcome::{Outcome, print};
use xtask::repository::Repository;

/// Run the misbehaving server, and print what five calls of each operation came to; exits with 1 where a row is not as expected.
#[derive(Arguments)]
pub struct Args {
    /// Print only the groups whose name contains this.
    group: Option<String>,
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let folder = repository.target().join("behaviours");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut test = Command::new(cargo);
    test.args(["test", "--quiet", "--package", "templates", "--test", "main", "--", "http::behaviours"])
        .current_dir(repository.root())
        .env("BEHAVIOURS_FOLDER", &folder)
        .stdin(Stdio::null());
    let output = test.output().context("cargo could not be started")?;
    print(&table(&folder, args.group.as_deref().unwrap_or_default())?)?;
    if output.status.success() {
        return Ok(Outcome::Done);
    }
    eprint!("{}{}", String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    Ok(Outcome::Different)
}

/// The groups of a folder, one file each, in the order of their names. A row begins at the start of a line.
fn table(folder: &std::path::Path, group: &str) -> Result<String> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    let (mut table, mut rows, mut groups) = (String::new(), 0, 0);
    for file in files {
        let path = file.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let title = name.split_once('-').map_or(&*name, |(_, title)| title).replace('_', " ");
        if !title.contains(group) {
            continue;
        }
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        rows += text.lines().filter(|line| !line.starts_with(' ')).count();
        groups += 1;
        writeln!(table, "## {title}\n\n{text}")?;
    }
    writeln!(
        table,
        "{rows} behaviours in {groups} groups; five calls each of a read, a write with a token and one never to be repeated"
    )?;
    Ok(table)
}
