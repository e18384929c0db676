//! `cargo xtask ci`: the named steps of CI, in the order that fails fastest. Workflows and `.ci/run` call them by name, so a step is
//! run here just as it is run there.

mod docsrs;
mod minimal;
mod package;
mod wasm;

use std::env;
use std::fmt::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::areas;
use anyhow::{Context, Result, bail};
use clap::Args as Arguments;
use xtask::outcome::{Misuse, Outcome, print};
use xtask::repository::Repository;

/// Run the steps of CI in this tree, and stop at the first that fails.
#[derive(Arguments)]
pub struct Args {
    /// The steps to run [default: all but those marked as on request].
    #[arg(value_name = "STEP")]
    steps: Vec<String>,
    /// Print the steps and what each runs.
    #[arg(long)]
    list: bool,
    /// Steps to leave out.
    #[arg(long, value_name = "STEP", value_delimiter = ',')]
    skip: Vec<String>,
}

/// A step: its name, what it proves, and how it is run.
struct Step {
    name: &'static str,
    about: &'static str,
    run: Run,
    /// Whether the step is run only where it is named. Such a step needs what not every machine has.
    on_request: bool,
}

/// The way to run a step.
enum Run {
    /// Command lines that begin with `cargo`, or with `xtask` for this program.
    Commands(&'static [&'static str]),
    /// The same with variables of the environment.
    With(&'static [(&'static str, &'static str)], &'static [&'static str]),
    /// A function, and what it does.
    Function(fn(&Repository) -> Result<Outcome>, &'static str),
}

const fn step(name: &'static str, about: &'static str, run: Run) -> Step {
    Step { name, about, run, on_request: false }
}

const fn on_request(name: &'static str, about: &'static str, run: Run) -> Step {
    Step { name, about, run, on_request: true }
}

/// All steps.
const STEPS: &[Step] = &[
    step("format", "the format of every file", Run::Commands(&["cargo fmt --all --check"])),
    step("codegen", "generated/ is what codegen writes", Run::Commands(&["xtask codegen --check"])),
    step("lint", "the findings in the models are those of the baselines", Run::Commands(&["xtask models lint"])),
    step(
        "clippy",
        "no warning, with every feature and without the features that can be left out",
        Run::Commands(&[
            "cargo clippy --workspace --all-targets --all-features -- -D warnings",
            "cargo clippy -p amazon-connect --no-default-features --features client,full -- -D warnings",
        ]),
    ),
    step(
        "areas",
        "every feature of an area compiles alone and beside others, without a warning",
        Run::Function(areas::check::step, areas::check::ABOUT),
    ),
    step("test", "every test there is", Run::Commands(&["cargo test --workspace --all-features"])),
    step(
        "rustcrypto",
        "the runtime without its HTTP client, which leaves hashes to other crates",
        Run::Commands(&[
            "cargo test -p templates --no-default-features --features rustcrypto --test main --test trace",
            "cargo test -p templates --no-default-features --features rustcrypto,credentials,sigv4a --test main -- auth:: base::hash::",
        ]),
    ),
    step(
        "wasm",
        "the client runs without Tokio and without an operating system",
        Run::Function(wasm::run, wasm::ABOUT),
    ),
    step(
        "doc",
        "the documentation builds, and every link in it leads somewhere",
        Run::With(&[("RUSTDOCFLAGS", "-D warnings")], &["cargo doc --workspace --all-features --no-deps"]),
    ),
    step(
        "docsrs",
        "every page of an area says which feature it needs; skipped without nightly",
        Run::Function(docsrs::run, docsrs::ABOUT),
    ),
    step("package", "the crate can be published, without a warning", Run::Function(package::run, package::ABOUT)),
    step(
        "minimal-versions",
        "the lower bounds of direct dependencies are true",
        Run::Function(minimal::run, minimal::ABOUT),
    ),
    step("trial", "an update to another version of the models passes", Run::Commands(&["xtask models trial"])),
    step("conformance", "requests and responses agree with botocore", Run::Commands(&["xtask conformance --cases 2"])),
    step(
        "page",
        "the stand-in's page works in a headless Chromium; skipped without one",
        Run::Commands(&["xtask conformance page"]),
    ),
    step("bench", "the bench works; it measures nothing here", Run::Commands(&["xtask bench all --short"])),
    on_request(
        "check",
        "everything compiles, for other systems and other versions of Rust",
        Run::Commands(&["cargo check --workspace --all-targets --all-features"]),
    ),
    on_request(
        "deny",
        "licenses, advisories and duplicates of dependencies; needs cargo-deny",
        Run::Commands(&["cargo deny --all-features check"]),
    ),
];

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    for name in args.steps.iter().chain(&args.skip) {
        if STEPS.iter().all(|step| step.name != name) {
            let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            bail!(Misuse(format!("there is no step {name:?}; the steps are {}", known.join(", "))));
        }
    }
    if args.list {
        print(&list())?;
        return Ok(Outcome::Done);
    }
    let named = |step: &&Step| args.steps.iter().any(|name| name == step.name);
    let chosen = |step: &&Step| if args.steps.is_empty() { !step.on_request } else { named(step) };
    let kept = |step: &&Step| args.skip.iter().all(|name| name != step.name);
    let mut table = String::new();
    for step in STEPS.iter().filter(chosen).filter(kept) {
        let start = Instant::now();
        let outcome = step.run(repository)?;
        let (seconds, word) = (start.elapsed().as_secs(), if outcome == Outcome::Done { "passed" } else { "FAILED" });
        // `write!` into a String cannot fail.
        let _ = writeln!(table, "{:<17} {word} in {seconds} s", step.name);
        if outcome == Outcome::Different {
            print(&table)?;
            return Ok(outcome);
        }
    }
    print(&table)?;
    Ok(Outcome::Done)
}

/// The steps with what each proves and runs.
fn list() -> String {
    let mut text = String::new();
    for step in STEPS {
        let when = if step.on_request { " (on request)" } else { "" };
        let _ = writeln!(text, "{:<17} {}{when}", step.name, step.about);
        let lines = match step.run {
            Run::Commands(lines) | Run::With(_, lines) => lines,
            Run::Function(_, ref about) => std::slice::from_ref(about),
        };
        let variables: String = match step.run {
            Run::With(variables, _) => variables.iter().map(|(name, value)| format!("{name}='{value}' ")).collect(),
            _ => String::new(),
        };
        for line in lines {
            let _ = writeln!(text, "                  {variables}{}", line.replacen("xtask ", "cargo xtask ", 1));
        }
    }
    text
}

impl Step {
    fn run(&self, repository: &Repository) -> Result<Outcome> {
        let (variables, lines) = match &self.run {
            Run::Function(function, about) => {
                eprintln!("\n== {}: {about}", self.name);
                return function(repository);
            }
            Run::Commands(lines) => (&[][..], *lines),
            Run::With(variables, lines) => (*variables, *lines),
        };
        for line in lines {
            eprintln!("\n== {}: {line}", self.name);
            let mut command = command(repository, line)?;
            let status = command.envs(variables.iter().copied()).status().with_context(|| line.to_string())?;
            if !status.success() {
                eprintln!("{line}: {status}");
                return Ok(Outcome::Different);
            }
        }
        Ok(Outcome::Done)
    }
}

/// A command line as a process in the checkout.
fn command(repository: &Repository, line: &str) -> Result<Command> {
    let mut words = line.split(' ');
    let mut command = match words.next() {
        Some("cargo") => Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into())),
        // This very program: cargo would build it again, in the place of the one that runs.
        Some("xtask") => {
            let mut command = Command::new(env::current_exe().context("this program")?);
            command.arg("--root").arg(repository.root());
            command
        }
        other => bail!("{other:?} is not a program of a step"),
    };
    command.args(words).current_dir(repository.root()).stdin(Stdio::null());
    // Standard output is for the table of this command.
    command.stdout(std::io::stderr());
    Ok(command)
}
