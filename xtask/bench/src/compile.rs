//! Build times and memory of the crate and of a program that uses it.
//!
//! "The crate alone" is its own rustc with all dependencies built: the package is forgotten, the program built again, and the line of
//! the library read from the log of the meter. Clean builds start from an empty target folder, without the network.

use std::fs;

use anyhow::{Context, Result};

use xtask::files::put;

use crate::bench::{BUILDS, Bench, Rounds, Values};
use crate::programs::{SIDES, build, main_of, prepare, program, shapes};
use crate::sides::{PEER, SHAPES, Side};
use crate::{areas, machine};

pub fn run(bench: &mut Bench) -> Result<()> {
    prepare(bench)?;
    if bench.args.short {
        // The one whose dependencies the calls need as well.
        alone(bench, DEBUG, "build", "dev");
        areas::run(bench);
        return Ok(());
    }
    // From here each folder holds one clean build, which the other sections use as well.
    bench.step(&["clean.debug", "client.debug"], &SIDES, BUILDS, |bench, side| clean(bench, side, "debug"));
    rebuild(bench);
    bench.step(&["clean.release", "client.release"], &SIDES, BUILDS, |bench, side| clean(bench, side, "release"));
    alone(bench, CHECK, "check", "dev");
    alone(bench, DEBUG, "build", "dev");
    alone(bench, RELEASE, "build", "release");
    areas::run(bench);
    hint(bench);
    Ok(())
}

/// Cargo's name for a profile's folder.
fn profile_of(folder: &str) -> &'static str {
    if folder == "release" { "release" } else { "dev" }
}

fn clean(bench: &Bench, side: Side, folder: &str) -> Result<Values> {
    let build = build(bench, side);
    let path = build.target.join(folder);
    if path.exists() {
        fs::remove_dir_all(&path).with_context(|| path.display().to_string())?;
    }
    let ran = build.cargo(&program("build", profile_of(folder)))?;
    let rows = if folder == "release" { ["clean.release", "client.release"] } else { ["clean.debug", "client.debug"] };
    let mut values = vec![(rows[0], ran.wall)];
    if let Some(prefix) = side.client() {
        let crates = ran.crates.iter().filter(|usage| usage.name.starts_with(prefix));
        values.push((rows[1], crates.map(|usage| usage.cpu).sum()));
    }
    Ok(values)
}

/// One line of the program changes, five times.
fn rebuild(bench: &mut Bench) {
    let mut round = 0;
    let rounds = Rounds { most: 5, ..BUILDS };
    bench.step(&["rebuild.debug"], &SIDES, rounds, |bench, side| {
        let build = build(bench, side);
        let arguments = program("build", "dev");
        // As it was before the change; after a clean build there is nothing to do.
        build.cargo(&arguments)?;
        round += 1;
        let main = main_of(&build.project);
        let text = fs::read_to_string(&main).with_context(|| main.display().to_string())?;
        put(&main, &text.replace("\"round 0", &format!("\"round {round}")))?;
        let ran = build.cargo(&arguments);
        put(&main, &text)?;
        Ok(vec![("rebuild.debug", ran?.wall)])
    });
}

/// The rows of one kind of build of the crate alone: time and memory, and both without serde's traits.
type Alone = [&'static str; 4];

const CHECK: Alone = ["alone.check", "alone.check.memory", "plain.check", "plain.check.memory"];
const DEBUG: Alone = ["alone.debug", "alone.debug.memory", "plain.debug", "plain.debug.memory"];
const RELEASE: Alone = ["alone.release", "alone.release.memory", "plain.release", "plain.release.memory"];

/// What the crate's own rustc takes.
fn alone(bench: &mut Bench, rows: Alone, command: &'static str, profile: &'static str) {
    // A check has its own folder, or its files would be counted to target/debug.
    let of = move |bench: &Bench, side| {
        let mut build = if side == Side::Floor { shapes(bench) } else { build(bench, side) };
        if command == "check" {
            build.target.set_extension("check");
        }
        build
    };
    bench.step(&rows, &SIDES, BUILDS, |bench, side| {
        let build = of(bench, side);
        let mut arguments = program(command, profile).to_vec();
        if side == Side::Floor {
            arguments[4] = SHAPES;
        }
        // Of a build with its dependencies the crate's own part says nothing, others are compiled beside it.
        build.dependencies(&arguments, side.package())?;
        let again = |arguments: &[&str]| {
            build.forget(side.package(), profile)?;
            let ran = build.cargo(arguments)?;
            ran.library(side.package()).map(|usage| (usage.wall, usage.memory))
        };
        // The other sides have nothing to leave out.
        let plain = match side {
            Side::Ours => Some(again(&[&arguments[..], &["--no-default-features"]].concat())?),
            Side::Peer | Side::Floor => None,
        };
        if plain.is_some() {
            // The program of it would lie beside the other one, and be counted to target/debug.
            build.forget("program", profile)?;
        }
        let (wall, memory) = again(&arguments)?;
        let (plain_wall, plain_memory) = plain.unwrap_or((wall, memory));
        Ok(vec![(rows[0], wall), (rows[1], memory), (rows[2], plain_wall), (rows[3], plain_memory)])
    });
}

/// The peer at its best: on nightly, only what the program uses of its crate is compiled.
fn hint(bench: &mut Bench) {
    let rows = ["hint.release", "hint.crate"];
    if !bench.args.hint {
        return;
    }
    if machine::rustc(Some("nightly")).is_none() {
        for row in rows {
            bench.missing(row, "no nightly toolchain is installed");
        }
        return;
    }
    bench.step(&rows, &[Side::Ours, Side::Peer], Rounds { most: 1, ..BUILDS }, |bench, side| {
        let mut build = build(bench, side);
        build.toolchain = Some("nightly");
        build.target.set_extension("nightly");
        build.clear()?;
        let setting = format!("profile.release.package.{}.hint-mostly-unused=true", PEER.0);
        let mut arguments = program("build", "release").to_vec();
        if side == Side::Peer {
            arguments.extend(["-Zprofile-hint-mostly-unused", "--config", &setting]);
        }
        let ran = build.cargo(&arguments)?;
        let crate_alone = ran.library(side.package())?.wall;
        build.clear()?;
        Ok(vec![("hint.release", ran.wall), ("hint.crate", crate_alone)])
    });
}
