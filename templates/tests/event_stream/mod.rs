//! Streams of events: their bytes, their events, and calls that respond with them.

#[cfg(feature = "client")]
mod calls;
mod events;
mod frames;
mod shapes;
