mod cache;
#[cfg(feature = "credentials")]
mod chain;
mod credentials;
mod sign;
mod sigv4a;
mod token;
