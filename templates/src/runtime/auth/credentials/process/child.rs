//! One process: started, watched, and killed when it has to end.
//!
//! The process stays in the group of this program, because it may ask a person for something at the terminal. So its own
//! children are not killed with it. Their output is no longer read then, which ends those that write.

use std::io::{self, Read};
use std::mem::take;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use crate::runtime::base::blocking::start;

/// The longest time that a process may run: as long as in AWS's SDK for Go.
pub(super) const LIMIT: Duration = Duration::from_secs(60);
/// The most bytes of the output. Credentials have a few kilobytes.
const LONGEST: usize = 64 << 10;
/// The time for which the output is read after the process has ended: something else may hold it open.
const GRACE: Duration = Duration::from_millis(500);
/// The interval at which the process is polled, besides at the ends of its output.
const TICK: Duration = Duration::from_millis(20);
/// The most threads that read output. A thread goes on for as long as anything holds the output open.
const READERS: usize = 16;

/// The number of threads that read output now.
static READING: AtomicUsize = AtomicUsize::new(0);

/// The output and the status of a process that ended.
pub(super) struct Output {
    pub(super) status: ExitStatus,
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
}

/// Runs a program on this thread until it has ended.
///
/// # Errors
/// The program cannot be started, prints too much, takes too long, or `is_awaited` no longer holds.
pub(super) fn output(words: &[String], is_awaited: &dyn Fn() -> bool) -> Result<Output, String> {
    let Some((program, arguments)) = words.split_first() else { return Err("is empty".to_owned()) };
    if READING.load(Ordering::Relaxed) + 2 > READERS {
        return Err("is not run: processes that earlier runs left hold their output open".to_owned());
    }
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let cannot_be_run = |error: io::Error| format!("{program:?} cannot be run: {error}");
    let mut child = command.spawn().map_err(cannot_be_run)?;
    let result = Pipes::open(&mut child).map_err(cannot_be_run).and_then(|pipes| watch(&mut child, &pipes, is_awaited));
    if result.is_err() {
        // An error of either says that the process has ended already.
        let _ = child.kill();
        let _ = child.wait();
    }
    result
}

/// The error of a process that did not end in time.
pub(super) fn timeout_message() -> String {
    format!("did not end within {} s", LIMIT.as_secs())
}

/// Waits for the end of the process and of its output.
fn watch(child: &mut Child, pipes: &Pipes, is_awaited: &dyn Fn() -> bool) -> Result<Output, String> {
    let start = Instant::now();
    let mut ended = None;
    loop {
        let open = {
            let printed = pipes.wait(TICK);
            if printed.is_too_long {
                return Err(format!("printed more than {LONGEST} bytes"));
            }
            printed.open
        };
        if ended.is_none() {
            let status = child.try_wait().map_err(|error| format!("cannot be awaited: {error}"))?;
            ended = status.map(|status| (status, Instant::now()));
        }
        if let Some((status, since)) = ended {
            if open == 0 || since.elapsed() > GRACE {
                let mut printed = pipes.lock();
                let (stdout, stderr) = (take(&mut printed.stdout), take(&mut printed.stderr));
                return Ok(Output { status, stdout, stderr });
            }
        } else if start.elapsed() > LIMIT {
            return Err(timeout_message());
        } else if !is_awaited() {
            return Err("was killed, because nobody waited for it any more".to_owned());
        } else if open == 0 {
            // Its output has ended, and the process does so any moment.
            thread::sleep(TICK / 4);
        }
    }
}

/// The pipes of a process, read by two threads.
struct Pipes {
    printed: Mutex<Printed>,
    news: Condvar,
}

/// What a process has printed.
struct Printed {
    /// The number of pipes that have not ended, of two.
    open: usize,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    is_too_long: bool,
    /// Whether anything changed since it was looked at.
    is_new: bool,
}

#[derive(Clone, Copy)]
enum Stream {
    Stdout,
    Stderr,
}

impl Pipes {
    fn open(child: &mut Child) -> io::Result<Arc<Self>> {
        let printed = Printed { open: 2, stdout: Vec::new(), stderr: Vec::new(), is_too_long: false, is_new: false };
        let pipes = Arc::new(Self { printed: Mutex::new(printed), news: Condvar::new() });
        if let Some(stdout) = child.stdout.take() {
            read(Box::new(stdout), Stream::Stdout, Arc::downgrade(&pipes))?;
        }
        if let Some(stderr) = child.stderr.take() {
            read(Box::new(stderr), Stream::Stderr, Arc::downgrade(&pipes))?;
        }
        Ok(pipes)
    }

    /// Returns what was printed, waiting for more of it where that was seen already and more may come.
    fn wait(&self, limit: Duration) -> MutexGuard<'_, Printed> {
        let is_seen = |printed: &mut Printed| !printed.is_new && printed.open > 0;
        let waited = self.news.wait_timeout_while(self.lock(), limit, is_seen);
        let mut printed = waited.unwrap_or_else(PoisonError::into_inner).0;
        printed.is_new = false;
        printed
    }

    /// Changes what was printed, and says so.
    fn change(&self, change: impl FnOnce(&mut Printed)) {
        let mut printed = self.lock();
        change(&mut printed);
        printed.is_new = true;
        self.news.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Printed> {
        // What was printed is whole whenever the lock is free.
        self.printed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Printed {
    fn add(&mut self, stream: Stream, bytes: &[u8]) {
        match stream {
            Stream::Stdout if self.stdout.len() + bytes.len() > LONGEST => self.is_too_long = true,
            Stream::Stdout => self.stdout.extend_from_slice(bytes),
            // What does not fit is not shown either, and the process goes on.
            Stream::Stderr if self.stderr.len() + bytes.len() > LONGEST => {}
            Stream::Stderr => self.stderr.extend_from_slice(bytes),
        }
    }
}

/// Reads a pipe on a thread of its own, to its end or until nobody takes what it reads.
fn read(mut pipe: Box<dyn Read + Send>, stream: Stream, to: Weak<Pipes>) -> io::Result<()> {
    READING.fetch_add(1, Ordering::Relaxed);
    let reading = ReaderCount;
    let read = move || {
        let _reading = reading;
        let mut buffer = [0; 4096];
        loop {
            let read = pipe.read(&mut buffer);
            // Nobody takes it where the process was given up.
            let Some(pipes) = to.upgrade() else { return };
            match read {
                Ok(length @ 1..) => pipes.change(|printed| printed.add(stream, &buffer[..length])),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => return pipes.change(|printed| printed.open = printed.open.saturating_sub(1)),
            }
        }
    };
    start("credential_process", Box::new(read))
}

/// Counts a thread for as long as it reads.
struct ReaderCount;

impl Drop for ReaderCount {
    fn drop(&mut self) {
        READING.fetch_sub(1, Ordering::Relaxed);
    }
}
