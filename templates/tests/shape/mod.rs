// What was read is written and read again by serde.
#[cfg(feature = "serde")]
mod fuzz;
#[cfg(feature = "serde")]
mod hostile;
#[cfg(feature = "serde")]
mod serde;
mod timestamp;
