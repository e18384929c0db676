//! `cargo xtask bench`: measures this crate and aws-sdk-connect on the same work, and writes BENCHMARKS.md.
//!
//! Every step measures its sides in turn, so that what else the machine does meets all of them. What was measured is
//! kept after every step: a run can be broken off, and a section or a row measured again by itself.

mod bodies;
mod calls;
mod cargo;
mod codegen;
mod compile;
mod growth;
mod machine;
mod meter;
mod openapi;
mod render;
mod results;
mod rows;
mod server;
mod shapes;
mod sides;
mod size;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::{Args as Arguments, ValueEnum};

pub use self::meter::stand_in;
use self::results::{Figure, Results};
use self::sides::Side;
use crate::Outcome;
use crate::repository::Repository;

/// Measure this crate and aws-sdk-connect side by side, and write BENCHMARKS.md.
#[derive(Arguments)]
pub struct Args {
    /// What to measure [default: only writes BENCHMARKS.md again, from what is kept].
    #[arg(value_enum)]
    sections: Vec<Which>,
    /// See that the bench works: a small crate, this side only, few rounds, nothing kept.
    #[arg(long)]
    short: bool,
    /// Measure only the rows whose ids begin with one of these: `clean`, `alone.check`, `loopback`, `growth` …
    #[arg(long, value_name = "ROW", value_delimiter = ',')]
    only: Vec<String>,
    /// Keep the peer's values of an earlier run on the same machine with the same versions, where there are any.
    #[arg(long)]
    peer_cache: bool,
    /// Measure this crate only; the others' values of earlier runs are kept, where there are any.
    #[arg(long)]
    ours: bool,
    /// Measure the peer at its best as well, on nightly with -Zprofile-hint-mostly-unused; about 5 minutes.
    #[arg(long)]
    hint: bool,
    /// An OpenAPI document for cargo-progenitor, such as its own Nexus sample, which no registry ships [default:
    /// Connect's own model, as OpenAPI].
    #[arg(long, value_name = "FILE")]
    sample: Option<PathBuf>,
}

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Build times and memory; about 25 minutes on two cores, most of them the peer's.
    Compile,
    /// Packages, the binary, the target folder; builds what is not built.
    Size,
    /// Calls over loopback, requests, the first call; builds what is not built.
    Request,
    /// Answers of 2 kB and 1 MB; builds what is not built.
    Decode,
    /// Generation, and how it and the crate grow; about 5 minutes.
    Codegen,
    /// Everything.
    All,
}

/// A part of the bench.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Compile,
    Size,
    Request,
    Decode,
    Codegen,
}

impl Section {
    /// In the order in which each finds most of what it needs already built.
    const ALL: [Self; 5] = [Self::Compile, Self::Size, Self::Request, Self::Decode, Self::Codegen];

    /// Its name on the command line, and of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compile => "compile",
            Self::Size => "size",
            Self::Request => "request",
            Self::Decode => "decode",
            Self::Codegen => "codegen",
        }
    }

    fn is_in(self, which: &[Which]) -> bool {
        let own = match self {
            Self::Compile => Which::Compile,
            Self::Size => Which::Size,
            Self::Request => Which::Request,
            Self::Decode => Which::Decode,
            Self::Codegen => Which::Codegen,
        };
        which.iter().any(|which| *which == own || *which == Which::All)
    }
}

/// One run of the bench.
pub struct Bench<'a> {
    repository: &'a Repository,
    /// Where everything is built and kept.
    folder: PathBuf,
    args: &'a Args,
    /// Machine and versions.
    with: String,
    start: Instant,
    /// The section that is being measured, and what is known of it.
    section: Section,
    results: Results,
    failures: Vec<String>,
}

/// How often a side is measured.
#[derive(Clone, Copy)]
pub struct Rounds {
    /// At most so often.
    pub most: usize,
    /// Not again once it took so long.
    pub enough: Duration,
}

/// Builds: three times, but what takes several minutes once.
pub const BUILDS: Rounds = Rounds { most: 3, enough: Duration::from_secs(150) };

/// What one round of a step gives: a value for each row.
pub type Values = Vec<(&'static str, f64)>;

/// Values of an earlier run: their day, and the samples of each row.
type Kept = (String, Vec<(&'static str, Vec<f64>)>);

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let rustc = machine::rustc(None).context("rustc does not say its version")?;
    let folder = repository.bench();
    let mut bench = Bench {
        repository,
        folder: if args.short { folder.join("short") } else { folder },
        args,
        with: format!("{}; {rustc}; {} {}", machine::describe(), sides::PEER.0, sides::PEER.1),
        start: Instant::now(),
        section: Section::Compile,
        results: Results::default(),
        failures: Vec::new(),
    };
    fs::create_dir_all(&bench.folder).with_context(|| bench.folder.display().to_string())?;
    if !args.short && machine::load().is_some_and(|load| load > 1.0) {
        eprintln!("the machine is busy: what is measured now says little");
    }
    for section in Section::ALL.into_iter().filter(|section| section.is_in(&args.sections)) {
        bench.section = section;
        bench.results = Results::load(&bench.results_folder(), section)?;
        let measured = match section {
            Section::Compile => compile::run(&mut bench),
            Section::Size => size::run(&mut bench),
            Section::Request => calls::request(&mut bench),
            Section::Decode => calls::decode(&mut bench),
            Section::Codegen => codegen::run(&mut bench),
        };
        if let Err(error) = measured {
            bench.failed(section.name(), &error);
        }
        bench.results.save(&bench.results_folder(), section)?;
    }
    let text = render::benchmarks(&bench.results_folder())?;
    if !args.short {
        let path = repository.root().join("BENCHMARKS.md");
        sides::put(&path, &text)?;
        bench.say(&format!("wrote {}", path.display()));
    }
    if !bench.failures.is_empty() {
        bail!("could not be measured:\n{}", bench.failures.join("\n"));
    }
    Ok(Outcome::Done)
}

impl Bench<'_> {
    fn results_folder(&self) -> PathBuf {
        self.folder.join("results")
    }

    /// Says how far it is.
    fn say(&self, what: &str) {
        let seconds = self.start.elapsed().as_secs();
        eprintln!("[{:02}:{:02}] {what}", seconds / 60, seconds % 60);
    }

    fn failed(&mut self, what: &str, error: &anyhow::Error) {
        eprintln!("error: {what}: {error:#}");
        self.failures.push(format!("{what}: {:#}", error).lines().take(2).collect::<Vec<_>>().join(" "));
    }

    /// Whether a row was asked for.
    fn wants(&self, row: &str) -> bool {
        self.args.only.is_empty() || self.args.only.iter().any(|only| row.starts_with(only.as_str()))
    }

    /// The sides that this run measures.
    fn sides(&self, sides: &[Side]) -> Vec<Side> {
        sides.iter().copied().filter(|side| !(self.args.short || self.args.ours) || *side == Side::Ours).collect()
    }

    /// Says why there is no value for a row.
    fn missing(&mut self, row: &str, why: impl Into<String>) {
        let why = why.into();
        self.say(&format!("{row}: {why}"));
        self.results.missing.insert(row.to_owned(), why);
    }

    /// Measures some rows at each side in turn, and keeps the values. Where that fails, the others go on.
    fn step(
        &mut self,
        rows: &[&'static str],
        all: &[Side],
        rounds: Rounds,
        mut measure: impl FnMut(&Self, Side) -> Result<Values>,
    ) {
        if !rows.iter().any(|row| self.wants(row)) {
            return;
        }
        let mut samples: BTreeMap<&str, BTreeMap<Side, Vec<f64>>> = BTreeMap::new();
        let mut spent: BTreeMap<Side, Duration> = BTreeMap::new();
        let mut kept = None;
        let mut sides = self.sides(all);
        for side in all.iter().copied().filter(|side| *side != Side::Ours) {
            if let Some((day, values)) = self.kept(rows, side) {
                sides.retain(|other| *other != side);
                kept = Some(day);
                for (row, values) in values {
                    samples.entry(row).or_default().insert(side, values);
                }
            }
        }
        let most = if self.args.short { 1 } else { rounds.most };
        for round in 0..most {
            for side in &sides {
                if round > 0 && spent.get(side).is_none_or(|spent| *spent > rounds.enough) {
                    continue;
                }
                self.say(&format!("{} {}, {} of {most}", rows[0], side.folder(), round + 1));
                let start = Instant::now();
                match measure(self, *side) {
                    Ok(values) => {
                        // What was built only to get there does not count.
                        let row = values.first().and_then(|(row, value)| Some((rows::find(row)?, *value)));
                        *spent.entry(*side).or_default() += match row {
                            Some((row, value)) if row.unit == rows::Unit::Seconds => Duration::from_secs_f64(value),
                            _ => start.elapsed(),
                        };
                        // A program may say more than was asked for, such as the other half of a call.
                        for (row, value) in values.into_iter().filter(|(row, _)| rows.contains(row)) {
                            samples.entry(row).or_default().entry(*side).or_default().push(value);
                        }
                    }
                    // What failed once is not tried again.
                    Err(error) => self.failed(&format!("{} {}", rows[0], side.folder()), &error),
                }
            }
        }
        for (row, samples) in samples {
            let figure = Figure { samples, when: machine::today(), with: self.with.clone(), kept: kept.clone() };
            self.results.missing.remove(row);
            self.results.figures.insert(row.to_owned(), figure);
        }
        if let Err(error) = self.results.save(&self.results_folder(), self.section) {
            self.failed(rows[0], &error);
        }
    }

    /// The values of another side that this run is not to measure again, and their day: if they are all there and were
    /// measured on this machine with these versions.
    fn kept(&self, rows: &[&'static str], side: Side) -> Option<Kept> {
        if self.args.short || !(self.args.ours || (self.args.peer_cache && side == Side::Peer)) {
            return None;
        }
        let mut day = String::new();
        let mut kept = Vec::new();
        for row in rows {
            let figure = self.results.figures.get(*row).filter(|figure| figure.with == self.with)?;
            match figure.samples.get(&side) {
                Some(samples) => kept.push((*row, samples.clone())),
                None if kept.is_empty() => return None,
                // The floor has nothing to say of some rows.
                None => {}
            }
            day = figure.kept.clone().unwrap_or_else(|| figure.when.clone());
        }
        Some((day, kept))
    }
}
