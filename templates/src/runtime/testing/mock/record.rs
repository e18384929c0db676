//! Records of calls: what a mock keeps of each, without its type.

use serde_json::Value;

use super::called::{Called, Outcome};
use super::typed::input_of;
use crate::runtime::protocol::operation::Operation;

/// A call that came.
#[derive(Debug)]
pub(super) struct Record {
    /// The number of the call in its process.
    pub(super) call: u64,
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
    pub(super) input: Value,
    pub(super) attempts: Vec<Outcome>,
}

impl Record {
    pub(super) fn typed<R: Operation>(&self) -> Option<Called<R>> {
        let input = input_of(&self.input).ok()?;
        Some(Called { input, attempts: self.attempts.clone() })
    }
}
