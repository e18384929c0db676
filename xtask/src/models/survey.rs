//! `cargo xtask models survey`: generates a crate of every restJson1 service that botocore ships, and has cargo check each.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Args as Arguments;
use clap::builder::NonEmptyStringValueParser;
use generator::overrides;
use generator::tools::inventory::{Inventory, inventory};
use generator::{Inputs, ServiceInputs};
use serde::{Deserialize, Serialize};

use xtask::botocore::{self, Wheel};
use xtask::files::{put, read_optional};
use xtask::inputs;
use xtask::manifest::Manifest;
use xtask::outcome::{Outcome, print};
use xtask::progress::{self, Progress};
use xtask::repository::Repository;

use super::revision;
use super::scratch::Scratch;

/// Generate a crate of every restJson1 service that botocore ships, and say how each came out.
#[derive(Arguments)]
pub struct Args {
    /// These services only, by their folders in botocore.
    #[arg(long, value_name = "A,B", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    services: Vec<String>,
    /// Have cargo check each crate as well, with every feature that a service's own code has. What was checked before and is the same is not checked again.
    #[arg(long)]
    check: bool,
}

/// One service's crate.
struct Row {
    folder: String,
    inventory: Inventory,
    time: Duration,
    outcome: Generated,
    /// The parts that are left out of the crate.
    notes: Vec<String>,
}

enum Generated {
    /// The files of all crates at once would be a gigabyte: they are made again to be checked.
    Crate {
        inputs: Box<Inputs>,
        lines: usize,
    },
    Refused(String),
}

/// The messages of cargo about the crates checked so far, by folder of the model.
type Checked = BTreeMap<String, Check>;

#[derive(Serialize, Deserialize)]
struct Check {
    /// Of the crate's files, and the features that were checked: with others the word counts no more.
    hash: String,
    seconds: f64,
    /// The first lines of what is wrong.
    error: Option<String>,
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let manifest = Manifest::read(repository)?;
    let mut wheel = botocore::fetch(&repository.downloads(), &manifest, Some(&manifest.version))?;
    let models = models(&mut wheel, &args.services)?;
    let rows = generate_all(repository, models)?;
    print(&table(&rows))?;
    print(&totals(&rows))?;
    print(&additions(&rows))?;
    let handlers = overrides::unknown_handlers(&wheel.code("handlers.py")?, &names(&rows));
    ensure!(
        handlers.is_empty(),
        "botocore has handlers of services that nobody has looked at: {}; \
         say what is made of each in generator/src/overrides/known.rs",
        handlers.join(", ")
    );
    let refused = rows.iter().filter(|row| matches!(row.outcome, Generated::Refused(_))).count();
    ensure!(refused == 0, "{refused} services are refused");
    if !args.check {
        return Ok(Outcome::Done);
    }
    check_all(&Scratch::new(repository.downloads().with_file_name("survey")), rows)
}

/// The models that speak restJson1, by their folders.
fn models(wheel: &mut Wheel, wanted: &[String]) -> Result<Vec<(String, ServiceInputs)>> {
    #[derive(Deserialize)]
    struct Model {
        metadata: Metadata,
    }
    #[derive(Deserialize)]
    struct Metadata {
        protocol: String,
    }
    let mut models = Vec::new();
    let progress = Progress::count("survey", 1);
    progress.next("read the models");
    for folder in wheel.models() {
        let service = folder.split('/').next().unwrap_or_default();
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == service) {
            continue;
        }
        let Some(inputs) = revision::of_wheel(wheel, &folder)? else { continue };
        let model: Model = serde_json::from_str(&inputs.model).with_context(|| folder.clone())?;
        if model.metadata.protocol == "rest-json" {
            models.push((folder, inputs));
        }
    }
    ensure!(!models.is_empty(), "no restJson1 service is called {}", wanted.join(" or "));
    Ok(models)
}

fn generate_all(repository: &Repository, models: Vec<(String, ServiceInputs)>) -> Result<Vec<Row>> {
    let base = inputs::of_services(repository, "", Vec::new())?;
    let mut rows = Vec::new();
    let shapes = |service: &ServiceInputs| service.model.len() as f64;
    let progress = Progress::units("generate crates", models.iter().map(|(_, service)| shapes(service)).sum());
    for (folder, service) in models {
        progress.begin(shapes(&service), &folder);
        let inventory = inventory(&service).with_context(|| folder.clone())?;
        // The folder's name alone could be that of a crate it depends on.
        let crate_name = format!("survey-{}", folder.replace(['/', '.'], "-"));
        let inputs = Inputs { crate_name, services: vec![service], ..base.clone() };
        let start = Instant::now();
        let result = generator::generate_with_notes(&inputs);
        let time = start.elapsed();
        let mut notes = Vec::new();
        let outcome = match result {
            Ok((files, left_out)) => {
                notes.extend(left_out.iter().map(ToString::to_string));
                let lines = files.values().map(|text| text.lines().count()).sum();
                Generated::Crate { inputs: Box::new(inputs), lines }
            }
            Err(problems) => Generated::Refused(problems.to_string()),
        };
        rows.push(Row { folder, inventory, time, outcome, notes });
    }
    Ok(rows)
}

impl Row {
    fn lines(&self) -> usize {
        match &self.outcome {
            Generated::Crate { lines, .. } => *lines,
            Generated::Refused(_) => 0,
        }
    }
}

/// A row for each service.
fn table(rows: &[Row]) -> String {
    let mut text =
        "| model | operations | shapes | lines | ms | needs | outcome |\n|---|---|---|---|---|---|---|\n".to_owned();
    for row in rows {
        let needs: Vec<_> = row.inventory.needs.iter().map(|(need, times)| format!("{times} {need}")).collect();
        let outcome = match &row.outcome {
            Generated::Crate { .. } => "generated".to_owned(),
            Generated::Refused(why) => format!("refused: {}", why.lines().next().unwrap_or_default()),
        };
        let ms = row.time.as_millis();
        let Inventory { operations, shapes, .. } = row.inventory;
        let (folder, lines) = (&row.folder, row.lines());
        text.push_str(&format!(
            "| {folder} | {operations} | {shapes} | {lines} | {ms} | {} | {outcome} |\n",
            needs.join(", ")
        ));
    }
    text
}

/// The sums, and whether the time grows with the shapes and no faster: the models by size, in four parts of as many shapes.
fn totals(rows: &[Row]) -> String {
    let sum = |count: fn(&Row) -> usize| rows.iter().map(count).sum::<usize>();
    let shapes = sum(|row| row.inventory.shapes);
    let refused = rows.iter().filter(|row| matches!(row.outcome, Generated::Refused(_))).count();
    let time: Duration = rows.iter().map(|row| row.time).sum();
    let mut text = format!(
        "\n{} models, {} operations ({} left out), {shapes} shapes: {} generated, {refused} refused; {} lines in {:.1} s\n",
        rows.len(),
        sum(|row| row.inventory.operations),
        sum(|row| row.inventory.left_out()),
        rows.len() - refused,
        sum(Row::lines),
        time.as_secs_f64()
    );
    let mut made: Vec<&Row> = rows.iter().filter(|row| matches!(row.outcome, Generated::Crate { .. })).collect();
    made.sort_by_key(|row| row.inventory.shapes);
    let all: usize = made.iter().map(|row| row.inventory.shapes).sum();
    let quarter = |rows: &[&Row]| {
        let shapes: usize = rows.iter().map(|row| row.inventory.shapes).sum();
        let time: Duration = rows.iter().map(|row| row.time).sum();
        let each = time.as_secs_f64() * 1e6 / shapes.max(1) as f64;
        let size = |row: Option<&&Row>| row.map_or(0, |row| row.inventory.shapes);
        format!(
            "{:>4} models of {} to {} shapes: {each:.0} µs a shape\n",
            rows.len(),
            size(rows.first()),
            size(rows.last())
        )
    };
    let (mut start, mut seen) = (0, 0);
    for (index, row) in made.iter().enumerate() {
        seen += row.inventory.shapes;
        if seen * 4 >= all || index + 1 == made.len() {
            text.push_str(&quarter(&made[start..=index]));
            (start, seen) = (index + 1, 0);
        }
    }
    text
}

/// The additions to requests that no model has, and the parts of models that are left out.
fn additions(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        for line in &row.inventory.known {
            text.push_str(&format!("known of {}: {line}\n", row.folder));
        }
    }
    let notes = rows.iter().flat_map(|row| &row.notes);
    notes.for_each(|note| text.push_str(&format!("left out: {note}\n")));
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// The names of the services: their folders, and their ids with hyphens.
fn names(rows: &[Row]) -> BTreeSet<String> {
    let names = |row: &Row| {
        let folder = row.folder.split('/').next().unwrap_or_default().to_owned();
        [folder, row.inventory.service_id.to_lowercase().replace(' ', "-")]
    };
    rows.iter().flat_map(names).collect()
}

/// The seconds that the dependencies of the crates are expected to take.
const DEPENDENCIES: f64 = 30.0;

/// The features, besides the default ones, that compile more of what is emitted for a service. Those that compile more of the runtime
/// alone are left out: it is the same in every crate.
const FEATURES: &str = "builders,sdk_compat,wire";

/// Has cargo check every crate; the small ones first, so that an early fault is an early word.
fn check_all(scratch: &Scratch, mut rows: Vec<Row>) -> Result<Outcome> {
    let path = scratch.path("checked.json");
    let mut checked: Checked = match read_optional(&path)? {
        Some(text) => serde_json::from_str(&text).with_context(|| path.display().to_string())?,
        None => Checked::new(),
    };
    rows.sort_by_key(|row| row.inventory.shapes);
    let known: BTreeSet<String> = checked.keys().cloned().collect();
    // The runtime takes 3 s, and 100 shapes a second more. A crate that was checked before is generated only, as a rule.
    let seconds = |row: &Row| if known.contains(&row.folder) { 0.1 } else { 3.0 + row.inventory.shapes as f64 / 100.0 };
    let progress = Progress::seconds("check crates", DEPENDENCIES + rows.iter().map(seconds).sum::<f64>());
    let mut dependencies = DEPENDENCIES;
    let mut failed = Vec::new();
    let mut done = 0;
    for row in rows {
        // The first crate waits for what all of them depend on.
        progress.begin(std::mem::take(&mut dependencies) + seconds(&row), &row.folder);
        let Generated::Crate { inputs, .. } = row.outcome else { continue };
        let emitted = scratch.emit(&row.folder, &inputs, generator::generate(&inputs)?)?;
        let hash = format!("{} {FEATURES}", emitted.hash);
        let known = checked.get(&row.folder).is_some_and(|check| check.hash == hash);
        if !known {
            let start = Instant::now();
            let answer = scratch.cargo(&emitted, &["check", "--quiet", "--features", FEATURES], &[])?;
            // A warning is a fault of the generator: nothing that it writes is for its user to mend.
            let warned = answer.stderr.lines().any(|line| line.starts_with("warning"));
            let error =
                (!answer.success || warned).then(|| answer.stderr.lines().take(12).collect::<Vec<_>>().join("\n"));
            let check = Check { hash, seconds: start.elapsed().as_secs_f64(), error };
            let word = if check.error.is_some() { ", FAILED" } else { "" };
            progress::note(format!("{}: {:.1} s{word}", row.folder, check.seconds));
            checked.insert(row.folder.clone(), check);
            put(&path, &serde_json::to_string_pretty(&checked)?)?;
        }
        done += 1;
        if let Some(error) = checked.get(&row.folder).and_then(|check| check.error.as_ref()) {
            failed.push(format!("{}:\n{error}\n", row.folder));
        }
    }
    print(&format!(
        "{done} crates checked, {} of them do not compile without a warning\n{}",
        failed.len(),
        failed.join("")
    ))?;
    Ok(if failed.is_empty() { Outcome::Done } else { Outcome::Different })
}
