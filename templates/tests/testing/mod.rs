#[cfg(feature = "mock")]
mod mock;
mod pattern;
#[cfg(feature = "mock")]
mod recording;
mod service;
