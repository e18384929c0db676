//! Testing: the server's half of restJson1, and what programs test against instead of AWS.
//!
//! This room never takes part in a call of a program that does not ask for it: it is compiled with the features `mock` and
//! `stand_in` only. It knows no operation at compile time; all that it knows of a service is [`ServiceModel`], which is data.

#[cfg(feature = "mock")]
pub mod mock;
mod models;
pub mod service;
#[cfg(feature = "stand_in")]
pub mod stand_in;

#[cfg(feature = "mock")]
pub use mock::{Called, Fault, Mock, Recorder, Recording, Rule, Unmet};
pub use models::model_of;
pub use serde_json::json;
pub use service::ServiceModel;
#[cfg(feature = "stand_in")]
pub use stand_in::{StandIn, StandInOptions};
