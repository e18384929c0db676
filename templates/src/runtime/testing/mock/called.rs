//! Calls that a mock received.

/// A call that a mock received.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Called<R> {
    /// The input, with what the client adds to it, such as idempotency tokens.
    pub input: R,
    /// The attempts that were made, and the outcome of each.
    pub attempts: Vec<Outcome>,
}

/// The outcome of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was not answered yet, or the client stopped waiting.
    Open,
    /// A response with this HTTP status was given.
    Response(u16),
    /// No connection was made, so nothing was sent.
    Refused,
    /// The connection broke before the response came.
    Broken,
    /// No rule answered.
    Unanswered,
}
