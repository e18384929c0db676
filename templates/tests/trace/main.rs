//! What the runtime traces: spans, events and the reports of tolerant reading.
//!
//! A process of its own, because tracing caches for the process whether anybody listens at a place in the code: a test
//! without a subscriber, on another thread, could turn off what a test with one expects. Here all code runs under a
//! subscriber.

mod call;
mod profile;
#[path = "../support/mod.rs"]
mod support;
mod tolerance;
