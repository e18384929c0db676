//! Takes what answers say the time is; gives the time to sign with. Its one number is how wrong this machine's clock is.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// The machine's clock, corrected by what a service said.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// Milliseconds to add: the machine's clock is slow where this is positive.
    offset: AtomicI64,
}

impl Clock {
    /// The time, as well as it is known.
    pub(crate) fn now(&self) -> SystemTime {
        let offset = self.offset.load(Ordering::Relaxed);
        let by = Duration::from_millis(offset.unsigned_abs());
        let now = SystemTime::now();
        let corrected = if offset < 0 { now.checked_sub(by) } else { now.checked_add(by) };
        corrected.unwrap_or(now)
    }

    /// Takes a service's time for the right one from now on.
    pub(crate) fn correct(&self, right: SystemTime) {
        let millis = |by: Duration| i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        let offset = match right.duration_since(SystemTime::now()) {
            Ok(slow) => millis(slow),
            Err(fast) => -millis(fast.duration()),
        };
        self.offset.store(offset, Ordering::Relaxed);
    }
}

/// How far apart two moments are, whichever is the earlier.
pub(crate) fn apart(a: SystemTime, b: SystemTime) -> Duration {
    a.duration_since(b).unwrap_or_else(|earlier| earlier.duration())
}
