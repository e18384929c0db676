//! Takes the text of an `overrides.toml` and parsed upstream models; edits the models as told. An entry that no longer
//! applies is an error: upstream has moved, and the entry is to be deleted or thought over again.
//!
//! ```toml
//! [[edit]]
//! at = "shapes.Foo.members.Bar"      # names joined by dots, from the top of service-2.json
//! set = { box = true }               # keys to add or to replace there
//! remove = ["required"]              # keys to take away there
//! reason = "Why upstream is wrong."
//!
//! [[paginator]]                      # an operation that paginators-1.json leaves out
//! operation = "ListFoos"
//! input_token = "NextToken"
//! output_token = "NextToken"
//! result_key = "Foos"
//! limit_key = "MaxResults"           # optional
//! reason = "How we know that it pages."
//! ```

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics};

/// The whole of an `overrides.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Overrides {
    #[serde(default, rename = "edit")]
    edits: Vec<Edit>,
    #[serde(default, rename = "paginator")]
    paginators: Vec<Paginator>,
}

/// One `[[edit]]`: a change of keys at a place of `service-2.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    at: String,
    #[serde(default)]
    set: Map<String, Value>,
    #[serde(default)]
    remove: Vec<String>,
    reason: String,
}

/// One `[[paginator]]`: an entry that `paginators-1.json` ought to have.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paginator {
    operation: String,
    input_token: String,
    output_token: String,
    result_key: String,
    limit_key: Option<String>,
    reason: String,
}

/// Applies the overrides in the text `overrides`, which messages call `file`, to a parsed `service-2.json` and a parsed
/// `paginators-1.json` (`null` where the service has none and none is added).
///
/// # Errors
/// Every entry that does not apply, by the name of the file and of the entry: its place is missing, upstream already has
/// what it sets or lacks what it removes, the operation has a paginator upstream, or a member that it names is not there
/// or not of a fitting type. The models are then half edited and of no further use.
pub fn apply(file: &str, overrides: &str, model: &mut Value, paginators: &mut Value) -> Result<(), Diagnostics> {
    let Overrides { edits, paginators: added } =
        toml::from_str(overrides).map_err(|error| unreadable(file, overrides, &error))?;
    let mut problems = Diagnostics::default();
    for edit in &edits {
        let entry = format!("edit {}", edit.at);
        for message in edit.apply(model) {
            problems.push(file, &entry, message);
        }
    }
    for paginator in &added {
        let entry = format!("paginator {}", paginator.operation);
        for message in paginator.apply(model, paginators) {
            problems.push(file, &entry, message);
        }
    }
    problems.into_result(())
}

/// What toml says of a broken file, in one line and with the number of the line.
fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let place = error.span().map_or_else(String::new, |span| {
        let before = text.as_bytes().iter().take(span.start);
        format!("line {}", 1 + before.filter(|byte| **byte == b'\n').count())
    });
    Diagnostic::new(file, place, error.message())
}

/// A complaint where an entry does not say why it exists.
fn unexplained(reason: &str) -> Option<String> {
    reason.trim().is_empty().then(|| "the reason is empty: say what upstream gets wrong".to_owned())
}

impl Edit {
    /// Edits the model; gives what stood in the way.
    fn apply(&self, model: &mut Value) -> Vec<String> {
        let mut problems: Vec<_> = unexplained(&self.reason).into_iter().collect();
        if self.set.is_empty() && self.remove.is_empty() {
            problems.push("neither `set` nor `remove` is given: the entry does nothing".to_owned());
        }
        let target = match place(model, &self.at) {
            Ok(target) => target,
            Err(message) => {
                problems.push(message);
                return problems;
            }
        };
        for (key, wanted) in &self.set {
            if target.get(key) == Some(wanted) {
                problems.push(format!("upstream has `{key}` = {wanted} by now: delete this from the entry"));
            } else {
                target.insert(key.clone(), wanted.clone());
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
fn place<'a>(model: &'a mut Value, path: &str) -> Result<&'a mut Map<String, Value>, String> {
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
    here.as_object_mut().ok_or_else(|| format!("{path} is not an object: name the object that holds it"))
}

impl Paginator {
    /// Adds the entry; gives what stood in the way.
    fn apply(&self, model: &Value, paginators: &mut Value) -> Vec<String> {
        let mut problems: Vec<_> = unexplained(&self.reason).into_iter().collect();
        problems.extend(self.check(model));
        let entry = json!({
            "input_token": self.input_token,
            "output_token": self.output_token,
            "result_key": self.result_key,
        });
        match pagination(paginators) {
            None => problems.push("paginators-1.json has no object `pagination` to add to".to_owned()),
            Some(pagination) if pagination.contains_key(&self.operation) => {
                problems.push("there is a paginator of this operation already: delete this entry".to_owned());
            }
            Some(pagination) => {
                let entry = pagination.entry(self.operation.clone()).or_insert(entry);
                if let Some(limit_key) = &self.limit_key {
                    entry["limit_key"] = Value::from(limit_key.as_str());
                }
            }
        }
        problems
    }

    /// Whether the operation takes and gives the members that the entry speaks of.
    fn check(&self, model: &Value) -> Vec<String> {
        let operation = &model["operations"][self.operation.as_str()];
        if operation.is_null() {
            return vec!["the model has no such operation".to_owned()];
        }
        let expected: [(_, _, Option<&str>, &[&str]); 4] = [
            ("input", "input_token", Some(&self.input_token), &["string"]),
            ("output", "output_token", Some(&self.output_token), &["string"]),
            ("output", "result_key", Some(&self.result_key), &["list", "map"]),
            ("input", "limit_key", self.limit_key.as_deref(), &["integer", "long"]),
        ];
        let mut problems = Vec::new();
        for (side, key, path, fits) in expected {
            let Some(path) = path else { continue };
            match type_of(model, &operation[side]["shape"], path) {
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

/// The entries of a `paginators-1.json`; an absent file becomes one without entries.
fn pagination(paginators: &mut Value) -> Option<&mut Map<String, Value>> {
    if paginators.is_null() {
        *paginators = json!({ "pagination": {} });
    }
    paginators.get_mut("pagination")?.as_object_mut()
}

/// The type of the member that a dotted path leads to from a shape.
fn type_of<'a>(model: &'a Value, shape: &'a Value, path: &str) -> Option<&'a str> {
    let mut shape = shape;
    for member in path.split('.') {
        shape = &model["shapes"][shape.as_str()?]["members"].get(member)?["shape"];
    }
    model["shapes"][shape.as_str()?]["type"].as_str()
}
