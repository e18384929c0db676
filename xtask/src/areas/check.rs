//! The check of the features of areas: the crate compiles with none, with each alone, with pairs, and with all, without a warning.
//!
//! One workspace has a package for each choice, all with the source of the checked-in crate. So one run of cargo checks them side by
//! side, and what they depend on is built once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use generator::tools::areas::{Index, index};
use toml_edit::{Array, DocumentMut, Item, Table, value};
use xtask::files::{put, read_text};
use xtask::inputs;
use xtask::outcome::{Outcome, print};
use xtask::repository::Repository;

use super::source::BASE;
use crate::codegen::CRATE;

/// The description in the list of CI's steps.
pub const ABOUT: &str =
    "xtask areas --check: no area, each alone, pairs that share shapes, and all, with every warning an error";

/// A shape that more areas have is one of everybody's, and says nothing about two of them.
const FEW: usize = 4;

/// Runs the step of CI.
pub fn step(repository: &Repository) -> Result<Outcome> {
    run(repository, &index(&inputs::of_repository(repository, CRATE)?)?, false)
}

/// Checks all choices.
pub fn run(repository: &Repository, index: &Index, all_pairs: bool) -> Result<Outcome> {
    let choices = choices(index, if all_pairs { usize::MAX } else { FEW });
    let folder = repository.target().join("scratch/areas");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    write(repository, &folder, &choices)?;
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).current_dir(&folder).env("CARGO_TARGET_DIR", repository.target());
        command.env("CARGO_INCREMENTAL", "0").stdout(std::io::stderr()).status().context("cargo could not be started")
    };
    let status = cargo(&["check", "--quiet", "--workspace", "--keep-going"])?;
    if !status.success() {
        eprintln!("the packages are named for their areas; they are in {}", folder.display());
        return Ok(Outcome::Different);
    }
    // Nothing looks at them again, and together they are large.
    let packages: Vec<String> = choices.iter().flat_map(|choice| ["--package".to_owned(), package(choice)]).collect();
    let clean: Vec<&str> = ["clean", "--quiet"].into_iter().chain(packages.iter().map(String::as_str)).collect();
    cargo(&clean)?;
    fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    print(&format!("{} choices of areas compile without a warning\n", choices.len()))?;
    Ok(Outcome::Done)
}

/// A choice of features.
type Choice = Vec<String>;

/// None, each, the pairs that share a shape which at most so many areas have, and all.
fn choices(index: &Index, few: usize) -> Vec<Choice> {
    let features: Vec<&String> = index.areas.iter().map(|area| &area.feature).collect();
    let mut pairs: BTreeSet<Choice> = BTreeSet::new();
    for shared in index.items.iter().map(|item| &item.features).filter(|features| features.len() <= few) {
        for one in shared {
            pairs.extend(shared.iter().filter(|other| *other > one).map(|other| vec![one.clone(), other.clone()]));
        }
    }
    let each = features.iter().map(|feature| vec![(*feature).clone()]);
    let all = vec![features.iter().map(|feature| (*feature).clone()).collect()];
    [Vec::new()].into_iter().chain(each).chain(pairs).chain(all).collect()
}

/// The name of a choice's package.
fn package(choice: &Choice) -> String {
    match choice.as_slice() {
        [] => "areas-none".to_owned(),
        few if few.len() <= 2 => format!("areas-{}", few.join("-")),
        _ => "areas-all".to_owned(),
    }
}

fn write(repository: &Repository, folder: &Path, choices: &[Choice]) -> Result<()> {
    let parse = |path: &str| -> Result<DocumentMut> {
        read_text(&repository.root().join(path))?.parse().with_context(|| path.to_owned())
    };
    let mut root = parse("Cargo.toml")?;
    let workspace = root["workspace"].as_table_mut().context("Cargo.toml has no workspace")?;
    workspace.insert("members", value(choices.iter().map(package).collect::<Array>()));
    workspace["lints"]["rust"]["warnings"] = value("deny");
    put(&folder.join("Cargo.toml"), &root.to_string())?;
    fs::copy(repository.root().join("Cargo.lock"), folder.join("Cargo.lock")).context("Cargo.lock")?;

    let manifest = parse("generated/Cargo.toml")?;
    let source = std::path::absolute(repository.generated().join("src/lib.rs"))?;
    for choice in choices {
        let mut manifest = manifest.clone();
        let name = package(choice);
        manifest["package"]["name"] = value(&name);
        for key in ["readme", "documentation", "metadata"] {
            manifest["package"].as_table_mut().context("a package")?.remove(key);
        }
        for key in ["bin", "example", "test", "dev-dependencies"] {
            manifest.remove(key);
        }
        let mut library = Table::new();
        library.insert("path", value(source.display().to_string()));
        manifest["lib"] = Item::Table(library);
        let features = BASE.into_iter().chain(choice.iter().map(String::as_str));
        manifest["features"]["default"] = value(features.collect::<Array>());
        put(&folder.join(&name).join("Cargo.toml"), &manifest.to_string())?;
    }
    Ok(())
}
