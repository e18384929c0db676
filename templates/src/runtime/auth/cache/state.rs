//! The state of a cache, and the decision for each caller. Nothing here waits.

use std::fmt;
use std::time::{Duration, SystemTime};

use tokio::runtime::Id;

use crate::runtime::auth::error::CredentialsError;
use crate::runtime::base::time::Instant;

/// The longest time that a load may take. A provider that starts a program and then assumes a role with what that prints stays below.
pub(super) const LIMIT: Duration = Duration::from_secs(120);
/// The time before its expiry from which a value is renewed, while it still serves. EC2 has new credentials ready by then.
const RENEWAL: Duration = Duration::from_secs(5 * 60);
/// The time before its expiry from which a value no longer serves: a request takes time to arrive, and clocks differ.
const MARGIN: Duration = Duration::from_secs(10);
/// The time for which the provider is not asked after it failed; each further failure doubles the pause.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The shortest time between two refused values that are dropped: the provider may return the same one again.
const REFUSAL_PAUSE: Duration = Duration::from_secs(30);
/// The delay beyond its limit with which a load that is always polled ends on a busy machine.
const SLACK: Duration = Duration::from_secs(1);

/// A value that a cache can hold. Clones share it.
pub(crate) trait Expires: Clone + fmt::Debug + Send + Sync + 'static {
    /// When the value stops being accepted, where that is known.
    fn expires_at(&self) -> Option<SystemTime>;

    /// Whether both are the result of one load.
    fn is_same(&self, other: &Self) -> bool;
}

/// The content of a cache, and its load in progress.
pub(super) struct State<T> {
    cached: Option<Cached<T>>,
    failure: Option<Failure>,
    /// When a value was dropped last because a service refused it.
    refused: Option<Instant>,
    loads: Vec<LoadInProgress>,
    /// The number of loads that were begun, which is also the number of the last one.
    begun: u64,
}

/// A value, and how long it serves.
struct Cached<T> {
    value: T,
    times: Option<RefreshTimes>,
}

#[derive(Clone, Copy)]
struct RefreshTimes {
    /// When the value is renewed.
    renew: SystemTime,
    /// When the value no longer serves.
    end: SystemTime,
}

/// The outcome of the last load, where that failed.
struct Failure {
    error: CredentialsError,
    pause: Duration,
    until: Instant,
}

/// A load that has not ended.
struct LoadInProgress {
    number: u64,
    /// The runtime that it was begun in; `None` outside of any.
    runtime: Option<Id>,
    /// Whether a task drives it, of the runtime or of the host. Otherwise its caller does.
    is_task: bool,
    since: Instant,
}

/// The next step of a caller.
pub(super) enum Decision<T> {
    /// Use this value.
    Serve(T),
    /// Use this value, and see that a new one is loaded.
    ServeAndRenew(T),
    /// Fail now: the provider failed a moment ago.
    Fail(CredentialsError),
    /// Load a value, or wait for the load of this runtime.
    Load,
}

impl<T: Expires> State<T> {
    pub(super) const fn new() -> Self {
        Self { cached: None, failure: None, refused: None, loads: Vec::new(), begun: 0 }
    }

    /// The decision for a caller. `clock` is read only where the value expires.
    pub(super) fn decide(&self, clock: &dyn Fn() -> SystemTime) -> Decision<T> {
        let paused = self.failure.as_ref().filter(|failure| Instant::now() < failure.until);
        if let Some(Cached { value, times }) = &self.cached {
            let Some(times) = times else { return Decision::Serve(value.clone()) };
            let now = clock();
            if now < times.renew || (paused.is_some() && now < times.end) {
                return Decision::Serve(value.clone());
            }
            if now < times.end {
                return Decision::ServeAndRenew(value.clone());
            }
        }
        paused.map_or(Decision::Load, |failure| Decision::Fail(failure.error.clone()))
    }

    /// Registers a load and returns its number; `None` where there is one already that serves the caller as well.
    ///
    /// A renewal, for which nobody waits, may be any runtime's. Other callers wait, and so only for a load of their own
    /// runtime, which goes on while they wait. A load that has had its time is not waited for: nobody drove its task.
    pub(super) fn begin(&mut self, runtime: Option<Id>, is_task: bool, is_renewal: bool) -> Option<u64> {
        let is_driven = |load: &LoadInProgress| load.is_task && !load.is_overdue();
        if self.loads.iter().any(|load| is_driven(load) && (is_renewal || load.runtime == runtime)) {
            return None;
        }
        self.loads.retain(|load| load.runtime != runtime || !load.is_overdue());
        self.begun += 1;
        self.loads.push(LoadInProgress { number: self.begun, runtime, is_task, since: Instant::now() });
        Some(self.begun)
    }

    /// Stores the result of a load, unless another one has replaced that load.
    pub(super) fn end(&mut self, number: u64, result: Result<T, CredentialsError>, now: SystemTime) {
        let Some(load) = self.remove(number) else { return };
        match result.and_then(|value| Cached::new(value, now)) {
            Ok(cached) => {
                // A load of another runtime may have begun later and ended earlier.
                if self.cached.as_ref().is_none_or(|before| !before.outlives(&cached)) {
                    tracing::debug!(loaded = ?cached.value);
                    self.cached = Some(cached);
                }
                self.failure = None;
            }
            // The failure says that nobody drove the load, and nothing about the provider.
            Err(_) if load.is_overdue() => {}
            Err(error) => {
                tracing::debug!(not_loaded = %error);
                let pause = self.failure.as_ref().map_or(FIRST_PAUSE, |last| (last.pause * 2).min(LONGEST_PAUSE));
                self.failure = Some(Failure { error, pause, until: Instant::now() + pause });
            }
        }
    }

    /// Forgets a load whose task ended without a result.
    pub(super) fn abandon(&mut self, number: u64) {
        self.remove(number);
    }

    fn remove(&mut self, number: u64) -> Option<LoadInProgress> {
        let position = self.loads.iter().position(|load| load.number == number)?;
        Some(self.loads.swap_remove(position))
    }

    /// Drops a value that a service refused.
    pub(super) fn refuse(&mut self, value: &T) {
        let is_cached = self.cached.as_ref().is_some_and(|cached| cached.value.is_same(value));
        let lately = self.refused.is_some_and(|last| last.elapsed() < REFUSAL_PAUSE);
        if is_cached && !lately {
            tracing::debug!(dropped = ?value, "a service refused the value, and it is loaded again");
            self.cached = None;
            self.refused = Some(Instant::now());
        }
    }
}

impl LoadInProgress {
    /// Whether the load would have ended if its task had been driven.
    fn is_overdue(&self) -> bool {
        self.since.elapsed() > LIMIT + SLACK
    }
}

impl<T: Expires> Cached<T> {
    /// # Errors
    /// The value has expired.
    fn new(value: T, now: SystemTime) -> Result<Self, CredentialsError> {
        let Some(expiry) = value.expires_at() else { return Ok(Self { value, times: None }) };
        let life = expiry.duration_since(now).unwrap_or_default();
        if life.is_zero() {
            return Err(CredentialsError::failed("expiry", "what the provider returned has expired already"));
        }
        // A value with a short life is not renewed at every call.
        let before = |most: Duration, share: u32| expiry.checked_sub(most.min(life / share)).unwrap_or(expiry);
        Ok(Self { value, times: Some(RefreshTimes { renew: before(RENEWAL, 2), end: before(MARGIN, 10) }) })
    }

    /// Whether this value serves longer than another one.
    fn outlives(&self, other: &Self) -> bool {
        match (self.times, other.times) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(this), Some(other)) => this.end > other.end,
        }
    }
}
