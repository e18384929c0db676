//! Answers what this crate puts on the wire, and how it reads what comes back: JSON lines in, JSON lines out, no socket.
//!
//! ```sh
//! cargo run --quiet --example wire --features wire -- --operations
//! ```

use std::process::ExitCode;

use {{crate}}::wire::{Visit, main as answer, service};
use {{crate}}::{{{marker}}, operation};

fn main() -> ExitCode {
    answer(&[{{services}}])
}
