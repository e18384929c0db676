//! The step `wasm`: the client runs where there is neither Tokio nor an operating system, in Node's WebAssembly engine.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use xtask::outcome::Outcome;
use xtask::repository::Repository;

/// The description in the list of steps.
pub const ABOUT: &str =
    "builds xtask/testing/in_node for wasm32-unknown-unknown and runs it by Node; skipped without either";

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the example and runs it. It is skipped, and says so, where the target or Node is not installed; with `REQUIRE_WASM` in the
/// environment, as in the workflow, that is a failure.
pub fn run(repository: &Repository) -> Result<Outcome> {
    if let Some(missing) = missing()? {
        // Standard error is where the other steps report, and nobody filters it.
        writeln!(std::io::stderr(), "SKIPPED: the client was not run in WebAssembly, because {missing}")?;
        let required = std::env::var_os("REQUIRE_WASM").is_some();
        return Ok(if required { Outcome::Different } else { Outcome::Done });
    }
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.args(["build", "--package", "in_node", "--target", TARGET, "--message-format", "json-render-diagnostics"]);
    let output = build.current_dir(repository.root()).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.context("cargo could not be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let Some(program) = text.lines().rev().find_map(program).filter(|_| output.status.success()) else {
        eprintln!("in_node was not built: {}", output.status);
        return Ok(Outcome::Different);
    };
    let mut node = Command::new("node");
    node.arg(repository.root().join("xtask/testing/in_node/run.mjs")).arg(program);
    // Standard output is for the table of the command.
    let status = node.stdin(Stdio::null()).stdout(std::io::stderr()).status().context("node could not be started")?;
    if status.success() {
        return Ok(Outcome::Done);
    }
    eprintln!("run.mjs: {status}");
    Ok(Outcome::Different)
}

/// The program, where a message of cargo names it.
fn program(line: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    let files = message.get("filenames")?.as_array()?;
    files.iter().filter_map(serde_json::Value::as_str).find(|file| file.ends_with("in_node.wasm")).map(PathBuf::from)
}

/// The requirements of the step that this machine lacks.
fn missing() -> Result<Option<String>> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]).output();
    let folder = output.context("rustc could not be started")?;
    if !PathBuf::from(String::from_utf8_lossy(&folder.stdout).trim()).is_dir() {
        return Ok(Some(format!("the target is not installed: rustup target add {TARGET}")));
    }
    let node = Command::new("node").arg("--version").stdin(Stdio::null()).output();
    Ok(node.is_err().then(|| "Node is not installed".to_owned()))
}
