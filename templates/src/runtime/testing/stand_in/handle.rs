//! The running stand-in, as a Rust program holds it.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{Error, ErrorKind};
use std::marker::PhantomData;
use std::net::{SocketAddr, TcpListener as Listener};
use std::sync::Arc;
use std::thread::JoinHandle;

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::control::Guard;
use super::facts::{Class, Facts, Rule};
use super::faults::{Fault, Faults};
use super::log::LoggedCall;
use super::options::StandInOptions;
use super::own::{checked_steps, own_operations, own_steps};
use super::service::Backend;
use super::service::read_quotas;
use super::state::State;
use super::{control, server};
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::call::client::Client;
use crate::runtime::config::Config;
use crate::runtime::protocol::operation::Service;
use crate::runtime::testing::ServiceModel;

/// A server of a service on this machine. It stops when it is dropped.
///
/// It has a thread of its own, so it serves blocking programs and any runtime alike. It listens on the loopback interface only,
/// unless [`StandInOptions::listen`] says otherwise.
pub struct StandIn<S: Service> {
    backend: Arc<Backend>,
    address: SocketAddr,
    end: Arc<Notify>,
    thread: Option<JoinHandle<()>>,
    service: PhantomData<fn() -> S>,
}

impl<S: Service> fmt::Debug for StandIn<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandIn").field("service", &S::INFO.id).field("address", &self.address).finish_non_exhaustive()
    }
}

impl<S: Service> StandIn<S> {
    /// Starts a stand-in on a free port, with random identifiers and the machine's clock.
    ///
    /// # Errors
    /// As [`StandInOptions::start`].
    pub fn start() -> Result<Self, Error> {
        StandInOptions::new().start()
    }

    /// Options of a stand-in that is yet to start.
    pub fn options() -> StandInOptions<S> {
        StandInOptions::new()
    }

    fn launch(options: &StandInOptions<S>) -> Result<Self, Error> {
        let invalid = |message: String| Error::new(ErrorKind::InvalidInput, message);
        let model = ServiceModel::parse(S::INFO.model).map_err(|error| invalid(error.to_string()))?;
        if S::INFO.resources.is_empty() {
            let id = S::INFO.id;
            return Err(Error::new(
                ErrorKind::Unsupported,
                format!("there is no stand-in of {id}: its model has no resources.toml"),
            ));
        }
        let facts = Facts::parse(S::INFO.resources, &model).map_err(invalid)?;
        check_own(&facts, &model).map_err(invalid)?;
        let backend = Arc::new(Backend::new(model, facts, options));
        options.prepare(&backend).map_err(invalid)?;
        let address = options.listen;
        let listener = Listener::bind(address)
            .map_err(|error| Error::new(error.kind(), format!("{address} cannot be listened on: {error}")))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let guard = Guard { hosts: hosts(address, &options.hosts) };
        let end = Arc::new(Notify::new());
        let (shared, stop) = (Arc::clone(&backend), Arc::clone(&end));
        let thread = std::thread::Builder::new().name("stand-in".to_owned()).spawn(move || {
            let served = server::block_on(async move {
                if let Ok(listener) = TcpListener::from_std(listener) {
                    server::serve(listener, shared, guard, stop).await;
                }
            });
            // Without a runtime nothing listens, which is what callers then see.
            drop(served);
        })?;
        Ok(Self { backend, address, end, thread: Some(thread), service: PhantomData })
    }

    /// The address that it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The endpoint URL for clients.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", reachable(self.address))
    }

    /// A configuration of clients of it: its endpoint, its region, and keys that stand for any.
    #[must_use]
    pub fn config(&self) -> Config {
        let region = self.backend.lock().engine.region.clone();
        let keys = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        Config::new().region(region).endpoint_url(self.url()).credentials(keys)
    }

    /// A client of it, by [`config`](Self::config).
    #[must_use]
    pub fn client(&self) -> Client<S> {
        Client::new(&self.config())
    }

    /// Forgets all resources, remembered tokens and calls, and starts anew from the seed.
    pub fn reset(&self) {
        self.backend.reset();
    }

    /// All that it keeps, as one document.
    #[must_use]
    pub fn state(&self) -> Value {
        self.backend.lock().engine.state.to_json(self.backend.facts())
    }

    /// Replaces its state.
    ///
    /// # Errors
    /// A document that [`state`](Self::state) did not give.
    pub fn set_state(&self, state: &Value) -> Result<(), Error> {
        let state = State::from_json(state, self.backend.facts());
        let state = state.map_err(|message| Error::new(ErrorKind::InvalidData, message))?;
        self.backend.lock().engine.state = state;
        Ok(())
    }

    /// The calls that came, the oldest first; of more than a thousand the newest.
    #[must_use]
    pub fn calls(&self) -> Vec<LoggedCall> {
        self.backend.lock().log.after(0).cloned().collect()
    }

    /// Has the next calls meet these faults, in place of those that were set.
    ///
    /// # Errors
    /// A fault of an operation that there is not.
    pub fn set_faults(&self, faults: Vec<Fault>) -> Result<(), Error> {
        self.backend.check_faults(&faults).map_err(|message| Error::new(ErrorKind::InvalidInput, message))?;
        self.backend.lock().faults = Faults::new(faults);
        Ok(())
    }

    /// The faults that calls still meet.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.backend.lock().faults.list()
    }

    /// Has an operation answer an output, given by the model's member names.
    ///
    /// # Errors
    /// An operation that there is not, and an output that violates its model.
    pub fn set_answer(&self, operation: &str, output: &Value) -> Result<(), Error> {
        let set = control::set_answer(&self.backend, operation, output);
        set.map(drop).map_err(|message| Error::new(ErrorKind::InvalidInput, message))
    }

    /// Moves its clock by seconds.
    ///
    /// # Errors
    /// A time before 1970 or after 9999.
    pub fn advance(&self, seconds: f64) -> Result<(), Error> {
        let moved = self.backend.lock().engine.state.clock.advance(seconds);
        moved.map_err(|message| Error::new(ErrorKind::InvalidInput, message))
    }

    /// The time that it is by its clock, in seconds since 1970.
    #[must_use]
    pub fn now(&self) -> f64 {
        self.backend.lock().engine.state.clock.now()
    }

    /// The handling of each operation of the model, by the operation's name.
    #[must_use]
    pub fn classes(&self) -> Vec<(String, Class)> {
        let (facts, model) = (self.backend.facts(), self.backend.model());
        let class = |name: &str| (name.to_owned(), facts.rule(name).class());
        model.operations().iter().map(|operation| class(operation.name())).collect()
    }

    /// Ends it, and waits until it has ended.
    pub fn stop(mut self) {
        self.end();
    }

    /// Ends it, and keeps what it has.
    pub(super) fn end(&mut self) {
        self.end.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported already.
            let _ = thread.join();
        }
    }
}

impl<S: Service> StandInOptions<S> {
    /// Starts the stand-in.
    ///
    /// # Errors
    /// A port that is taken, a state or quotas that cannot be read, and a service that has no stand-in.
    pub fn start(&self) -> Result<StandIn<S>, Error> {
        StandIn::launch(self)
    }

    /// Sets the initial state of a stand-in.
    fn prepare(&self, backend: &Backend) -> Result<(), String> {
        let state = self.state.as_ref().map(|state| State::from_json(state, backend.facts()));
        let state = state.transpose().map_err(|message| format!("state: {message}"))?;
        let quotas = self.quotas.as_ref().map(|quotas| read_quotas(backend, quotas));
        let quotas = quotas.transpose().map_err(|message| format!("quotas: {message}"))?;
        let mut inner = backend.lock();
        if let Some(state) = state {
            inner.engine.state = state;
        }
        if let Some(quotas) = quotas {
            inner.engine.quotas = quotas;
        }
        backend.check_faults(&self.faults).map_err(|message| format!("faults: {message}"))?;
        inner.faults = Faults::new(self.faults.clone());
        Ok(())
    }
}

impl<S: Service> Drop for StandIn<S> {
    fn drop(&mut self) {
        self.end();
    }
}

/// The operations that `resources.toml` says have code of their own are those that have: neither an answer without a meaning nor
/// code that nothing reaches.
fn check_own(facts: &Facts, model: &ServiceModel) -> Result<(), String> {
    let coded: Vec<&str> = own_operations().map(|(name, _)| *name).collect();
    let differs = |name: &&str| matches!(facts.rule(name), Rule::Own) != coded.contains(name);
    let no_steps = own_steps()
        .map(|(name, _)| *name)
        .chain(checked_steps().map(|(name, _)| *name))
        .filter(|name| !matches!(facts.rule(name), Rule::Life { .. } | Rule::Slot { .. }));
    let names = model.operations().iter().map(|operation| operation.name());
    let wrong: Vec<&str> = names.filter(differs).chain(no_steps).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!(
        "resources.toml and the stand-in differ in the operations with code of their own: {}",
        wrong.join(", ")
    ))
}

/// The address by which this machine reaches one that it listens on.
fn reachable(address: SocketAddr) -> SocketAddr {
    let mut reachable = address;
    if address.ip().is_unspecified() {
        reachable.set_ip(match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    reachable
}

/// The host names that the control API answers to.
fn hosts(address: SocketAddr, more: &[String]) -> Vec<String> {
    let port = address.port();
    let mut hosts = vec![reachable(address).to_string(), format!("localhost:{port}"), format!("127.0.0.1:{port}")];
    hosts.extend(more.iter().map(|host| format!("{}:{port}", host.to_ascii_lowercase())));
    if port == 80 {
        // Clients leave out the port that a URL without one means.
        let bare: Vec<String> = hosts.iter().filter_map(|host| host.strip_suffix(":80")).map(str::to_owned).collect();
        hosts.extend(bare);
    }
    let mut seen = BTreeSet::new();
    hosts.retain(|host| seen.insert(host.clone()));
    hosts
}
