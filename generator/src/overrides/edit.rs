//! `[[edit]]`: a change of keys at a place of `service-2.json`.

use super::entry::reason;
use crate::json::{Json, Node, Reader};

/// One `[[edit]]`.
#[derive(Debug, Default)]
pub(super) struct Edit {
    pub at: String,
    set: Vec<(String, Json)>,
    remove: Vec<String>,
}

impl Edit {
    pub fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            reason(fields);
            let edit = Self {
                at: fields.text("at"),
                set: fields.map("set", |_, node| node.value.clone()).into_iter().collect(),
                remove: fields.optional_texts("remove").unwrap_or_default(),
            };
            if edit.set.is_empty() && edit.remove.is_empty() {
                fields.problem("neither `set` nor `remove` is given: the entry does nothing");
            }
            edit
        })
    }

    /// Edits the model; returns what stood in the way.
    pub fn apply(&self, model: &mut Json) -> Vec<String> {
        let target = match place(model, &self.at) {
            Ok(target) => target,
            Err(message) => return vec![message],
        };
        let mut problems = Vec::new();
        for (key, wanted) in &self.set {
            if target.get(key) == Some(wanted) {
                let shown = serde_json::to_string(wanted).unwrap_or_default();
                problems.push(format!("upstream now has `{key}` = {shown}: delete this from the entry"));
            } else {
                target.insert(key, wanted.clone());
            }
        }
        for key in &self.remove {
            if target.remove(key).is_none() {
                problems.push(format!("upstream has no `{key}` here any more: delete this from the entry"));
            }
        }
        problems
    }
}

/// The object at a dotted path, or how far the path leads.
pub(super) fn place<'a>(model: &'a mut Json, path: &str) -> Result<&'a mut Json, String> {
    let mut here = model;
    let mut walked = String::new();
    for step in path.split('.') {
        let whole = if walked.is_empty() { "the model" } else { &walked };
        let Some(next) = here.get_mut(step) else {
            return Err(format!("there is no such place in the model: {whole} has no `{step}`"));
        };
        here = next;
        walked = if walked.is_empty() { step.to_owned() } else { format!("{walked}.{step}") };
    }
    if here.as_object().is_some() {
        Ok(here)
    } else {
        Err(format!("{path} is not an object: name the object that holds it"))
    }
}
