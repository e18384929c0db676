//! Wakers that keep a call from waking itself.
//!
//! Hyper's connection and what it hands out (a response, a body) are two sides of a channel, and each wakes the other when
//! there is something to do. Here one task polls both sides, one after the other. A wake that one side sends while that
//! task polls it would only have the task polled once more for nothing, and have Tokio unpark another worker for it: two
//! context switches for a call that needs one.
//!
//! So each side has a waker of its own, and while one side is polled, wakes of the *other* side by this thread are dropped.
//!
//! **Invariant:** no wake is lost.
//!
//! - A wake from another thread, or from this thread outside of the poll, is always passed on. That covers sockets,
//!   timers, and whatever a request's body waits for.
//! - A side that wakes *itself* while it is polled is passed on: hyper and Tokio do so to yield, and so do bodies.
//! - A dropped wake is made up for before the poll ends. The channel is polled after every poll of the driver; and where
//!   the channel woke the driver and is pending, the driver is polled again ([`Wakers::poll_channel`] reports it). Where
//!   the channel is ready, its user has to poll again to go on, which polls the driver.
//! - Both wakers pass on to the task that polled last. It is set before the sides are polled: an event before that is
//!   seen by the poll, and one after it wakes the new task. So a body may move to another task, thread or runtime.

use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Wake, Waker};

/// The wakers of one connection.
pub(super) struct Wakers {
    task: Arc<Task>,
    driver: (Arc<Side>, Waker),
    channel: (Arc<Side>, Waker),
}

/// The task that waits for the connection, if any.
#[derive(Default)]
struct Task(Mutex<Option<Waker>>);

/// One side: the driver, or the channel.
struct Side(Arc<Task>);

/// The side whose wakes this thread drops, by its address, and whether it has dropped one.
#[derive(Clone, Copy)]
struct Muted {
    side: *const Side,
    woken: bool,
}

thread_local! {
    static MUTED: Cell<Muted> = const { Cell::new(Muted { side: std::ptr::null(), woken: false }) };
}

impl Wakers {
    pub(super) fn new() -> Self {
        let task = Arc::new(Task::default());
        let side = || {
            let side = Arc::new(Side(task.clone()));
            (side.clone(), Waker::from(side))
        };
        Self { driver: side(), channel: side(), task }
    }

    /// Has events wake this task from now on.
    pub(super) fn set_task(&self, waker: &Waker) {
        let mut task = self.task.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*task {
            Some(known) if known.will_wake(waker) => {}
            _ => *task = Some(waker.clone()),
        }
    }

    /// Has events wake nobody: the connection is idle.
    pub(super) fn clear_task(&self) {
        // The waker is dropped after the lock is released.
        let _task = self.task.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Polls the driver. What it does for the channel wakes nobody: the caller polls the channel next.
    pub(super) fn poll_driver<T>(&self, poll: impl FnOnce(&mut Context<'_>) -> T) -> T {
        let muted = Muting::of(&self.channel.0);
        let polled = poll(&mut Context::from_waker(&self.driver.1));
        drop(muted);
        polled
    }

    /// Polls the channel; says as well whether that woke the driver.
    pub(super) fn poll_channel<T>(&self, poll: impl FnOnce(&mut Context<'_>) -> T) -> (T, bool) {
        let muted = Muting::of(&self.driver.0);
        let polled = poll(&mut Context::from_waker(&self.channel.1));
        let woken = MUTED.get().woken;
        drop(muted);
        (polled, woken)
    }
}

/// The time in which a side is muted on this thread. It ends what was muted before only for as long: a request's body may
/// come from another connection, which is polled inside.
struct Muting {
    before: Muted,
}

impl Muting {
    fn of(side: &Arc<Side>) -> Self {
        Self { before: MUTED.replace(Muted { side: Arc::as_ptr(side), woken: false }) }
    }
}

impl Drop for Muting {
    fn drop(&mut self) {
        MUTED.set(self.before);
    }
}

impl Wake for Side {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let muted = MUTED.get();
        if std::ptr::eq(muted.side, Arc::as_ptr(self)) {
            MUTED.set(Muted { woken: true, ..muted });
            return;
        }
        // Woken after the lock is released: a waker is foreign code.
        let task = self.0.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(task) = task {
            task.wake();
        }
    }
}
