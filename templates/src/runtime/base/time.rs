//! Time: of the host that the program set, or else of the operating system and Tokio.
//!
//! **Invariant:** the rest of the runtime asks nobody else for the time, but for what needs the feature `client` or threads.

use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, SystemTime};

use super::host::{self, IS_BARE};
use tokio::task::unconstrained;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub use bare::Instant;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub use tokio::time::Instant;

/// The time of day. Where there is no clock it is 1970: [`require_timer`](super::deadline::require_timer) fails there first.
pub(crate) fn now() -> SystemTime {
    match host::get() {
        Some(host) => SystemTime::UNIX_EPOCH.checked_add(host.since_epoch()).unwrap_or(SystemTime::UNIX_EPOCH),
        None if IS_BARE => SystemTime::UNIX_EPOCH,
        None => SystemTime::now(),
    }
}

/// Waits for a time.
pub(crate) async fn sleep(time: Duration) {
    match host::get() {
        Some(host) => host.sleep(time).await,
        None => tokio::time::sleep(time).await,
    }
}

/// Waits until a moment, for ever where there is none.
async fn alarm(moment: Option<Instant>) {
    match (moment, host::get()) {
        (Some(moment), Some(host)) => host.sleep(moment.saturating_duration_since(Instant::now())).await,
        #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
        (Some(moment), None) => tokio::time::sleep_until(moment).await,
        _ => pending().await,
    }
}

/// Waits for a future until a moment, if there is one; `None` where the moment came first.
///
/// Tokio's own timeout is compiled in four layers for each future.
pub(crate) async fn until<F: Future>(moment: Option<Instant>, future: F) -> Option<F::Output> {
    // A future that uses up what a task may do in one poll takes nothing from its timer.
    let mut timer = pin!(unconstrained(alarm(moment)));
    let mut future = pin!(future);
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => timer.as_mut().poll(cx).map(|()| None),
    })
    .await
}

/// Waits for a future for a time; `None` where the time was up first. A time without end is none.
pub(crate) fn within<F: Future>(time: Duration, future: F) -> impl Future<Output = Option<F::Output>> {
    until(Instant::now().checked_add(time), future)
}

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod bare {
    use std::ops::{Add, AddAssign, Sub};
    use std::time::Duration;

    use super::host;

    /// A moment of the host's clock that never goes back.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Instant(Duration);

    impl Instant {
        /// This moment.
        #[must_use]
        pub fn now() -> Self {
            Self(host::get().map(host::Host::uptime).unwrap_or_default())
        }

        /// The time since this moment.
        #[must_use]
        pub fn elapsed(&self) -> Duration {
            Self::now().saturating_duration_since(*self)
        }

        /// The time from another moment to this one; zero where that is later.
        #[must_use]
        pub fn saturating_duration_since(&self, earlier: Self) -> Duration {
            self.0.saturating_sub(earlier.0)
        }

        /// The same as [`saturating_duration_since`](Self::saturating_duration_since).
        #[must_use]
        pub fn duration_since(&self, earlier: Self) -> Duration {
            self.saturating_duration_since(earlier)
        }

        /// A later moment, where there is one.
        #[must_use]
        pub fn checked_add(&self, time: Duration) -> Option<Self> {
            self.0.checked_add(time).map(Self)
        }

        /// An earlier moment, where there is one.
        #[must_use]
        pub fn checked_sub(&self, time: Duration) -> Option<Self> {
            self.0.checked_sub(time).map(Self)
        }
    }

    impl Add<Duration> for Instant {
        type Output = Self;

        fn add(self, time: Duration) -> Self {
            Self(self.0.saturating_add(time))
        }
    }

    impl AddAssign<Duration> for Instant {
        fn add_assign(&mut self, time: Duration) {
            *self = *self + time;
        }
    }

    impl Sub<Duration> for Instant {
        type Output = Self;

        fn sub(self, time: Duration) -> Self {
            Self(self.0.saturating_sub(time))
        }
    }

    impl Sub for Instant {
        type Output = Duration;

        fn sub(self, earlier: Self) -> Duration {
            self.saturating_duration_since(earlier)
        }
    }
}
