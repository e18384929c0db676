//! Forms of the AWS SDK for Rust, by the names that its crates have: a client whose calls are checked when they are sent, builders
//! of configurations, loaders of the environment, interceptors (feature `sdk_compat`).
//!
//! A program that moves here names this module where it named `aws_sdk_…`. Everything in it is made of the rooms above and adds
//! no behavior. New programs need nothing of it.

mod builder;
pub(crate) mod client;
mod failure;
mod intercept;
pub mod loader;
pub mod primitives;
mod region;
mod values;

/// Errors, as `aws_sdk_…::error` has them besides those of the service.
pub mod error {
    pub use super::failure::{BuildError, DisplayErrorContext};
    pub use super::intercept::BoxError;
}

/// Configuration of clients, as `aws_sdk_…::config` has it.
pub mod config {
    pub use super::builder::Builder;
    pub use super::intercept::{
        BeforeTransmitInterceptorContextMut, BoxError, ConfigBag, Intercept, Request, RuntimeComponents,
    };
    pub use super::values::{AppName, BehaviorVersion, Credentials, InvalidAppName, Region, SharedCredentialsProvider};
    pub use crate::runtime::auth::credentials::ProvideCredentials;
    pub use crate::runtime::config::Config;

    /// What interceptors are shown.
    pub mod interceptors {
        pub use crate::runtime::sdk::intercept::BeforeTransmitInterceptorContextMut;
    }

    /// How failed attempts are repeated.
    pub mod retry {
        pub use crate::runtime::sdk::values::RetryConfig;
    }

    /// How long calls may take.
    pub mod timeout {
        pub use crate::runtime::sdk::values::{TimeoutConfig, TimeoutConfigBuilder};
    }
}

pub use client::Client;
