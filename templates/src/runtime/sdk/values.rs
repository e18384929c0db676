//! Values of settings: region, name of the application, keys, retries, timeouts.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::runtime::auth::credentials::{self, CredentialsFuture, ProvideCredentials};
use crate::runtime::config::retry::Retry;

/// A version of behavior. This crate has one for each of its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BehaviorVersion(());

impl BehaviorVersion {
    /// The behavior that there is.
    #[must_use]
    pub const fn latest() -> Self {
        Self(())
    }

    /// The same: a version of the other crate says nothing about this one.
    #[must_use]
    pub const fn v2023_11_09() -> Self {
        Self(())
    }

    /// The same: a version of the other crate says nothing about this one.
    #[must_use]
    pub const fn v2024_03_28() -> Self {
        Self(())
    }

    /// The same: a version of the other crate says nothing about this one.
    #[must_use]
    pub const fn v2025_01_17() -> Self {
        Self(())
    }

    /// The same: a version of the other crate says nothing about this one.
    #[must_use]
    pub const fn v2025_08_07() -> Self {
        Self(())
    }

    /// The same: a version of the other crate says nothing about this one.
    #[must_use]
    pub const fn v2026_01_12() -> Self {
        Self(())
    }
}

/// An AWS region.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Region(Cow<'static, str>);

impl Region {
    /// The region of this name.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// The region of this name.
    #[must_use]
    pub const fn from_static(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }
}

impl AsRef<str> for Region {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&'static str> for Region {
    fn from(name: &'static str) -> Self {
        Self::new(name)
    }
}

impl From<String> for Region {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

/// The name of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppName(Cow<'static, str>);

impl AppName {
    /// Checks the name.
    ///
    /// # Errors
    /// The name is empty or has a character that no product of the header `user-agent` has.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Result<Self, InvalidAppName> {
        let name = name.into();
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_token) { Err(InvalidAppName) } else { Ok(Self(name)) }
    }
}

impl AsRef<str> for AppName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// The name of an application is empty, or has a character other than letters, digits and ``!#$%&'*+-.^_`|~``.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidAppName;

impl fmt::Display for InvalidAppName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the name of the application has to consist of ASCII letters, digits and !#$%&'*+-.^_`|~, and not be empty",
        )
    }
}

impl StdError for InvalidAppName {}

/// Credentials by the constructor of the AWS SDK for Rust.
#[derive(Debug, Clone)]
pub struct Credentials(credentials::Credentials);

impl Credentials {
    /// A key pair with what belongs to it. The provider's name is not kept.
    pub fn new(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
        expires_after: Option<SystemTime>,
        _provider_name: &'static str,
    ) -> Self {
        let mut keys = credentials::Credentials::new(access_key_id, secret_access_key);
        if let Some(token) = session_token {
            keys = keys.with_session_token(token);
        }
        if let Some(time) = expires_after {
            keys = keys.with_expires_at(time);
        }
        Self(keys)
    }

    /// A key pair that does not expire. The provider's name is not kept.
    pub fn from_keys(
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        Self::new(access_key_id, secret_access_key, session_token, None, "")
    }

    /// The access key id.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        self.0.access_key_id()
    }

    /// The secret access key.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        self.0.secret_access_key()
    }

    /// The session token.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.0.session_token()
    }

    /// When they expire.
    #[must_use]
    pub fn expiry(&self) -> Option<SystemTime> {
        self.0.expires_at()
    }
}

impl ProvideCredentials for Credentials {
    fn credentials(&self) -> CredentialsFuture<'_> {
        self.0.credentials()
    }
}

impl From<Credentials> for credentials::Credentials {
    fn from(keys: Credentials) -> Self {
        keys.0
    }
}

/// Credentials that a client and others share.
#[derive(Debug, Clone)]
pub struct SharedCredentialsProvider(Arc<dyn ProvideCredentials>);

impl SharedCredentialsProvider {
    /// Shares what gives the credentials.
    pub fn new(provider: impl ProvideCredentials + 'static) -> Self {
        Self(Arc::new(provider))
    }
}

impl ProvideCredentials for SharedCredentialsProvider {
    fn credentials(&self) -> CredentialsFuture<'_> {
        self.0.credentials()
    }
}

/// How failed attempts are repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryConfig(pub(super) Retry);

impl RetryConfig {
    /// [`Retry::standard`].
    #[must_use]
    pub const fn standard() -> Self {
        Self(Retry::standard())
    }

    /// One attempt.
    #[must_use]
    pub const fn disabled() -> Self {
        Self(Retry::none())
    }

    /// Sets how often a request is tried at most, the first time included.
    #[must_use]
    pub const fn with_max_attempts(self, attempts: u32) -> Self {
        Self(self.0.max_attempts(attempts))
    }

    /// Sets the longest wait before the second attempt.
    #[must_use]
    pub const fn with_initial_backoff(self, longest: Duration) -> Self {
        Self(self.0.initial_backoff(longest))
    }

    /// Sets the longest wait before any attempt.
    #[must_use]
    pub const fn with_max_backoff(self, longest: Duration) -> Self {
        Self(self.0.max_backoff(longest))
    }

    /// How often a request is tried at most.
    #[must_use]
    pub const fn max_attempts(&self) -> u32 {
        self.0.attempts()
    }
}

/// Timeouts, of which those that are not set stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeoutConfig {
    connect: Option<Duration>,
    attempt: Option<Duration>,
    call: Option<Duration>,
    pub(super) disabled: bool,
}

impl TimeoutConfig {
    /// Starts a builder.
    #[must_use]
    pub fn builder() -> TimeoutConfigBuilder {
        TimeoutConfigBuilder::default()
    }

    /// No timeout at all.
    #[must_use]
    pub fn disabled() -> Self {
        Self { disabled: true, ..Self::default() }
    }

    /// How long a connection may take.
    #[must_use]
    pub fn connect_timeout(&self) -> Option<Duration> {
        self.connect
    }

    /// How long one attempt may take.
    #[must_use]
    pub fn operation_attempt_timeout(&self) -> Option<Duration> {
        self.attempt
    }

    /// How long the whole call may take.
    #[must_use]
    pub fn operation_timeout(&self) -> Option<Duration> {
        self.call
    }
}

/// Timeouts that are being put together. There is none for the first byte of a response: that of an attempt covers it.
#[derive(Debug, Clone, Default)]
pub struct TimeoutConfigBuilder(TimeoutConfig);

impl TimeoutConfigBuilder {
    /// Sets how long a connection may take.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.0.connect = Some(timeout);
        self
    }

    /// Sets how long one attempt may take.
    #[must_use]
    pub fn operation_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.0.attempt = Some(timeout);
        self
    }

    /// Sets how long the whole call may take.
    #[must_use]
    pub fn operation_timeout(mut self, timeout: Duration) -> Self {
        self.0.call = Some(timeout);
        self
    }

    /// The timeouts.
    #[must_use]
    pub fn build(self) -> TimeoutConfig {
        self.0
    }
}
