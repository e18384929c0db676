//! Runs one program in the place of xtask and writes down what it took. The standard library knows no peak memory of a
//! child, and the system tells it only of all children together: so each is given a parent of its own.
//!
//! As `RUSTC_WRAPPER` it measures every crate that cargo compiles, without what cargo itself takes.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

/// The variable that makes this program a meter, and names the file that it writes to.
pub const LOG: &str = "XTASK_BENCH_METER";

/// The variable that names a crate which a meter does not compile: cargo then builds all that the crate stands on, and fails.
pub const STOP: &str = "XTASK_BENCH_STOP";

/// The variable that names a crate which is compiled under valgrind, so that its instructions are counted.
pub const COUNT: &str = "XTASK_BENCH_COUNT";

/// What one run of a program took.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Usage {
    /// The crate that rustc compiled; else the program.
    pub name: String,
    /// Seconds.
    pub wall: f64,
    /// Seconds of the processor, user and system.
    pub cpu: f64,
    /// Peak memory, in bytes.
    pub memory: f64,
    /// Instructions, where they were counted.
    pub instructions: Option<f64>,
}

/// Runs the program that the arguments name, where the environment says that this process is a meter.
pub fn run_as_meter() -> Option<ExitCode> {
    let log = env::var_os(LOG)?;
    let mut args = env::args_os().skip(1);
    let program = args.next()?;
    let args: Vec<_> = args.collect();
    let crate_name = args.iter().position(|arg| arg == "--crate-name").and_then(|place| args.get(place + 1));
    let name = crate_name.map_or_else(|| Path::new(&program).file_name().unwrap_or_default(), |name| name.as_os_str());
    let is_named_by = |variable: &str| env::var_os(variable).is_some_and(|named| Some(&named) == crate_name);
    let name = name.to_string_lossy().into_owned();
    if is_named_by(STOP) {
        let usage = Usage { name, wall: 0.0, cpu: 0.0, memory: 0.0, instructions: None };
        if let Err(error) = append(&log, &usage) {
            eprintln!("error: {error:#}");
        }
        return Some(ExitCode::FAILURE);
    }
    let counts = is_named_by(COUNT).then(|| Path::new(&log).with_extension("instructions"));
    let mut command = match &counts {
        Some(counts) => counted(&program, counts),
        None => Command::new(&program),
    };
    let start = Instant::now();
    let status = command.args(&args).env_remove(LOG).status();
    if let Err(error) = &status {
        eprintln!("error: {}: {error}", command.get_program().to_string_lossy());
    }
    let wall = start.elapsed().as_secs_f64();
    let (cpu, memory) = children();
    let instructions = counts.and_then(|counts| instructions(&fs::read_to_string(counts).ok()?));
    let usage = Usage { name, wall, cpu, memory, instructions };
    if let Err(error) = append(&log, &usage) {
        eprintln!("error: {error:#}");
    }
    let code = status.ok().and_then(|status| status.code()).and_then(|code| u8::try_from(code).ok());
    Some(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// A compiler under valgrind, which writes its counts to a file. Valgrind does not follow rustup's `rustc` to the one of the toolchain.
fn counted(rustc: &OsStr, counts: &Path) -> Command {
    let sysroot =
        Command::new(rustc).args(["--print", "sysroot"]).output().map(|output| output.stdout).unwrap_or_default();
    let own = Path::new(String::from_utf8_lossy(&sysroot).trim()).join("bin/rustc");
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--quiet", "--tool=cachegrind", "--cache-sim=no"]);
    valgrind.arg(format!("--cachegrind-out-file={}", counts.display()));
    valgrind.arg(if own.is_file() { own.as_os_str() } else { rustc });
    valgrind
}

/// The sum at the end of cachegrind's file.
fn instructions(counts: &str) -> Option<f64> {
    counts.lines().rev().find_map(|line| line.strip_prefix("summary:"))?.trim().parse().ok()
}

/// Adds a line in one write, which other meters do not come between.
fn append(log: &OsStr, usage: &Usage) -> Result<()> {
    let line = serde_json::to_string(usage)? + "\n";
    let mut file = File::options().create(true).append(true).open(log).context("the meter's log")?;
    file.write_all(line.as_bytes()).context("the meter's log")
}

/// The processor's seconds of all children, and the most bytes that one of them held.
#[cfg(unix)]
fn children() -> (f64, f64) {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;

    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return (0.0, 0.0) };
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let unit = if cfg!(target_vendor = "apple") { 1.0 } else { 1024.0 };
    (seconds(usage.user_time()) + seconds(usage.system_time()), usage.max_rss() as f64 * unit)
}

/// Elsewhere there is only the clock.
#[cfg(not(unix))]
fn children() -> (f64, f64) {
    (0.0, 0.0)
}

/// What the meters wrote since the file was last taken away.
pub fn read(log: &Path) -> Result<Vec<Usage>> {
    let text = match fs::read_to_string(log) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        other => other.with_context(|| log.display().to_string())?,
    };
    text.lines().map(|line| serde_json::from_str(line).with_context(|| log.display().to_string())).collect()
}

/// Runs a command to its end and gives what it took.
pub fn measure(command: &Command, log: &Path) -> Result<Usage> {
    fs::remove_file(log).ok();
    let mut meter = Command::new(env::current_exe().context("this program")?);
    meter.arg(command.get_program()).args(command.get_args()).env(LOG, log);
    if let Some(folder) = command.get_current_dir() {
        meter.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => meter.env(name, value),
            None => meter.env_remove(name),
        };
    }
    let output = meter.output().context("the meter")?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?}: {}\n{error}", output.status);
    read(log)?.pop().context("the meter wrote nothing")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Usage, append, instructions, read};

    #[test]
    fn what_is_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        assert!(read(&log).unwrap().is_empty());
        for name in ["one", "a\nb"] {
            append(
                log.as_os_str(),
                &Usage { name: name.to_owned(), wall: 1.5, cpu: 1.0, memory: 4096.0, instructions: None },
            )
            .unwrap();
        }
        let usages = read(&log).unwrap();
        assert_eq!(usages.iter().map(|usage| &*usage.name).collect::<Vec<_>>(), ["one", "a\nb"]);
        fs::write(&log, "nonsense\n").unwrap();
        assert!(read(&log).is_err());
    }

    #[test]
    fn instructions_are_the_sum_of_a_run() {
        assert_eq!(instructions("desc: I1 cache\nfl=a.rs\nfn=a\n3 10\n4 5\nsummary: 15\n"), Some(15.0));
        assert_eq!(instructions("fl=a.rs\nfn=a\n3 10\n"), None);
    }
}
