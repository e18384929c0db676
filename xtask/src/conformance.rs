//! `cargo xtask conformance`: has the client judged by botocore, by published test suites, and by moto.

use std::path::PathBuf;
use std::process;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use clap::{Args as Arguments, ValueEnum};

use crate::files::read_text;
use crate::manifest::{Manifest, Service};
use crate::repository::Repository;
use crate::{Outcome, print};

mod cargo;
mod live;
mod moto;
mod protocol;
mod python;
mod report;
mod signatures;

use python::Python;
use report::Report;

/// Compare what the client sends and reads with botocore, published test suites and moto; exit with 1 where they differ.
#[derive(Arguments)]
pub struct Args {
    /// The suites to run; all of them where none is named.
    #[arg(value_name = "SUITE")]
    suites: Vec<Suite>,
    /// The services that the suites `live` and `endpoints` go over, by their names in models.toml; all where none is named.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// How often the live suite goes over all operations.
    #[arg(long, value_name = "N", default_value_t = 2)]
    cases: u32,
    /// What the live suite's inputs are made from; a fresh one where none is named.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
}

/// A judge and what it judges.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Suite {
    /// Every operation against botocore: random inputs, responses and exceptions.
    Live,
    /// The restJson1 test suites of botocore, each generated as a module of one crate.
    Protocol,
    /// The endpoint cases of each service's rule set.
    Endpoints,
    /// The published suite of Signature Version 4.
    Sigv4,
    /// The life of an instance, at moto's server.
    Moto,
}

/// What all suites are given.
struct Bench<'a> {
    repository: &'a Repository,
    python: Python,
    /// The folder that everything here is kept in; git does not track it.
    folder: PathBuf,
    cases: u32,
    seed: u64,
    /// The services of the checked-in crate.
    all_services: &'a [Service],
    /// Those that are asked for.
    services: Vec<&'a Service>,
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let path = repository.manifest();
    let manifest = Manifest::parse(&read_text(&path)?).with_context(|| path.display().to_string())?;
    let services = chosen(&manifest.services, &args.services)?;
    let folder = repository.conformance();
    let bench = Bench {
        repository,
        python: Python::prepare(repository, &manifest, &folder)?,
        folder,
        cases: args.cases,
        seed: args.seed.unwrap_or_else(fresh_seed),
        all_services: &manifest.services,
        services,
    };
    eprintln!("{} {}, seed {}, {} cases", manifest.package, manifest.version, bench.seed, bench.cases);
    let mut reports = Vec::new();
    for suite in Suite::value_variants() {
        if args.suites.is_empty() || args.suites.contains(suite) {
            let start = Instant::now();
            reports.extend(bench.run(*suite)?);
            let name = suite.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            eprintln!("{name} took {:.1} s", start.elapsed().as_secs_f32());
        }
    }
    print(&report::table(&reports))?;
    let only: String = args.services.iter().map(|name| format!(" --service {name}")).collect();
    let again = format!("cargo xtask conformance --cases {} --seed {}{only}", bench.cases, bench.seed);
    print(&format!("\nThe same inputs again: {again}\n"))?;
    Ok(if reports.iter().all(Report::is_good) { Outcome::Done } else { Outcome::Different })
}

impl Bench<'_> {
    fn run(&self, suite: Suite) -> Result<Vec<Report>> {
        match suite {
            Suite::Live => live::run(self),
            Suite::Endpoints => live::endpoints(self),
            Suite::Protocol => protocol::run(self),
            Suite::Sigv4 => signatures::run(self),
            Suite::Moto => moto::run(self),
        }
    }
}

/// The services of these names, in the order of `models.toml`; all where there are no names.
fn chosen<'s>(services: &'s [Service], names: &[String]) -> Result<Vec<&'s Service>> {
    if let Some(unknown) = names.iter().find(|name| services.iter().all(|service| service.name != **name)) {
        let known: Vec<_> = services.iter().map(|service| service.name.as_str()).collect();
        bail!("there is no service {unknown:?}; models.toml has {}", known.join(", "));
    }
    Ok(services.iter().filter(|service| names.is_empty() || names.contains(&service.name)).collect())
}

/// A number that no run before is likely to have had, short enough to be typed.
fn fresh_seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (since.as_secs() ^ u64::from(since.subsec_nanos()) ^ u64::from(process::id())) % 1_000_000_000
}

#[cfg(test)]
mod tests {
    use super::chosen;
    use crate::manifest::Manifest;

    #[test]
    fn services_are_chosen_by_name_or_all() {
        let manifest = Manifest::parse(include_str!("../../models/models.toml")).unwrap();
        let names = |asked: &[&str]| {
            let asked: Vec<_> = asked.iter().map(|name| (*name).to_owned()).collect();
            let chosen = chosen(&manifest.services, &asked).map_err(|error| error.to_string())?;
            Ok(chosen.into_iter().map(|service| service.name.clone()).collect::<Vec<_>>())
        };
        assert_eq!(names(&[]).unwrap().len(), manifest.services.len());
        assert_eq!(names(&["qconnect", "connect"]).unwrap(), ["connect", "qconnect"]);
        let error: String = names(&["connect", "q"]).unwrap_err();
        assert!(error.starts_with("there is no service \"q\"; models.toml has connect, "), "{error}");
    }
}
