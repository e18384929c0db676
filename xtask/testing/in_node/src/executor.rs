//! The executor: it polls all tasks whenever an event has come.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Wake, Waker};

use amazon_connect::config::host::HostFuture;

static TASKS: Mutex<Vec<HostFuture>> = Mutex::new(Vec::new());
static WOKEN: AtomicBool = AtomicBool::new(false);

struct Woken;

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        WOKEN.store(true, Ordering::Relaxed);
    }
}

/// Adds a task, which the next run polls.
pub(crate) fn spawn(task: HostFuture) {
    TASKS.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    WOKEN.store(true, Ordering::Relaxed);
}

/// Polls the tasks until all of them wait for an event.
pub(crate) fn run() {
    let waker = Waker::from(Arc::new(Woken));
    let mut cx = Context::from_waker(&waker);
    while WOKEN.swap(false, Ordering::Relaxed) {
        // A task may spawn others while it is polled.
        let mut tasks = std::mem::take(&mut *TASKS.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.retain_mut(|task| task.as_mut().poll(&mut cx).is_pending());
        TASKS.lock().unwrap_or_else(PoisonError::into_inner).append(&mut tasks);
    }
}
