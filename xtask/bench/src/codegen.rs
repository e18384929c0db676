//! The time of generation: the whole crate, each line beside cargo-progenitor, and a crate of three operations beside the whole.
//! `growth.rs` measures how both grow.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use xtask::files::{put, read_text};

use crate::bench::{BUILDS, Bench, Rounds};
use crate::cargo::Build;
use crate::emitted::{SUBSET, SUBSET_FOR_CALLS, check, count, emit, empty, generate, model};
use crate::meter::{self, Usage};
use crate::sides::Side;
use crate::{growth, openapi};

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

/// Generates a small crate in the same way, with the xtask that started the bench.
fn short(bench: &mut Bench) -> Result<()> {
    let xtask = std::env::var_os("XTASK").context("the bench is started by `cargo xtask bench`")?;
    let xtask = Path::new(&xtask);
    let rows = ["generate.wall", "generate.memory", "generate.line"];
    bench.step(&rows, &[Side::Ours], RUNS, |bench, _| {
        let (usage, out) = generate(bench, xtask, "short", &SUBSET_FOR_CALLS)?;
        let (_, lines) = count(&out)?;
        Ok(vec![(rows[0], usage.wall), (rows[1], usage.memory), (rows[2], usage.wall * 1e6 / lines as f64)])
    });
    openapi::of_service(&read_text(&model(bench))?).map(drop)
}

/// Builds xtask as it would be released.
fn build_xtask(bench: &Bench) -> Result<PathBuf> {
    bench.say("build xtask, release");
    let build = Build::new(bench.repository.root().to_owned(), bench.folder.join("build/xtask"));
    build.cargo(&["build", "--locked", "--release", "--package", "xtask"])?;
    Ok(build.target.join("release").join(format!("xtask{}", std::env::consts::EXE_SUFFIX)))
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
