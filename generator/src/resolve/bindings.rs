//! Takes a model whose references hold; refuses HTTP bindings that cannot be sent.

use std::collections::{BTreeMap, BTreeSet};

use super::Usage;
use crate::diagnostic::Diagnostics;
use crate::model::{Member, Operation, ServiceModel, Shape, ShapeType};
use crate::names;

/// Checks the bindings of every operation, and the names of all members.
pub(super) fn check(file: &str, model: &ServiceModel, usage: &BTreeMap<String, Usage>, problems: &mut Diagnostics) {
    let mut tops = BTreeSet::new();
    for (name, operation) in &model.operations {
        check_http(file, &format!("operations.{name}"), model, operation, problems);
        tops.extend(operation.ends().map(|(_, shape)| shape));
        tops.extend(operation.errors.iter().map(|error| error.shape.as_str()));
    }
    for (name, used) in usage {
        let shape = &model.shapes[name];
        let at = format!("shapes.{name}");
        if tops.contains(name.as_str()) {
            check_members(file, &at, shape, model, problems);
            check_names(file, &at, shape, true, problems);
        }
        // In another shape, every member is a key of the body, whatever the model binds it to.
        if used.nested || !tops.contains(name.as_str()) {
            check_names(file, &at, shape, false, problems);
        }
    }
}

fn check_http(file: &str, at: &str, model: &ServiceModel, operation: &Operation, problems: &mut Diagnostics) {
    let method = operation.http.method.as_str();
    if !["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(&method) {
        problems.push(file, format!("{at}.http.method"), format!("{method:?} is no HTTP method"));
    }
    let labels = match label_names(&operation.http.request_uri) {
        Ok(labels) => labels,
        Err(fault) => return problems.push(file, format!("{at}.http.requestUri"), fault),
    };
    let members = operation.input.as_ref().and_then(|input| model.shapes.get(&input.shape)).map(|shape| &shape.members);
    let bound: Vec<&str> = members
        .into_iter()
        .flatten()
        .filter(|(_, member)| member.location.as_deref() == Some("uri"))
        .map(|(name, member)| member.location_name.as_deref().unwrap_or(name))
        .collect();
    for label in labels.iter().filter(|label| !bound.contains(label)) {
        problems.push(file, format!("{at}.http.requestUri"), format!("no member is bound to the label {label:?}"));
    }
    for label in bound.iter().filter(|label| !labels.contains(label)) {
        problems.push(file, format!("{at}.http.requestUri"), format!("the label {label:?} of a member is not in it"));
    }
    if let Some(endpoint) = &operation.endpoint {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-.{}".contains(c);
        if endpoint.host_prefix.len() > names::LONGEST || !endpoint.host_prefix.chars().all(plain) {
            problems.push(
                file,
                format!("{at}.endpoint.hostPrefix"),
                "expected letters, digits, hyphens, dots and labels",
            );
        }
    }
}

/// The labels of a URI template, without the `+` of a greedy one; or what is wrong with the template.
fn label_names(uri: &str) -> Result<Vec<&str>, String> {
    let (path, query) = split_uri(uri);
    if !path.starts_with('/') || uri.len() > 2_000 {
        return Err("expected a path that starts with a slash".to_owned());
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/!$&'()*+,;=:@%{}?#".contains(c);
    if let Some(bad) = uri.chars().find(|c| !plain(*c)) {
        return Err(format!("the character {bad:?} cannot be in a URI"));
    }
    if query.contains(['{', '}', '?']) {
        return Err("the query string of a URI template is constant".to_owned());
    }
    let mut labels = Vec::new();
    let mut rest = path;
    while let Some(start) = rest.find(['{', '}']) {
        let inside = rest[start..].strip_prefix('{').ok_or("a `}` without its `{`")?;
        let end =
            inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}')).ok_or("a `{` without its `}`")?;
        let label = inside[..end].strip_suffix('+').unwrap_or(&inside[..end]);
        if label.is_empty() || labels.contains(&label) {
            return Err(format!("the label {label:?} is empty or stands twice"));
        }
        labels.push(label);
        rest = &inside[end + 1..];
    }
    Ok(labels)
}

/// The path and the constant query string of a URI template.
fn split_uri(uri: &str) -> (&str, &str) {
    uri.split_once('?').unwrap_or((uri, ""))
}

fn check_members(file: &str, at: &str, shape: &Shape, model: &ServiceModel, problems: &mut Diagnostics) {
    for (member_name, member) in &shape.members {
        let at = format!("{at}.members.{member_name}");
        let target = &model.shapes[&member.shape];
        if let Some(fault) = location_fault(model, member, target) {
            problems.push(file, &at, fault);
        }
        let location = member.location.as_deref();
        if location.is_some_and(|location| location.starts_with("header")) {
            let wire = member.location_name.as_deref().unwrap_or(member_name);
            let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
            // A prefix may be empty: it is that of all headers.
            let empty = wire.is_empty() && location == Some("header");
            if empty || wire.len() > names::LONGEST || !wire.chars().all(token) {
                problems.push(file, &at, format!("{wire:?} cannot be the name of a header"));
            }
        }
        match &shape.payload {
            Some(payload) if payload == member_name && location.is_some() => {
                problems.push(file, &at, "the payload is bound to something else as well");
            }
            Some(payload) if payload != member_name && location.is_none() => {
                problems.push(file, &at, format!("the payload {payload:?} is the whole body: this is not sent"));
            }
            _ => {}
        }
    }
}

/// What keeps a member of this shape from being bound where the model binds it.
fn location_fault(model: &ServiceModel, member: &Member, target: &Shape) -> Option<String> {
    let text = |shape: &Shape| {
        !matches!(shape.kind, ShapeType::Structure | ShapeType::List | ShapeType::Map | ShapeType::Blob)
    };
    let element = |shape: &Shape| shape.element().and_then(|inner| model.shapes.get(inner)).is_some_and(text);
    let number = |shape: &Shape| matches!(shape.kind, ShapeType::Integer | ShapeType::Long | ShapeType::Short);
    let fits = match member.location.as_deref() {
        None => true,
        Some("uri") => text(target),
        Some("querystring") => match target.kind {
            ShapeType::List => element(target),
            ShapeType::Map => {
                let value = target.value.as_ref().and_then(|value| model.shapes.get(&value.shape));
                element(target) || value.is_some_and(|value| value.kind == ShapeType::List && element(value))
            }
            _ => text(target),
        },
        Some("header") => text(target) || (target.kind == ShapeType::List && element(target)) || member.jsonvalue,
        Some("headers") => target.kind == ShapeType::Map && element(target),
        Some("statusCode") => number(target),
        Some(other) => return Some(format!("the location {other:?} is not supported")),
    };
    (!fits)
        .then(|| format!("a {:?} cannot be bound to {:?}", target.kind, member.location.as_deref().unwrap_or("body")))
}

/// Of two members of one name in one place, one would be lost.
fn check_names(file: &str, at: &str, shape: &Shape, bound: bool, problems: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for (member_name, member) in &shape.members {
        let location = member.location.as_deref().filter(|_| bound);
        let wire = member.location_name.as_deref().unwrap_or(member_name);
        let wire = if location == Some("header") { wire.to_ascii_lowercase() } else { wire.to_owned() };
        if !seen.insert((location, wire.clone())) {
            let place = location.unwrap_or("body");
            let message = format!("another member is called {wire:?} in the {place} as well");
            problems.push(file, format!("{at}.members.{member_name}"), message);
        }
    }
}
