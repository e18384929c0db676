//! Options of a stand-in.

use std::marker::PhantomData;
use std::net::{Ipv4Addr, SocketAddr};

use serde_json::Value;

use super::faults::Fault;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::protocol::operation::Service;

/// Options of a stand-in, with which it is started.
#[derive(Debug)]
#[must_use = "a stand-in serves once it is started"]
pub struct StandInOptions<S: Service> {
    pub(super) listen: SocketAddr,
    pub(super) hosts: Vec<String>,
    pub(super) region: String,
    pub(super) seed: Option<u64>,
    pub(super) keys: Option<Credentials>,
    pub(super) state: Option<Value>,
    pub(super) faults: Vec<Fault>,
    pub(super) quotas: Option<Value>,
    service: PhantomData<fn() -> S>,
}

impl<S: Service> Clone for StandInOptions<S> {
    fn clone(&self) -> Self {
        let (region, hosts, state) = (self.region.clone(), self.hosts.clone(), self.state.clone());
        let (faults, quotas, keys) = (self.faults.clone(), self.quotas.clone(), self.keys.clone());
        Self { region, hosts, state, faults, quotas, keys, ..*self }
    }
}

impl<S: Service> StandInOptions<S> {
    pub(super) fn new() -> Self {
        Self {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            hosts: Vec::new(),
            region: "us-east-1".to_owned(),
            seed: None,
            keys: None,
            state: None,
            faults: Vec::new(),
            quotas: None,
            service: PhantomData,
        }
    }

    /// The port; any free one where it is 0, which it is unless set.
    pub fn port(mut self, port: u16) -> Self {
        self.listen.set_port(port);
        self
    }

    /// The address and the port. Whoever reaches an address other than loopback can read and change all that is kept.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Another host name that the control API answers to.
    pub fn host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// The region in ARNs; `us-east-1` unless set.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Has identifiers and times follow from a number: the clock starts at 2026-01-01T00:00:00Z, and each call moves it by a
    /// second.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Has every request be signed with these keys; unless set, signatures are not looked at.
    pub fn verify_keys(mut self, keys: Credentials) -> Self {
        self.keys = Some(keys);
        self
    }

    /// The initial state, as [`StandIn::state`](super::StandIn::state) gave it.
    pub fn state(mut self, state: Value) -> Self {
        self.state = Some(state);
        self
    }

    /// Faults that calls meet from the start.
    pub fn faults(mut self, faults: Vec<Fault>) -> Self {
        self.faults = faults;
        self
    }

    /// The most resources in one place, by the names of families: `{"Queue": 50}`.
    pub fn quotas(mut self, quotas: Value) -> Self {
        self.quotas = Some(quotas);
        self
    }
}
