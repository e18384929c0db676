//! `cargo xtask models verdicts`: holds the verdicts of `models diff` against those of cargo-semver-checks, a tool that
//! reads the public API off rustdoc's JSON and knows nothing of models.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use clap::Args as Arguments;
use generator::tools::diff::{Change, Verdict, diff, verdict};
use generator::{Inputs, ServiceInputs};
use xtask::inputs;
use xtask::manifest::Manifest;
use xtask::outcome::{Outcome, print};
use xtask::progress::Progress;
use xtask::repository::Repository;

use super::revision;
use super::scratch::{BOOTSTRAP, Scratch};

/// Hold the verdicts of `diff` on versions of botocore against those of cargo-semver-checks, which must be installed.
#[derive(Arguments)]
pub struct Args {
    /// Versions, oldest first, each compared with the next [default: twenty from 1.30 to 1.44].
    #[arg(value_name = "VERSION")]
    versions: Vec<String>,
}

/// Spread over three years: every minor series of botocore that there was, far apart and next to each other.
const VERSIONS: &[&str] = &[
    "1.30.0", "1.31.40", "1.31.85", "1.34.0", "1.34.162", "1.35.20", "1.35.60", "1.36.26", "1.37.38", "1.38.46",
    "1.39.17", "1.40.40", "1.40.76", "1.41.6", "1.42.50", "1.42.97", "1.43.60", "1.43.127", "1.44.0", "1.44.5",
];

/// One version, emitted, checked and documented.
struct Version {
    name: String,
    inputs: ServiceInputs,
    rustdoc: PathBuf,
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let versions = match args.versions.as_slice() {
        [] => VERSIONS.iter().map(|version| (*version).to_owned()).collect(),
        named => named.to_vec(),
    };
    ensure!(versions.len() > 1, "at least two versions are compared");
    let scratch = Scratch::new(repository.downloads().with_file_name("verdicts"));
    let mut made = Vec::new();
    let progress = Progress::count("build versions", versions.len());
    for version in &versions {
        progress.next(version);
        made.push(make(repository, &scratch, version)?);
    }
    let progress = Progress::count("compare pairs", made.len() - 1);
    let mut table = "| old | new | diff says | of major, minor, patch | cargo-semver-checks says | agree |\n|---|---|---|---|---|---|\n".to_owned();
    let mut notes = String::new();
    let (mut agree, mut stricter) = (0, 0);
    for pair in made.windows(2) {
        let [old, new] = pair else { continue };
        progress.next(format!("{} and {}", old.name, new.name));
        let changes = diff(&old.inputs, &new.inputs)?;
        let ours = verdict(&changes);
        let theirs = semver_checks(&old.rustdoc, &new.rustdoc)?;
        let same = (ours == Verdict::Major) == (theirs.verdict == Verdict::Major);
        agree += usize::from(same);
        stricter += usize::from(theirs.verdict > ours);
        let count = |verdict| changes.iter().filter(|change| change.verdict == verdict).count();
        let counts = [Verdict::Major, Verdict::Minor, Verdict::Patch].map(count);
        table.push_str(&format!(
            "| {} | {} | {ours} | {}, {}, {} | {} | {} |\n",
            old.name,
            new.name,
            counts[0],
            counts[1],
            counts[2],
            theirs.summary(),
            if same { "yes" } else { "**no**" }
        ));
        notes.push_str(&explain(&old.name, &new.name, &changes, &theirs));
    }
    let pairs = made.len() - 1;
    let report = format!("{table}\n{agree} of {pairs} pairs agree on whether programs may break.\n{notes}");
    fs::write(scratch.path("report.md"), &report)?;
    print(&report)?;
    // What the other tool does not look at is explained; what it finds and we do not is a fault of ours.
    Ok(if stricter == 0 { Outcome::Done } else { Outcome::Different })
}

/// Emits the crate of a version and has it checked and documented, as far as that is still to do.
fn make(repository: &Repository, scratch: &Scratch, version: &str) -> Result<Version> {
    let manifest = Manifest::read(repository)?;
    let revision = revision::named(repository, &manifest, version)?;
    let (_, service) =
        revision.services.into_iter().next().with_context(|| format!("{version} has no such service"))?;
    let inputs: Inputs = inputs::of_services(repository, "amazon-connect", vec![service.clone()])?;
    let emitted = scratch.emit(version, &inputs, generator::generate(&inputs)?)?;
    let checked = scratch.path(&format!("{}.checked", emitted.hash));
    if !checked.exists() {
        let answer = scratch.cargo(&emitted, &["check", "--quiet"], BOOTSTRAP)?;
        ensure!(answer.success, "the crate of {version} does not compile: {}", answer.stderr);
        fs::write(checked, "")?;
    }
    let rustdoc = scratch.rustdoc_json(&emitted)?;
    Ok(Version { name: version.to_owned(), inputs: service, rustdoc })
}

/// The findings of cargo-semver-checks.
struct SemverReport {
    verdict: Verdict,
    /// The number of places that each failed lint names.
    lints: BTreeMap<String, usize>,
    text: String,
}

impl SemverReport {
    fn summary(&self) -> String {
        let lints: Vec<_> = self.lints.iter().map(|(lint, count)| format!("{count} {lint}")).collect();
        if lints.is_empty() { self.verdict.to_string() } else { format!("{}: {}", self.verdict, lints.join(", ")) }
    }
}

fn semver_checks(old: &Path, new: &Path) -> Result<SemverReport> {
    let output = Command::new("cargo-semver-checks")
        .args(["semver-checks", "--color=never", "--release-type=patch", "--baseline-rustdoc"])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .stdin(Stdio::null())
        .output()
        .context(
            "cargo-semver-checks could not be started: `cargo install cargo-semver-checks --locked` installs it",
        )?;
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(text.contains("Summary"), "cargo-semver-checks gave no summary: {text}");
    Ok(read(text))
}

/// Reads a report: `--- failure LINT: …`, then a line for each place under `Failed in:`; at the end the summary.
fn read(text: String) -> SemverReport {
    let mut lints: BTreeMap<String, usize> = BTreeMap::new();
    let mut lint = None;
    let mut within = false;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("--- failure ") {
            lint = rest.split(':').next().map(str::to_owned);
            within = false;
        } else if line.starts_with("Failed in:") {
            within = true;
        } else if within && line.starts_with("  ") {
            *lints.entry(lint.clone().unwrap_or_default()).or_default() += 1;
        } else {
            within = false;
        }
    }
    let summary = text.lines().find(|line| line.trim_start().starts_with("Summary")).unwrap_or_default();
    let verdict = if summary.contains("new major version") {
        Verdict::Major
    } else if summary.contains("new minor version") {
        Verdict::Minor
    } else {
        Verdict::Patch
    };
    SemverReport { verdict, lints, text }
}

/// Our major changes that the other tool does not check, and its findings that we lack.
fn explain(old: &str, new: &str, changes: &[Change], theirs: &SemverReport) -> String {
    let ours = verdict(changes);
    if ours == Verdict::Major && theirs.verdict != Verdict::Major {
        let lines = changes
            .iter()
            .filter(|change| change.verdict == Verdict::Major)
            .map(|change| format!("- `{}`: {} ({})\n", change.place, change.what, change.reasons.join("; ")));
        return format!(
            "\n## {old} to {new}\n\ncargo-semver-checks compares neither the types of fields and parameters nor what a \
             generic trait chooses. Of this it says nothing:\n\n{}",
            lines.collect::<String>()
        );
    }
    if ours != Verdict::Major && theirs.verdict == Verdict::Major {
        return format!("\n## {old} to {new}\n\n{}\n", theirs.text);
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use generator::tools::diff::Verdict;

    use super::read;

    #[test]
    fn a_report_is_read_lint_by_lint() {
        let theirs = read(
            "     Checking a v1 -> v1\n\n--- failure enum_missing: pub enum removed or renamed ---\n\nDescription:\nGone.\n\n\
             Failed in:\n  enum a::B, previously in file x\n  enum a::C, previously in file y\n\n--- failure \
             type_marked_deprecated: #[deprecated] added ---\n\nFailed in:\n  Struct D in file z\n\n     Summary semver \
             requires new major version: 1 major and 1 minor checks failed\n"
                .to_owned(),
        );
        assert_eq!(theirs.verdict, Verdict::Major);
        assert_eq!(theirs.summary(), "major: 2 enum_missing, 1 type_marked_deprecated");
        assert_eq!(read("     Summary no semver update required\n".to_owned()).summary(), "patch");
    }
}
