//! The settings of one call: what they name is changed for the call, and everything else stays as the client has it.

use std::fmt;
use std::time::Duration;

use crate::runtime::auth::credentials::ProvideCredentials;
use crate::runtime::base::threads::{MaybeSend, MaybeSync};
use crate::runtime::call::client::Client;
use crate::runtime::call::paginate::{Paginated, Paginator};
use crate::runtime::call::sending::Sending;
use crate::runtime::config::intercept::{BeforeSigning, Intercept, InterceptError};
use crate::runtime::config::options::Config;
use crate::runtime::config::retry::Retry;
use crate::runtime::protocol::bind::EmptyText;
use crate::runtime::protocol::operation::Operation;

/// A call with settings of its own, made by `customize()` of a call.
///
/// Timeouts, retries, headers and interceptors cost next to nothing. With a region, an endpoint or another environment of its
/// own, the call looks settings up anew: a program that makes many such calls keeps a client for them, see [`Client::with`].
///
// Not compiled: the crate that this file is copied to has any name.
/// ```ignore
/// let contact = client
///     .describe_contact()
///     .instance_id("…")
///     .contact_id("…")
///     .customize()
///     .call_timeout(Duration::from_secs(2))
///     .header("x-tenant", "blue")
///     .send()
///     .await?;
/// ```
#[must_use = "nothing is sent before `send`"]
pub struct CustomizedCall<R: Operation> {
    client: Client<R::Service>,
    config: Config,
    input: R,
    empty: EmptyText,
}

impl<R: Operation> CustomizedCall<R> {
    pub(crate) fn new(client: Client<R::Service>, input: R, empty: EmptyText) -> Self {
        Self { config: client.config().clone(), client, input, empty }
    }

    /// Changes the configuration for this call.
    pub fn config(mut self, change: impl FnOnce(Config) -> Config) -> Self {
        self.config = change(self.config);
        self
    }

    /// Lays a configuration over that of the client: what it sets holds for this call, and everything else stays. See
    /// [`Config::merge`].
    pub fn config_override(self, over: impl AsRef<Config>) -> Self {
        self.config(|config| config.merge(over.as_ref()))
    }

    /// Sets a header of the request, which is signed with it.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.interceptor(Header { name: name.into(), value: value.into() })
    }

    /// Changes the request of each attempt before it is signed.
    pub fn mutate_request(self, change: impl Fn(&mut BeforeSigning<'_>) + MaybeSend + MaybeSync + 'static) -> Self {
        self.interceptor(Change(change))
    }

    /// Adds an interceptor, after those of the client.
    pub fn interceptor(self, interceptor: impl Intercept + 'static) -> Self {
        self.config(|config| config.interceptor(interceptor))
    }

    /// Sets how long the whole call may take; `None` is forever.
    pub fn call_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.config(|config| config.call_timeout(timeout))
    }

    /// Sets how long one attempt may take; `None` is forever.
    pub fn attempt_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.config(|config| config.attempt_timeout(timeout))
    }

    /// Sets how long a connection may take; `None` is forever.
    pub fn connect_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        self.config(|config| config.connect_timeout(timeout))
    }

    /// Sets how failed attempts are repeated.
    pub fn retry(self, retry: Retry) -> Self {
        self.config(|config| config.retry(retry))
    }

    /// Sets the region.
    pub fn region(self, region: impl Into<String>) -> Self {
        self.config(|config| config.region(region))
    }

    /// Sets where the call goes instead of the service's own endpoint.
    pub fn endpoint_url(self, url: impl Into<String>) -> Self {
        self.config(|config| config.endpoint_url(url))
    }

    /// Sets what gives the credentials.
    pub fn credentials(self, provider: impl ProvideCredentials + 'static) -> Self {
        self.config(|config| config.credentials(provider))
    }

    /// Signs and sends the request, and reads the response. Nothing happens until the result is awaited.
    ///
    /// # Errors
    /// As those of the call without settings of its own.
    pub fn send(self) -> Sending<R> {
        self.client.with(|_| self.config).send_given(self.input, self.empty)
    }

    /// Makes the call page by page, each with these settings.
    pub fn into_paginator(self) -> Paginator<R>
    where
        R: Paginated,
    {
        Paginator::of(self.client.with(|_| self.config), self.input, self.empty)
    }
}

impl<R: Operation> fmt::Debug for CustomizedCall<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomizedCall").field("input", &self.input).field("config", &self.config).finish()
    }
}

/// Sets a header.
struct Header {
    name: String,
    value: String,
}

impl Intercept for Header {
    fn name(&self) -> &'static str {
        "customize().header"
    }

    fn modify_before_signing(&self, request: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
        request.headers_mut().insert(&self.name, &self.value);
        Ok(())
    }
}

impl fmt::Debug for Header {
    // The value may be secret, and is not shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Changes the request by a function.
struct Change<F>(F);

impl<F: Fn(&mut BeforeSigning<'_>) + MaybeSend + MaybeSync> Intercept for Change<F> {
    fn name(&self) -> &'static str {
        "customize().mutate_request"
    }

    fn modify_before_signing(&self, request: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
        (self.0)(request);
        Ok(())
    }
}

impl<F> fmt::Debug for Change<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Change")
    }
}
