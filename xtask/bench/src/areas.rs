//! The crate with one area of operations, and with the operations of a typical program.
//!
//! An area is measured as the crate alone is: its own rustc, with all dependencies built. The samples of a row are those of all areas,
//! one each, so that its median is that of the areas. The peer has no areas: it is the same as beside the whole crate.

use std::path::Path;

use anyhow::{Context, Result};
use generator::tools::areas::{Index, Kind as Emitted, index};
use xtask::files::{put, read_text};
use xtask::inputs;

use crate::bench::Bench;
use crate::cargo::{Build, Ran};
use crate::meter::Usage;
use crate::results::{AreasPoint, Figure};
use crate::sides::Side;
use crate::{emitted, growth, machine};

/// The operations of a program that handles contacts, looks after users, and watches queues.
const TYPICAL: [&str; 15] = [
    "DescribeContact",
    "DescribeUser",
    "GetContactAttributes",
    "GetCurrentMetricData",
    "GetMetricDataV2",
    "ListContactFlows",
    "ListQueues",
    "ListUsers",
    "SearchContacts",
    "StartChatContact",
    "StartOutboundVoiceContact",
    "StartTaskContact",
    "StopContact",
    "TransferContact",
    "UpdateContactAttributes",
];

/// The area of the operation that the bench's program calls.
const CALLED: &str = "contacts";

/// A kind of build: the command and the profile, and the rows of the areas' median, the worst, and memory, of the typical program's
/// time and memory, and of the peer.
struct Kind {
    command: &'static str,
    profile: &'static str,
    area: [&'static str; 3],
    typical: [&'static str; 2],
    peer: [&'static str; 2],
}

const KINDS: [Kind; 3] = [
    Kind {
        command: "check",
        profile: "dev",
        area: ["area.check", "area.check.worst", "area.check.memory"],
        typical: ["typical.check", "typical.check.memory"],
        peer: ["alone.check", "alone.check.memory"],
    },
    Kind {
        command: "build",
        profile: "dev",
        area: ["area.debug", "area.debug.worst", "area.debug.memory"],
        typical: ["typical.debug", "typical.debug.memory"],
        peer: ["alone.debug", "alone.debug.memory"],
    },
    Kind {
        command: "build",
        profile: "release",
        area: ["area.release", "area.release.worst", "area.release.memory"],
        typical: ["typical.release", "typical.release.memory"],
        peer: ["alone.release", "alone.release.memory"],
    },
];

/// Measures all rows. What fails is said, and the others go on.
pub fn run(bench: &mut Bench) {
    if let Err(error) = measure(bench) {
        bench.failed("areas", &error);
    }
}

fn measure(bench: &mut Bench) -> Result<()> {
    let index = all(bench)?;
    let areas = features(&index);
    // In short, one area of each kind shows that it works.
    let areas = if bench.args.short { growth::spread(&areas, 1) } else { areas };
    let whole = whole(bench)?;
    let typical = project(bench, "typical", &emitted::emit(bench, "typical", &TYPICAL)?)?;
    for kind in &KINDS[..if bench.args.short { 1 } else { KINDS.len() }] {
        if kind.area.iter().any(|row| bench.wants(row)) {
            each(bench, &whole, kind, &areas)?;
        }
        if kind.typical.iter().any(|row| bench.wants(row)) {
            bench.say(kind.typical[0]);
            let (wall, memory) = alone(&typical, kind, &[])?;
            keep(bench, kind.typical[0], vec![wall], kind.peer[0]);
            keep(bench, kind.typical[1], vec![memory], kind.peer[1]);
        }
    }
    if bench.args.short {
        return Ok(());
    }
    if bench.wants("area.growth") {
        grow(bench, &whole, &index, &areas)?;
    }
    if bench.wants("area.clean.debug") {
        bench.say("area.clean.debug");
        whole.clear()?;
        let feature = format!("amazon-connect/{CALLED}");
        let ran = whole.cargo(&["build", "--offline", "--bin", "areas", "--features", &feature])?;
        keep(bench, "area.clean.debug", vec![ran.wall], "clean.debug");
    }
    Ok(())
}

/// One kind of build of each area.
fn each(bench: &mut Bench, whole: &Build, kind: &Kind, areas: &[&str]) -> Result<()> {
    let (mut walls, mut memories) = (Vec::new(), Vec::new());
    for (number, area) in areas.iter().enumerate() {
        bench.say(&format!("{} {area}, {} of {}", kind.area[0], number + 1, areas.len()));
        let (wall, memory) = alone(whole, kind, &[area])?;
        let row = kind.area[0].rsplit('.').next().unwrap_or_default();
        bench.results.by_area.entry((*area).to_owned()).or_default().insert(row.to_owned(), wall);
        walls.push(wall);
        memories.push(memory);
    }
    let worst = walls.iter().copied().fold(0.0, f64::max);
    keep(bench, kind.area[0], walls, kind.peer[0]);
    keep(bench, kind.area[1], vec![worst], kind.peer[0]);
    keep(bench, kind.area[2], memories, kind.peer[1]);
    Ok(())
}

/// How many areas the points of growth have.
const POINTS: [usize; 6] = [1, 2, 4, 8, 16, usize::MAX];

/// The crate with more and more of its areas.
fn grow(bench: &mut Bench, whole: &Build, index: &Index, areas: &[&str]) -> Result<()> {
    let mut points = Vec::new();
    for count in POINTS {
        let chosen = growth::spread(areas, count);
        bench.say(&format!("growth: {} areas", chosen.len()));
        let mut seconds = Vec::new();
        for kind in &KINDS {
            seconds.push(alone(whole, kind, &chosen)?.0);
        }
        let operations = index.items.iter().filter(|item| {
            item.kind == Emitted::Operation && item.features.iter().any(|feature| chosen.contains(&feature.as_str()))
        });
        let [check, debug, release] = [0, 1, 2].map(|place| seconds.get(place).copied());
        points.push(AreasPoint { areas: chosen.len(), operations: operations.count(), check, debug, release });
    }
    bench.results.areas = points;
    bench.results.save(&bench.results_folder(), bench.section)
}

/// The areas of the crate, and what each compiles.
pub(crate) fn all(bench: &Bench) -> Result<Index> {
    Ok(index(&inputs::of_root(bench.repository, "amazon-connect")?)?)
}

/// The features of areas.
pub(crate) fn features(index: &Index) -> Vec<&str> {
    index.areas.iter().map(|area| area.feature.as_str()).collect()
}

/// A package on top of the checked-in crate.
pub(crate) fn whole(bench: &Bench) -> Result<Build> {
    project(bench, "areas", &bench.repository.generated())
}

/// A package on top of the crate in a folder: a library that calls nothing, and the bench's own program.
fn project(bench: &Bench, name: &str, ours: &Path) -> Result<Build> {
    let folder = bench.folder.join("projects").join(name);
    let programs = bench.repository.root().join("xtask/bench/programs/ours");
    // The crate is compiled as the bench's other programs have it, which is without incremental files.
    let others = read_text(&programs.join("Cargo.toml"))?;
    let (_, profiles) = others.split_once("[profile.dev").context("the programs of the bench have no profile")?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[lib]\nname = \"nothing\"\n\n\
         [dependencies]\namazon-connect = {{ path = \"{}\", default-features = false, features = [\"client\", \"credentials\", \
         \"serde\"] }}\ntokio = {{ version = \"1\", default-features = false, features = [\"macros\", \"rt\"] }}\n\n\
         [profile.dev{profiles}",
        ours.to_string_lossy().replace('\\', "/")
    );
    put(&folder.join("Cargo.toml"), &manifest)?;
    put(&folder.join("src/lib.rs"), "//! Nothing.\n")?;
    put(&folder.join("src/main.rs"), &read_text(&programs.join("program/src/main.rs"))?)?;
    let build = Build::new(folder, bench.folder.join("build").join(name));
    build.fetch()?;
    Ok(build)
}

/// The time and memory of the crate's own rustc.
fn alone(build: &Build, kind: &Kind, areas: &[&str]) -> Result<(f64, f64)> {
    let usage = ran(build, kind, areas, |arguments| build.cargo(arguments))?;
    Ok((usage.wall, usage.memory))
}

/// The instructions that the crate's own rustc takes for a check.
pub(crate) fn instructions(build: &Build, areas: &[&str]) -> Result<f64> {
    let usage = ran(build, &KINDS[0], areas, |arguments| build.count(arguments, "amazon-connect"))?;
    usage.instructions.context("valgrind, which `bench check` needs, counted nothing")
}

/// What the crate's own rustc took in a run of cargo, with everything built that the crate stands on.
fn ran(build: &Build, kind: &Kind, areas: &[&str], run: impl Fn(&[&str]) -> Result<Ran>) -> Result<Usage> {
    let features: Vec<String> = areas.iter().map(|area| format!("amazon-connect/{area}")).collect();
    let features = features.join(",");
    let mut arguments = vec![kind.command, "--offline", "--lib", "--profile", kind.profile];
    if !features.is_empty() {
        arguments.extend(["--features", &features]);
    }
    // No feature of an area changes a dependency: they are built once for all.
    build.dependencies(&arguments, "amazon-connect")?;
    build.forget("amazon-connect", kind.profile)?;
    run(&arguments)?.library("amazon-connect").cloned()
}

/// Keeps the values of a row, beside what the peer has in another.
fn keep(bench: &mut Bench, row: &'static str, values: Vec<f64>, peer: &str) {
    let of_peer = bench.results.figures.get(peer);
    let mut figure = Figure {
        when: machine::today(),
        with: bench.with.clone(),
        kept: of_peer.map(|figure| figure.kept.clone().unwrap_or_else(|| figure.when.clone())),
        ..Figure::default()
    };
    if let Some(samples) = of_peer.and_then(|figure| figure.samples.get(&Side::Peer)) {
        figure.samples.insert(Side::Peer, samples.clone());
    }
    figure.samples.insert(Side::Ours, values);
    bench.results.missing.remove(row);
    bench.results.figures.insert(row.to_owned(), figure);
    let saved = bench.results.save(&bench.results_folder(), bench.section).with_context(|| row.to_owned());
    if let Err(error) = saved {
        bench.failed(row, &error);
    }
}
