//! The generator, from models to files: a folder for each room, and what they share in `support`.

#[path = "../fuzz/check.rs"]
mod check;
mod emit;
mod endpoint;
mod model;
mod resolve;
mod rooms;
mod support;
mod tools;

// The fuzz target has it at its root, too.
use support::sound;
