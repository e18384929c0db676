//! Paths of hierarchy groups, as groups keep them and searches follow them.

use serde_json::{Map, Value};

use super::engine::Engine;
use super::store::Record;

/// The member that holds the path of groups, the group itself last.
pub(super) const PATH: &str = "HierarchyPath";

/// The groups that lead to a group, by levels.
pub(super) fn path(group: &Record) -> Map<String, Value> {
    group.members.get(PATH).and_then(Value::as_object).cloned().unwrap_or_default()
}

/// The ids of a group and of those below it.
pub(super) fn with_children(engine: &Engine, scope: &[String], id: &str) -> Vec<String> {
    let Some(family) = engine.facts.family("UserHierarchyGroup") else { return vec![id.to_owned()] };
    let all = engine.state.store.within(family, scope, 0);
    all.filter(|(_, group)| path(group).values().any(|entry| entry["Id"] == id))
        .map(|(_, group)| group.id.clone())
        .collect()
}
