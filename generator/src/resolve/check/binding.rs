//! HTTP bindings: the URI template with its labels, and where members stand in requests and responses.

use std::collections::{BTreeMap, BTreeSet};

use super::checker::{Checker, SHAPES};
use crate::json::Path;
use crate::model::{Member, Operation, Shape, ShapeType};
use crate::names;
use crate::resolve::usage::Usage;

impl Checker<'_> {
    /// Checks the method, the URI template, and that its labels are the members bound to it.
    pub(super) fn check_uri(&mut self, at: Path<'_>, operation: &Operation) {
        let http = at.key("http");
        let method = operation.http.method.as_str();
        if !["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(&method) {
            self.problem(http.key("method"), format!("{method:?} is not an HTTP method"));
        }
        let labels = match label_names(&operation.http.request_uri) {
            Ok(labels) => labels,
            Err(problem) => return self.problem(http.key("requestUri"), problem),
        };
        let members = self.input(operation).into_iter().flat_map(|input| &input.members);
        let bound = members.filter(|(_, member)| member.location.as_deref() == Some("uri"));
        let bound: Vec<&str> = bound.map(|(name, member)| member.location_name.as_deref().unwrap_or(name)).collect();
        for label in labels.iter().filter(|label| !bound.contains(label)) {
            self.problem(http.key("requestUri"), format!("no member is bound to the label {label:?}"));
        }
        for label in bound.iter().filter(|label| !labels.contains(label)) {
            self.problem(http.key("requestUri"), format!("the label {label:?} of a member is not in it"));
        }
    }

    /// Checks where the members of all shapes stand, and the names that they have there.
    pub(super) fn check_bindings(&mut self, usage: &BTreeMap<String, Usage>) {
        let operations = self.model.operations.values();
        let ends = operations.clone().flat_map(|operation| operation.ends().map(|(_, shape)| shape));
        let errors = operations.flat_map(|operation| &operation.errors).map(|error| error.shape.as_str());
        let tops: BTreeSet<&str> = ends.chain(errors).collect();
        for (name, used) in usage {
            let shape = self.shape(name);
            let at = SHAPES.key(name);
            if tops.contains(name.as_str()) {
                self.check_members(at, shape);
                self.check_names(at, shape, true);
            }
            // In another shape, every member is a key of the body, whatever the model binds it to.
            if used.nested || !tops.contains(name.as_str()) {
                self.check_names(at, shape, false);
            }
        }
    }

    fn check_members(&mut self, at: Path<'_>, shape: &Shape) {
        let members = at.key("members");
        for (name, member) in &shape.members {
            let at = members.key(name);
            if let Some(problem) = self.location_problem(member) {
                self.problem(at.key("location"), problem);
            }
            let location = member.location.as_deref();
            if location.is_some_and(|location| location.starts_with("header")) {
                let wire = member.location_name.as_deref().unwrap_or(name);
                let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
                // A prefix may be empty: it is that of all headers.
                let empty = wire.is_empty() && location == Some("header");
                if empty || wire.len() > names::LONGEST || !wire.chars().all(token) {
                    self.problem(at, format!("{wire:?} cannot be the name of a header"));
                }
            }
            match &shape.payload {
                Some(payload) if payload == name && location.is_some() => {
                    self.problem(at, "the payload is bound to something else as well");
                }
                Some(payload) if payload == name && self.model.is_json_value(member) => {
                    self.problem(at, "jsonvalue is not supported for a payload, which is the body as it is");
                }
                Some(payload) if payload != name && location.is_none() => {
                    self.problem(at, format!("the payload {payload:?} is the whole body: this is not sent"));
                }
                _ => {}
            }
        }
    }

    /// The reason why a member cannot be bound where the model binds it.
    fn location_problem(&self, member: &Member) -> Option<String> {
        let target = self.shape(&member.shape);
        let text = |shape: &Shape| {
            !matches!(shape.kind, ShapeType::Structure | ShapeType::List | ShapeType::Map | ShapeType::Blob)
        };
        let element = |shape: &Shape| self.element(shape).is_some_and(text);
        let string = |shape: &Shape| self.element(shape).is_some_and(|it| it.kind == ShapeType::String);
        let number = |shape: &Shape| matches!(shape.kind, ShapeType::Integer | ShapeType::Long | ShapeType::Short);
        let location = member.location.as_deref()?;
        let fits = match location {
            "uri" => text(target),
            "querystring" => match target.kind {
                ShapeType::List => element(target),
                ShapeType::Map => {
                    let value = self.element(target);
                    element(target) || value.is_some_and(|value| value.kind == ShapeType::List && element(value))
                }
                _ => text(target),
            },
            "header" => text(target) || (target.kind == ShapeType::List && element(target)) || member.jsonvalue,
            // Headers of a prefix are texts: nothing says of what else they would be.
            "headers" => target.kind == ShapeType::Map && string(target),
            "statusCode" => number(target),
            other => return Some(format!("the location {other:?} is not supported")),
        };
        let held = self.element(target).map(|element| format!(" of {}", element.kind.name())).unwrap_or_default();
        (!fits).then(|| format!("a {}{held} cannot be bound to {location:?}", target.kind.name()))
    }

    /// Of two members of one name in one place, one would be lost.
    fn check_names(&mut self, at: Path<'_>, shape: &Shape, bound: bool) {
        let mut seen = BTreeSet::new();
        for (name, member) in &shape.members {
            let location = member.location.as_deref().filter(|_| bound);
            let wire = member.location_name.as_deref().unwrap_or(name);
            let wire = if location == Some("header") { wire.to_ascii_lowercase() } else { wire.to_owned() };
            if !seen.insert((location, wire.clone())) {
                let place = location.unwrap_or("body");
                let message = format!("another member is called {wire:?} in the {place} as well");
                self.problem(at.key("members").key(name), message);
            }
        }
    }
}

/// The labels of a URI template, without the `+` of a greedy one; or what is wrong with the template.
fn label_names(uri: &str) -> Result<Vec<&str>, String> {
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    if !path.starts_with('/') || uri.len() > 2_000 {
        return Err("expected a path that starts with a slash".to_owned());
    }
    if uri.contains('#') {
        return Err("a fragment (`#`) is never sent: a URI template has none".to_owned());
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/!$&'()*+,;=:@%{}?".contains(c);
    if let Some(bad) = uri.chars().find(|c| !plain(*c)) {
        return Err(format!("the character {bad:?} cannot be in a URI"));
    }
    let escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_hexdigit());
    if uri.split('%').skip(1).any(|rest| !escape(rest)) {
        return Err("a `%` that no two hexadecimal digits follow".to_owned());
    }
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err("a segment `.` or `..` leads to another path than it names".to_owned());
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
            return Err(format!("the label {label:?} is empty or appears twice"));
        }
        labels.push(label);
        rest = &inside[end + 1..];
    }
    Ok(labels)
}
