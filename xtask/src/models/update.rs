//! `cargo xtask models update`: takes the models of `models.toml` from a version of botocore; keeps the facts of them.

use std::fs;

use anyhow::{Context, Result};
use clap::Args as Arguments;
use xtask::botocore;
use xtask::files::Changes;
use xtask::manifest::{self, Manifest};
use xtask::outcome::{Outcome, print};
use xtask::repository::Repository;

use super::facts;

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
    let mut wheel = botocore::fetch(&repository.downloads(), &manifest, args.botocore.as_deref())?;

    let models = repository.models();
    let mut changes = Changes::default();
    let partitions = wheel.require(botocore::PARTITIONS)?;
    changes.write(models.join(botocore::PARTITIONS), partitions.without_documentation().pretty()?)?;
    for service in &manifest.services {
        for (file, text) in facts::of_service(&mut wheel, service)? {
            let path = models.join(service.folder()).join(file);
            match text {
                Some(text) => changes.write(path, text)?,
                None => changes.remove(path),
            }
        }
    }
    changes.write(path, manifest::with_version(&text, &wheel.version, &wheel.sha256).context(name)?)?;

    let mut report = format!("{} {} (sha256 {})\n", manifest.package, wheel.version, wheel.sha256);
    if changes.is_empty() {
        report.push_str("models/ is as it was\n");
    }
    for path in changes.paths() {
        let path = path.strip_prefix(repository.root()).unwrap_or(path);
        report.push_str(&format!("changed: {}\n", path.display()));
    }
    changes.apply()?;
    print(&report)?;
    Ok(Outcome::Done)
}
