//! Crates that the bench has emitted: written by the generator itself, or by a measured run of xtask, and checked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use xtask::files::{read_text, read_tree};
use xtask::inputs;
use xtask::output::Output;

use crate::bench::Bench;
use crate::cargo::Build;
use crate::meter::{self, Usage};

/// The crate that a user of three operations generates.
pub const SUBSET: [&str; 3] = ["ListUsers", "DescribeUser", "SearchUsers"];
/// What the calls of `calls.rs` need.
pub const SUBSET_FOR_CALLS: [&str; 2] = ["DescribeContact", "SearchUsers"];
/// The model of Connect.
pub fn model(bench: &Bench) -> PathBuf {
    bench.repository.models().join("connect/2017-08-08/service-2.json")
}

/// Writes a crate of some operations for other steps, of all where none is named; gives its folder.
pub fn emit(bench: &Bench, name: &str, operations: &[&str]) -> Result<PathBuf> {
    let folder = bench.folder.join("crates").join(name);
    let mut inputs = inputs::of_root(bench.repository, "amazon-connect")?;
    inputs.operations = operations.iter().map(|name| (*name).to_owned()).collect();
    Output::crate_folder(folder.clone(), generator::generate(&inputs)?)?.write()?;
    Ok(folder)
}

/// Has xtask generate a crate of Connect into an empty folder: of what the peer has as well, and no module beside it.
pub fn generate(bench: &Bench, xtask: &Path, name: &str, operations: &[&str]) -> Result<(Usage, PathBuf)> {
    let folder = model(bench).with_file_name("").display().to_string();
    let mut arguments = ["--name", "amazon-connect", "--model", &folder].map(str::to_owned).to_vec();
    if !operations.is_empty() {
        arguments.extend(["--operations".to_owned(), operations.join(",")]);
    }
    generate_with(bench, xtask, name, &arguments)
}

/// As [`generate`], with any arguments of codegen.
pub fn generate_with(bench: &Bench, xtask: &Path, name: &str, arguments: &[String]) -> Result<(Usage, PathBuf)> {
    let out = empty(bench.folder.join("generated").join(name))?;
    let mut command = Command::new(xtask);
    command.arg("--root").arg(bench.repository.root()).args(["codegen", "--out"]).arg(&out).args(arguments);
    let usage = meter::measure(&command, &bench.folder.join("generate.meter"))?;
    Ok((usage, out))
}

/// The seconds that a crate's own rustc takes to check it.
pub fn check(bench: &Bench, folder: &Path) -> Result<f64> {
    let manifest = read_text(&folder.join("Cargo.toml"))?;
    let name = manifest.lines().find_map(|line| line.strip_prefix("name = ")).context("a package has a name")?;
    let name = name.trim_matches('"');
    // One folder for all: they have the same dependencies.
    let build = Build::new(folder.to_owned(), bench.folder.join("build/emitted"));
    build.fetch()?;
    build.cargo(&["check", "--offline", "--lib"])?;
    build.forget(name, "dev")?;
    Ok(build.cargo(&["check", "--offline", "--lib"])?.library(name)?.wall)
}

/// How many files of source a crate has, and how many lines.
pub fn count(folder: &Path) -> Result<(usize, usize)> {
    let tree = read_tree(&folder.join("src"))?;
    let lines = tree.values().map(|bytes| bytes.iter().filter(|byte| **byte == b'\n').count()).sum();
    Ok((tree.len(), lines))
}

/// Takes away what an earlier run left.
pub fn empty(folder: PathBuf) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(folder.parent().unwrap_or(&folder)).with_context(|| folder.display().to_string())?;
    Ok(folder)
}
