//! The half of an emitted client that no model changes.
//!
//! `cargo xtask codegen` copies `src/runtime.rs` and `src/runtime/` into every emitted crate as `crate::runtime`, byte for
//! byte under a banner. This crate exists so that the code is compiled, linted and tested where it is edited; it is
//! never published. Its tests are in `tests/`, which is not copied.

// Nothing that a service, a file or a caller gives may end the program.
#![warn(clippy::expect_used, clippy::panic, clippy::todo, clippy::unreachable, clippy::unwrap_used)]

pub mod runtime;
