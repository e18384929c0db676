//! Makes a virtual environment with botocore, its clients and moto, and unpacks botocore's test data; runs the suites' programs there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::report::Report;
use xtask::botocore;
use xtask::manifest::Manifest;
use xtask::progress;
use xtask::repository::Repository;

/// The server that stands in for Connect.
const MOTO: &str = "moto[server]==5.2.5";

/// What people call Connect with, in the versions that have the models' botocore, which pip finds; and a driver of browsers.
const CLIENTS: [&str; 3] = ["awscli", "boto3", "websockets>=14"];

/// A Python that has botocore, its clients and moto.
pub struct Python {
    /// The interpreter of the virtual environment.
    pub program: PathBuf,
    /// The folder of the suites' programs.
    scripts: PathBuf,
    /// botocore's source package, as far as it is test data.
    pub data: PathBuf,
}

impl Python {
    /// Makes what is not there yet, in a folder that is kept.
    pub fn prepare(repository: &Repository, manifest: &Manifest, folder: &Path) -> Result<Self> {
        let scripts = repository.root().join("xtask/conformance");
        let program = environment(repository, manifest, &folder.join("venv"))?;
        let data = folder.join(format!("{}-{}-tests", manifest.package, manifest.version));
        let python = Self { program, scripts, data };
        if !python.data.exists() {
            python.fetch_data(manifest)?;
        }
        Ok(python)
    }

    /// A program of `xtask/conformance`, to be run.
    pub fn command(&self, script: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(self.scripts.join(script)).stdin(Stdio::null()).env("PYTHONDONTWRITEBYTECODE", "1");
        // A run is repeated by its seed only if nothing else is left to chance.
        command.env("PYTHONHASHSEED", "0");
        command
    }

    /// Runs a suite's program, which prints one report a line.
    pub fn reports(&self, command: &mut Command) -> Result<Vec<Report>> {
        let name = format!("{:?}", command.get_args().next().unwrap_or_default());
        let output = progress::run(command, &name)?;
        let mut reports = Vec::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let report: Report = serde_json::from_str(line).with_context(|| name.clone())?;
            progress::note(format!("{}: {} passed, {} failed", report.suite, report.passed, report.failed));
            reports.push(report);
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success() && !reports.is_empty(),
            "{name}: {}, {} reports\n{errors}",
            output.status,
            reports.len()
        );
        Ok(reports)
    }

    /// Fetches botocore's source package, which has the tests that its wheel has not, and keeps those.
    fn fetch_data(&self, manifest: &Manifest) -> Result<()> {
        let parent = self.data.parent().context("the data has a folder")?;
        let folder = tempfile::tempdir_in(parent)?;
        let requirement = format!("{}=={}", manifest.package, manifest.version);
        let download = ["download", "--no-deps", "--no-binary=:all:", "--disable-pip-version-check", "--dest"];
        let mut pip = Command::new(&self.program);
        run(pip.args(["-m", "pip"]).args(download).arg(folder.path()).arg(&requirement), "pip download")?;
        let unpacked = folder.path().join("unpacked");
        run(self.command("unpack.py").arg(folder.path()).arg(&unpacked), "unpack.py")?;
        fs::rename(&unpacked, &self.data).with_context(|| self.data.display().to_string())
    }
}

/// The interpreter of a virtual environment that has what is required, made anew where it has something else.
fn environment(repository: &Repository, manifest: &Manifest, folder: &Path) -> Result<PathBuf> {
    let program = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    // The wheel is that of the models, by its hash.
    let wheel = botocore::fetch(&repository.downloads(), manifest, Some(&manifest.version))?;
    let path = botocore::kept(&repository.downloads(), manifest, &wheel.version);
    let installed = folder.join("installed.txt");
    let wanted = format!("{} {}\n{MOTO}\n{}\n", manifest.package, wheel.sha256, CLIENTS.join("\n"));
    if fs::read_to_string(&installed).is_ok_and(|found| found == wanted) {
        return Ok(program);
    }
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(folder), "python3 -m venv")?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(Command::new(&program).args(install).arg(path).arg(MOTO).args(CLIENTS), "pip install")?;
    fs::write(&installed, wanted).with_context(|| installed.display().to_string())?;
    Ok(program)
}

/// Runs a command whose output is progress, and no result.
fn run(command: &mut Command, name: &str) -> Result<()> {
    let output = progress::run(command, name)?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{name}: {}\n{errors}", output.status);
    Ok(())
}
