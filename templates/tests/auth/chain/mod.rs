mod login;
#[cfg(feature = "client")]
mod loopback;
mod metadata;
mod mfa;
mod order;
#[cfg(unix)]
mod process;
mod roles;
mod sso;
