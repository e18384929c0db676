//! Runs of commands, which all callers of a command share.
//!
//! **Invariant:** one process of a command runs at a time. It ends when it has had its time or when nobody waits for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::child::{self, LIMIT, Output, timeout_message};
use crate::runtime::base::blocking::start;
use crate::runtime::base::deadline::require_timer;
use crate::runtime::base::expected::{Expected, Waiting};
use crate::runtime::base::time::within;
use crate::runtime::base::words::{Quoting, split};

/// The time for which a failure is returned without another run.
const REMEMBERED: Duration = Duration::from_secs(1);

/// The result of a run. It is shared, so that the output is not copied for each caller.
type Outcome = Result<Arc<Output>, String>;

/// The runs that are under way, and those that failed a moment ago.
static RUNS: Mutex<Vec<Run>> = Mutex::new(Vec::new());

struct Run {
    command: String,
    /// An [`Outcome`].
    outcome: Expected,
    /// When the run failed.
    failed: Option<Instant>,
}

/// The output of a command, from the run that is under way, or else from a new one.
///
/// # Errors
/// The program cannot be run, took too long or printed too much, now or a moment ago.
pub(super) async fn output(command: &str) -> Outcome {
    let ended = join(command)?;
    // The process is killed after the same time. This one counts where it cannot even be started: on a dead mount.
    let ended =
        if require_timer().is_ok() { within(LIMIT, ended).await.ok_or_else(timeout_message)? } else { ended.await };
    match ended.and_then(|ended| ended.downcast_ref::<Outcome>().cloned()) {
        Some(outcome) => outcome,
        None => Err("could not be awaited: its thread panicked".to_owned()),
    }
}

fn join(command: &str) -> Result<Waiting, String> {
    let mut runs = runs();
    runs.retain(|run| run.failed.is_none_or(|failed| failed.elapsed() < REMEMBERED));
    if let Some(run) = runs.iter().find(|run| run.command == command) {
        return Ok(run.outcome.wait());
    }
    let quoting = if cfg!(windows) { Quoting::Windows } else { Quoting::Posix };
    let words = split(command, quoting).ok_or("has a quote without its end")?;
    let outcome = Expected::new();
    let ended = outcome.wait();
    let running = Running { outcome: outcome.clone() };
    runs.push(Run { command: command.to_owned(), outcome, failed: None });
    // Without a thread, `running` is dropped at once, which takes the lock.
    drop(runs);
    // A thread of its own waits for the process. That is once an hour, and so needs no pool.
    start("credential_process", Box::new(move || running.run(&words)))
        .map_err(|error| format!("cannot be run without a thread: {error}"))?;
    Ok(ended)
}

fn runs() -> MutexGuard<'static, Vec<Run>> {
    // The list is whole whenever the lock is free.
    RUNS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A run on its thread. When it is dropped, after a panic too, callers start another one.
struct Running {
    outcome: Expected,
}

impl Running {
    fn run(self, words: &[String]) {
        let outcome: Outcome = child::output(words, &|| self.outcome.is_awaited()).map(Arc::new);
        if outcome.is_err() {
            for run in runs().iter_mut().filter(|run| run.outcome.is(&self.outcome)) {
                run.failed = Some(Instant::now());
            }
        }
        self.outcome.set(Arc::new(outcome));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        runs().retain(|run| !run.outcome.is(&self.outcome) || run.failed.is_some());
    }
}
