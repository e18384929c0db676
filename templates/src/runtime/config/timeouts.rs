//! Timeouts: how long a connection, an attempt and a call may take.

use std::time::Duration;

/// The longest time that a call may take. `None` is forever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// A connection, name lookup and TLS handshake included; 5 seconds unless set.
    pub connect: Option<Duration>,
    /// One attempt, from the connection to the last byte of the answer; 30 seconds unless set.
    pub attempt: Option<Duration>,
    /// The whole call, with all attempts and the waits between them; 120 seconds unless set.
    pub call: Option<Duration>,
}

impl Timeouts {
    /// No timeout at all.
    #[must_use]
    pub const fn none() -> Self {
        Self { connect: None, attempt: None, call: None }
    }

    /// Sets how long a connection may take.
    #[must_use]
    pub const fn connect(mut self, timeout: Duration) -> Self {
        self.connect = Some(timeout);
        self
    }

    /// Sets how long one attempt may take.
    #[must_use]
    pub const fn attempt(mut self, timeout: Duration) -> Self {
        self.attempt = Some(timeout);
        self
    }

    /// Sets how long the whole call may take.
    #[must_use]
    pub const fn call(mut self, timeout: Duration) -> Self {
        self.call = Some(timeout);
        self
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        // Connect answers in well under a second, its reports in a few: 30 seconds is patience, not hope. A call is
        // three attempts and the waits between them, and ends before whoever asked has long gone.
        Self::none().connect(Duration::from_secs(5)).attempt(Duration::from_secs(30)).call(Duration::from_secs(120))
    }
}
