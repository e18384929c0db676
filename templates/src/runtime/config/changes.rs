//! Changes of a configuration: which settings it names, and how one configuration is laid over another.

use std::sync::Arc;

use crate::runtime::config::options::Config;

impl Config {
    /// Lays another configuration over this one: what the other sets replaces what is set here, and everything else stays.
    /// Interceptors are added.
    ///
    /// Of timeouts, each one that the other sets counts by itself. An environment counts as set where the other reads one.
    #[must_use]
    pub fn merge(mut self, over: &Self) -> Self {
        if over.reads_environment() {
            self.environment.clone_from(&over.environment);
        }
        replace(&mut self.profile, &over.profile);
        replace(&mut self.found_credentials, &over.found_credentials);
        self.merge_mfa(over);
        self = self.merge_http(over);
        replace(&mut self.region, &over.region);
        replace(&mut self.endpoint_url, &over.endpoint_url);
        replace(&mut self.service_endpoint, &over.service_endpoint);
        replace(&mut self.use_fips, &over.use_fips);
        replace(&mut self.use_dual_stack, &over.use_dual_stack);
        replace(&mut self.app_name, &over.app_name);
        replace(&mut self.retry, &over.retry);
        replace(&mut self.credentials, &over.credentials);
        replace(&mut self.bearer_token, &over.bearer_token);
        self.merge_named(over);
        self.interceptors = self.interceptors.and(&over.interceptors);
        if over.names_lookup() { self.looked_up_anew() } else { self }
    }

    /// Copies the prompt for codes, where the other sets it. Settings found with another prompt are not kept.
    #[cfg(feature = "credentials")]
    fn merge_mfa(&mut self, over: &Self) {
        if over.mfa.is_some() {
            self.mfa.clone_from(&over.mfa);
            if self.found_credentials.is_some() {
                self.found_credentials = Some(Arc::default());
            }
        }
    }

    #[cfg(not(feature = "credentials"))]
    fn merge_mfa(&mut self, _: &Self) {}

    #[cfg(feature = "client")]
    fn names_proxy(&self) -> bool {
        self.proxy.is_some()
    }

    #[cfg(not(feature = "client"))]
    fn names_proxy(&self) -> bool {
        false
    }

    /// Copies the HTTP client, where the other sets it or something that this crate's own client goes by.
    fn merge_http(mut self, over: &Self) -> Self {
        #[cfg(feature = "client")]
        replace(&mut self.proxy, &over.proxy);
        if !over.reads_environment() && (!over.own_http || over.names_proxy() || over.profile.is_some()) {
            // What was found came by another client or profile.
            self.found_credentials = self.found_credentials.map(|_| Arc::default());
        }
        if !over.own_http || (self.own_http && over.reads_environment()) {
            // That of the other, so that calls which it is laid over share their connections.
            self.http.clone_from(&over.http);
            self.own_http = over.own_http;
        } else if over.names_proxy() || over.profile.is_some() {
            self = self.renew_http();
        }
        self
    }

    fn merge_named(&mut self, over: &Self) {
        let named = over.named;
        if named.connect_timeout {
            (self.timeouts.connect, self.named.connect_timeout) = (over.timeouts.connect, true);
        }
        if named.attempt_timeout {
            (self.timeouts.attempt, self.named.attempt_timeout) = (over.timeouts.attempt, true);
        }
        if named.call_timeout {
            (self.timeouts.call, self.named.call_timeout) = (over.timeouts.call, true);
        }
        if named.body_limit {
            (self.body_limit, self.named.body_limit) = (over.body_limit, true);
        }
        if named.strict {
            (self.strict, self.named.strict) = (over.strict, true);
        }
        if named.rate_limit {
            (self.limiter, self.named.rate_limit) = (over.limiter.clone(), true);
        }
    }

    /// Whether anything is set that a client looks up once for all of its calls.
    fn names_lookup(&self) -> bool {
        self.reads_environment()
            || !self.own_http
            || self.profile.is_some()
            || self.region.is_some()
            || self.endpoint_url.is_some()
            || self.service_endpoint.is_some()
            || self.use_fips.is_some()
            || self.use_dual_stack.is_some()
            || self.app_name.is_some()
            || self.bearer_token.is_some()
            || self.names_proxy()
    }
}

fn replace<T: Clone>(setting: &mut Option<T>, over: &Option<T>) {
    if over.is_some() {
        setting.clone_from(over);
    }
}
