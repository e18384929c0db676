//! `cargo xtask fuzz`: runs cargo-fuzz on each fuzz target for a while, and says what came of it.
//!
//! Interesting inputs are kept under `target/`; the corpora that are checked in stay as they are. An input that fails
//! belongs into the corpus of its target, and from then on the ordinary tests try it.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use clap::Args as Arguments;

use xtask::outcome::{Outcome, print};
use xtask::progress::{self, Progress};
use xtask::repository::Repository;

/// The targets, and the packages whose `fuzz/` they are in.
const TARGETS: [(&str, &str); 3] = [("answer", "templates"), ("model", "generator"), ("timestamp", "templates")];

/// The longest time that one input may take, in seconds: reading and generating take milliseconds.
const SLOW: &str = "-timeout=30";

/// The seconds that a build is expected to take, of which the first is the longest.
const BUILD: f64 = 30.0;

/// The most lines of a log that are shown, and how much of each.
const LINES: usize = 40;
const WIDTH: usize = 400;

/// Run the fuzz targets, with nightly and cargo-fuzz; exits with 1 where an input fails.
#[derive(Arguments)]
pub struct Args {
    /// One target only [default: all of them, one after the other].
    #[arg(value_parser = TARGETS.map(|(target, _)| target))]
    target: Option<String>,
    /// The running time of each target.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: u32,
}

pub fn run(repository: &Repository, args: &Args) -> Result<Outcome> {
    let cargo = ["rustup", "run", "nightly", "cargo"];
    ensure_installed(&[&cargo[..], &["--version"]].concat(), "rustup toolchain install nightly")?;
    ensure_installed(&[&cargo[..], &["fuzz", "--version"]].concat(), "cargo install cargo-fuzz")?;
    let mut table = row("target", "inputs tried", "corpus", "failures");
    let mut outcome = Outcome::Done;
    let count = TARGETS.iter().filter(|(target, _)| args.target.as_ref().is_none_or(|only| only == target)).count();
    let seconds = f64::from(args.seconds) + BUILD;
    let progress = Progress::seconds("fuzz", seconds * count as f64);
    for (target, package) in TARGETS {
        if args.target.as_ref().is_some_and(|only| only != target) {
            continue;
        }
        progress.begin(seconds, format!("{target}: a build, then {} s", args.seconds));
        let run = fuzz(repository, package, target, args.seconds)?;
        if !run.failures.is_empty() {
            outcome = Outcome::Different;
        }
        let [tried, corpus] = [run.tried, run.corpus].map(|count| count.to_string());
        table.push_str(&row(target, &tried, &corpus, &run.failures.len().to_string()));
        for input in run.failures {
            progress::print(&format!(
                "{target} fails: copy {input} to {package}/fuzz/corpus/{target}/, and `cargo test -p {package}` shows it"
            ));
        }
    }
    print(&table)?;
    Ok(outcome)
}

fn ensure_installed(command: &[&str], install: &str) -> Result<()> {
    let [program, arguments @ ..] = command else { return Ok(()) };
    let found = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let shown = command.join(" ");
    ensure!(found.is_ok_and(|status| status.success()), "`{shown}` does not work: run `{install}`");
    Ok(())
}

fn row(target: &str, tried: &str, corpus: &str, failures: &str) -> String {
    format!("{target:<10}{tried:>14}{corpus:>9}{failures:>10}\n")
}

/// The result of running one target.
#[derive(Debug, Default, PartialEq)]
struct Run {
    tried: u64,
    /// The number of inputs that each reach something new.
    corpus: u64,
    /// The files that failing inputs were written to.
    failures: Vec<String>,
}

fn fuzz(repository: &Repository, package: &str, target: &str, seconds: u32) -> Result<Run> {
    let folder = repository.root().join(package).join("fuzz");
    let grown = repository.fuzz().join("corpus").join(target);
    fs::create_dir_all(&grown).with_context(|| format!("{}", grown.display()))?;
    let output = Command::new("rustup")
        .args(["run", "nightly", "cargo", "fuzz", "run", "--fuzz-dir"])
        .arg(&folder)
        // There is no unsafe code of ours to watch; without a sanitizer it tries several times as many.
        .args(["--sanitizer", "none", target])
        .arg(&grown)
        .arg(folder.join("corpus").join(target))
        .args(["--", "-print_final_stats=1", SLOW, &format!("-max_total_time={seconds}")])
        .env("CARGO_TARGET_DIR", repository.fuzz())
        // The panic's message and place say enough.
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()
        .context("rustup could not be started")?;
    let log = String::from_utf8_lossy(&output.stderr);
    let run = read(&log);
    if output.status.success() && run.tried > 0 {
        return Ok(run);
    }
    progress::print(&excerpt(&log));
    if run.failures.is_empty() {
        bail!("{target} could not be run ({})", output.status);
    }
    Ok(run)
}

/// The part of a log that says what went wrong: from the panic to libFuzzer's figures, or else its end.
fn excerpt(log: &str) -> String {
    let lines: Vec<_> = log.lines().collect();
    let start = lines.iter().position(|line| line.contains("panicked at") || line.contains("ERROR: libFuzzer"));
    let start = start.unwrap_or(lines.len().saturating_sub(LINES));
    let shown = lines[start..].iter().take(LINES).take_while(|line| !line.starts_with("stat::"));
    // An input is shown by its file.
    shown.map(|line| line.chars().take(WIDTH).collect()).collect::<Vec<String>>().join("\n")
}

/// The final report of libFuzzer.
fn read(log: &str) -> Run {
    let mut run = Run::default();
    for line in log.lines() {
        if let Some(count) = line.strip_prefix("stat::number_of_executed_units:") {
            run.tried = count.trim().parse().unwrap_or_default();
        } else if let Some((_, file)) = line.split_once("Test unit written to ") {
            run.failures.push(file.trim().to_owned());
        } else if let Some((_, corpus)) = line.split_once(" corp: ") {
            let count: String = corpus.chars().take_while(char::is_ascii_digit).collect();
            run.corpus = count.parse().unwrap_or(run.corpus);
        }
    }
    run
}

#[cfg(test)]
mod tests {
    use super::{Run, excerpt, read};

    #[test]
    fn the_end_of_a_log_is_read() {
        let log = "INFO: Seed: 1\n#2\tINITED cov: 9 ft: 10 corp: 7/19Kb exec/s: 0 rss: 40Mb\n\
                   #40\tNEW    cov: 9 ft: 12 corp: 8/20Kb lim: 4 exec/s: 0 rss: 40Mb L: 1/2 MS: 1 X-\n\
                   artifact_prefix='/f/artifacts/x/'; Test unit written to /f/artifacts/x/crash-1\n\
                   stat::number_of_executed_units: 1234\nstat::peak_rss_mb:                41\n";
        let expected = Run { tried: 1234, corpus: 8, failures: vec!["/f/artifacts/x/crash-1".to_owned()] };
        assert_eq!(read(log), expected);
        assert_eq!(read("error: no such target\n"), Run::default());
        let failed = format!("INFO: Seed: 1\nthread 'x' panicked at a.rs:1:2:\n{}\n{log}", "y".repeat(1000));
        let shown = excerpt(&failed);
        assert!(shown.starts_with("thread 'x' panicked") && shown.len() < 1200 && !shown.contains("stat::"), "{shown}");
        assert_eq!(excerpt("error: no such target"), "error: no such target");
    }
}
