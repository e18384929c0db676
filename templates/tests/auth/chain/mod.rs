#[cfg(feature = "client")]
mod loopback;
mod metadata;
mod order;
#[cfg(unix)]
mod process;
mod roles;
mod sso;
