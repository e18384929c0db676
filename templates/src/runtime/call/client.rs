//! Takes a configuration and a service; gives the handle that calls are made through.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use ::http::{Request, Response};
use bytes::Bytes;

use crate::runtime::auth::sign::Signer;
use crate::runtime::call::builder::{self, Sending, decode};
use crate::runtime::call::retry::Budget;
use crate::runtime::call::send;
use crate::runtime::config::options::Config;
use crate::runtime::config::settings::Settings;
use crate::runtime::error::answer::Answer;
use crate::runtime::error::{Error, Failed};
use crate::runtime::http::Body;
use crate::runtime::protocol::operation::{Exception, Operation, Service, ServiceInfo};

/// A client of one service. Cloning it is cheap, and clones share everything.
///
/// Making one does no I/O: settings are looked up, credentials asked for and connections made at the first call.
pub struct Client<S> {
    core: Arc<Core>,
    service: PhantomData<fn() -> S>,
}

/// Everything of a client that does not depend on the service's types, so that calls are compiled once.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) service: &'static ServiceInfo,
    /// What the service's model says of an error code: retryable, and then whether as throttling.
    pub(crate) retryable: fn(&str) -> Option<bool>,
    pub(crate) config: Config,
    pub(crate) budget: Arc<Budget>,
    pub(crate) signer: Signer,
    settings: OnceLock<Settings>,
}

impl<S: Service> Client<S> {
    /// Makes a client.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self::make(config.clone(), Arc::new(Budget::new()))
    }

    /// Makes a client that is configured by the environment: see [`Config::from_env`].
    #[must_use]
    pub fn from_env() -> Self {
        Self::make(Config::from_env(), Arc::new(Budget::new()))
    }

    fn make(config: Config, budget: Arc<Budget>) -> Self {
        let core = Core {
            service: const { &S::INFO },
            retryable: S::Exception::retryable,
            config,
            budget,
            signer: Signer::new(),
            settings: OnceLock::new(),
        };
        Self { core: Arc::new(core), service: PhantomData }
    }

    /// Gives a client that is configured otherwise and shares everything else: credentials, connections, what its calls
    /// may spend on retries.
    ///
    // Not compiled: the crate that this file is copied to has any name.
    /// ```ignore
    /// let patient = client.with(|config| config.retry(Retry::standard().max_attempts(8)));
    /// ```
    #[must_use]
    pub fn with(&self, change: impl FnOnce(Config) -> Config) -> Self {
        Self::make(change(self.core.config.clone()), self.core.budget.clone())
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.core.config
    }

    /// Sends a request.
    pub fn send<R: Operation<Service = S>>(&self, request: R) -> Sending<'_, R> {
        builder::of(self, request).send()
    }

    /// Builds and signs the HTTP request that [`Client::send`] would send at a given time, without sending it. Opens no
    /// socket, unless the credentials' provider does.
    ///
    /// # Errors
    /// Those of a call before anything is sent.
    pub async fn prepare<R: Operation<Service = S>>(
        &self,
        request: R,
        at: SystemTime,
    ) -> Result<Request<Body>, Error<S::Exception>> {
        builder::prepare(self, request, at).await
    }

    /// Reads the answer to a request as a call does.
    ///
    /// # Errors
    /// An answer that is no success, or that cannot be read.
    pub fn decode<R: Operation<Service = S>>(&self, answer: Response<Bytes>) -> Result<R::Output, Error<S::Exception>> {
        let (head, body) = answer.into_parts();
        let answer = Answer::whole(head.status, head.headers, body);
        decode::<R>(self.core(), send::judge(self.core(), const { &R::INFO }, answer, None))
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    /// What of the client does not depend on the service's types, to keep.
    #[cfg(feature = "wire")]
    pub(crate) fn shared_core(&self) -> Arc<Core> {
        self.core.clone()
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

impl Core {
    /// What calls need of the configuration, looked up at the first of them.
    pub(crate) fn settings(&self) -> Result<&Settings, Failed> {
        if let Some(settings) = self.settings.get() {
            return Ok(settings);
        }
        // An error is not kept: what was missing may be there at the next call.
        let settings = Settings::resolve(&self.config, self.service, &[])?;
        Ok(self.settings.get_or_init(|| settings))
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
