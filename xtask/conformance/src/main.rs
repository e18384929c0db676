//! `cargo xtask conformance`: has the client judged by botocore, by published test suites, and by moto.

use std::path::PathBuf;
use std::process::{self, ExitCode};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use clap::{Parser, ValueEnum};

use xtask::manifest::{Manifest, Service};
use xtask::outcome::{Misuse, Outcome, print};
use xtask::progress::{self, Progress};
use xtask::repository::Repository;
use xtask::{interrupt, outcome};

mod cargo;
mod live;
mod moto;
mod page;
mod protocol;
mod python;
mod report;
mod setup;
mod signatures;
mod stand_in;

use python::Python;
use report::Report;
use setup::Setup;

/// Compare what the client sends and reads with botocore, published test suites and moto; exit with 1 where they differ.
#[derive(Parser)]
#[command(name = "conformance", bin_name = "cargo xtask conformance", about)]
struct Args {
    /// The checkout to work in.
    #[arg(long, value_name = "DIR", hide = true)]
    root: Option<PathBuf>,
    /// The suites to run; all of them but `page` where none is named.
    #[arg(value_name = "SUITE")]
    suites: Vec<Suite>,
    /// The services that the suites `live` and `endpoints` go over, by their names in models.toml; all where none is named.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// The number of passes of the live suite over all operations.
    #[arg(long, value_name = "N", default_value_t = 2)]
    cases: u32,
    /// The seed of the live suite's inputs; a fresh one where none is named.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Show no progress: print the result and errors only.
    #[arg(long, short)]
    quiet: bool,
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
    /// The stand-in, by boto3 and the AWS CLI, and beside moto.
    StandIn,
    /// The stand-in's page, in a headless Chromium.
    Page,
}

fn main() -> ExitCode {
    let args = Args::parse();
    progress::show(args.quiet);
    if let Err(error) = interrupt::install() {
        return outcome::exit_code(Err(error));
    }
    outcome::exit_code(run(&Repository::new(args.root.clone()), &args))
}

fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let manifest = Manifest::read(repository)?;
    let services = chosen(&manifest.services, &args.services)?;
    // A browser is what few machines have that compare requests.
    let is_asked = |suite: &&Suite| match args.suites.as_slice() {
        [] => **suite != Suite::Page,
        named => named.contains(suite),
    };
    let suites = || Suite::value_variants().iter().filter(is_asked);
    let pieces: usize = suites().map(|suite| suite.pieces(services.len())).sum();
    let progress = Progress::count("conformance", pieces + 1);
    progress.next("botocore, moto and their tests");
    let folder = repository.conformance();
    let setup = Setup {
        repository,
        python: Python::prepare(repository, &manifest, &folder)?,
        folder,
        progress,
        cases: args.cases,
        seed: args.seed.unwrap_or_else(fresh_seed),
        all_services: &manifest.services,
        services,
    };
    progress::note(format!("{} {}, seed {}, {} cases", manifest.package, manifest.version, setup.seed, setup.cases));
    let mut reports = Vec::new();
    for suite in suites() {
        let start = Instant::now();
        reports.extend(suite.run(&setup)?);
        let name = suite.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        progress::note(format!("{name} took {:.1} s", start.elapsed().as_secs_f32()));
    }
    print(&report::table(&reports))?;
    let only: String = args.services.iter().map(|name| format!(" --service {name}")).collect();
    let again = format!("cargo xtask conformance --cases {} --seed {}{only}", setup.cases, setup.seed);
    print(&format!("\nThe same inputs again: {again}\n"))?;
    Ok(if reports.iter().all(Report::is_good) { Outcome::Done } else { Outcome::Different })
}

impl Suite {
    /// The number of pieces that the suite begins with so many services.
    fn pieces(self, services: usize) -> usize {
        match self {
            // The build comes first.
            Self::Live | Self::Endpoints => services + 1,
            Self::Protocol | Self::Sigv4 | Self::Moto | Self::Page => 2,
            Self::StandIn => 4,
        }
    }

    fn run(self, setup: &Setup<'_>) -> Result<Vec<Report>> {
        match self {
            Self::Live => live::run(setup),
            Self::Endpoints => live::endpoints(setup),
            Self::Protocol => protocol::run(setup),
            Self::Sigv4 => signatures::run(setup),
            Self::Moto => moto::run(setup),
            Self::StandIn => stand_in::run(setup),
            Self::Page => page::run(setup),
        }
    }
}

/// The services of these names, in the order of `models.toml`; all where there are no names.
fn chosen<'s>(services: &'s [Service], names: &[String]) -> Result<Vec<&'s Service>> {
    if let Some(unknown) = names.iter().find(|name| services.iter().all(|service| service.name != **name)) {
        let known: Vec<_> = services.iter().map(|service| service.name.as_str()).collect();
        bail!(Misuse(format!("there is no service {unknown:?}; models.toml has {}", known.join(", "))));
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
    use xtask::manifest::Manifest;

    #[test]
    fn services_are_chosen_by_name_or_all() {
        let manifest = Manifest::parse(include_str!("../../../models/models.toml")).unwrap();
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
