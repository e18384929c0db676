//! Entries of a mock's list of rules, without the types of their operations.

use std::panic::Location;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;

use super::difference::{Difference, differences};
use super::question::Responder;
use crate::runtime::base::threads::shareable;
use crate::runtime::call::mark::CallMarker;

pub(super) type Predicate = Box<shareable!(dyn Fn(&Value) -> Result<bool, String>)>;

/// The condition of a rule on an input.
pub(super) enum Condition {
    /// It has these members.
    Members(Value),
    /// A function says so.
    Predicate(Predicate),
}

/// A rule.
pub(super) struct Entry {
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
    /// Where the test declares it.
    pub(super) at: &'static Location<'static>,
    pub(super) conditions: Vec<Condition>,
    /// The maximum number of its responses.
    pub(super) most: Option<u64>,
    /// The least number of its responses, which `verify` requires.
    pub(super) least: u64,
    pub(super) used: AtomicU64,
    pub(super) delay: Duration,
    /// Whether the connection breaks after the rule has answered.
    pub(super) loses_response: bool,
    pub(super) responder: Responder,
}

/// Why a rule does not match a call.
#[derive(Debug)]
pub(super) enum Mismatch {
    Members(Vec<Difference>),
    Predicate,
    /// The input cannot be read as the type that the rule asks for.
    Type(String),
}

impl Entry {
    pub(super) fn is_for(&self, mark: &CallMarker) -> bool {
        self.service == mark.service.id && self.operation == mark.info.name
    }

    /// Why the rule does not match an input; nothing where it does.
    pub(super) fn mismatches(&self, input: &Value) -> Vec<Mismatch> {
        let mismatch = |condition: &Condition| match condition {
            Condition::Members(wanted) => {
                let found = differences(wanted, input);
                (!found.is_empty()).then_some(Mismatch::Members(found))
            }
            Condition::Predicate(predicate) => match predicate(input) {
                Ok(true) => None,
                Ok(false) => Some(Mismatch::Predicate),
                Err(why) => Some(Mismatch::Type(why)),
            },
        };
        self.conditions.iter().filter_map(mismatch).collect()
    }

    pub(super) fn used(&self) -> u64 {
        self.used.load(Ordering::SeqCst)
    }

    pub(super) fn is_used_up(&self) -> bool {
        self.most.is_some_and(|most| self.used() >= most)
    }

    /// Uses the rule once; `false` where it is used up.
    pub(super) fn take(&self) -> bool {
        let next = |used| self.most.is_none_or(|most| used < most).then_some(used + 1);
        self.used.fetch_update(Ordering::SeqCst, Ordering::SeqCst, next).is_ok()
    }
}

pub(super) fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}
