mod cache;
#[cfg(feature = "credentials")]
mod chain;
mod credentials;
mod sign;
mod token;
