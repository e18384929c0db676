//! How long generation takes: of the whole crate, beside cargo-progenitor for each line, and of a crate of three
//! operations against the whole. How both grow is in `growth.rs`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::cargo::Build;
use super::meter::{self, Usage};
use super::sides::{Side, put};
use super::{BUILDS, Bench, Rounds, growth, openapi};
use crate::files::{read_text, read_tree};
use crate::inputs;
use crate::output::Output;

/// The crate that a user of three operations generates.
pub const SUBSET: [&str; 3] = ["ListUsers", "DescribeUser", "SearchUsers"];
/// What the calls of `calls.rs` need.
pub const SUBSET_FOR_CALLS: [&str; 2] = ["DescribeContact", "SearchUsers"];
/// The other generator, pinned.
const PROGENITOR: (&str, &str) = ("cargo-progenitor", "0.15.1");
/// A run takes a second or so.
const RUNS: Rounds = Rounds { most: 7, enough: Duration::from_secs(60) };

pub fn run(bench: &mut Bench) -> Result<()> {
    if bench.args.short {
        return short(bench);
    }
    let xtask = build_xtask(bench)?;
    bench.step(&["generate.wall", "generate.memory"], &[Side::Ours], RUNS, |bench, _| {
        let (usage, _) = generate(bench, &xtask, "whole", &[])?;
        Ok(vec![("generate.wall", usage.wall), ("generate.memory", usage.memory)])
    });
    if bench.wants("generate.line") {
        match sample(bench).and_then(|sample| Ok((sample, progenitor(bench)?))) {
            Ok((sample, progenitor)) => {
                bench.step(&["generate.line"], &[Side::Ours, Side::Peer], RUNS, |bench, side| {
                    let (usage, lines) = match side {
                        Side::Peer => generate_by_progenitor(bench, &progenitor, &sample)?,
                        _ => generate(bench, &xtask, "whole", &[])
                            .and_then(|(usage, out)| Ok((usage, count(&out)?.1)))?,
                    };
                    Ok(vec![("generate.line", usage.wall * 1e6 / lines as f64)])
                })
            }
            Err(error) => bench.missing("generate.line", format!("{error:#}")),
        }
    }
    if bench.wants("subset.check") {
        let whole = emit(bench, "whole", &[])?;
        let subset = emit(bench, "subset", &SUBSET)?;
        // The whole crate stands where the peer does elsewhere.
        bench.step(&["subset.check"], &[Side::Ours, Side::Peer], BUILDS, |bench, side| {
            let folder = if side == Side::Ours { &subset } else { &whole };
            Ok(vec![("subset.check", check(bench, folder)?)])
        });
    }
    if bench.wants("growth") {
        growth::run(bench, &xtask)?;
    }
    Ok(())
}

/// Generates a small crate as the whole is, with this very program, and checks it.
fn short(bench: &mut Bench) -> Result<()> {
    let xtask = std::env::current_exe().context("this program")?;
    let rows = ["generate.wall", "generate.memory", "generate.line"];
    bench.step(&rows, &[Side::Ours], RUNS, |bench, _| {
        let (usage, out) = generate(bench, &xtask, "short", &SUBSET_FOR_CALLS)?;
        let (_, lines) = count(&out)?;
        Ok(vec![(rows[0], usage.wall), (rows[1], usage.memory), (rows[2], usage.wall * 1e6 / lines as f64)])
    });
    openapi::of_service(&read_text(&model(bench))?).map(drop)
}

/// The model of Connect.
pub fn model(bench: &Bench) -> PathBuf {
    bench.repository.models().join("connect/2017-08-08/service-2.json")
}

/// Writes a crate of some operations for other steps, of all where none is named; gives its folder.
pub fn emit(bench: &Bench, name: &str, operations: &[&str]) -> Result<PathBuf> {
    let folder = bench.folder.join("crates").join(name);
    let mut inputs = inputs::of_root(bench.repository, "amazon-connect")?;
    inputs.operations = operations.iter().map(|name| (*name).to_owned()).collect();
    Output::standalone(folder.clone(), generator::generate(&inputs)?)?.write()?;
    Ok(folder)
}

/// Builds xtask as it would be released.
fn build_xtask(bench: &Bench) -> Result<PathBuf> {
    bench.say("build xtask, release");
    let build = Build::new(bench.repository.root().to_owned(), bench.folder.join("build/xtask"));
    build.cargo(&["build", "--locked", "--release", "--package", "xtask"])?;
    Ok(build.target.join("release").join(format!("xtask{}", std::env::consts::EXE_SUFFIX)))
}

/// Has xtask generate a crate of Connect into an empty folder: of what the peer has as well, and no module beside it.
fn generate(bench: &Bench, xtask: &Path, name: &str, operations: &[&str]) -> Result<(Usage, PathBuf)> {
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
fn empty(folder: PathBuf) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(folder.parent().unwrap_or(&folder)).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

/// The document that cargo-progenitor generates from.
fn sample(bench: &Bench) -> Result<PathBuf> {
    if let Some(sample) = &bench.args.sample {
        ensure!(sample.is_file(), "{} is not a file", sample.display());
        return std::path::absolute(sample).context("the sample");
    }
    let path = bench.folder.join("connect.openapi.json");
    put(&path, &openapi::of_service(&read_text(&model(bench))?)?)?;
    Ok(path)
}

/// Installs cargo-progenitor, where it is not yet.
fn progenitor(bench: &Bench) -> Result<PathBuf> {
    let root = bench.folder.join("progenitor");
    let path = root.join("bin").join(format!("{}{}", PROGENITOR.0, std::env::consts::EXE_SUFFIX));
    if !path.exists() {
        bench.say("build cargo-progenitor, release");
        let build = Build::new(bench.folder.clone(), bench.folder.join("build/progenitor"));
        let root = root.to_string_lossy();
        build.cargo(&["install", PROGENITOR.0, "--version", PROGENITOR.1, "--locked", "--root", &root])?;
    }
    Ok(path)
}

fn generate_by_progenitor(bench: &Bench, progenitor: &Path, sample: &Path) -> Result<(Usage, usize)> {
    let out = empty(bench.folder.join("generated/progenitor"))?;
    let mut command = Command::new(progenitor);
    command
        .args(["progenitor", "--name", "sample", "--version", "0.1.0", "--input"])
        .arg(sample)
        .arg("--output")
        .arg(&out);
    let usage = meter::measure(&command, &bench.folder.join("generate.meter"))?;
    Ok((usage, count(&out)?.1))
}
