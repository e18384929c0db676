//! Waiters: calls that are repeated until the service's state is the one that a program waits for.
//!
//! The model of a service says which responses end a wait and which let it go on. A call that has a waiter has a method
//! `wait_until_…`, which makes a [`Waiting`] of it. This module is only in crates of services that have waiters.

mod acceptor;
mod outcome;
#[doc(hidden)]
pub mod path;

use std::fmt;
use std::time::Duration;

use crate::runtime::base::deadline::{after, require_timer, within};
use crate::runtime::base::random;
use crate::runtime::base::threads::{MaybeSend, MaybeSync, shareable};
use crate::runtime::base::time::{self, Instant};
use crate::runtime::call::Sending;
use crate::runtime::call::builder::Call;
use crate::runtime::protocol::operation::{Operation, Service};
use crate::runtime::shape::required::Complete;

pub use acceptor::{Acceptor, State};
pub use outcome::{FinalPoll, WaitError, WaitErrorKind};
#[doc(hidden)]
pub use path::{Expected, Value};

/// The facts of a model about a waiter.
pub trait Waiter {
    /// The request that is sent until the wait ends.
    type Request: Operation;

    /// The waiter's name in the model.
    const NAME: &'static str;

    /// The shortest time between two requests.
    const MIN_DELAY: Duration;

    /// The largest number of requests.
    const MAX_ATTEMPTS: u32;

    /// What a response or an error means. The first acceptor that fits decides.
    const ACCEPTORS: &'static [Acceptor<OutputOf<Self>>];
}

type OutputOf<W> = <<W as Waiter>::Request as Operation>::Output;
type ExceptionOf<W> = <<<W as Waiter>::Request as Operation>::Service as Service>::Exception;

/// The longest time between two requests, as Smithy's specification of waiters has it.
const MAX_DELAY: Duration = Duration::from_secs(120);

/// A wait that is put together: [`wait`](Self::wait) starts it.
///
/// The time between two requests grows from the model's smallest to 120 seconds, and is random in between, so that programs
/// that started together do not ask together.
#[must_use = "asks for nothing before `wait`"]
pub struct Waiting<W: Waiter> {
    send: Box<shareable!(dyn Fn() -> Sending<W::Request>)>,
    min_delay: Duration,
    max_delay: Duration,
    max_attempts: u32,
}

/// A wait that repeats a call.
#[doc(hidden)]
pub fn start<W: Waiter, S: Complete + 'static>(call: Call<W::Request, S>) -> Waiting<W>
where
    Call<W::Request, S>: Clone + MaybeSend + MaybeSync,
{
    Waiting {
        send: Box::new(move || call.clone().send()),
        min_delay: W::MIN_DELAY,
        max_delay: MAX_DELAY.max(W::MIN_DELAY),
        max_attempts: W::MAX_ATTEMPTS,
    }
}

impl<W: Waiter> Waiting<W> {
    /// Sets the shortest time between two requests, in the place of the model's.
    pub fn min_delay(mut self, delay: Duration) -> Self {
        self.min_delay = delay;
        self.max_delay = self.max_delay.max(delay);
        self
    }

    /// Sets the longest time between two requests, in the place of 120 seconds. It is never less than the shortest.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay.max(self.min_delay);
        self
    }

    /// Sets the largest number of requests, in the place of the model's. There is always one.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sends the request until a response or an exception is the state that is waited for, and returns that one. Dropping
    /// the future ends the wait.
    ///
    /// The last request is sent before `max_wait` has passed, and is dropped at that time.
    ///
    /// # Errors
    /// A state from which the one that is waited for cannot come, the end of the time or of the number of requests, and a call
    /// that fails with an error that the model does not know.
    pub async fn wait(self, max_wait: Duration) -> Result<FinalPoll<OutputOf<W>, ExceptionOf<W>>, WaitErrorOf<W>> {
        // Without a timer the first call fails, and says why.
        let deadline = require_timer().ok().and_then(|()| after(Some(max_wait)));
        let mut attempts: u32 = 0;
        let mut last = None;
        loop {
            let Some(poll) = within(deadline, (self.send)().with_meta()).await else {
                return Err(error_of::<W>(attempts, WaitErrorKind::MaxWait { last }));
            };
            attempts = attempts.saturating_add(1);
            let (state, poll) = acceptor::judge(W::ACCEPTORS, poll);
            let error = |kind| Err(error_of::<W>(attempts, kind));
            match (state, poll) {
                (Some(State::Success), poll) => return Ok(poll),
                (Some(State::Failure), poll) => return error(WaitErrorKind::Failure(poll)),
                (None, FinalPoll::Error(call)) => return error(WaitErrorKind::Call(call)),
                (Some(State::Retry), poll) | (None, poll) => last = Some(poll),
            }
            if attempts >= self.max_attempts {
                return error(WaitErrorKind::MaxAttempts { last });
            }
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            match self.delay(attempts, left, random::unit()) {
                Some(delay) => time::sleep(delay).await,
                None => return error(WaitErrorKind::MaxWait { last }),
            }
        }
    }

    /// The time until the next request, after so many of them; `None` where too little time is left for one. `random` is from
    /// 0 to 1.
    fn delay(&self, attempts: u32, left: Option<Duration>, random: f64) -> Option<Duration> {
        let factor = 1u32.checked_shl(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        let longest = self.min_delay.saturating_mul(factor).min(self.max_delay);
        let delay = self.min_delay + longest.saturating_sub(self.min_delay).mul_f64(random);
        let Some(left) = left else { return Some(delay) };
        // The last request is sent the shortest delay before the end.
        let latest = left.checked_sub(self.min_delay).filter(|latest| !latest.is_zero())?;
        Some(delay.min(latest))
    }
}

#[cfg(feature = "blocking")]
impl<W: Waiter> Waiting<W> {
    /// [`wait`](Self::wait) for a program without asynchronous code (feature `blocking`).
    ///
    /// # Errors
    /// Those of [`wait`](Self::wait); and a [`Call`](WaitErrorKind::Call) inside of an asynchronous runtime, which would stand
    /// still.
    pub fn wait_blocking(self, max_wait: Duration) -> Result<FinalPoll<OutputOf<W>, ExceptionOf<W>>, WaitErrorOf<W>> {
        use crate::runtime::base::block_on::block_on;
        use crate::runtime::call::blocking::failure;
        use crate::runtime::error::Error;

        block_on(self.wait(max_wait)).unwrap_or_else(|error| {
            let error = Error::new(failure(W::Request::INFO.name, error), None);
            Err(error_of::<W>(0, WaitErrorKind::Call(error)))
        })
    }
}

fn error_of<W: Waiter>(attempts: u32, kind: WaitErrorKind<OutputOf<W>, ExceptionOf<W>>) -> WaitErrorOf<W> {
    WaitError::new(W::NAME, W::Request::INFO.name, attempts, kind)
}

/// The error of a waiter.
pub type WaitErrorOf<W> = WaitError<OutputOf<W>, ExceptionOf<W>>;

impl<W: Waiter> fmt::Debug for Waiting<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting")
            .field("waiter", &W::NAME)
            .field("operation", &W::Request::INFO.name)
            .field("min_delay", &self.min_delay)
            .field("max_delay", &self.max_delay)
            .field("max_attempts", &self.max_attempts)
            .finish_non_exhaustive()
    }
}
