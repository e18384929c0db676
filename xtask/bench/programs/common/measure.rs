//! Measurements that all three programs share: allocations, processor time, moments within a call, and their output.

#![allow(dead_code, reason = "each program uses a part")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::c_long;
use std::hint::black_box;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

/// The system's allocator, counting.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static FREED: AtomicU64 = AtomicU64::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every method passes its arguments on to the system's allocator as they came, and counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as the caller promised.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        FREED.fetch_add(layout.size() as u64, Relaxed);
        // SAFETY: as the caller promised.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        FREED.fetch_add(layout.size() as u64, Relaxed);
        // SAFETY: as the caller promised.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

fn count(bytes: usize) {
    ALLOCATIONS.fetch_add(1, Relaxed);
    BYTES.fetch_add(bytes as u64, Relaxed);
}

// SAFETY: C's `clock` takes nothing and touches no memory of ours.
unsafe extern "C" {
    safe fn clock() -> c_long;
}

/// A moment, and what the process had used up to it.
#[derive(Clone, Copy)]
pub struct Moment {
    at: Instant,
    allocations: u64,
    bytes: u64,
    cpu: c_long,
}

impl Moment {
    /// Now. The processor's time is asked for only where it is needed: that is a system call.
    pub fn now() -> Self {
        Self { at: Instant::now(), allocations: ALLOCATIONS.load(Relaxed), bytes: BYTES.load(Relaxed), cpu: 0 }
    }

    /// Now, with the processor's time, user and system, of all threads.
    pub fn with_cpu() -> Self {
        Self { cpu: clock(), ..Self::now() }
    }

    /// Microseconds since another moment.
    pub fn micros_since(self, other: Self) -> f64 {
        (self.at - other.at).as_secs_f64() * 1e6
    }

    /// Microseconds of the processor since another moment; POSIX has `clock` count in those.
    pub fn cpu_since(self, other: Self) -> f64 {
        (self.cpu - other.cpu) as f64
    }

    /// Allocations since another moment.
    pub fn allocations_since(self, other: Self) -> f64 {
        (self.allocations - other.allocations) as f64
    }

    /// Bytes allocated since another moment.
    pub fn bytes_since(self, other: Self) -> f64 {
        (self.bytes - other.bytes) as f64
    }
}

/// When the transport was given a request, and when it gave the answer. It is one call at a time.
static EXCHANGE: Mutex<Option<(Moment, Moment)>> = Mutex::new(None);

/// What a transport that answers from memory does: notes when it was called and when it is done.
pub fn exchange<T>(answer: impl FnOnce() -> T) -> T {
    let called = Moment::now();
    let answer = answer();
    *EXCHANGE.lock().unwrap() = Some((called, Moment::now()));
    answer
}

/// What was used before and after the exchange of calls that are answered from memory.
#[derive(Default)]
pub struct Halves {
    calls: f64,
    prepare: f64,
    decode: f64,
    prepare_allocations: f64,
    decode_allocations: f64,
}

impl Halves {
    /// Adds one call that began and ended at these moments.
    pub fn add(&mut self, began: Moment, ended: Moment) {
        let (called, answered) = EXCHANGE.lock().unwrap().take().expect("the call went through the transport");
        self.calls += 1.0;
        self.prepare += called.micros_since(began);
        self.decode += ended.micros_since(answered);
        self.prepare_allocations += called.allocations_since(began);
        self.decode_allocations += ended.allocations_since(answered);
    }

    /// Prints the means.
    pub fn print(&self) {
        say("prepare", self.prepare / self.calls);
        say("decode", self.decode / self.calls);
        say("prepare_allocations", self.prepare_allocations / self.calls);
        say("decode_allocations", self.decode_allocations / self.calls);
    }
}

/// Prints a figure as the bench reads it.
pub fn say(name: &str, value: f64) {
    println!("{name} {value}");
}

/// Prints what each of some calls over loopback took.
pub fn say_calls(began: Moment, ended: Moment, calls: u32) {
    say("cpu", ended.cpu_since(began) / f64::from(calls));
    say("wall", ended.micros_since(began) / f64::from(calls));
    say("allocations", ended.allocations_since(began) / f64::from(calls));
    say("bytes", ended.bytes_since(began) / f64::from(calls));
}

/// The bytes that are allocated now.
pub fn live_bytes() -> f64 {
    BYTES.load(Relaxed) as f64 - FREED.load(Relaxed) as f64
}

/// Takes a result that must not be optimised away, and drops it.
pub fn consume<T>(value: T) {
    drop(black_box(value));
}

/// What the bench asks of a program: `calls MODE COUNT [BODY]`.
pub struct Question {
    /// `first`, `loopback`, `describe` or `search`.
    pub mode: String,
    /// How many calls to measure.
    pub count: u32,
    /// The answer's body, where no server gives it.
    pub body: Vec<u8>,
}

impl Question {
    /// Reads the arguments.
    pub fn read() -> Self {
        let mut args = std::env::args().skip(1);
        let mode = args.next().expect("a mode");
        let count = args.next().and_then(|count| count.parse().ok()).expect("a number of calls");
        let body = args.next().map(|path| std::fs::read(path).expect("a body")).unwrap_or_default();
        Self { mode, count, body }
    }

    /// How many calls come before those that count.
    pub fn warm_up(&self) -> u32 {
        self.count / 10 + 1
    }
}
