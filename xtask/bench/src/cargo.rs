//! Runs cargo for the bench: in a project and target folder of the bench's own, with nothing inherited that would
//! change what is built, and with every rustc measured.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::meter::{self, Usage};

/// A project, and where it is built.
pub struct Build {
    pub project: PathBuf,
    pub target: PathBuf,
    /// The toolchain, where it is not the one that runs the bench.
    pub toolchain: Option<&'static str>,
}

/// What a run of cargo took.
pub struct Ran {
    /// Seconds.
    pub wall: f64,
    /// Each crate that was compiled.
    pub crates: Vec<Usage>,
    /// Standard output.
    pub output: String,
}

impl Build {
    pub fn new(project: PathBuf, target: PathBuf) -> Self {
        Self { project, target, toolchain: None }
    }

    /// Runs cargo to its end. Its words are shown only where it fails.
    pub fn cargo(&self, args: &[&str]) -> Result<Ran> {
        self.run(args, None)
    }

    /// Builds what a package stands on, and not the package: of a build that is not measured, it is the longest part.
    pub fn dependencies(&self, args: &[&str], package: &str) -> Result<()> {
        self.run(&[args, &["--keep-going"]].concat(), Some((meter::STOP, package))).map(drop)
    }

    /// Runs cargo to its end, and counts the instructions that the compiler of one package takes.
    pub fn count(&self, args: &[&str], package: &str) -> Result<Ran> {
        self.run(args, Some((meter::COUNT, package)))
    }

    /// Runs cargo, with a package for which the meter does what a variable says.
    fn run(&self, args: &[&str], special: Option<(&str, &str)>) -> Result<Ran> {
        let log = self.target.with_extension("meter");
        fs::create_dir_all(&self.target).with_context(|| self.target.display().to_string())?;
        fs::remove_file(&log).ok();
        let mut command = Command::new("cargo");
        clear(&mut command);
        command.args(args).current_dir(&self.project).env("CARGO_TARGET_DIR", &self.target).env(meter::LOG, &log);
        command.env("RUSTC_WRAPPER", env::current_exe().context("this program")?);
        // A package from a registry has its warnings capped; ours comes from a folder, and is to be built as if it did
        // not.
        command.env("RUSTFLAGS", "--cap-lints=allow");
        if let Some(toolchain) = self.toolchain {
            command.env("RUSTUP_TOOLCHAIN", toolchain);
        }
        let special = special.map(|(variable, package)| (variable, package.replace('-', "_")));
        if let Some((variable, name)) = &special {
            command.env(variable, name);
        }
        let start = Instant::now();
        let output = command.output().context("cargo")?;
        let wall = start.elapsed().as_secs_f64();
        let crates = meter::read(&log)?;
        let stopped = special
            .is_some_and(|(variable, name)| variable == meter::STOP && crates.iter().any(|usage| usage.name == name));
        if !output.status.success() && !stopped {
            let text = String::from_utf8_lossy(&output.stderr);
            let lines: Vec<_> = text.lines().collect();
            let tail = lines[lines.len().saturating_sub(30)..].join("\n");
            bail!("cargo {} in {}: {}\n{tail}", args.join(" "), self.project.display(), output.status);
        }
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(Ran { wall, crates, output })
    }

    /// Has the registry asked, so that no build has to: those that are measured run offline.
    pub fn fetch(&self) -> Result<()> {
        // Asking takes a second even where everything is there.
        let done = self.cargo(&["fetch", "--offline", "--locked"]).is_ok();
        if !done {
            self.cargo(&["fetch"])?;
        }
        Ok(())
    }

    /// Forgets one package, so that the next build compiles it and what stands on it.
    pub fn forget(&self, package: &str, profile: &str) -> Result<()> {
        self.cargo(&["clean", "--offline", "--package", package, "--profile", profile]).map(drop)
    }

    /// Forgets everything.
    pub fn clear(&self) -> Result<()> {
        match fs::remove_dir_all(&self.target) {
            Err(error) if self.target.exists() => Err(error).with_context(|| self.target.display().to_string()),
            _ => Ok(()),
        }
    }
}

impl Ran {
    /// What the library of a package took.
    pub fn library(&self, package: &str) -> Result<&Usage> {
        let name = package.replace('-', "_");
        self.crates.iter().find(|usage| usage.name == name).with_context(|| format!("{package} was not compiled"))
    }
}

/// Takes out of a command's environment what the cargo that runs xtask, or the user, has put there.
pub fn clear(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let cargo = text.starts_with("CARGO") && text != "CARGO_HOME" && !text.starts_with("CARGO_NET");
        if cargo
            || text.starts_with("AWS_")
            || matches!(&*text, "RUSTFLAGS" | "RUSTC_WRAPPER" | "RUSTC_WORKSPACE_WRAPPER")
        {
            command.env_remove(name);
        }
    }
    command.env("CARGO_TERM_COLOR", "never").env("RUST_BACKTRACE", "0");
}

/// The bytes that the files under a folder take on the disk; a file with several names counts once.
#[cfg(unix)]
pub fn disk(folder: &Path) -> Result<f64> {
    use std::collections::BTreeSet;
    use std::os::unix::fs::MetadataExt;

    let (mut folders, mut seen, mut sum) = (vec![folder.to_owned()], BTreeSet::new(), 0);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            if metadata.is_dir() {
                folders.push(entry.path());
            } else if seen.insert((metadata.dev(), metadata.ino())) {
                sum += metadata.blocks() * 512;
            }
        }
    }
    Ok(sum as f64)
}

/// Elsewhere a file cannot be told from its other names.
#[cfg(not(unix))]
pub fn disk(_: &Path) -> Result<f64> {
    bail!("the space on the disk is measured on Unix only")
}
