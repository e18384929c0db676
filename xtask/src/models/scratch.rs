//! Emits crates that stand alone under target/, and has cargo look at them: one after the other, with one target folder, so
//! that what they depend on is built once.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use generator::{Files, Inputs};
use sha2::{Digest, Sha256};

use xtask::files::read_optional;
use xtask::output::Output;

/// Lets a stable toolchain take unstable flags. Set for every run on one target folder: another environment builds again.
pub const BOOTSTRAP: &[(&str, &str)] = &[("RUSTC_BOOTSTRAP", "1")];

/// A folder of emitted crates.
pub struct Scratch {
    folder: PathBuf,
}

/// A crate in it.
pub struct Crate {
    pub name: String,
    /// A fingerprint of its files: the same files are not looked at twice.
    pub hash: String,
    folder: PathBuf,
}

/// The messages of cargo about a crate.
pub struct Answer {
    pub success: bool,
    pub stderr: String,
}

impl Scratch {
    pub fn new(folder: PathBuf) -> Self {
        // cargo is started in another folder.
        Self { folder: std::path::absolute(&folder).unwrap_or(folder) }
    }

    /// A file of the scratch's own.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes the files of a crate, as far as they differ, to the folder `place`.
    pub fn emit(&self, place: &str, inputs: &Inputs, files: Files) -> Result<Crate> {
        let mut hash = Sha256::new();
        for (path, text) in &files {
            hash.update(format!("{path}\0{}\0{text}", text.len()));
        }
        let hash = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let folder = self.folder.join("crates").join(place);
        Output::crate_folder(folder.clone(), files)?.write()?;
        let found = Crate { name: inputs.crate_name.clone(), hash, folder };
        self.seed_lock(&found)?;
        Ok(found)
    }

    /// Copies the lock file of the first crate into another: all have the same dependencies, and asking for them takes longer
    /// than a small crate takes to check.
    fn seed_lock(&self, of: &Crate) -> Result<()> {
        let lock = of.folder.join("Cargo.lock");
        if let (false, Some(text)) = (lock.exists(), read_optional(&self.path("Cargo.lock"))?) {
            fs::write(&lock, text.replace("CRATE", &of.name)).with_context(|| lock.display().to_string())?;
        }
        Ok(())
    }

    /// Keeps the versions that a crate got.
    fn keep_lock(&self, of: &Crate) -> Result<()> {
        let kept = self.path("Cargo.lock");
        if let (false, Some(text)) = (kept.exists(), read_optional(&of.folder.join("Cargo.lock"))?) {
            let own = format!("name = \"{}\"", of.name);
            fs::write(&kept, text.replace(&own, "name = \"CRATE\"")).with_context(|| kept.display().to_string())?;
        }
        Ok(())
    }

    /// Runs cargo in a crate. What is built goes to the shared target folder.
    pub fn cargo(&self, of: &Crate, args: &[&str], env: &[(&str, &str)]) -> Result<Answer> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(args)
            .current_dir(&of.folder)
            .env("CARGO_TARGET_DIR", self.target())
            // Every crate is built once: what would make a second time faster takes most of the disk.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .envs(env.iter().copied())
            .stdin(Stdio::null())
            .output()
            .context("cargo could not be started")?;
        let answer =
            Answer { success: output.status.success(), stderr: String::from_utf8_lossy(&output.stderr).into_owned() };
        if answer.success {
            self.keep_lock(of)?;
        }
        Ok(answer)
    }

    /// The JSON that rustdoc writes of a crate, which only unstable flags give; cargo-semver-checks asks for it the same way.
    pub fn rustdoc_json(&self, of: &Crate) -> Result<PathBuf> {
        let kept = self.path(&format!("{}.rustdoc.json", of.hash));
        if kept.exists() {
            return Ok(kept);
        }
        let flags = ["-Zunstable-options", "--output-format=json", "--document-hidden-items", "--cap-lints=allow"];
        let args = [&["rustdoc", "--quiet", "--lib", "--"], &flags[..]].concat();
        let answer = self.cargo(of, &args, BOOTSTRAP)?;
        ensure!(answer.success, "rustdoc of {}: {}", of.folder.display(), answer.stderr);
        let written = self.target().join("doc").join(format!("{}.json", of.name.replace('-', "_")));
        fs::rename(&written, &kept).with_context(|| written.display().to_string())?;
        Ok(kept)
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }
}
