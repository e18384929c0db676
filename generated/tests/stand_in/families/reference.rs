//! The reference model: resources by id, each a map of what it was given.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::facts::Family;

/// What is known of a resource, by names without the family's.
pub type Record = BTreeMap<String, Value>;

/// Adds the members of a creation or a change, without those that lead to the resource.
pub fn learn(family: &Family, record: &mut Record, members: &Map<String, Value>) {
    for (name, value) in members.iter().filter(|(name, _)| !family.labels.contains(name)) {
        if let Some(name) = family.bare(name) {
            let mut value = value.clone();
            // The id of a resource is not what a structure in its creation says.
            value.as_object_mut().map(|members| members.remove(family.label()));
            record.insert(name.to_owned(), value);
        }
    }
}

/// The members in which an answer differs from what is known, and the number of those that both have.
pub fn differences(family: &Family, record: &Record, answer: &Map<String, Value>) -> (Vec<String>, usize) {
    let (mut found, mut compared) = (Vec::new(), 0);
    for (name, value) in answer {
        let Some(known) = family.bare(name).and_then(|name| record.get(name)) else { continue };
        compared += 1;
        if !agrees(known, value) {
            found.push(format!("{name} is {value} and was given as {known}"));
        }
    }
    (found, compared)
}

/// Whether a value of an answer is what was given, as far as its shape has the members.
pub fn agrees(given: &Value, answered: &Value) -> bool {
    match (given, answered) {
        (Value::Object(given), Value::Object(answered)) => {
            answered.iter().all(|(name, value)| given.get(name).is_none_or(|given| agrees(given, value)))
        }
        (Value::Array(given), Value::Array(answered)) => {
            given.len() == answered.len() && given.iter().zip(answered).all(|(one, other)| agrees(one, other))
        }
        (Value::Number(given), Value::Number(answered)) => given.as_f64() == answered.as_f64(),
        (given, answered) => given == answered,
    }
}
