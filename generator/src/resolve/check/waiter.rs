//! Waiters: the operation that each repeats. An expression that is not supported is no mistake of the model: planning says so.

use super::checker::Checker;
use crate::json::Path;
use crate::model::Waiter;
use crate::names;

impl Checker<'_> {
    pub(super) fn check_waiter(&mut self, at: Path<'_>, name: &str, waiter: &Waiter) {
        if let Some(problem) = names::validate(name) {
            self.problem(at, problem);
        }
        if !self.model.operations.contains_key(&waiter.operation) {
            self.problem(at.key("operation"), format!("there is no operation {:?}", waiter.operation));
        }
    }
}
