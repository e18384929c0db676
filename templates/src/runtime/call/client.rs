//! The client of a service: the handle that calls are made through.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::SystemTime;

use ::http::{Request, Response as HttpResponse};
use bytes::Bytes;

use crate::runtime::call::classify::classify_response;
use crate::runtime::call::core::Core;
use crate::runtime::call::response::RawResponse;
use crate::runtime::call::retry::repeats_unknown_outcomes;
use crate::runtime::call::sending::{self, Sending, decode};
use crate::runtime::config::options::Config;
use crate::runtime::error::Error;
use crate::runtime::http::Body;
use crate::runtime::protocol::bind::EmptyText;
use crate::runtime::protocol::operation::{Operation, Service};

/// A client of one service. Cloning it is cheap, and clones share everything.
///
/// Making one does no I/O: settings are looked up, credentials loaded and connections opened at the first call.
pub struct Client<S> {
    core: Arc<Core>,
    service: PhantomData<fn() -> S>,
}

impl<S: Service> Client<S> {
    /// Makes a client.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self::of(Core::new::<S>(config.clone()))
    }

    /// Makes a client that is configured by the environment: see [`Config::from_env`].
    #[must_use]
    pub fn from_env() -> Self {
        Self::of(Core::new::<S>(Config::from_env()))
    }

    fn of(core: Core) -> Self {
        Self { core: Arc::new(core), service: PhantomData }
    }

    /// Makes a client with a changed configuration. It shares everything else with this one: credentials, connections, the
    /// budget for retries, and what was looked up, unless the change decides about that.
    ///
    // Not compiled: the crate that this file is copied to has any name.
    /// ```ignore
    /// let patient = client.with(|config| config.retry(Retry::standard().max_attempts(8)));
    /// ```
    #[must_use]
    pub fn with(&self, change: impl FnOnce(Config) -> Config) -> Self {
        Self::of(self.core.with(change(self.core.config.clone())))
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.core.config
    }

    /// Sends a request. Required text that is empty counts as never given, and is an error; a call that was put together by
    /// methods sends it as it was given.
    pub fn send<R: Operation<Service = S>>(&self, request: R) -> Sending<R> {
        sending::start(self.core.clone(), request, EmptyText::Missing)
    }

    /// Sends a request that was put together by methods. The client is not needed afterwards, and goes into the call.
    pub(crate) fn send_given<R: Operation<Service = S>>(self, request: R, empty: EmptyText) -> Sending<R> {
        sending::start(self.core, request, empty)
    }

    /// Builds and signs the HTTP request that [`Client::send`] would send at a given time, without sending it. Opens no
    /// socket, unless the provider of the credentials does.
    ///
    /// # Errors
    /// Those of a call before anything is sent.
    pub async fn prepare<R: Operation<Service = S>>(
        &self,
        request: R,
        at: SystemTime,
    ) -> Result<Request<Body>, Error<S::Exception>> {
        sending::prepare(&self.core, request, at).await
    }

    /// Reads the response to a request as a call does.
    ///
    /// # Errors
    /// A response that is no success, or that cannot be read.
    pub fn decode<R: Operation<Service = S>>(
        &self,
        response: HttpResponse<Bytes>,
    ) -> Result<R::Output, Error<S::Exception>> {
        let (head, body) = response.into_parts();
        let response = RawResponse::whole(head.status, head.headers, body);
        let repeats_unknown = repeats_unknown_outcomes(const { &R::INFO }, self.core.config.retry);
        let response = classify_response(&self.core, const { &R::INFO }, response, None, repeats_unknown);
        decode::<R>(&self.core, response)
    }

    /// The part of the client that does not depend on the service's types.
    #[cfg(feature = "wire")]
    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.core
    }
}

// Here and not in `config`: a configuration names no client.
impl Config {
    /// Makes a client of this configuration.
    #[must_use]
    pub fn client<S: Service>(&self) -> Client<S> {
        Client::new(self)
    }
}

impl<S> Clone for Client<S> {
    fn clone(&self) -> Self {
        Self { core: self.core.clone(), service: PhantomData }
    }
}

impl<S> fmt::Debug for Client<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("service", &self.core.service.id).field("config", &self.core.config).finish()
    }
}
