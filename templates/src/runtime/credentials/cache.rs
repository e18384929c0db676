//! Takes a provider; gives its credentials to every call: asked for once at a time, kept, and renewed before they expire.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::runtime::Handle;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, timeout};

use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};

/// How long before they expire credentials are renewed, while the old ones still serve. EC2 has new ones ready by then.
const AHEAD: Duration = Duration::from_secs(5 * 60);
/// How long before they expire credentials no longer serve: a request takes time to arrive, and clocks differ.
const MARGIN: Duration = Duration::from_secs(10);
/// How long a provider is left alone after it failed, doubled with each further failure.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long a renewal in the background may take.
const PATIENCE: Duration = Duration::from_secs(60);

type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// The credentials of a provider, kept. Clones share them.
///
/// - The provider is asked when credentials are first needed, and never by two calls at once: the others wait for the
///   one answer, be it credentials or an error.
/// - From five minutes before they expire (or half their life, where that is shorter) new ones are asked for in the
///   background, while the old ones serve. When that fails they serve on, and it is tried again.
/// - After a failure the provider is left alone for a second, then two, at most thirty. Where there are no credentials to
///   serve, calls get the same error meanwhile.
#[derive(Clone)]
pub struct CredentialsCache {
    shared: Arc<Shared>,
}

struct Shared {
    provider: Arc<dyn ProvideCredentials>,
    clock: Clock,
    state: Mutex<State>,
    /// Held by whoever asks the provider.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    failure: Option<Failure>,
}

/// Credentials, and how long they serve.
struct Held {
    credentials: Credentials,
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
    Serve(Credentials),
    ServeAndRenew(Credentials),
    Refuse(CredentialsError),
    Ask,
}

impl CredentialsCache {
    /// Keeps the credentials of a provider. Asks it nothing yet.
    pub fn new(provider: impl ProvideCredentials + 'static) -> Self {
        Self::with_clock(provider, SystemTime::now)
    }

    /// As [`new`](Self::new), with another clock to compare expiry times with.
    pub fn with_clock(
        provider: impl ProvideCredentials + 'static,
        clock: impl Fn() -> SystemTime + Send + Sync + 'static,
    ) -> Self {
        let shared = Shared {
            provider: Arc::new(provider),
            clock: Arc::new(clock),
            state: Mutex::default(),
            turn: Arc::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The credentials, at once where they are held.
    ///
    /// # Errors
    /// What the provider said, when there are none to serve.
    pub async fn get(&self) -> Result<Credentials, CredentialsError> {
        let shared = &self.shared;
        match shared.find() {
            Found::Serve(credentials) => return Ok(credentials),
            Found::ServeAndRenew(credentials) => {
                // Whoever has the turn already is renewing.
                if let Ok(turn) = shared.turn.clone().try_lock_owned() {
                    self.renew(turn).await;
                }
                return Ok(credentials);
            }
            Found::Refuse(error) => return Err(error),
            Found::Ask => {}
        }
        let _turn = shared.turn.lock().await;
        // Someone else may have asked while this call waited for its turn.
        match shared.find() {
            Found::Serve(credentials) | Found::ServeAndRenew(credentials) => Ok(credentials),
            Found::Refuse(error) => Err(error),
            Found::Ask => shared.ask().await,
        }
    }

    /// Asks for new credentials without keeping the call waiting. What comes of it is in the state.
    async fn renew(&self, turn: OwnedMutexGuard<()>) {
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

/// A cache is a provider, too: a role can be assumed from what it holds.
impl ProvideCredentials for CredentialsCache {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.get())
    }
}

impl fmt::Debug for CredentialsCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CredentialsCache").field(&self.shared.provider).finish()
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
        if let Some(Held { credentials, times }) = &state.held {
            // The machine's clock is asked only about credentials that expire.
            let Some(times) = times else { return Found::Serve(credentials.clone()) };
            let now = (self.clock)();
            if now < times.renew || (paused.is_some() && now < times.end) {
                return Found::Serve(credentials.clone());
            }
            if now < times.end {
                return Found::ServeAndRenew(credentials.clone());
            }
        }
        paused.map_or(Found::Ask, |failure| Found::Refuse(failure.error.clone()))
    }

    /// Asks the provider. The caller has the turn.
    async fn ask(&self) -> Result<Credentials, CredentialsError> {
        let answer = self.provider.credentials().await;
        let now = (self.clock)();
        let answer = answer.and_then(|credentials| Held::new(credentials, now));
        let mut state = self.lock();
        match answer {
            Ok(held) => {
                tracing::debug!(access_key_id = held.credentials.access_key_id(), "credentials loaded");
                let credentials = held.credentials.clone();
                *state = State { held: Some(held), failure: None };
                Ok(credentials)
            }
            Err(error) => {
                tracing::debug!(%error, "credentials not loaded");
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
    fn new(credentials: Credentials, now: SystemTime) -> Result<Self, CredentialsError> {
        let Some(expiry) = credentials.expires_at() else { return Ok(Self { credentials, times: None }) };
        let life = expiry.duration_since(now).unwrap_or_default();
        if life.is_zero() {
            let outcome = "the credentials that were given have expired already";
            return Err(CredentialsError::failed("expiry", outcome));
        }
        // Credentials with a short life are not renewed at every call.
        let before = |most: Duration, share: u32| expiry.checked_sub(most.min(life / share)).unwrap_or(expiry);
        Ok(Self { credentials, times: Some(Times { renew: before(AHEAD, 2), end: before(MARGIN, 10) }) })
    }
}
