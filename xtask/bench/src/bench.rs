//! One run of the bench: its arguments and results, and the step that measures some rows at each side in turn.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args as Arguments;
use xtask::progress::{self, Progress};
use xtask::repository::Repository;

use crate::results::{Figure, Results};
use crate::section::{Section, Which};
use crate::sides::Side;
use crate::{machine, rows};

/// Measure this crate and aws-sdk-connect side by side, and write BENCHMARKS.md.
#[derive(Arguments)]
pub struct Args {
    /// What to measure [default: only writes BENCHMARKS.md again, from what is kept].
    #[arg(value_enum)]
    pub sections: Vec<Which>,
    /// See that the bench works: a small crate, this side only, few rounds, nothing kept.
    #[arg(long)]
    pub short: bool,
    /// Measure only the rows whose ids begin with one of these: `clean`, `alone.check`, `loopback`, `growth` …
    #[arg(long, value_name = "ROW", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Keep the peer's values of an earlier run on the same machine with the same versions, where there are any.
    #[arg(long)]
    pub peer_cache: bool,
    /// Measure this crate only; the others' values of earlier runs are kept, where there are any.
    #[arg(long)]
    pub ours: bool,
    /// Measure each side once, where a build or a run takes minutes.
    #[arg(long)]
    pub once: bool,
    /// Show no progress: print results and errors only.
    #[arg(long, short)]
    pub quiet: bool,
    /// Measure the peer at its best as well, on nightly with -Zprofile-hint-mostly-unused; about 5 minutes.
    #[arg(long)]
    pub hint: bool,
    /// An OpenAPI document for cargo-progenitor, such as its own Nexus sample, which no registry ships [default:
    /// Connect's own model, as OpenAPI].
    #[arg(long, value_name = "FILE")]
    pub sample: Option<PathBuf>,
}

impl Args {
    /// The seconds that a section is expected to take on two cores, with everything to build.
    pub fn seconds(&self, section: Section) -> f64 {
        let minutes = match section {
            Section::Compile => match (self.ours, self.peer_cache, self.once) {
                (true, ..) | (_, true, true) => 12.0,
                (_, true, _) => 20.0,
                (.., true) => 30.0,
                _ => 50.0,
            },
            Section::Size | Section::Request | Section::Decode => 3.0,
            Section::Load if self.once => 8.0,
            Section::Load => 15.0,
            Section::Codegen => 6.0,
            Section::Check => 7.0,
            Section::Profile | Section::StandIn => 3.0,
        };
        // Of some rows, a part of it; in short, whatever a debug build takes.
        let part = if self.short || !self.only.is_empty() { 0.3 } else { 1.0 };
        60.0 * minutes * part
    }
}

/// One run of the bench.
pub struct Bench<'a> {
    pub repository: &'a Repository,
    /// Where everything is built and kept.
    pub folder: PathBuf,
    pub args: &'a Args,
    /// Machine and versions.
    pub with: String,
    pub progress: Progress,
    /// The section that is being measured, and what is known of it.
    pub section: Section,
    pub results: Results,
    pub failures: Vec<String>,
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

impl Bench<'_> {
    pub fn results_folder(&self) -> PathBuf {
        self.folder.join("results")
    }

    /// Says how far it is.
    pub fn say(&self, what: &str) {
        self.progress.within(what);
    }

    pub fn failed(&mut self, what: &str, error: &anyhow::Error) {
        progress::print(&format!("error: {what}: {error:#}"));
        self.failures.push(format!("{what}: {:#}", error).lines().take(2).collect::<Vec<_>>().join(" "));
    }

    /// Whether a row was asked for.
    pub fn wants(&self, row: &str) -> bool {
        self.args.only.is_empty() || self.args.only.iter().any(|only| row.starts_with(only.as_str()))
    }

    /// The sides that this run measures.
    pub fn sides(&self, sides: &[Side]) -> Vec<Side> {
        sides.iter().copied().filter(|side| !(self.args.short || self.args.ours) || *side == Side::Ours).collect()
    }

    /// Says why there is no value for a row.
    pub fn missing(&mut self, row: &str, why: impl Into<String>) {
        let why = why.into();
        self.say(&format!("{row}: {why}"));
        self.results.missing.insert(row.to_owned(), why);
    }

    /// Measures some rows at each side in turn, and keeps the values. Where that fails, the others go on.
    pub fn step(
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
        let most = if self.args.short || self.args.once { 1 } else { rounds.most };
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
