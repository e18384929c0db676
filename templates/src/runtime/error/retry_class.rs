//! The class of a failure: whether and how another attempt may succeed.

/// What a failed attempt means for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryClass {
    /// There is no point in another attempt, or it might do harm.
    Final,
    /// The next one may go better.
    Transient,
    /// Time ran out: the next one may go better, but costs more of the budget.
    Timeout,
    /// The service asks for fewer requests.
    Throttling,
    /// The service's clock differs from this one.
    Skewed,
}

impl RetryClass {
    /// What another attempt takes out of the budget.
    pub(crate) fn cost(self) -> u32 {
        match self {
            Self::Timeout => 10,
            _ => 5,
        }
    }
}
