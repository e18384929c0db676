//! Takes a source of something that expires; gives it to every call: asked for once at a time, kept, and renewed in time.
//!
//! What expires is credentials and bearer tokens, which are kept as the [`Identity`] they give, so that this is compiled
//! once for both. [`CredentialsCache`](crate::runtime::auth::credentials::CredentialsCache) says how they are kept.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use crate::runtime::auth::credentials::{CredentialsError, ProvideCredentials};
use crate::runtime::auth::identity::Identity;
use crate::runtime::auth::token::ProvideToken;

/// How long before they expire credentials are renewed, while the old ones still serve. EC2 has new ones ready by then.
const AHEAD: Duration = Duration::from_secs(5 * 60);
/// How long before they expire credentials no longer serve: a request takes time to arrive, and clocks differ.
const MARGIN: Duration = Duration::from_secs(10);
/// How long a source is left alone after it failed, doubled with each further failure.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long a source is left alone after what it gave was refused: it may go on giving the same.
const REFUSED_PAUSE: Duration = Duration::from_secs(30);
/// How long a renewal in the background may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where what expires comes from.
pub(crate) enum Source {
    Keys(Box<dyn ProvideCredentials>),
    Token(Box<dyn ProvideToken>),
}

/// What a source gave. Clones share it.
#[derive(Clone)]
pub(crate) struct Kept {
    shared: Arc<Shared>,
}

struct Shared {
    source: Source,
    clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
    state: Mutex<State>,
    /// Its one permit is held by whoever asks the source.
    turn: Arc<Semaphore>,
}

struct State {
    held: Option<Held>,
    failure: Option<Failure>,
    /// When what was held was dropped last, because a service refused it.
    refused: Option<Instant>,
}

/// What is kept, and how long it serves.
struct Held {
    value: Identity,
    times: Option<Times>,
}

#[derive(Clone, Copy)]
struct Times {
    renew: SystemTime,
    end: SystemTime,
}

/// What came of asking last.
struct Failure {
    error: CredentialsError,
    pause: Duration,
    until: Instant,
}

/// What there is to do for a call.
enum Found {
    Serve(Identity),
    ServeAndRenew(Identity),
    Refuse(CredentialsError),
    Ask,
}

/// What comes of asking, still to come.
type Asking<'a> = Pin<Box<dyn Future<Output = Result<Identity, CredentialsError>> + Send + 'a>>;

impl Kept {
    /// Asks the source nothing yet. The clock is what expiry times are compared with.
    pub(crate) fn new(source: Source, clock: Box<dyn Fn() -> SystemTime + Send + Sync>) -> Self {
        let state = Mutex::new(State { held: None, failure: None, refused: None });
        Self { shared: Arc::new(Shared { source, clock, state, turn: Arc::new(Semaphore::new(1)) }) }
    }

    /// What the source gave, at once where it is held.
    pub(crate) async fn get(&self) -> Result<Identity, CredentialsError> {
        let shared = &self.shared;
        match shared.find() {
            Found::Serve(value) => return Ok(value),
            Found::ServeAndRenew(value) => {
                // Whoever has the turn already is renewing.
                if let Ok(turn) = shared.turn.clone().try_acquire_owned() {
                    self.renew(turn).await;
                }
                return Ok(value);
            }
            Found::Refuse(error) => return Err(error),
            Found::Ask => {}
        }
        let _turn = shared.turn.clone().acquire_owned().await;
        // Someone else may have asked while this call waited for its turn.
        match shared.find() {
            Found::Serve(value) | Found::ServeAndRenew(value) => Ok(value),
            Found::Refuse(error) => Err(error),
            Found::Ask => shared.ask().await,
        }
    }

    /// Drops what a service refused, so that the next call asks the source: what was given may be revoked, or expire earlier
    /// than it said. Whoever was refused with something older drops nothing.
    pub(crate) fn refused(&self, value: &Identity) {
        let mut state = self.shared.lock();
        let is_held = state.held.as_ref().is_some_and(|held| held.value.is(value));
        let lately = state.refused.is_some_and(|last| last.elapsed() < REFUSED_PAUSE);
        if is_held && !lately {
            tracing::debug!(dropped = ?value, "what a service refused is asked for again");
            state.held = None;
            state.refused = Some(Instant::now());
        }
    }

    /// Asks for a new one without keeping the call waiting. What comes of it is in the state.
    async fn renew(&self, turn: OwnedSemaphorePermit) {
        let shared = self.shared.clone();
        // Where calls run on something else than tokio, this one has to do it.
        let Ok(runtime) = Handle::try_current() else {
            drop(shared.ask().await);
            return;
        };
        runtime.spawn(async move {
            let _turn = turn;
            // Someone else may have finished just before the turn was to be had.
            let due = matches!(shared.find(), Found::ServeAndRenew(_));
            if due && timeout(PATIENCE, shared.ask()).await.is_err() {
                shared.lock().fail(CredentialsError::failed("renewal", "no answer within a minute"));
            }
        });
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.shared.source {
            Source::Keys(provider) => provider.fmt(f),
            Source::Token(provider) => provider.fmt(f),
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // What a panic left is whole: every change is one assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self) -> Found {
        let state = self.lock();
        let paused = state.failure.as_ref().filter(|failure| Instant::now() < failure.until);
        if let Some(Held { value, times }) = &state.held {
            // The machine's clock is asked only about what expires.
            let Some(times) = times else { return Found::Serve(value.clone()) };
            let now = (self.clock)();
            if now < times.renew || (paused.is_some() && now < times.end) {
                return Found::Serve(value.clone());
            }
            if now < times.end {
                return Found::ServeAndRenew(value.clone());
            }
        }
        paused.map_or(Found::Ask, |failure| Found::Refuse(failure.error.clone()))
    }

    /// Asks the source. The caller has the turn.
    fn ask(&self) -> Asking<'_> {
        Box::pin(async {
            let answer = match &self.source {
                Source::Keys(provider) => provider.credentials().await.map(Identity::Keys),
                Source::Token(provider) => provider.token().await.map(Identity::Token),
            };
            self.keep(answer)
        })
    }

    fn keep(&self, answer: Result<Identity, CredentialsError>) -> Result<Identity, CredentialsError> {
        let now = (self.clock)();
        let answer = answer.and_then(|value| Held::new(value, now));
        let mut state = self.lock();
        match answer {
            Ok(held) => {
                tracing::debug!(loaded = ?held.value);
                let value = held.value.clone();
                (state.held, state.failure) = (Some(held), None);
                Ok(value)
            }
            Err(error) => {
                tracing::debug!(not_loaded = %error);
                state.fail(error.clone());
                Err(error)
            }
        }
    }
}

impl State {
    fn fail(&mut self, error: CredentialsError) {
        let pause = self.failure.as_ref().map_or(FIRST_PAUSE, |last| (last.pause * 2).min(LONGEST_PAUSE));
        self.failure = Some(Failure { error, pause, until: Instant::now() + pause });
    }
}

impl Held {
    fn new(value: Identity, now: SystemTime) -> Result<Self, CredentialsError> {
        let Some(expiry) = value.expires_at() else { return Ok(Self { value, times: None }) };
        let life = expiry.duration_since(now).unwrap_or_default();
        if life.is_zero() {
            return Err(CredentialsError::failed("expiry", "what was given has expired already"));
        }
        // What has a short life is not renewed at every call.
        let before = |most: Duration, share: u32| expiry.checked_sub(most.min(life / share)).unwrap_or(expiry);
        Ok(Self { value, times: Some(Times { renew: before(AHEAD, 2), end: before(MARGIN, 10) }) })
    }
}
