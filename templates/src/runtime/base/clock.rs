//! The clock that requests are signed by: the machine's, corrected by what a service says the time is.
//!
//! **Invariant:** a correction is bounded, it is undone when it does not help, and it never lets credentials expire earlier.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use super::time;

/// The greatest plausible difference between a service's time and the machine's. Farther is more often one wrong response than a clock
/// that is wrong by days: certificates would not be valid either.
const FARTHEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The difference below which two times are the same: services send theirs in whole seconds, and responses take time.
const SAME: Duration = Duration::from_secs(60);

/// The machine's clock, corrected.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// Milliseconds to add: the machine's clock is slow where this is positive.
    offset: AtomicI64,
}

/// A correction that may turn out not to help.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Correction {
    before: i64,
    after: i64,
}

impl Clock {
    /// The time to sign with.
    pub(crate) fn now(&self) -> SystemTime {
        let offset = self.offset.load(Ordering::Relaxed);
        let by = Duration::from_millis(offset.unsigned_abs());
        let now = time::now();
        let corrected = if offset < 0 { now.checked_sub(by) } else { now.checked_add(by) };
        corrected.unwrap_or(now)
    }

    /// The time to compare the expiry of credentials with: the earlier of the machine's and the corrected one.
    pub(crate) fn for_expiry(&self) -> SystemTime {
        self.now().min(time::now())
    }

    /// Whether a service's time is near enough to the machine's for a correction.
    pub(crate) fn is_plausible(date: SystemTime) -> bool {
        apart(date, time::now()) <= FARTHEST
    }

    /// Uses a service's time as the right one from now on, after a request that was signed at `signed_at` was refused.
    ///
    /// Returns `None` where that changes nothing: the service's time is not plausible, or the request was signed with it
    /// already. In the second case a correction that was in force did not help, and is undone.
    pub(crate) fn correct(&self, date: SystemTime, signed_at: SystemTime) -> Option<Correction> {
        if !Self::is_plausible(date) {
            return None;
        }
        if apart(date, signed_at) < SAME {
            self.offset.store(0, Ordering::Relaxed);
            return None;
        }
        let millis = |by: Duration| i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let after = match date.duration_since(time::now()) {
            Ok(slow) => millis(slow),
            Err(fast) => -millis(fast.duration()),
        };
        Some(Correction { before: self.offset.swap(after, Ordering::Relaxed), after })
    }

    /// Undoes a correction that did not help, unless another one was made since.
    pub(crate) fn undo(&self, correction: Correction) {
        let Correction { before, after } = correction;
        let _ = self.offset.compare_exchange(after, before, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// The time between two moments, whichever is the earlier.
pub(crate) fn apart(a: SystemTime, b: SystemTime) -> Duration {
    a.duration_since(b).unwrap_or_else(|earlier| earlier.duration())
}
