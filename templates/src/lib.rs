//! The half of an emitted client that no model changes.
//!
//! `cargo xtask codegen` copies everything here but this file into every emitted crate, byte for byte under a banner: the
//! runtime, and the modules by which a program sees it. This crate exists so that the code is compiled, linted and tested where it is edited; it is
//! never published. Its tests are in `tests/`, which is not copied.

// Nothing that a service, a file or a caller gives may end the program.
#![warn(clippy::expect_used, clippy::panic, clippy::todo, clippy::unreachable, clippy::unwrap_used)]

pub mod client;
pub mod config;
pub mod credentials;
pub mod event_stream;
pub mod http;
pub mod primitives;
pub mod runtime;
pub mod waiter;
#[cfg(feature = "wire")]
pub use runtime::wire;
