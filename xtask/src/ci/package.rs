//! The step `package`: cargo takes the crate as a package that can be published, and warns of nothing.

use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use xtask::outcome::Outcome;
use xtask::repository::Repository;

/// The description in the list of steps.
pub const ABOUT: &str = "cargo publish -p amazon-connect --dry-run, with every warning an error";

/// The warning that every dry run ends with.
const DRY_RUN: &str = "aborting upload due to dry run";

/// Packages the crate and builds it from the package.
pub fn run(repository: &Repository) -> Result<Outcome> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        // Changes that are not committed do not matter: what is checked is the manifest and the files.
        .args(["publish", "--package", "amazon-connect", "--dry-run", "--allow-dirty", "--color", "never"])
        .current_dir(repository.root())
        .stdin(Stdio::null())
        .output()
        .context("cargo could not be started")?;
    let text = String::from_utf8_lossy(&output.stderr);
    eprint!("{text}");
    let warnings = text.lines().filter(|line| line.starts_with("warning") && !line.contains(DRY_RUN)).count();
    if !output.status.success() || warnings > 0 {
        eprintln!("the package is not clean: {}, {warnings} warnings", output.status);
        return Ok(Outcome::Different);
    }
    Ok(Outcome::Done)
}
