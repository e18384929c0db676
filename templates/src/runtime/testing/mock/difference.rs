//! Differences between the members that a rule wants and those that a call has.

use serde_json::Value;

/// The differences: each is the path of a member, what is wanted there, and what there is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Difference {
    pub(super) path: String,
    pub(super) wanted: Value,
    pub(super) found: Option<Value>,
}

/// The differences of a value from the expected one. Members that are not wanted may have any value, in structures of structures as
/// well; lists and scalars have to be equal.
pub(super) fn differences(wanted: &Value, found: &Value) -> Vec<Difference> {
    let mut all = Vec::new();
    compare(wanted, Some(found), String::new(), &mut all);
    all
}

fn compare(wanted: &Value, found: Option<&Value>, path: String, to: &mut Vec<Difference>) {
    match (wanted, found) {
        (Value::Object(members), Some(Value::Object(found))) => {
            for (name, wanted) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                compare(wanted, found.get(name), path, to);
            }
        }
        // A null is a member that is not there.
        (Value::Null, None | Some(Value::Null)) => {}
        (wanted, Some(found)) if is_equal(wanted, found) => {}
        (wanted, found) => to.push(Difference { path, wanted: wanted.clone(), found: found.cloned() }),
    }
}

/// Numbers are equal by value: a test writes 5 where a client wrote 5.0.
fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, one)| other.get(name).is_some_and(|other| is_equal(one, other)))
        }
        (one, other) => one == other,
    }
}
