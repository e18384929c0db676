//! The small programs that do the same work with each side: written from `xtask/bench/programs`, and built.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xtask::files::{put, read_tree};

use crate::bench::Bench;
use crate::cargo::Build;
use crate::sides::{PEER, PEER_CONFIG, Side};
use crate::{emitted, shapes};

/// The sides that have programs, in the order in which they are measured.
pub const SIDES: [Side; 3] = [Side::Ours, Side::Peer, Side::Floor];

/// Writes the programs and what they stand on, and fetches what they need.
pub fn prepare(bench: &Bench) -> Result<()> {
    let ours = if bench.args.short {
        emitted::emit(bench, "subset", &emitted::SUBSET_FOR_CALLS)?
    } else {
        bench.repository.generated()
    };
    let projects = bench.folder.join("projects");
    // A crate of chosen operations has no features of areas.
    let full = if bench.args.short { "" } else { ", \"full\"" };
    write(&bench.repository.root().join("xtask/bench/programs"), &projects, &ours, full)?;
    shapes::write(bench.repository, &projects.join("shapes"))?;
    for side in bench.sides(&SIDES) {
        bench.say(&format!("fetch the packages of {}", side.folder()));
        build(bench, side).fetch()?;
    }
    if bench.sides(&SIDES).contains(&Side::Floor) {
        shapes(bench).fetch()?;
    }
    Ok(())
}

/// The programs of a side, and where they are built.
pub fn build(bench: &Bench, side: Side) -> Build {
    let folder = side.folder();
    Build::new(bench.folder.join("projects").join(folder), bench.folder.join("build").join(folder))
}

/// The arguments that build the program of a side.
pub fn program(command: &'static str, profile: &'static str) -> [&'static str; 7] {
    [command, "--offline", "--locked", "--package", "program", "--profile", profile]
}

/// Writes the programs to a folder, with the crate of ours that they are to stand on. What is as it ought to be keeps
/// its time stamp, and is not built again.
fn write(texts: &Path, folder: &Path, ours: &Path, full: &str) -> Result<()> {
    let values = [
        ("{{full}}", full.to_owned()),
        ("{{crate}}", ours.to_string_lossy().replace('\\', "/")),
        ("{{aws-sdk-connect}}", PEER.1.to_owned()),
        ("{{aws-config}}", PEER_CONFIG.to_owned()),
    ];
    for (path, bytes) in read_tree(texts)? {
        let mut text = String::from_utf8(bytes).with_context(|| path.clone())?;
        for (name, value) in &values {
            text = text.replace(name, value);
        }
        put(&folder.join(path), &text)?;
    }
    Ok(())
}

/// The program whose one line changes.
pub fn main_of(project: &Path) -> PathBuf {
    project.join("program/src/main.rs")
}

/// The crate of bare structures, which has no program.
pub fn shapes(bench: &Bench) -> Build {
    Build::new(bench.folder.join("projects/shapes"), bench.folder.join("build/shapes"))
}
