//! Takes a model whose references hold; refuses traits where they mean nothing, or mean something that is not emitted. A
//! trait is never dropped in silence: the model was written by someone who thought that it says something.

use std::collections::{BTreeMap, BTreeSet};

use super::Usage;
use crate::diagnostic::Diagnostics;
use crate::model::{Member, ServiceModel, Shape, ShapeType};

/// Checks that every trait stands at a shape of a type that it is for. What follows relies on it: a structure with a `member`
/// would be walked as if it were a list.
pub(super) fn check_types(file: &str, at: &str, shape: &Shape, problems: &mut Diagnostics) {
    use ShapeType::{Blob, List, Map, String, Structure, Timestamp};
    let traits: [(&str, bool, &[ShapeType]); 19] = [
        ("members", !shape.members.is_empty(), &[Structure]),
        ("required", !shape.required.is_empty(), &[Structure]),
        ("payload", shape.payload.is_some(), &[Structure]),
        ("union", shape.union, &[Structure]),
        ("exception", shape.exception, &[Structure]),
        ("error", shape.error.is_some(), &[Structure]),
        ("fault", shape.fault, &[Structure]),
        ("retryable", shape.retryable.is_some(), &[Structure]),
        ("document", shape.document, &[Structure]),
        ("eventstream", shape.eventstream, &[Structure]),
        ("event", shape.event, &[Structure]),
        ("member", shape.member.is_some(), &[List]),
        ("key", shape.key.is_some(), &[Map]),
        ("value", shape.value.is_some(), &[Map]),
        ("sparse", shape.sparse, &[List, Map]),
        ("enum", shape.values.is_some(), &[String]),
        ("streaming", shape.streaming, &[Blob]),
        ("requiresLength", shape.requires_length, &[Blob]),
        ("timestampFormat", shape.timestamp_format.is_some(), &[Timestamp]),
    ];
    for (name, given, types) in traits {
        if given && !types.contains(&shape.kind) {
            problems.push(
                file,
                format!("{at}.{name}"),
                format!("`{name}` is not for shapes of type {}", kind_name(shape.kind)),
            );
        }
    }
    let parts = [
        ("member", List, shape.member.is_some()),
        ("key", Map, shape.key.is_some()),
        ("value", Map, shape.value.is_some()),
    ];
    for (name, _, _) in parts.into_iter().filter(|(_, kind, given)| shape.kind == *kind && !given) {
        problems.push(file, at, format!("a {} without `{name}`", kind_name(shape.kind)));
    }
    if matches!(shape.kind, ShapeType::BigDecimal | ShapeType::BigInteger) {
        problems.push(file, format!("{at}.type"), format!("{} is not supported", kind_name(shape.kind)));
    }
    if shape.document && (shape.union || shape.exception || !shape.members.is_empty()) {
        problems.push(file, format!("{at}.document"), "a document is anything: it has no members");
    }
    if shape.union && shape.exception {
        problems.push(file, format!("{at}.union"), "an exception cannot be a union");
    }
}

pub(super) fn kind_name(kind: ShapeType) -> String {
    format!("{kind:?}").to_lowercase()
}

/// Checks what depends on more than one shape.
pub(super) fn check(file: &str, model: &ServiceModel, usage: &BTreeMap<String, Usage>, problems: &mut Diagnostics) {
    let ends = ends(model);
    for (name, shape) in model.shapes.iter().filter(|(name, _)| usage.contains_key(*name)) {
        let at = format!("shapes.{name}");
        check_formats(file, &at, shape.timestamp_format.as_ref(), true, problems);
        for (member_name, member) in &shape.members {
            let at = format!("{at}.members.{member_name}");
            let payload = shape.payload.as_ref() == Some(member_name);
            check_member(file, &at, model, member, payload && ends.contains(name.as_str()), problems);
            if model.shapes[&member.shape].eventstream && !ends.contains(name.as_str()) {
                problems.push(file, &at, "eventstream is not supported");
            }
        }
        let element = shape.element().map(|element| &model.shapes[element]);
        if element.is_some_and(|element| element.streaming) {
            problems.push(file, &at, "streaming is supported for the payload of an operation only");
        }
        if element.is_some_and(|element| element.eventstream) {
            problems.push(file, &at, "eventstream is not supported");
        }
    }
    check_nested_answers(file, model, usage, problems);
    check_codes(file, model, usage, problems);
}

/// The shapes that are the input or the output of an operation.
fn ends(model: &ServiceModel) -> BTreeSet<&str> {
    let operations = model.operations.values();
    operations.flat_map(|one| one.ends()).map(|(_, shape)| shape).collect()
}

fn check_member(
    file: &str,
    at: &str,
    model: &ServiceModel,
    member: &Member,
    payload: bool,
    problems: &mut Diagnostics,
) {
    let target = &model.shapes[&member.shape];
    let mut leaf = target;
    while let Some(inner) = leaf.element() {
        leaf = &model.shapes[inner];
    }
    check_formats(file, at, member.timestamp_format.as_ref(), leaf.kind == ShapeType::Timestamp, problems);
    if (member.streaming || target.streaming) && !(payload && target.kind == ShapeType::Blob) {
        problems.push(file, at, "streaming is supported for the payload of an operation only, and for blobs");
    }
    let json = member.jsonvalue || target.jsonvalue;
    if json && !matches!(member.location.as_deref(), None | Some("header")) {
        problems.push(file, at, "jsonvalue is supported in the body and in headers only");
    }
}

fn check_formats(file: &str, at: &str, format: Option<&String>, timestamp: bool, problems: &mut Diagnostics) {
    let Some(format) = format else { return };
    let at = format!("{at}.timestampFormat");
    if !["iso8601", "unixTimestamp", "rfc822"].contains(&format.as_str()) {
        problems.push(file, at, format!("the timestamp format {format:?} is not supported"));
    } else if !timestamp {
        problems.push(file, at, "there is no timestamp to be formatted");
    }
}

/// An output or an exception that another shape holds as well would have to be bound in two ways.
fn check_nested_answers(file: &str, model: &ServiceModel, usage: &BTreeMap<String, Usage>, problems: &mut Diagnostics) {
    let operations = model.operations.values();
    let outputs = operations.clone().flat_map(|operation| &operation.output).map(|output| &output.shape);
    let errors = operations.flat_map(|operation| &operation.errors).map(|error| &error.shape);
    let answers: BTreeSet<&String> = outputs.chain(errors).collect();
    for name in answers.into_iter().filter(|name| usage.get(*name).is_some_and(|usage| usage.nested)) {
        let shape = &model.shapes[name];
        let bound = |member: &Member| matches!(member.location.as_deref(), Some("header" | "headers" | "statusCode"));
        if shape.payload.is_some() || shape.members.values().any(bound) {
            let message = "an answer with bindings that another shape holds is not supported";
            problems.push(file, format!("shapes.{name}"), message);
        }
    }
}

/// The exception map is by code: of two exceptions of one code, one would never be answered.
fn check_codes(file: &str, model: &ServiceModel, usage: &BTreeMap<String, Usage>, problems: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, shape) in &model.shapes {
        if !shape.exception || !usage.get(name).is_some_and(|usage| usage.error) {
            continue;
        }
        let code = shape.error.as_ref().and_then(|error| error.code.as_deref()).unwrap_or(name);
        if let Some(other) = seen.insert(code, name) {
            problems.push(
                file,
                format!("shapes.{name}.error.code"),
                format!("{code:?} is the code of {other} as well"),
            );
        }
    }
}
