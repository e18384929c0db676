//! `cargo xtask models lint`: has upstream's models looked over; compares the findings with the baseline that is checked in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args as Arguments;
use generator::tools::lint::{self, Findings, RULES};

use xtask::files::{Changes, read_optional};
use xtask::inputs;
use xtask::outcome::{Outcome, print};
use xtask::repository::Repository;

/// Say what upstream's models get wrong or leave out; exit with 1 where that is not what the baseline says.
#[derive(Arguments)]
pub struct Args {
    /// Print every finding as JSON: by model, rule and place.
    #[arg(long)]
    json: bool,
    /// Accept the findings: write them to `lint.json` beside the model.
    #[arg(long)]
    baseline: bool,
}

/// The command that accepts what was found.
const ACCEPT: &str = "cargo xtask models lint --baseline";

/// The places of a model's findings, by rule.
type Baseline = BTreeMap<String, BTreeSet<String>>;

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let inputs = inputs::of_repository(repository, "lint")?;
    let mut found = BTreeMap::new();
    for service in &inputs.services {
        found.insert(service.folder.as_str(), lint::lint(service)?);
    }
    if args.baseline {
        return accept(repository, &found);
    }
    let mut report = String::new();
    let mut same = true;
    for (folder, findings) in &found {
        let path = baseline_path(repository, folder);
        let known = match read_optional(&path)? {
            Some(text) => serde_json::from_str(&text).with_context(|| path.display().to_string())?,
            None => Baseline::new(),
        };
        let changes = compare(findings, &known);
        same &= changes.is_empty();
        write!(report, "{folder}\n{}{changes}", table(findings))?;
    }
    if args.json {
        report = serde_json::to_string_pretty(&found)? + "\n";
    }
    print(&report)?;
    if same {
        return Ok(Outcome::Done);
    }
    eprintln!("the findings are not those of the baseline: look at each, then run `{ACCEPT}`");
    Ok(Outcome::Different)
}

/// Writes the baselines.
fn accept(repository: &Repository, found: &BTreeMap<&str, Findings>) -> Result<Outcome> {
    let mut changes = Changes::default();
    for (folder, findings) in found {
        write_baseline(repository, folder, findings, &mut changes)?;
    }
    let count = changes.paths().count();
    changes.apply()?;
    print(&format!("{} baselines: {count} written\n", found.len()))?;
    Ok(Outcome::Done)
}

/// Has the baseline of one service say what was found.
pub fn write_baseline(repository: &Repository, folder: &str, findings: &Findings, changes: &mut Changes) -> Result<()> {
    changes.write(baseline_path(repository, folder), serde_json::to_string_pretty(&places(findings))? + "\n")
}

/// `models/connect/lint.json`, beside the folder of the API's version: a finding outlives a version.
fn baseline_path(repository: &Repository, folder: &str) -> PathBuf {
    repository.root().join(folder).with_file_name("lint.json")
}

fn places(findings: &Findings) -> Baseline {
    let rules = findings.iter().filter(|(_, found)| !found.is_empty());
    rules.map(|(rule, found)| ((*rule).to_owned(), found.keys().cloned().collect())).collect()
}

/// The number of findings of each rule.
fn table(findings: &Findings) -> String {
    let row = |rule: &lint::Rule| {
        let count = findings.get(rule.name).map_or(0, BTreeMap::len);
        format!("{count:>6}  {:<22}{}\n", rule.name, rule.about)
    };
    RULES.iter().map(row).collect()
}

/// The new and the removed findings, one a line.
fn compare(findings: &Findings, known: &Baseline) -> String {
    let now = places(findings);
    let none = BTreeSet::new();
    let rules: BTreeSet<&String> = now.keys().chain(known.keys()).collect();
    let mut text = String::new();
    for rule in rules {
        let (now, known) = (now.get(rule).unwrap_or(&none), known.get(rule).unwrap_or(&none));
        for place in now.difference(known) {
            let fact = findings.get(rule.as_str()).and_then(|found| found.get(place)).map_or("", String::as_str);
            text.push_str(&format!("new: {rule}: {place}: {fact}\n"));
        }
        for place in known.difference(now) {
            text.push_str(&format!("gone, delete it from the baseline: {rule}: {place}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{compare, places};

    #[test]
    fn a_finding_that_is_new_or_gone_is_named() {
        let found = BTreeMap::from([("a".to_owned(), "A fact".to_owned()), ("b".to_owned(), "B fact".to_owned())]);
        let findings = BTreeMap::from([("no-min", found), ("unused", BTreeMap::new())]);
        assert_eq!(compare(&findings, &places(&findings)), "");

        let known = BTreeMap::from([
            ("no-min".to_owned(), BTreeSet::from(["a".to_owned(), "c".to_owned()])),
            ("unused".to_owned(), BTreeSet::from(["d".to_owned()])),
        ]);
        assert_eq!(
            compare(&findings, &known),
            "new: no-min: b: B fact\n\
             gone, delete it from the baseline: no-min: c\n\
             gone, delete it from the baseline: unused: d\n"
        );
    }
}
