//! `cargo xtask bench`: measures this crate and aws-sdk-connect on the same work, and writes BENCHMARKS.md.
//!
//! Every step measures its sides in turn, so that other work of the machine affects all of them alike. The bench saves the figures
//! after every step: a run can be interrupted, and a section or a row can be measured again by itself.

mod areas;
mod bench;
mod bodies;
mod calls;
mod cargo;
mod chart;
mod check;
mod codegen;
mod compile;
mod emitted;
mod growth;
mod load;
mod load_table;
mod machine;
mod meter;
mod openapi;
mod pictures;
mod profile;
mod programs;
mod readme;
mod render;
mod results;
mod rows;
mod section;
mod server;
mod shapes;
mod sides;
mod size;
mod stand_in;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use xtask::files::Changes;
use xtask::outcome::Outcome;
use xtask::progress::{self, Progress};
use xtask::repository::Repository;
use xtask::{interrupt, outcome};

use bench::{Args, Bench};
use results::Results;
use section::Section;

/// The command line, as `cargo xtask bench` passes it on.
#[derive(Parser)]
#[command(name = "bench", bin_name = "cargo xtask bench", about)]
struct Cli {
    /// The checkout to work in.
    #[arg(long, value_name = "DIR", hide = true)]
    root: Option<PathBuf>,
    #[command(flatten)]
    args: Args,
}

fn main() -> ExitCode {
    if let Some(code) = meter::run_as_meter() {
        return code;
    }
    let cli = Cli::parse();
    progress::show(cli.args.quiet);
    if let Err(error) = interrupt::install() {
        return outcome::exit_code(Err(error));
    }
    outcome::exit_code(run(&Repository::new(cli.root), &cli.args))
}

fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let rustc = machine::rustc(None).context("rustc does not say its version")?;
    let folder = repository.bench();
    let sections: Vec<_> = Section::ALL.into_iter().filter(|section| section.is_in(&args.sections)).collect();
    let expected = sections.iter().map(|section| args.seconds(*section)).sum();
    let mut bench = Bench {
        repository,
        folder: if args.short { folder.join("short") } else { folder },
        args,
        with: format!("{}; {rustc}; {} {}", machine::describe(), sides::PEER.0, sides::PEER.1),
        progress: Progress::seconds("bench", expected),
        section: Section::Compile,
        results: Results::default(),
        failures: Vec::new(),
    };
    fs::create_dir_all(&bench.folder).with_context(|| bench.folder.display().to_string())?;
    if !args.short {
        results::seed(repository, &bench.results_folder())?;
    }
    let is_timed = sections.iter().any(|section| !section.is_counted());
    if !args.short && is_timed && machine::load().is_some_and(|load| load > 1.0) {
        progress::print("the machine is busy: figures measured now mean little");
    }
    let only_printed = !sections.is_empty() && sections.iter().all(|section| section.is_printed());
    for &section in &sections {
        bench.progress.begin(args.seconds(section), section.name());
        bench.section = section;
        bench.results = Results::load(&bench.results_folder(), section)?;
        let measured = match section {
            Section::Compile => compile::run(&mut bench),
            Section::Size => size::run(&mut bench),
            Section::Request => calls::request(&mut bench),
            Section::Decode => calls::decode(&mut bench),
            Section::Load => load::run(&mut bench),
            Section::Codegen => codegen::run(&mut bench),
            Section::Profile => profile::run(&mut bench),
            Section::Check => check::run(&mut bench),
            Section::StandIn => stand_in::run(&mut bench),
        };
        if let Err(error) = measured {
            bench.failed(section.name(), &error);
        }
        if !section.is_printed() {
            bench.results.save(&bench.results_folder(), section)?;
        }
    }
    let (root, results) = (repository.root(), bench.results_folder());
    if !args.short && !only_printed {
        let mut changes = Changes::default();
        results::keep(&mut changes, repository, &results, &sections)?;
        pictures::draw(&mut changes, root, &results)?;
        let text = render::benchmarks(&changes, root, &results)?;
        changes.write(root.join("BENCHMARKS.md"), text)?;
        readme::write(&mut changes, root, &results)?;
        // All of it or nothing: an interrupt finds the documents as they were.
        changes.apply()?;
        progress::note("wrote BENCHMARKS.md, the figures of README.md and the charts");
    }
    if !bench.failures.is_empty() {
        bail!("could not be measured:\n{}", bench.failures.join("\n"));
    }
    Ok(Outcome::Done)
}
