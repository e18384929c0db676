//! The tests of the runtime: a folder for each room, and what they share in `support`.
//!
//! Tests that record what is traced are in `trace`, a process of their own.

mod auth;
mod base;
mod call;
mod config;
mod endpoint;
mod event_stream;
mod http;
mod protocol;
mod rooms;
mod shape;
mod support;
#[cfg(any(feature = "mock", feature = "stand_in"))]
mod testing;
#[cfg(feature = "wire")]
mod wire;

// Emitted code names its crate's own runtime and partitions; `endpoint::rules` includes such code.
use endpoint::partitions;
// The fuzz targets have them at their root, too.
#[cfg(feature = "serde")]
use support::shapes;
use templates::runtime;
