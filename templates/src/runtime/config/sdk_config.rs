//! Conversion of an `SdkConfig`, which `aws-config` loads for AWS's own clients, into a [`Config`] with the same settings.
//!
//! The feature `aws-config` is for programs that also use those clients. It brings their base crates, some 40 packages. The newest of these
//! need Rust 1.94. The oldest with `SdkConfig`, aws-types 1.3, need no more than this crate, and Cargo selects them for a program whose
//! `rust-version` asks for it.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use aws_credential_types::provider::{ProvideCredentials as _, SharedCredentialsProvider};
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::runtime::auth::credentials::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::runtime::config::options::Config;
use crate::runtime::config::retry::Retry;

/// The default of `initial_backoff` in AWS's `RetryConfig`.
const UNSET_BACKOFF: Duration = Duration::from_secs(1);

/// Copies region, credentials, endpoints, FIPS, dual stack, application name, retries and the timeouts that are set.
///
/// The HTTP client is this crate's own, and what `SdkConfig` has no word for keeps the defaults of [`Config::new`]. A
/// timeout that was switched off reads like one that was not set: [`Config::timeouts`] says it again.
impl From<&SdkConfig> for Config {
    fn from(sdk: &SdkConfig) -> Self {
        let mut config = Self::new();
        config.region = sdk.region().map(ToString::to_string);
        config.use_fips = sdk.use_fips();
        config.use_dual_stack = sdk.use_dual_stack();
        config.app_name = sdk.app_name().map(ToString::to_string);
        config = with_timeouts(config, sdk);
        config.retry = sdk.retry_config().map(|retry| {
            let ours = Retry::standard().max_attempts(retry.max_attempts()).max_backoff(retry.max_backoff());
            // Their default reads like a value that was set.
            if retry.initial_backoff() == UNSET_BACKOFF { ours } else { ours.initial_backoff(retry.initial_backoff()) }
        });
        if sdk.get_origin("endpoint_url").is_client_config() {
            config.endpoint_url = sdk.endpoint_url().map(str::to_owned);
        } else {
            let sdk = sdk.clone();
            config.service_endpoint = Some(Arc::new(move |service_id| endpoint_url(&sdk, service_id)));
        }
        match sdk.credentials_provider() {
            Some(provider) => config.credentials(SdkCredentials { provider }),
            None => config,
        }
    }
}

/// Each timeout that is set, as one that is named: laid over another configuration, it counts.
fn with_timeouts(mut config: Config, sdk: &SdkConfig) -> Config {
    let Some(set) = sdk.timeout_config() else { return config };
    if let Some(time) = set.connect_timeout() {
        config = config.connect_timeout(time);
    }
    if let Some(time) = set.operation_attempt_timeout() {
        config = config.attempt_timeout(time);
    }
    if let Some(time) = set.operation_timeout() {
        config = config.call_timeout(time);
    }
    config
}

/// The endpoint of a service, which `aws-config` looks up as late as its own clients do, or else that of all services.
fn endpoint_url(sdk: &SdkConfig, service_id: &str) -> Option<String> {
    let key =
        ServiceConfigKey::builder().service_id(service_id).env("AWS_ENDPOINT_URL").profile("endpoint_url").build();
    let of_service = || sdk.service_config()?.load_config(key.ok()?);
    of_service().or_else(|| sdk.endpoint_url().map(str::to_owned))
}

/// A provider of AWS's own clients.
#[derive(Debug, Clone)]
struct SdkCredentials {
    provider: SharedCredentialsProvider,
}

impl ProvideCredentials for SdkCredentials {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async move {
            let given = self.provider.provide_credentials().await.map_err(|error| {
                // Its own text says what kind of failure it was, the sources say what happened.
                let mut outcome = error.to_string();
                let mut source = error.source();
                while let Some(error) = source {
                    outcome.push_str(": ");
                    outcome.push_str(&error.to_string());
                    source = error.source();
                }
                CredentialsError::failed("aws-config", outcome)
            })?;
            let mut credentials = Credentials::new(given.access_key_id(), given.secret_access_key());
            if let Some(token) = given.session_token() {
                credentials = credentials.with_session_token(token);
            }
            if let Some(account) = given.account_id() {
                credentials = credentials.with_account_id(account.as_str());
            }
            Ok(match given.expiry() {
                Some(expiry) => credentials.with_expires_at(expiry),
                None => credentials,
            })
        })
    }
}
