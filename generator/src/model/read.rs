//! Takes parsed JSON; gives the mirror, reading operation by operation and member by member, so that every fault is
//! found in one run and names its place.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Metadata, Operation, Paginator, Paginators, ServiceModel, Shape};
use crate::diagnostic::Diagnostics;

/// Reads a `service-2.json`.
///
/// # Errors
/// Every key that is missing, unknown or of the wrong type.
pub(crate) fn read_service(file: &str, value: Value) -> Result<ServiceModel, Diagnostics> {
    let mut reader = Reader { file, problems: Diagnostics::default() };
    let mut top = reader.object("", value);
    let metadata: Option<Metadata> = match top.remove("metadata") {
        Some(value) => reader.read("metadata", value),
        None => {
            reader.problems.push(file, "", "the key `metadata` is missing: is this a service-2.json?");
            None
        }
    };
    let operations = reader.entries::<Operation>(&mut top, "operations", "");
    let shapes = reader.shapes(&mut top);
    let documentation = top.remove("documentation").and_then(|value| value.as_str().map(str::to_owned));
    for known in ["version", "examples", "deprecated", "deprecatedMessage"] {
        top.remove(known);
    }
    for unknown in top.keys() {
        reader.problems.push(file, unknown.as_str(), "a key that the generator does not know");
    }
    match metadata {
        Some(metadata) => reader.problems.into_result(ServiceModel { metadata, operations, shapes, documentation }),
        None => Err(reader.problems),
    }
}

/// Reads a `paginators-1.json`.
///
/// # Errors
/// As [`read_service`].
pub(crate) fn read_paginators(file: &str, value: Value) -> Result<Paginators, Diagnostics> {
    let mut reader = Reader { file, problems: Diagnostics::default() };
    let mut top = reader.object("", value);
    let paginators = reader.entries::<Paginator>(&mut top, "pagination", "");
    top.remove("version");
    for unknown in top.keys() {
        reader.problems.push(file, unknown.as_str(), "a key that the generator does not know");
    }
    reader.problems.into_result(paginators)
}

struct Reader<'a> {
    file: &'a str,
    problems: Diagnostics,
}

impl Reader<'_> {
    fn object(&mut self, path: &str, value: Value) -> Map<String, Value> {
        match value {
            Value::Object(map) => map,
            other => {
                self.problems.push(self.file, path, format!("expected an object, got {}", kind(&other)));
                Map::new()
            }
        }
    }

    fn read<T: DeserializeOwned>(&mut self, path: &str, value: Value) -> Option<T> {
        match serde_json::from_value(value) {
            Ok(read) => Some(read),
            Err(error) => {
                self.problems.push(self.file, path, error.to_string());
                None
            }
        }
    }

    /// Takes the object under `key` out of `of`, which stands at `at`, and reads each of its entries.
    fn entries<T: DeserializeOwned>(
        &mut self,
        of: &mut Map<String, Value>,
        key: &str,
        at: &str,
    ) -> BTreeMap<String, T> {
        let path = if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") };
        let entries = of.remove(key).map(|value| self.object(&path, value)).unwrap_or_default();
        let read = entries.into_iter().filter_map(|(name, value)| {
            let entry = self.read(&format!("{path}.{name}"), value)?;
            Some((name, entry))
        });
        read.collect()
    }

    fn shapes(&mut self, top: &mut Map<String, Value>) -> BTreeMap<String, Shape> {
        let entries = top.remove("shapes").map(|value| self.object("shapes", value)).unwrap_or_default();
        let mut shapes = BTreeMap::new();
        for (name, value) in entries {
            let path = format!("shapes.{name}");
            let mut raw = self.object(&path, value);
            let members = self.entries(&mut raw, "members", &path);
            if let Some(shape) = self.read::<Shape>(&path, Value::Object(raw)) {
                shapes.insert(name, Shape { members, ..shape });
            }
        }
        shapes
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
