#[cfg(feature = "client")]
mod loopback;
mod metadata;
mod order;
mod roles;
mod sso;
