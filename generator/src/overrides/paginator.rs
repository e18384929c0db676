//! `[[paginator]]`: an entry that `paginators-1.json` ought to have.

use super::entry::reason;
use crate::json::{Json, Node, Reader};

/// One `[[paginator]]`.
#[derive(Debug, Default)]
pub(super) struct Paginator {
    pub operation: String,
    input_token: String,
    output_token: String,
    result_key: String,
    limit_key: Option<String>,
}

impl Paginator {
    pub fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            reason(fields);
            Self {
                operation: fields.text("operation"),
                input_token: fields.text("input_token"),
                output_token: fields.text("output_token"),
                result_key: fields.text("result_key"),
                limit_key: fields.optional_text("limit_key"),
            }
        })
    }

    pub fn apply(&self, model: &Json, paginators: &mut Json) -> Vec<String> {
        let mut problems = self.check(model);
        if matches!(paginators, Json::Null) {
            *paginators = [("pagination", Json::Object(Vec::new()))].into();
        }
        match paginators.get_mut("pagination").filter(|entries| entries.as_object().is_some()) {
            None => problems.push("paginators-1.json has no object `pagination` to add to".to_owned()),
            Some(entries) if entries.get(&self.operation).is_some() => {
                problems.push("there is a paginator of this operation already: delete this entry".to_owned());
            }
            Some(entries) => {
                let mut entry: Json = [
                    ("input_token", self.input_token.as_str().into()),
                    ("output_token", self.output_token.as_str().into()),
                    ("result_key", self.result_key.as_str().into()),
                ]
                .into();
                if let Some(limit_key) = &self.limit_key {
                    entry.insert("limit_key", limit_key.as_str().into());
                }
                entries.insert(&self.operation, entry);
            }
        }
        problems
    }

    /// Whether the operation takes and gives the members that the entry speaks of.
    fn check(&self, model: &Json) -> Vec<String> {
        let Some(operation) = model.get("operations").and_then(|operations| operations.get(&self.operation)) else {
            return vec!["the model has no such operation".to_owned()];
        };
        let expected: [(_, _, Option<&str>, &[&str]); 4] = [
            ("input", "input_token", Some(&self.input_token), &["string"]),
            ("output", "output_token", Some(&self.output_token), &["string"]),
            ("output", "result_key", Some(&self.result_key), &["list", "map"]),
            ("input", "limit_key", self.limit_key.as_deref(), &["integer", "long"]),
        ];
        let mut problems = Vec::new();
        for (side, key, path, fits) in expected {
            let Some(path) = path else { continue };
            match type_of(model, operation.get(side), path) {
                Some(found) if fits.contains(&found) => {}
                Some(found) => {
                    problems.push(format!("`{key}`: `{path}` is of type {found}, not {}", fits.join(" or ")));
                }
                None => problems.push(format!("`{key}`: the operation's {side} has no member `{path}`")),
            }
        }
        problems
    }
}

/// The type of the member that a dotted path leads to from a reference to a shape.
fn type_of<'a>(model: &'a Json, reference: Option<&'a Json>, path: &str) -> Option<&'a str> {
    let shapes = model.get("shapes")?;
    let shape = |reference: &'a Json| shapes.get(reference.get("shape")?.as_str()?);
    let mut reference = reference?;
    for member in path.split('.') {
        reference = shape(reference)?.get("members")?.get(member)?;
    }
    shape(reference)?.get("type")?.as_str()
}
