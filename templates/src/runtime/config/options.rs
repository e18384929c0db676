//! Config: what a program sets about calling a service, shared by all clients that are made from it.
//!
//! Nothing is looked up here: what is not set is looked for at a client's first call (see `settings.rs`).

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::runtime::auth::context::Context;
use crate::runtime::auth::credentials::{CredentialsCache, ProvideCredentials, default_provider};
use crate::runtime::auth::identity::IdentityCache;
#[cfg(feature = "credentials")]
use crate::runtime::auth::mfa::MfaPrompt;
use crate::runtime::auth::token::{DefaultToken, ProvideToken};
use crate::runtime::base::clock::Clock;
use crate::runtime::base::environment::Environment;
use crate::runtime::base::text::public_url;
use crate::runtime::base::threads::shareable;
#[cfg(feature = "credentials")]
use crate::runtime::base::threads::{MaybeSend, MaybeSync};
use crate::runtime::config::intercept::{Intercept, Interceptors};
use crate::runtime::config::limit::{Limiter, RateLimit};
use crate::runtime::config::named::{LookupId, Named};
use crate::runtime::config::retry::Retry;
use crate::runtime::config::timeouts::Timeouts;
use crate::runtime::http::HttpClient;
#[cfg(feature = "client")]
use crate::runtime::http::hyper::{HyperClient, Proxy};
use crate::runtime::protocol::operation::{Operation, Service};

/// The settings of calls: region, credentials, endpoint, timeouts, retries.
///
/// Making one does no I/O, and cloning it is cheap. All clients made from one configuration or its clones share its
/// credentials, connections, rate limits and what was learnt about the clock.
///
/// | setting | in code | environment | profile | unless set |
/// |---|---|---|---|---|
/// | region | [`region`](Self::region) | `AWS_REGION`, `AWS_DEFAULT_REGION` | `region` | an error at the first call |
/// | credentials | [`credentials`](Self::credentials) | `AWS_ACCESS_KEY_ID` and its like | keys, roles, sign-in … | an error at the first call |
/// | bearer token | [`bearer_token`](Self::bearer_token) | `AWS_BEARER_TOKEN_<SERVICE>` | `sso_session` | an error at the first call that takes one |
/// | profile | [`profile`](Self::profile) | `AWS_PROFILE` | | `default` |
/// | endpoint | [`endpoint_url`](Self::endpoint_url) | `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL` | `endpoint_url`, `services` | the service's own |
/// | FIPS | [`use_fips`](Self::use_fips) | `AWS_USE_FIPS_ENDPOINT` | `use_fips_endpoint` | off |
/// | dual stack | [`use_dual_stack`](Self::use_dual_stack) | `AWS_USE_DUALSTACK_ENDPOINT` | `use_dualstack_endpoint` | off |
/// | attempts | [`retry`](Self::retry) | `AWS_MAX_ATTEMPTS`, `AWS_RETRY_MODE` | `max_attempts`, `retry_mode` | 3 |
/// | application | [`app_name`](Self::app_name) | `AWS_SDK_UA_APP_ID` | `sdk_ua_app_id` | none |
/// | trusted authorities | [`http_client`](Self::http_client) | `AWS_CA_BUNDLE` | `ca_bundle` | Mozilla's |
/// | proxy | `proxy` | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` | | none |
/// | timeouts | [`timeouts`](Self::timeouts), [`call_timeout`](Self::call_timeout) and its like | | | 5 s to connect, 30 s an attempt, 120 s a call |
/// | largest answer | [`body_limit`](Self::body_limit) | | | 64 MiB |
/// | rate limits | [`rate_limit`](Self::rate_limit) | | | none |
/// | strict decoding | [`strict`](Self::strict) | | | off |
/// | interceptors | [`interceptor`](Self::interceptor) | | | none |
///
/// Code goes before the environment, and that before the profile. Both are looked at only by a configuration made with
/// [`from_env`](Self::from_env) or given an environment with [`environment`](Self::environment), at the first call.
#[derive(Clone)]
pub struct Config {
    pub(crate) environment: Environment,
    pub(crate) region: Option<String>,
    pub(crate) endpoint_url: Option<String>,
    pub(crate) use_fips: Option<bool>,
    pub(crate) use_dual_stack: Option<bool>,
    /// The custom endpoint of a service by its id, where something else than the environment knows it.
    pub(crate) service_endpoint: Option<ServiceEndpoint>,
    pub(crate) app_name: Option<String>,
    pub(crate) retry: Option<Retry>,
    pub(crate) timeouts: Timeouts,
    pub(crate) body_limit: usize,
    pub(crate) strict: bool,
    pub(crate) profile: Option<String>,
    /// Those of the provider that was set.
    pub(super) credentials: Option<CredentialsCache>,
    /// Those of the environment, made when they are first needed; `None` where none is read.
    pub(super) found_credentials: Option<Arc<OnceLock<CredentialsCache>>>,
    /// The function that returns codes of MFA devices.
    #[cfg(feature = "credentials")]
    pub(super) mfa: Option<MfaPrompt>,
    pub(super) bearer_token: Option<IdentityCache>,
    pub(crate) http: Option<Arc<dyn HttpClient>>,
    /// Whether that is this crate's own, which goes by the environment as well.
    pub(super) own_http: bool,
    /// The proxy that the program sets for it.
    #[cfg(feature = "client")]
    pub(super) proxy: Option<Proxy>,
    pub(crate) limiter: Arc<Limiter>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) interceptors: Interceptors,
    pub(super) named: Named,
    /// Changes with each setting that decides about what clients look up.
    pub(crate) lookup: LookupId,
}

type ServiceEndpoint = Arc<shareable!(dyn Fn(&str) -> Option<String>)>;

impl Config {
    /// Settings made in code, and nothing from the environment.
    #[must_use]
    pub fn new() -> Self {
        Self {
            environment: Environment::none(),
            region: None,
            endpoint_url: None,
            service_endpoint: None,
            use_fips: None,
            use_dual_stack: None,
            app_name: None,
            retry: None,
            timeouts: Timeouts::default(),
            body_limit: 64 << 20,
            strict: false,
            profile: None,
            credentials: None,
            found_credentials: None,
            #[cfg(feature = "credentials")]
            mfa: None,
            bearer_token: None,
            http: None,
            own_http: true,
            #[cfg(feature = "client")]
            proxy: None,
            limiter: Arc::default(),
            clock: Arc::default(),
            interceptors: Interceptors::default(),
            named: Named::default(),
            lookup: LookupId::new(),
        }
        .renew_http()
    }

    /// Settings not made in code come from the environment of this process and from the profile it chooses, credentials
    /// included.
    #[must_use]
    pub fn from_env() -> Self {
        Self::new().environment(Environment::process())
    }

    /// Settings not made in code come from this environment and from the profile it chooses, credentials included.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self.found_credentials = Some(Arc::default());
        self.renew_http().looked_up_anew()
    }

    /// Chooses a profile of the config and credentials files, instead of that of `AWS_PROFILE`. Keys in the environment
    /// are then passed over, as botocore does.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self.found_credentials = self.found_credentials.map(|_| Arc::default());
        self.renew_http().looked_up_anew()
    }

    /// Sets the region, such as `us-west-2`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self.looked_up_anew()
    }

    /// Sets what gives the credentials: a pair of keys ([`Credentials`](crate::runtime::auth::credentials::Credentials)), or any provider.
    #[must_use]
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        let clock = self.clock.clone();
        self.credentials = Some(CredentialsCache::with_clock(provider, move || clock.for_expiry()));
        self
    }

    /// Sets the function that returns the code of an MFA device, for profiles with `mfa_serial`:
    /// `config.mfa_code(|serial| async move { ask_a_person(serial).await })`.
    ///
    /// It gets the serial number or ARN of the device, and is called when the role of the profile is assumed: at the first
    /// call, and again about five minutes before the credentials expire, while the old ones serve. A call waits for its
    /// person as long as the timeouts of the call allow, and never longer than two minutes.
    #[cfg(feature = "credentials")]
    #[must_use]
    pub fn mfa_code<F, E>(mut self, code: impl Fn(String) -> F + MaybeSend + MaybeSync + 'static) -> Self
    where
        F: Future<Output = Result<String, E>> + MaybeSend + 'static,
        E: fmt::Display,
    {
        self.mfa = Some(MfaPrompt::new(code));
        self.found_credentials = self.found_credentials.map(|_| Arc::default());
        self
    }

    /// Sets what gives the token for operations that take one instead of a signature: a
    /// [`BearerToken`](crate::runtime::auth::token::BearerToken), or any provider.
    #[must_use]
    pub fn bearer_token(mut self, provider: impl ProvideToken + 'static) -> Self {
        self.bearer_token = Some(self.token_cache(provider));
        self.looked_up_anew()
    }

    /// Sets where calls go instead of the service's own endpoint: `http://localhost:5000`.
    #[must_use]
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self.looked_up_anew()
    }

    /// Sets whether calls go to an endpoint that is FIPS 140 validated.
    #[must_use]
    pub fn use_fips(mut self, on: bool) -> Self {
        self.use_fips = Some(on);
        self.looked_up_anew()
    }

    /// Sets whether calls go to an endpoint that answers over IPv6 as well.
    #[must_use]
    pub fn use_dual_stack(mut self, on: bool) -> Self {
        self.use_dual_stack = Some(on);
        self.looked_up_anew()
    }

    /// Sets all timeouts.
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self.named = Named { connect_timeout: true, attempt_timeout: true, call_timeout: true, ..self.named };
        self
    }

    /// Sets how long a connection may take; `None` is forever. The other timeouts stay.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.connect = timeout.into();
        self.named.connect_timeout = true;
        self
    }

    /// Sets how long one attempt may take; `None` is forever. The other timeouts stay.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.attempt = timeout.into();
        self.named.attempt_timeout = true;
        self
    }

    /// Sets how long the whole call may take; `None` is forever. The other timeouts stay.
    #[must_use]
    pub fn call_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeouts.call = timeout.into();
        self.named.call_timeout = true;
        self
    }

    /// Adds code that sees each attempt before it is signed, and what came of it: see [`Intercept`].
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.interceptors = self.interceptors.with(Arc::new(interceptor));
        self
    }

    /// Sets how failed attempts are repeated.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets how often each operation may be called; `None` is as often as asked for. Limits of single operations go before.
    #[must_use]
    pub fn rate_limit(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        self.limiter = Arc::new(self.limiter.changed(None, limit.into()));
        self.named.rate_limit = true;
        self
    }

    /// Sets how often one operation may be called: `config.rate_limit_of::<StartOutboundVoiceContactRequest>(limit)`.
    #[must_use]
    pub fn rate_limit_of<R: Operation>(mut self, limit: impl Into<Option<RateLimit>>) -> Self {
        let operation = (<R::Service as Service>::INFO.id, R::INFO.name);
        self.limiter = Arc::new(self.limiter.changed(Some(operation), limit.into()));
        self.named.rate_limit = true;
        self
    }

    /// Sets whether an answer that departs from the model is an error, instead of being read as well as it goes.
    #[must_use]
    pub fn strict(mut self, on: bool) -> Self {
        self.strict = on;
        self.named.strict = true;
        self
    }

    /// Sets the name of the program, for AWS's own logs.
    #[must_use]
    pub fn app_name(mut self, name: impl Into<String>) -> Self {
        self.app_name = Some(name.into());
        self.looked_up_anew()
    }

    /// Sets how many bytes the body of a response may have. A longer one is an error, and is not read to its end.
    ///
    /// A response of up to 1 MiB is decoded at once, on the thread that polls the call: a release build takes about 5 ms. A
    /// longer one is decoded on one of Tokio's threads for blocking work, and other tasks have their turns meanwhile. Where
    /// there is no such thread (outside of a Tokio runtime, on `wasm32-unknown-unknown`, or when none is free within the
    /// call's timeout) it is decoded where the call is polled: one of 64 MiB holds that thread for a third of a second, and one
    /// of that size whose lists become as much memory as this crate allows for a second. A program to which that is too long
    /// sets a lower limit.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self.named.body_limit = true;
        self
    }

    /// Sets what sends requests, instead of the HTTP client of this crate.
    #[must_use]
    pub fn http_client(mut self, client: impl HttpClient + 'static) -> Self {
        self.http = Some(Arc::new(client));
        self.own_http = false;
        // What was found goes through the HTTP client as well.
        self.found_credentials = self.found_credentials.map(|_| Arc::default());
        self.looked_up_anew()
    }

    /// Lets clients look up again what they share: a setting that decides about it has changed.
    pub(super) fn looked_up_anew(mut self) -> Self {
        self.lookup = LookupId::new();
        self
    }

    /// Sets the proxy that this crate's own HTTP client goes through, instead of those of the environment: a URL such as
    /// `http://user:password@proxy.example:3128`, or a [`Proxy`] with exceptions, or [`Proxy::none`].
    #[cfg(feature = "client")]
    #[must_use]
    pub fn proxy(mut self, proxy: impl Into<Proxy>) -> Self {
        self.proxy = Some(proxy.into());
        self.found_credentials = self.found_credentials.map(|_| Arc::default());
        self.renew_http().looked_up_anew()
    }

    /// Lets this crate's own HTTP client go by the environment, the profile and the proxy as they are now.
    #[cfg_attr(not(feature = "client"), allow(unused_mut, reason = "there is no such client"))]
    pub(super) fn renew_http(mut self) -> Self {
        #[cfg(feature = "client")]
        if self.own_http {
            let client = HyperClient::from_settings(self.environment.clone(), self.profile.clone());
            self.http = Some(Arc::new(match &self.proxy {
                Some(proxy) => client.proxy(proxy.clone()),
                None => client,
            }));
        }
        self
    }

    /// Whether what is not set in code is looked for in an environment.
    pub(crate) fn reads_environment(&self) -> bool {
        self.found_credentials.is_some()
    }

    /// The provider of credentials; `None` where none are set and no environment is read.
    pub(crate) fn credentials_cache(&self) -> Option<&CredentialsCache> {
        if self.credentials.is_some() {
            return self.credentials.as_ref();
        }
        let found = self.found_credentials.as_ref()?;
        Some(found.get_or_init(|| {
            let clock = self.clock.clone();
            CredentialsCache::with_clock(default_provider(self.credential_context()), move || clock.for_expiry())
        }))
    }

    /// The provider of a service's bearer tokens; `None` where none are set and no environment is read.
    pub(crate) fn tokens(&self, signing_name: &str) -> Option<IdentityCache> {
        let found = || {
            self.reads_environment()
                .then(|| self.token_cache(DefaultToken::new(self.credential_context(), signing_name)))
        };
        self.bearer_token.clone().or_else(found)
    }

    fn token_cache(&self, provider: impl ProvideToken + 'static) -> IdentityCache {
        let clock = self.clock.clone();
        IdentityCache::of_tokens(Box::new(provider), Box::new(move || clock.for_expiry()))
    }

    /// The context of this configuration's providers.
    fn credential_context(&self) -> Context {
        Context {
            environment: self.environment.clone(),
            http: self.http.clone(),
            region: self.region.clone(),
            profile: self.profile.clone(),
            #[cfg(feature = "credentials")]
            mfa: self.mfa.clone(),
            clock: self.clock.clone(),
        }
    }
}

impl AsRef<Self> for Config {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Default for Config {
    /// As [`Config::new`].
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("environment", &self.environment)
            .field("region", &self.region)
            .field("endpoint_url", &self.endpoint_url.as_deref().map(public_url))
            .field("use_fips", &self.use_fips)
            .field("use_dual_stack", &self.use_dual_stack)
            .field("retry", &self.retry)
            .field("timeouts", &self.timeouts)
            .field("body_limit", &self.body_limit)
            .field("strict", &self.strict)
            .field("profile", &self.profile)
            .field("credentials", &self.credentials)
            .field("bearer_token", &self.bearer_token)
            .field("http", &self.http)
            .field("interceptors", &self.interceptors)
            .finish_non_exhaustive()
    }
}
