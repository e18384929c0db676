//! Traces of the runtime: spans, events and the reports of tolerant reading.
//!
//! The tests are a process of their own, because tracing caches for the process whether anybody listens at a place in the code. A test
//! without a subscriber, on another thread, could turn off what a test with one expects. Here all code runs under a subscriber.

mod call;
mod profile;
#[path = "../support/mod.rs"]
mod support;
mod tolerance;
