//! Configuration: what a program sets, what the environment and the profile add, and the values that calls use.
//!
//! This room never names a client and never sends a request.

mod changes;
mod getters;
pub mod intercept;
pub mod limit;
pub(crate) mod lookup;
pub(crate) mod named;
pub mod options;
pub mod retry;
#[cfg(feature = "aws-config")]
mod sdk_config;
pub(crate) mod settings;
pub mod timeouts;

pub use intercept::{AfterAttempt, AfterCall, BeforeSigning, HeadersMut, Intercept, InterceptError};
pub use limit::RateLimit;
pub use options::Config;
pub use retry::Retry;
pub use timeouts::Timeouts;
