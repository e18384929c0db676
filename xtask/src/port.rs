//! `cargo xtask port`: the programs of `generated/tests/port` in both forms, each checked with its crate, and the lines that differ.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use clap::Args as Arguments;
use xtask::outcome::Outcome;
use xtask::repository::Repository;

/// Check programs with aws-sdk-connect and their ports with this crate, and count the lines that differ.
#[derive(Arguments)]
pub struct Args {
    /// The version of aws-sdk-connect.
    #[arg(long, value_name = "VERSION", default_value = "1.220.0")]
    peer: String,
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let package = write_package(repository, &args.peer)?;
    cargo(&package, &["check"]).context("the programs for aws-sdk-connect do not compile")?;
    cargo(
        repository.root(),
        &["test", "-p", "amazon-connect", "--all-features", "--test", "main", "port::", "--", "--nocapture"],
    )
    .context("the ports do not compile, or change too many lines")?;
    Ok(Outcome::Done)
}

/// Writes a package of all programs in the form of aws-sdk-connect.
fn write_package(repository: &Repository, version: &str) -> Result<PathBuf> {
    let package = repository.target().join("port");
    let source = package.join("src");
    fs::create_dir_all(&source).with_context(|| format!("cannot create {}", source.display()))?;
    let programs = repository.generated().join("tests/port/peer");
    let mut names = Vec::new();
    for entry in fs::read_dir(&programs).with_context(|| format!("cannot read {}", programs.display()))? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        fs::copy(&path, source.join(format!("{name}.rs")))
            .with_context(|| format!("cannot copy {}", path.display()))?;
        names.push(name);
    }
    names.sort_unstable();
    let modules: String = names.iter().map(|name| format!("pub mod {name};\n")).collect();
    fs::write(source.join("lib.rs"), modules)?;
    let manifest = format!(
        "[package]\nname = \"port\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         aws-sdk-connect = {{ version = \"={version}\", default-features = false, features = [\"rt-tokio\"] }}\n\
         tokio = {{ version = \"1\", features = [\"rt\"] }}\n"
    );
    fs::write(package.join("Cargo.toml"), manifest)?;
    Ok(package)
}

fn cargo(folder: &Path, arguments: &[&str]) -> Result<()> {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(program).args(arguments).current_dir(folder).status().context("cannot run cargo")?;
    ensure!(status.success(), "cargo {}: {status}", arguments.join(" "));
    Ok(())
}
