//! Facts that rules look at, and how places are named.

use std::collections::BTreeMap;

use crate::model::{Paginators, ServiceModel};
use crate::resolve::Usage;

/// The facts that rules examine.
pub(super) struct Facts<'a> {
    pub model: &'a ServiceModel,
    pub paginators: &'a Paginators,
    pub usage: &'a BTreeMap<String, Usage>,
}

/// The places where a rule finds something, and what.
pub(super) type Occurrences = BTreeMap<String, String>;

pub(super) fn at_operation(name: &str) -> String {
    format!("operations.{name}")
}

pub(super) fn at_member(shape: &str, member: &str) -> String {
    format!("shapes.{shape}.members.{member}")
}
