//! Configuration: what a program sets, what the environment and the profile add, and the values that calls use.
//!
//! This room never names a client and never sends a request.

pub mod limit;
pub(crate) mod lookup;
pub mod options;
pub mod retry;
#[cfg(feature = "aws-config")]
mod sdk_config;
pub(crate) mod settings;

pub use limit::RateLimit;
pub use options::{Config, Timeouts};
pub use retry::Retry;
