//! Values in the JSON of services and of files that AWS's tools share: strings and times.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

use crate::runtime::shape::timestamp::DateTime;

/// A member that is a string and not empty.
pub(super) fn string<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().filter(|text| !text.is_empty())
}

/// An object whose members are strings.
pub(super) fn strings(members: &[(&str, &str)]) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in members {
        object.insert((*name).to_owned(), (*value).into());
    }
    object
}

/// A time: text as [`iso`] reads it, or milliseconds since the epoch.
pub(super) fn time(value: &Value) -> Option<SystemTime> {
    match value {
        Value::String(text) => iso(text),
        Value::Number(millis) => UNIX_EPOCH.checked_add(Duration::from_millis(millis.as_u64()?)),
        _ => None,
    }
}

/// A time in ISO 8601, or as the first versions of AWS's tools wrote it, with `UTC` for `Z`.
pub(super) fn iso(text: &str) -> Option<SystemTime> {
    let parse = |text: &str| DateTime::parse(text).ok()?.try_into().ok();
    match text.strip_suffix("UTC") {
        Some(text) => parse(&format!("{text}Z")),
        None => parse(text),
    }
}
