//! A scratch checkout: a clone of the repository under the target folder, with the changes that no commit has yet. A command may
//! change and build it at will, and the tree that the command was started in stays as it is.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use xtask::repository::Repository;

/// A clone in a folder of its own.
pub struct Checkout {
    folder: PathBuf,
    /// The target folder of the repository. A build in the clone finds the dependencies there.
    target: PathBuf,
}

impl Checkout {
    /// Clones the repository to `target/scratch/NAME`, in place of what an earlier run left there.
    pub fn new(repository: &Repository, name: &str) -> Result<Self> {
        let scratch = repository.target().join("scratch");
        let checkout = Self { folder: scratch.join(name), target: repository.target() };
        checkout.clear()?;
        fs::create_dir_all(&scratch).with_context(|| scratch.display().to_string())?;
        let root = repository.root();
        git(root, [OsStr::new("clone"), "--quiet".as_ref(), ".".as_ref(), checkout.folder.as_ref()], None, None)?;
        let changes = uncommitted(root, &scratch.join(format!("{name}.index")))?;
        if !changes.is_empty() {
            git(&checkout.folder, ["apply", "--index"], None, Some(&changes))?;
            let author = ["-c", "user.name=xtask", "-c", "user.email=xtask@localhost"];
            let commit = ["commit", "--quiet", "--no-verify", "--message", "Changes without a commit"];
            git(&checkout.folder, author.into_iter().chain(commit), None, None)?;
        }
        Ok(checkout)
    }

    /// The top folder of the clone.
    pub fn root(&self) -> &Path {
        &self.folder
    }

    /// A program to be run in the clone. Its output goes to standard error: only the command that runs it prints results.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .stdin(Stdio::null())
            .stdout(io::stderr());
        command
    }

    /// Cargo, to be run in the clone.
    pub fn cargo(&self) -> Command {
        self.command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Removes the clone.
    pub fn clear(&self) -> Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if self.folder.exists() => Err(error).with_context(|| self.folder.display().to_string()),
            _ => Ok(()),
        }
    }
}

/// The difference between HEAD and the work tree as `git add --all` would stage it. A second index takes the files, so the index
/// of the user stays as it is.
fn uncommitted(root: &Path, index: &Path) -> Result<Vec<u8>> {
    git(root, ["read-tree", "HEAD"], Some(index), None)?;
    git(root, ["add", "--all"], Some(index), None)?;
    let changes = git(root, ["diff", "--cached", "--binary", "HEAD"], Some(index), None)?;
    fs::remove_file(index).with_context(|| index.display().to_string())?;
    Ok(changes)
}

/// Runs git; returns what it prints.
fn git(
    folder: &Path,
    arguments: impl IntoIterator<Item = impl AsRef<OsStr>>,
    index: Option<&Path>,
    input: Option<&[u8]>,
) -> Result<Vec<u8>> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // A hook of git may have set these for another repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    if let Some(index) = index {
        command.env("GIT_INDEX_FILE", index);
    }
    let mut child = command.spawn().context("git could not be started")?;
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        stdin.write_all(input).context("git takes no input")?;
    }
    let output = child.wait_with_output().context("git")?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?}: {}: {}", output.status, error.trim());
    Ok(output.stdout)
}
