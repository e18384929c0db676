//! Keeps what was measured, one file for each section, so that sections can be measured one by one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use xtask::files::{Changes, put, read_optional};
use xtask::repository::Repository;

use crate::section::Section;
use crate::sides::Side;

/// The raw values of one row.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Figure {
    /// By side, in the order in which they were measured.
    pub samples: BTreeMap<Side, Vec<f64>>,
    /// The day.
    pub when: String,
    /// Machine and versions.
    pub with: String,
    /// The day on which the others' values were measured, where they were kept from an earlier run.
    pub kept: Option<String>,
}

/// One point of the curves: a model of some size.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Point {
    pub model: String,
    pub operations: usize,
    pub files: usize,
    pub lines: usize,
    /// Seconds; `None` where it was not measured.
    pub generate: Option<f64>,
    /// Seconds; `None` where it was not measured.
    pub check: Option<f64>,
    /// Why it could not be measured.
    pub refused: Option<String>,
}

/// The crate with some of its areas.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AreasPoint {
    pub areas: usize,
    pub operations: usize,
    /// Seconds of the crate's own rustc; `None` where it was not measured.
    pub check: Option<f64>,
    pub debug: Option<f64>,
    pub release: Option<f64>,
}

/// What a section has.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Results {
    #[serde(default)]
    pub figures: BTreeMap<String, Figure>,
    #[serde(default)]
    pub curve: Vec<Point>,
    /// Growth by number of areas.
    #[serde(default)]
    pub areas: Vec<AreasPoint>,
    /// The time of each area, by feature and kind of build: `check`, `debug`, `release`.
    #[serde(default)]
    pub by_area: BTreeMap<String, BTreeMap<String, f64>>,
    /// The day and circumstances of the curve.
    #[serde(default)]
    pub curve_with: String,
    /// What could not be measured, and why: by row.
    #[serde(default)]
    pub missing: BTreeMap<String, String>,
}

impl Results {
    /// What is kept of a section; nothing where there is no file.
    pub fn load(folder: &Path, section: Section) -> Result<Self> {
        let path = file(folder, section);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        serde_json::from_str(&text).with_context(|| path.display().to_string())
    }

    /// Keeps it, whole or not at all: a run may be broken off at any moment.
    pub fn save(&self, folder: &Path, section: Section) -> Result<()> {
        put(&file(folder, section), &(serde_json::to_string_pretty(self)? + "\n"))
    }
}

/// Begins a run with the results that are checked in. The tree changes once, at the end of a run, so a run measures in a folder of
/// its own.
pub fn seed(repository: &Repository, folder: &Path) -> Result<()> {
    for section in Section::ALL {
        if let Some(text) = read_optional(&file(&repository.bench_results(), section))? {
            put(&file(folder, section), &text)?;
        }
    }
    Ok(())
}

/// Has the results that are checked in be those of a run.
pub fn keep(changes: &mut Changes, repository: &Repository, folder: &Path, measured: &[Section]) -> Result<()> {
    for &section in measured {
        if let Some(text) = read_optional(&file(folder, section))? {
            changes.write(file(&repository.bench_results(), section), text)?;
        }
    }
    Ok(())
}

fn file(folder: &Path, section: Section) -> PathBuf {
    folder.join(format!("{}.json", section.name()))
}

impl Figure {
    /// The median of a side; `None` where it was not measured.
    pub fn median(&self, side: Side) -> Option<f64> {
        median(self.samples.get(&side)?)
    }
}

/// The middle value, or the mean of the two that are.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        length if length % 2 == 1 => sorted.get(middle).copied(),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::{Figure, Results, Section, Side, median};

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Results::load(folder.path(), Section::Size).unwrap().figures.is_empty());
        let mut results = Results::default();
        let mut figure = Figure { when: "2026-01-31".to_owned(), ..Figure::default() };
        figure.samples.insert(Side::Peer, vec![1.0, 2.0]);
        results.figures.insert("packages".to_owned(), figure);
        results.save(folder.path(), Section::Size).unwrap();
        let loaded = Results::load(folder.path(), Section::Size).unwrap();
        assert_eq!(loaded.figures["packages"].median(Side::Peer), Some(1.5));
        assert_eq!(loaded.figures["packages"].median(Side::Ours), None);
    }
}
