//! Answers what this crate puts on the wire, and how it reads what comes back: JSON lines in, JSON lines out, no socket.
//!
//! ```sh
//! cargo run --quiet --example wire --features wire -- --operations
//! echo '{"operation":"DescribeContact","params":{"InstanceId":"i","ContactId":"c"}}' |
//!     cargo run --quiet --example wire --features wire
//! ```

use std::process::ExitCode;

use amazon_connect::runtime::wire::{Visit, main as answer, speaker};
use amazon_connect::{Connect, operation};

fn main() -> ExitCode {
    answer(&[speaker::<Connect>(operation::ALL, |name| operation::visit(name, Visit))])
}
