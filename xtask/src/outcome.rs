//! The end of a command: its result on standard output, everything else on standard error, and its exit code. The code is 0 for
//! success, 1 for a failure or a difference found, 2 for misuse, 130 for an interrupt.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use generator::Diagnostics;

use crate::{interrupt, progress};

/// The outcome of a command that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// As asked.
    Done,
    /// A check found a difference, and the command has printed it.
    Different,
}

/// An argument that no command can work with, found after the command line was parsed.
#[derive(Debug)]
pub struct Misuse(pub String);

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misuse {}

/// Prints the error of a command, where it failed, and returns the exit code.
#[must_use]
pub fn exit_code(result: Result<Outcome>) -> ExitCode {
    if interrupt::is_requested() {
        return ExitCode::from(interrupt::CODE);
    }
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Different) => ExitCode::FAILURE,
        Err(error) => {
            progress::clear();
            match error.downcast_ref::<Diagnostics>() {
                Some(diagnostics) => eprint!("{diagnostics}"),
                None => eprintln!("error: {error:#}"),
            }
            if error.is::<Misuse>() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

/// Prints a result. A reader that closed the pipe early, such as `head`, is no failure.
///
/// # Errors
/// Standard output cannot be written, for instance on a full disk.
pub fn print(text: &str) -> Result<()> {
    progress::clear();
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error).context("standard output"),
        _ => Ok(()),
    }
}
