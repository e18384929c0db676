//! The cost of a call: over loopback, and of its two halves with a response from memory.
//!
//! The halves are parts of real calls: from `send()` to the signed request at the transport, and from the response of the transport to the
//! end of `send()`. The serializers and parsers of the peer cannot be reached otherwise, so both clients are measured in this way.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use xtask::files::put;

use crate::bench::{Bench, Rounds, Values};
use crate::cargo::{Build, clear};
use crate::programs::{self, SIDES};
use crate::sides::Side;
use crate::{bodies, rows, server};

/// Each is a process of its own, of a second or so.
const RUNS: Rounds = Rounds { most: 5, enough: Duration::from_secs(60) };
/// A first call is over at once, and differs most from run to run.
const FIRST: Rounds = Rounds { most: 15, enough: Duration::from_secs(60) };

/// Loopback, requests, the first call.
pub fn request(bench: &mut Bench) -> Result<()> {
    prepare(bench)?;
    let url = server::start(bodies::contact().into_bytes())?;
    let names = ["loopback.cpu", "loopback.wall", "loopback.allocations", "loopback.bytes"];
    let count = if bench.args.short { 100 } else { 10_000 };
    bench.step(&names, &SIDES, RUNS, |bench, side| ask(bench, side, "loopback", count, &url, None));
    bench.step(&["first.construct", "first.call"], &SIDES, FIRST, |bench, side| {
        // Once more than is counted: of a program that was just built, the first run waits for the disk.
        ask(bench, side, "first", 1, &url, None)?;
        ask(bench, side, "first", 1, &url, None)
    });
    bench.step(&["describe.prepare"], &SIDES, RUNS, |bench, side| describe(bench, side, &url));
    // The answer is small: after one of 1 MB the caches are cold, and that is what would be measured.
    bench.step(&["search.prepare", "search.prepare_allocations"], &SIDES, RUNS, |bench, side| {
        search(bench, side, &url, "few.json", 10_000)
    });
    Ok(())
}

/// Answers of 2 kB and of 1 MB.
pub fn decode(bench: &mut Bench) -> Result<()> {
    prepare(bench)?;
    // Nothing is sent there: the programs want a place to call.
    let url = "http://127.0.0.1:9";
    let names = ["describe.decode", "describe.decode_allocations"];
    bench.step(&names, &SIDES, RUNS, |bench, side| describe(bench, side, url));
    bench.step(&["search.decode", "search.decode_allocations"], &SIDES, RUNS, |bench, side| {
        search(bench, side, url, "users.json", 100)
    });
    Ok(())
}

fn describe(bench: &Bench, side: Side, url: &str) -> Result<Values> {
    let count = if bench.args.short { 10 } else { 10_000 };
    ask(bench, side, "describe", count, url, Some(bodies_of(bench).join("contact.json")))
}

fn search(bench: &Bench, side: Side, url: &str, body: &str, count: u32) -> Result<Values> {
    let count = if bench.args.short { 3 } else { count };
    ask(bench, side, "search", count, url, Some(bodies_of(bench).join(body)))
}

fn bodies_of(bench: &Bench) -> PathBuf {
    bench.folder.join("bodies")
}

/// Builds the programs, optimised; in short as quickly as it goes.
fn prepare(bench: &Bench) -> Result<()> {
    programs::prepare(bench)?;
    put(&bodies_of(bench).join("contact.json"), &bodies::contact())?;
    put(&bodies_of(bench).join("users.json"), &bodies::users(1_400))?;
    put(&bodies_of(bench).join("few.json"), &bodies::users(3))?;
    for side in bench.sides(&SIDES) {
        bench.say(&format!("build the calls of {}", side.folder()));
        programs::build(bench, side).cargo(&arguments(bench))?;
    }
    Ok(())
}

/// The same dependencies with the same features as of the program, which are then not built again.
fn arguments(bench: &Bench) -> [&'static str; 7] {
    let mut arguments = programs::program("build", profile(bench));
    arguments[4] = "calls";
    arguments
}

fn profile(bench: &Bench) -> &'static str {
    if bench.args.short { "dev" } else { "release" }
}

fn executable(bench: &Bench, build: &Build) -> PathBuf {
    let folder = if bench.args.short { "debug" } else { "release" };
    build.target.join(folder).join(format!("calls{}", std::env::consts::EXE_SUFFIX))
}

/// Runs the calls of a side; gives the rows among what it says.
fn ask(bench: &Bench, side: Side, mode: &str, count: u32, url: &str, body: Option<PathBuf>) -> Result<Values> {
    let executable = executable(bench, &programs::build(bench, side));
    let mut command = Command::new(&executable);
    clear(&mut command);
    settings(&mut command, &bench.folder, url);
    let output = command.arg(mode).arg(count.to_string()).args(body).output();
    let output = output.with_context(|| executable.display().to_string())?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "calls {mode} of {}: {}\n{error}", side.folder(), output.status);
    values(mode, &String::from_utf8_lossy(&output.stdout))
}

/// What a program finds in its environment: keys, region and endpoint, and no files of this machine's user.
pub fn settings(command: &mut Command, folder: &Path, url: &str) {
    let nowhere = folder.join("no-such-file");
    command
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_REGION", "us-west-2");
    command.env("AWS_ENDPOINT_URL_CONNECT", url).env("AWS_EC2_METADATA_DISABLED", "true");
    command.env("AWS_CONFIG_FILE", &nowhere).env("AWS_SHARED_CREDENTIALS_FILE", &nowhere);
    for proxy in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(proxy);
    }
}

/// Reads lines of a name and a value.
fn values(mode: &str, text: &str) -> Result<Values> {
    let mut values = Values::new();
    for line in text.lines() {
        let (name, value) = line.split_once(' ').with_context(|| format!("calls said {line:?}"))?;
        let value = value.parse().with_context(|| format!("calls said {line:?}"))?;
        if let Some(row) = rows::find(&format!("{mode}.{name}")) {
            values.push((row.id, value));
        }
    }
    ensure!(!values.is_empty(), "calls {mode} said nothing of any row: {text:?}");
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn a_program_says_names_and_values() {
        assert_eq!(values("loopback", "cpu 12.5\nother 1\n").unwrap(), [("loopback.cpu", 12.5)]);
        assert!(values("loopback", "nonsense\n").is_err());
        assert!(values("loopback", "other 1\n").is_err());
    }
}
