//! Builds of programs by cargo, and where they are then.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use xtask::progress;

use crate::setup::Setup;

/// What cargo is to build: an example of a package, without what it does not need: it asks nobody over HTTP, and signs with
/// `rustcrypto` as nothing is to be built in C.
pub struct Example<'a> {
    /// The folder of the package.
    pub package: &'a Path,
    pub name: &'a str,
    pub features: &'a [&'a str],
}

impl Setup<'_> {
    /// Builds an example. All builds share a target folder, and so the dependencies.
    pub fn build(&self, example: &Example<'_>) -> Result<PathBuf> {
        let target = self.target_of(example.package);
        build(["--example", example.name], example.features, example.package, &target)?;
        Ok(target.join("debug/examples").join(format!("{}{EXE_SUFFIX}", example.name)))
    }

    /// Builds a program of the checked-in crate that stands on a feature.
    pub fn build_program(&self, name: &str, feature: &str) -> Result<PathBuf> {
        let target = self.folder.join("cargo");
        build(["--bin", name], &[feature], &self.repository.generated(), &target)?;
        Ok(target.join("debug").join(format!("{name}{EXE_SUFFIX}")))
    }

    /// Examples of the same name would overwrite each other, and be built again and again.
    fn target_of(&self, package: &Path) -> PathBuf {
        if package.starts_with(&self.folder) { self.folder.join("cargo-emitted") } else { self.folder.join("cargo") }
    }
}

fn build(what: [&str; 2], features: &[&str], package: &Path, target: &Path) -> Result<()> {
    let mut cargo = Command::new(option_env!("CARGO").unwrap_or("cargo"));
    cargo
        .args(["build", "--quiet", "--no-default-features"])
        .args(what)
        .args(["--features", &[&["rustcrypto"], features].concat().join(",")])
        .arg("--manifest-path")
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        // Nobody debugs these programs, and without it they link in a tenth of the time.
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    let output = progress::run(&mut cargo, "cargo")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "cargo build {}: {}\n{errors}", what.join(" "), output.status);
    Ok(())
}
