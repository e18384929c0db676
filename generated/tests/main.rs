//! The tests of the crate as its users have it, and what they share in `support`.

mod client;
#[cfg(feature = "stand_in")]
mod stand_in;
mod support;
// Each operation is compiled for these, which takes a minute.
#[cfg(all(feature = "mock", feature = "serde"))]
mod testing;
