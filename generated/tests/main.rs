//! The tests of the crate as its users have it, and what they share in `support`.

mod client;
mod documents;
#[cfg(feature = "sdk_compat")]
mod port;
#[cfg(feature = "stand_in")]
mod stand_in;
mod support;
// Each operation is compiled for these, which takes a minute.
#[cfg(all(feature = "mock", feature = "serde"))]
mod testing;
