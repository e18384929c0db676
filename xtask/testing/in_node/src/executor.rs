//! The executor: it polls all tasks whenever an event has come. A task stays on the one thread that there is, and need not be `Send`.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};

use amazon_connect::config::host::HostFuture;

thread_local! {
    static TASKS: RefCell<Vec<HostFuture>> = const { RefCell::new(Vec::new()) };
}

// The standard library's wakers may be sent to other threads wherever they are.
static WOKEN: AtomicBool = AtomicBool::new(false);

struct Woken;

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        WOKEN.store(true, Ordering::Relaxed);
    }
}

/// Adds a task, which the next run polls.
pub(crate) fn spawn(task: HostFuture) {
    TASKS.with_borrow_mut(|tasks| tasks.push(task));
    WOKEN.store(true, Ordering::Relaxed);
}

/// Polls the tasks until all of them wait for an event.
pub(crate) fn run() {
    let waker = Waker::from(Arc::new(Woken));
    let mut cx = Context::from_waker(&waker);
    while WOKEN.swap(false, Ordering::Relaxed) {
        // A task may spawn others while it is polled.
        let mut tasks = TASKS.take();
        tasks.retain_mut(|task| task.as_mut().poll(&mut cx).is_pending());
        TASKS.with_borrow_mut(|spawned| spawned.append(&mut tasks));
    }
}
