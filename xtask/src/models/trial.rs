//! `cargo xtask models trial`: takes another version of the models through everything that an update goes through, in a scratch
//! checkout. A test that holds a fact of one version fails here, and not on the day of the next update.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args as Arguments;
use xtask::manifest::{self, Manifest};
use xtask::outcome::{Misuse, Outcome, print};
use xtask::progress::{self, Progress};
use xtask::repository::Repository;

use crate::checkout::Checkout;

/// Take another version of the models through update, diff, lint, codegen and the tests that read them, in a scratch checkout;
/// exit with 1 where one of these fails. The tree stays as it is.
#[derive(Arguments)]
pub struct Args {
    /// The version to try [default: `trial` of models.toml].
    #[arg(long, value_name = "VERSION", value_parser = manifest::version)]
    botocore: Option<String>,
}

/// The packages whose tests read the models or what is generated from them.
const TESTED: [&str; 3] = ["generator", "amazon-connect", "xtask"];

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let manifest = Manifest::read(repository)?;
    let Some(version) = args.botocore.as_ref().or(manifest.trial.as_ref()) else {
        return Err(Misuse("models.toml has no `trial`: name a version with --botocore".to_owned()).into());
    };
    if *version == manifest.version {
        let text = format!("{version} is the version that models.toml has: a trial takes another one");
        return Err(Misuse(text).into());
    }
    let checkout = Checkout::new(repository, "trial")?;
    let program = std::env::current_exe().context("this program")?;
    let xtask = |arguments: &[&str]| {
        let mut command = checkout.command(&program);
        command.arg("--root").arg(checkout.root()).args(arguments);
        command
    };
    let mut test = checkout.cargo();
    test.args(["test", "--quiet", "--all-features"]).args(TESTED.iter().flat_map(|package| ["--package", package]));
    let steps = [
        ("update", xtask(&["models", "update", "--botocore", version])),
        ("diff", xtask(&["models", "diff", "--changelog"])),
        // As in the workflow: new findings are for a person to read, and accepted in the same change.
        ("lint", xtask(&["models", "lint", "--baseline"])),
        ("codegen", xtask(&["codegen"])),
        ("test", test),
    ];
    let progress = Progress::count("trial", steps.len());
    for (name, command) in steps {
        progress.next(name);
        if !step(name, command)? {
            print(&format!("{name} fails with {} {version}: see {}\n", manifest.package, checkout.root().display()))?;
            return Ok(Outcome::Different);
        }
    }
    checkout.clear()?;
    print(&format!("{} {version} in place of {}: all steps pass\n", manifest.package, manifest.version))?;
    Ok(Outcome::Done)
}

/// Runs one step; says on standard error how long it took.
fn step(name: &str, mut command: Command) -> Result<bool> {
    let start = Instant::now();
    let output = progress::run(&mut command, name)?;
    progress::note(format!("trial: {name} took {:.0} s", start.elapsed().as_secs_f32()));
    if !output.status.success() {
        // Failed tests are on standard output; what is on the other one has been shown, unless nothing is.
        let shown = [progress::is_quiet().then_some(&output.stderr), Some(&output.stdout)];
        shown.into_iter().flatten().for_each(|text| progress::print(&String::from_utf8_lossy(text)));
    }
    Ok(output.status.success())
}
