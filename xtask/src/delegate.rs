//! Commands that are packages of their own under `xtask/`. Cargo builds each when it is first asked for, so that `cargo xtask
//! codegen` does not wait for code that it does not run.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::{Command, ExitCode, ExitStatus};

use clap::Args as Arguments;
use xtask::repository::Repository;

/// The arguments of the other program, which reads them itself.
#[derive(Arguments)]
pub struct Args {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    arguments: Vec<OsString>,
}

/// Has cargo run a package of the workspace, with the profile of `cargo xtask`; returns its exit code.
/// On Unix the other program takes the place of this one, so an interrupt reaches it alone.
pub fn run(repository: &Repository, package: &str, quiet: bool, args: &Args) -> ExitCode {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--quiet", "--profile", "xtask", "--package", package, "--manifest-path"]);
    command
        .arg(repository.root().join("Cargo.toml"))
        .arg("--")
        .arg("--root")
        .arg(repository.root())
        .args(quiet.then_some("--quiet"))
        .args(&args.arguments);
    // The bench measures this very program.
    if let Ok(program) = env::current_exe() {
        command.env("XTASK", program);
    }
    match start(&mut command) {
        Ok(status) => status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            eprintln!("error: cargo could not be started: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does not return, unless the command cannot be started.
#[cfg(unix)]
fn start(command: &mut Command) -> io::Result<ExitStatus> {
    Err(std::os::unix::process::CommandExt::exec(command))
}

#[cfg(not(unix))]
fn start(command: &mut Command) -> io::Result<ExitStatus> {
    command.status()
}
