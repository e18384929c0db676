//! Services of the operating system and plain data formats: environment, profile files, time, randomness, hashes, JSON text.
//!
//! This room never names HTTP, a shape or a service. It imports nothing from the other rooms.

#[cfg(feature = "blocking")]
pub(crate) mod block_on;
pub(crate) mod blocking;
pub(crate) mod clock;
pub(crate) mod deadline;
pub mod environment;
pub(crate) mod expected;
pub(crate) mod file;
pub(crate) mod hash;
pub mod host;
pub(crate) mod json;
#[cfg(feature = "credentials")]
pub(crate) mod p256;
pub(crate) mod percent;
pub mod profile;
pub(crate) mod random;
pub(crate) mod text;
pub mod threads;
pub(crate) mod time;
pub(crate) mod words;
