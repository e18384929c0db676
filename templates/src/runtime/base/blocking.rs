//! Blocking work that may hang, on threads of its own: name look-ups, and files that may be pipes or lie on a dead mount.
//!
//! Tokio's blocking pool is the program's. Work that hangs there takes a thread from the program, and the runtime waits for
//! it when it ends. Here the number of threads is fixed, and all callers that need the same result share one run: a
//! hundred calls that wait for one hanging look-up hold one thread.
//!
//! Nothing here depends on a runtime: a caller may stop waiting at any time, and the others still get the result.
//!
//! A result is an [`Outcome`] until it reaches its caller, and a thread's work is in a box, so that queues, waits and threads are
//! compiled once instead of once for each type.

use std::collections::VecDeque;
use std::io;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use super::expected::{Expected, Outcome, Waiting};
use super::host::IS_BARE;
#[cfg(feature = "credentials")]
use super::threads::{MaybeSend, for_thread};

/// The age at which a run counts as hung: the next caller starts a second one beside it, and never a third.
const HUNG: Duration = Duration::from_secs(20);

/// A fixed number of threads for one kind of work. Clones share them. A thread ends when nothing is left to do.
pub(crate) struct Blocking<T> {
    shared: Arc<Shared>,
    result: PhantomData<fn() -> T>,
}

struct Shared {
    /// The name of the threads.
    name: &'static str,
    /// The most threads at once.
    threads: usize,
    state: Mutex<State>,
}

struct State {
    /// The number of threads.
    running: usize,
    /// The work that no thread has taken yet.
    queue: VecDeque<(Run, Work)>,
    /// The runs that have no result yet, those in the queue included.
    runs: Vec<Run>,
}

type Work = Box<dyn FnOnce() -> Outcome + Send>;

/// One run of some work, and everybody who waits for its result.
#[derive(Clone)]
struct Run {
    key: Arc<str>,
    since: Instant,
    result: Expected,
}

#[cfg(feature = "credentials")]
impl<V: Clone + Send + Sync + 'static> Blocking<Result<V, String>> {
    /// Renews a sign-in on a thread and a runtime of its own: a renewal that has begun is carried to its end, whoever waits.
    ///
    /// # Errors
    /// In words, those of the work and of starting it.
    pub(crate) async fn renew<F: std::future::Future<Output = Result<V, String>>>(
        &self,
        key: &str,
        work: impl FnOnce() -> F + MaybeSend + 'static,
    ) -> Result<V, String> {
        let run = for_thread(move || {
            let mut result = Err("the sign-in cannot be renewed".to_owned());
            drive(Box::pin(async { result = work().await }))?;
            result
        });
        let run = run.ok_or("the sign-in cannot be renewed without threads")?;
        self.run(key, run).await.map_err(|error| format!("the sign-in cannot be renewed: {error}"))?
    }
}

/// Runs a future on this thread and a runtime of its own.
#[cfg(feature = "credentials")]
fn drive(future: Pin<Box<dyn Future<Output = ()> + '_>>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("the sign-in cannot be renewed without a runtime: {error}"))?;
    runtime.block_on(future);
    Ok(())
}

impl<T: Clone + Send + Sync + 'static> Blocking<T> {
    /// Starts no thread yet.
    pub(crate) fn new(name: &'static str, threads: usize) -> Self {
        let state = State { running: 0, queue: VecDeque::new(), runs: Vec::new() };
        Self { shared: Arc::new(Shared { name, threads, state: Mutex::new(state) }), result: PhantomData }
    }

    /// Runs `work`, or waits for the run of the same key that is under way.
    ///
    /// # Errors
    /// No thread can be started, or the work panicked.
    pub(crate) async fn run(&self, key: &str, work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
        let outcome = self.shared.begin(key, Box::new(move || Arc::new(work())))?.await;
        let result = outcome.and_then(|outcome| outcome.downcast_ref().cloned());
        result.ok_or_else(|| io::Error::other(format!("the thread {:?} panicked", self.shared.name)))
    }
}

impl Shared {
    /// The result to wait for. Whoever has it is counted before the lock is released, and so the run is not abandoned.
    fn begin(self: &Arc<Self>, key: &str, work: Work) -> io::Result<Waiting> {
        if IS_BARE {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let mut state = self.lock();
        state.forget_abandoned();
        let mut same = state.runs.iter().filter(|run| &*run.key == key);
        match (same.next(), same.next()) {
            (Some(first), None) if first.since.elapsed() < HUNG => return Ok(first.result.wait()),
            (Some(_), Some(second)) => return Ok(second.result.wait()),
            _ => {}
        }
        let run = Run { key: key.into(), since: Instant::now(), result: Expected::new() };
        let result = run.result.wait();
        state.runs.push(run.clone());
        state.queue.push_back((run, work));
        if state.running < self.threads {
            let shared = self.clone();
            match start(self.name, Box::new(move || shared.work())) {
                Ok(()) => state.running += 1,
                // Threads that run already come to the queue; without any, nobody would.
                Err(error) if state.running == 0 => {
                    state.queue.clear();
                    state.runs.clear();
                    return Err(error);
                }
                Err(_) => {}
            }
        }
        Ok(result)
    }

    /// The work of one thread: run after run, until the queue is empty.
    fn work(&self) {
        while let Some((run, work)) = self.next() {
            let result = catch_unwind(AssertUnwindSafe(work));
            self.lock().runs.retain(|other| !other.result.is(&run.result));
            if let Ok(result) = result {
                run.result.set(result);
            }
        }
    }

    /// The next run that somebody waits for. Without one, the thread no longer counts.
    fn next(&self) -> Option<(Run, Work)> {
        let mut state = self.lock();
        state.forget_abandoned();
        let next = state.queue.pop_front();
        if next.is_none() {
            state.running -= 1;
        }
        next
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is whole whenever the lock is free: nothing that panics runs under it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Removes work from the queue that nobody waits for any more.
    fn forget_abandoned(&mut self) {
        let runs = &mut self.runs;
        self.queue.retain(|(run, _)| {
            let waited_for = run.result.is_awaited();
            if !waited_for {
                runs.retain(|other| !other.result.is(&run.result));
            }
            waited_for
        });
    }
}

impl<T> Clone for Blocking<T> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone(), result: PhantomData }
    }
}

/// Starts a thread.
///
/// # Errors
/// The process can have no more threads.
pub(crate) fn start(name: &str, work: Box<dyn FnOnce() + Send>) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}

/// Waits for a future on this thread, which sleeps meanwhile; `None` where `limit` passed first.
pub(crate) fn wait_here<F: Future + Unpin>(future: &mut F, limit: Duration) -> Option<F::Output> {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let start = Instant::now();
    loop {
        if let Poll::Ready(output) = Pin::new(&mut *future).poll(&mut context) {
            return Some(output);
        }
        let left = limit.checked_sub(start.elapsed()).filter(|left| !left.is_zero())?;
        thread::park_timeout(left);
    }
}

/// Wakes a thread that is parked.
pub(super) struct Unpark(pub(super) Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
