//! Events of the engine: what was asked for has come. Each has a number, by which both sides know it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
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

thread_local! {
    static EVENTS: RefCell<HashMap<u32, Rc<RefCell<State>>>> = RefCell::default();
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// An event that is waited for. Dropping it forgets the event. It is not `Send`, as the values of an engine are not.
pub(crate) struct Event {
    pub(crate) number: u32,
    state: Rc<RefCell<State>>,
}

impl Event {
    pub(crate) fn new() -> Self {
        let number = LAST.get() + 1;
        LAST.set(number);
        let state = Rc::new(RefCell::new(State::Awaited(None)));
        EVENTS.with_borrow_mut(|events| events.insert(number, state.clone()));
        Self { number, state }
    }
}

impl Future for Event {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Outcome> {
        match &mut *self.state.borrow_mut() {
            State::Come(outcome) => Poll::Ready(std::mem::take(outcome)),
            State::Awaited(waker) => {
                *waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        EVENTS.with_borrow_mut(|events| events.remove(&self.number));
        // SAFETY: the import takes a number and touches no memory.
        unsafe { cancel(self.number) }
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
    let state = EVENTS.with_borrow(|events| events.get(&event).cloned());
    let before = state.map(|state| state.replace(State::Come(outcome)));
    if let Some(State::Awaited(Some(waker))) = before {
        waker.wake();
    }
    executor::run();
}
