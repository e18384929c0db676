//! Events of the engine: what was asked for has come. Each has a number, by which both sides know it.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use crate::executor;

/// The data of an event.
#[derive(Default)]
pub(crate) struct Outcome {
    /// The status of a response; 0 where there is none.
    pub(crate) status: u32,
    /// The headers as JSON, a line feed, and the body; or why there is no response.
    pub(crate) bytes: Vec<u8>,
}

enum State {
    Awaited(Option<Waker>),
    Come(Outcome),
}

static EVENTS: Mutex<Option<HashMap<u32, State>>> = Mutex::new(None);

fn with_events<T>(act: impl FnOnce(&mut HashMap<u32, State>) -> T) -> T {
    act(EVENTS.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default())
}

/// An event that is waited for. Dropping it forgets the event.
pub(crate) struct Event(pub(crate) u32);

impl Event {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        with_events(|events| events.insert(number, State::Awaited(None)));
        Self(number)
    }
}

impl Future for Event {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Outcome> {
        with_events(|events| match events.get_mut(&self.0) {
            Some(State::Come(outcome)) => Poll::Ready(std::mem::take(outcome)),
            Some(State::Awaited(waker)) => {
                *waker = Some(cx.waker().clone());
                Poll::Pending
            }
            None => Poll::Pending,
        })
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        with_events(|events| events.remove(&self.0));
        // SAFETY: the import takes a number and touches no memory.
        unsafe { cancel(self.0) }
    }
}

#[link(wasm_import_module = "host")]
unsafe extern "C" {
    fn cancel(event: u32);
    fn print(text: *const u8, length: usize);
}

/// Tells the other side a line.
pub(crate) fn report(line: &str) {
    // SAFETY: the import reads the text that it is given, and keeps nothing of it.
    unsafe { print(line.as_ptr(), line.len()) }
}

/// Memory of this many bytes that the other side fills, and gives to [`come`].
#[unsafe(no_mangle)]
pub extern "C" fn reserve(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// An event has come, with a status and the memory that [`reserve`] returned.
///
/// # Safety
/// The memory is that of [`reserve`] for this length, and is given once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn come(event: u32, status: u32, bytes: *mut u8, length: usize) {
    // SAFETY: see above.
    let bytes = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(bytes, length)) };
    let outcome = Outcome { status, bytes: bytes.into_vec() };
    let waker = with_events(|events| {
        let state = events.get_mut(&event)?;
        match std::mem::replace(state, State::Come(outcome)) {
            State::Awaited(waker) => waker,
            State::Come(_) => None,
        }
    });
    if let Some(waker) = waker {
        waker.wake();
    }
    executor::run();
}
