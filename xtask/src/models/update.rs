//! `cargo xtask models update`: takes the models of `models.toml` from a version of botocore; keeps the facts of them.

use std::fs;

use anyhow::{Context, Result};
use clap::Args as Arguments;
use generator::ServiceInputs;
use xtask::botocore;
use xtask::files::{Changes, read_optional};
use xtask::inputs;
use xtask::manifest::{self, Manifest, Service};
use xtask::outcome::{Outcome, print};
use xtask::progress::Progress;
use xtask::repository::Repository;

use super::upstream;
use crate::areas::place::{self, RepairedAreas};

/// Take the models from a version of botocore, without their prose.
#[derive(Arguments)]
pub struct Args {
    /// The version to take; the newest where none is named.
    #[arg(long, value_name = "VERSION", value_parser = manifest::version)]
    botocore: Option<String>,
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let path = repository.manifest();
    let name = path.display().to_string();
    let text = fs::read_to_string(&path).with_context(|| name.clone())?;
    let manifest = Manifest::parse(&text).with_context(|| name.clone())?;
    let progress = Progress::count("update", manifest.services.len() + 2);
    progress.next(format!("fetch {}", manifest.package));
    let mut wheel = botocore::fetch(&repository.downloads(), &manifest, args.botocore.as_deref())?;

    let models = repository.models();
    let mut changes = Changes::default();
    let partitions = wheel.require(botocore::PARTITIONS)?;
    changes.write(models.join(botocore::PARTITIONS), partitions.without_documentation().pretty()?)?;
    let mut placed = Vec::new();
    for service in &manifest.services {
        progress.next(&service.name);
        let files = upstream::of_service(&mut wheel, service)?;
        if let Some(fitted) = fit_areas(repository, service, &files)? {
            changes.write(repository.root().join(&fitted.file), fitted.text)?;
            placed.extend(fitted.report.into_iter().map(|line| format!("{}: {line}\n", fitted.file)));
        }
        for (file, text) in files {
            let path = models.join(service.folder()).join(file);
            match text {
                Some(text) => changes.write(path, text)?,
                None => changes.remove(path),
            }
        }
    }
    progress.next("write what changed");
    changes.write(path, manifest::with_version(&text, &wheel.version, &wheel.sha256).context(name)?)?;

    let mut report = format!("{} {} (sha256 {})\n", manifest.package, wheel.version, wheel.sha256);
    if changes.is_empty() {
        report.push_str("models/ is as it was\n");
    }
    for path in changes.paths() {
        let path = path.strip_prefix(repository.root()).unwrap_or(path);
        report.push_str(&format!("changed: {}\n", path.display()));
    }
    report.extend(placed);
    changes.apply()?;
    print(&report)?;
    Ok(Outcome::Done)
}

/// The areas of a service, fitted to the operations of its new model: an update is generated without a person's help, and the change
/// that it becomes is read by one.
fn fit_areas(
    repository: &Repository,
    service: &Service,
    files: &[(&str, Option<String>)],
) -> Result<Option<RepairedAreas>> {
    let file = format!("models/{}/{}", service.name, inputs::AREAS);
    let areas = read_optional(&repository.root().join(&file))?.map(|text| (file, text));
    let model = files.iter().find(|(name, _)| *name == botocore::SERVICE).and_then(|(_, text)| text.clone());
    let folder = format!("models/{}", service.folder());
    place::fit(&ServiceInputs { folder, areas, model: model.unwrap_or_default(), ..ServiceInputs::default() })
}
