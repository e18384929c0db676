//! Takes a model; refuses what is inconsistent, what is not emitted, and names that cannot become Rust.

use std::collections::BTreeSet;

use super::{limits, traits};
use crate::diagnostic::Diagnostics;
use crate::model::{ServiceModel, Shape, ShapeType};
use crate::names;

/// The longest string of a model that is not a name: a pattern, an enumeration value, a message.
const LONGEST_TEXT: usize = 10_000;

/// Checks the whole model.
pub(super) fn check(file: &str, model: &ServiceModel, problems: &mut Diagnostics) {
    check_metadata(file, model, problems);
    for (name, operation) in &model.operations {
        let at = format!("operations.{name}");
        if let Some(problem) = names::validate(name) {
            problems.push(file, &at, problem);
        }
        if operation.name != *name {
            problems.push(file, format!("{at}.name"), format!("{:?} is not the operation's key", operation.name));
        }
        for (end, target) in operation.ends() {
            let at = format!("{at}.{end}");
            match model.shapes.get(target) {
                None => problems.push(file, at, dangling(target)),
                Some(shape) if shape.kind != ShapeType::Structure => {
                    problems.push(file, at, format!("{target} is no structure"));
                }
                Some(shape) => check_event_stream(file, &at, model, shape, problems),
            }
        }
        for (index, error) in operation.errors.iter().enumerate() {
            let at = format!("{at}.errors[{index}]");
            match model.shapes.get(&error.shape) {
                None => problems.push(file, at, dangling(&error.shape)),
                Some(shape) if !shape.exception || shape.kind != ShapeType::Structure => {
                    problems.push(file, at, format!("{} is no exception", error.shape));
                }
                Some(_) => {}
            }
        }
    }
    for (name, shape) in &model.shapes {
        let at = format!("shapes.{name}");
        if let Some(problem) = names::validate(name) {
            problems.push(file, &at, problem);
        }
        check_shape(file, &at, model, shape, problems);
    }
    limits::check_lists(file, model, problems);
}

fn dangling(name: &str) -> String {
    format!("there is no shape {name:?}")
}

fn check_metadata(file: &str, model: &ServiceModel, problems: &mut Diagnostics) {
    let metadata = &model.metadata;
    let offered = metadata.protocols.iter().flatten().any(|protocol| protocol == "rest-json");
    if metadata.protocol != "rest-json" && !offered {
        let message = format!("{:?} is not supported: the generator speaks rest-json", metadata.protocol);
        problems.push(file, "metadata.protocol", message);
    }
    let texts = [
        ("apiVersion", Some(&metadata.api_version)),
        ("endpointPrefix", Some(&metadata.endpoint_prefix)),
        ("serviceId", Some(&metadata.service_id)),
        ("signingName", metadata.signing_name.as_ref()),
        ("uid", metadata.uid.as_ref()),
    ];
    for (key, text) in texts.into_iter().filter_map(|(key, text)| Some((key, text?))) {
        let plain = |c: char| c.is_ascii_alphanumeric() || " -_.".contains(c);
        if text.is_empty() || text.len() > names::LONGEST || !text.chars().all(plain) {
            problems.push(
                file,
                format!("metadata.{key}"),
                "expected letters, digits, spaces, dots, hyphens or underscores",
            );
        }
    }
    if !metadata.service_id.contains(|c: char| c.is_ascii_alphabetic()) {
        problems.push(file, "metadata.serviceId", "expected a name with a letter");
    }
}

fn check_shape(file: &str, at: &str, model: &ServiceModel, shape: &Shape, problems: &mut Diagnostics) {
    for (path, target) in shape.references() {
        if !model.shapes.contains_key(target) {
            problems.push(file, format!("{at}.{path}"), dangling(target));
        }
    }
    for name in shape.members.keys() {
        if let Some(problem) = names::validate(name) {
            problems.push(file, format!("{at}.members.{name}"), problem);
        }
    }
    for (index, name) in shape.required.iter().enumerate() {
        if !shape.members.contains_key(name) {
            problems.push(file, format!("{at}.required[{index}]"), format!("there is no member {name:?}"));
        }
    }
    if let Some(payload) = &shape.payload {
        if !shape.members.contains_key(payload) {
            problems.push(file, format!("{at}.payload"), format!("there is no member {payload:?}"));
        }
    }
    if let Some(key) = shape.key.as_ref().and_then(|key| model.shapes.get(&key.shape)) {
        if key.kind != ShapeType::String {
            problems.push(file, format!("{at}.key"), "only strings can be the keys of a map");
        }
    }
    check_texts(file, at, shape, problems);
    traits::check_types(file, at, shape, problems);
}

/// Strings that end up in emitted text as literals or documentation: their content is harmless there, their size is not.
fn check_texts(file: &str, at: &str, shape: &Shape, problems: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for (index, value) in shape.values.iter().flatten().enumerate() {
        let at = format!("{at}.enum[{index}]");
        if value.len() > LONGEST_TEXT {
            problems.push(file, &at, format!("a value of {} bytes", value.len()));
        }
        if !seen.insert(value) {
            problems.push(file, &at, format!("the value {value:?} stands twice"));
        }
    }
    if shape.pattern.as_ref().is_some_and(|pattern| pattern.len() > LONGEST_TEXT) {
        problems.push(file, format!("{at}.pattern"), "a pattern that is longer than 10,000 bytes");
    }
}

/// Event streams need a connection that stays open both ways, which nothing emitted has.
fn check_event_stream(file: &str, at: &str, model: &ServiceModel, shape: &Shape, problems: &mut Diagnostics) {
    let holds = |name: &str| model.shapes.get(name).is_some_and(|shape| shape.eventstream);
    if shape.members.values().any(|member| holds(&member.shape)) {
        problems.push(file, at, "eventstream is not supported");
    }
}
