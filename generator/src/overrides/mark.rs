//! `[[readonly]]` and `[[sensitive]]`: marks that upstream's model leaves out, for many places at once.

use super::edit::place;
use super::entry::{names, reason};
use crate::json::{Json, Node, Reader};

/// One `[[readonly]]`: operations that only read, though neither their method nor the model says so. A failed call of one is
/// repeated.
#[derive(Debug, Default)]
pub(super) struct Readonly {
    pub operations: Vec<String>,
}

impl Readonly {
    pub fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            reason(fields);
            Self { operations: names(fields, "operations") }
        })
    }
}

/// Marks an operation; returns what stood in the way.
pub(super) fn mark_readonly(model: &mut Json, name: &str) -> Vec<String> {
    let operation = match place(model, &format!("operations.{name}")) {
        Ok(operation) => operation,
        Err(message) => return vec![message],
    };
    let method = operation.get("http").and_then(|http| http.get("method")).and_then(Json::as_str).unwrap_or_default();
    if matches!(method, "GET" | "HEAD") {
        return vec![format!("it is sent by {method}, which only reads: delete it from the entry")];
    }
    mark(operation, "readonly")
}

/// One `[[sensitive]]`: shapes, or members of structures, whose values must not be shown.
#[derive(Debug, Default)]
pub(super) struct Sensitive {
    pub at: Vec<String>,
}

impl Sensitive {
    pub fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            reason(fields);
            Self { at: names(fields, "at") }
        })
    }
}

/// Marks a shape or a member; returns what stood in the way.
pub(super) fn mark_sensitive(model: &mut Json, at: &str) -> Vec<String> {
    let held = |model: &Json, reference: &Json| model.get("shapes")?.get(reference.get("shape")?.as_str()?).cloned();
    let reference = match place(model, at) {
        Ok(target) => target.clone(),
        Err(message) => return vec![message],
    };
    if held(model, &reference).is_some_and(|held| is_marked(&held, "sensitive")) {
        return vec!["the shape that it holds is `sensitive` now: delete it from the entry".to_owned()];
    }
    match place(model, at) {
        Ok(target) => mark(target, "sensitive"),
        Err(message) => vec![message],
    }
}

fn mark(target: &mut Json, key: &str) -> Vec<String> {
    if is_marked(target, key) {
        return vec![format!("the model now says `{key}`: delete it from the entry")];
    }
    target.insert(key, Json::Bool(true));
    Vec::new()
}

fn is_marked(target: &Json, key: &str) -> bool {
    target.get(key) == Some(&Json::Bool(true))
}
