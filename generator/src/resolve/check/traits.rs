//! Traits that depend on more than one shape: formats, streams, JSON in strings, and what only an input can say.

use std::collections::{BTreeMap, BTreeSet};

use super::checker::{Checker, SHAPES};
use crate::json::Path;
use crate::model::{Member, Shape, ShapeType};
use crate::resolve::usage::Usage;

/// Where a stream of events may not stand.
const NO_EVENTS: &str = "eventstream is supported for the payload of a response only";

impl Checker<'_> {
    pub(super) fn check_traits(&mut self, usage: &BTreeMap<String, Usage>) {
        let operations = self.model.operations.values();
        let inputs: BTreeSet<&str> =
            operations.clone().filter_map(|one| one.input.as_ref()).map(|input| input.shape.as_str()).collect();
        let ends: BTreeSet<&str> = operations.flat_map(|one| one.ends()).map(|(_, shape)| shape).collect();
        for (name, shape) in self.model.shapes.iter().filter(|(name, _)| usage.contains_key(*name)) {
            let at = SHAPES.key(name);
            self.check_format(at, shape.timestamp_format.as_ref(), true);
            for (member_name, member) in &shape.members {
                let members = at.key("members");
                let at = members.key(member_name);
                let payload = shape.payload.as_ref() == Some(member_name);
                self.check_member(at, member, payload && ends.contains(name.as_str()));
                if self.shape(&member.shape).eventstream && !(payload && ends.contains(name.as_str())) {
                    self.problem(at, NO_EVENTS);
                }
                if !inputs.contains(name.as_str()) {
                    self.check_input_traits(at, member);
                }
            }
            self.check_elements(at, shape);
        }
        self.check_nested_responses(usage);
    }

    /// Elements of lists and maps are no members, which alone may have these traits.
    fn check_elements(&mut self, at: Path<'_>, shape: &Shape) {
        let Some(element) = self.element(shape) else { return };
        if element.streaming {
            self.problem(at, "streaming is supported for the payload of an operation only");
        }
        if element.eventstream {
            self.problem(at, NO_EVENTS);
        }
        let key = shape.key.as_ref().map(|key| self.shape(&key.shape));
        if element.jsonvalue || key.is_some_and(|key| key.jsonvalue) {
            self.problem(at, "jsonvalue is supported for members only");
        }
    }

    fn check_member(&mut self, at: Path<'_>, member: &Member, payload: bool) {
        let target = self.shape(&member.shape);
        let mut leaf = target;
        while let Some(element) = self.element(leaf) {
            leaf = element;
        }
        self.check_format(at, member.timestamp_format.as_ref(), leaf.kind == ShapeType::Timestamp);
        if (member.streaming || target.streaming) && !(payload && target.kind == ShapeType::Blob) {
            self.problem(at, "streaming is supported for the payload of an operation only, and for blobs");
        }
        let json = member.jsonvalue || target.jsonvalue;
        if json && !matches!(member.location.as_deref(), None | Some("header")) {
            self.problem(at, "jsonvalue is supported in the body and in headers only");
        }
    }

    /// Traits that describe the call, and not the member, are legal on members of an input only.
    fn check_input_traits(&mut self, at: Path<'_>, member: &Member) {
        let given = [("hostLabel", member.host_label), ("contextParam", member.context_param.is_some())];
        for (key, _) in given.into_iter().filter(|(_, given)| *given) {
            self.problem(at.key(key), format!("`{key}` is for members of the input of an operation"));
        }
    }

    fn check_format(&mut self, at: Path<'_>, format: Option<&String>, timestamp: bool) {
        let Some(format) = format else { return };
        let at = at.key("timestampFormat");
        if !["iso8601", "unixTimestamp", "rfc822"].contains(&format.as_str()) {
            self.problem(at, format!("the timestamp format {format:?} is not supported"));
        } else if !timestamp {
            self.problem(at, "there is no timestamp to be formatted");
        }
    }

    /// An output or an exception that another shape holds as well would have to be bound in two ways.
    fn check_nested_responses(&mut self, usage: &BTreeMap<String, Usage>) {
        let operations = self.model.operations.values();
        let outputs = operations.clone().flat_map(|operation| &operation.output).map(|output| &output.shape);
        let errors = operations.flat_map(|operation| &operation.errors).map(|error| &error.shape);
        let responses: BTreeSet<&String> = outputs.chain(errors).collect();
        for name in responses.into_iter().filter(|name| usage.get(*name).is_some_and(|usage| usage.nested)) {
            let shape = self.shape(name);
            let bound =
                |member: &Member| matches!(member.location.as_deref(), Some("header" | "headers" | "statusCode"));
            if shape.payload.is_some() || shape.members.values().any(bound) {
                self.problem(SHAPES.key(name), "a response with bindings that another shape holds is not supported");
            }
        }
    }

    /// The exception map is by code: of two exceptions of one code, one would never be answered.
    pub(super) fn check_codes(&mut self, usage: &BTreeMap<String, Usage>) {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        let is_error = |name: &String| usage.get(name).is_some_and(|usage| usage.error);
        for (name, shape) in self.model.shapes.iter().filter(|(name, shape)| shape.exception && is_error(name)) {
            let code = shape.error.as_ref().and_then(|error| error.code.as_deref()).unwrap_or(name);
            if let Some(other) = seen.insert(code, name) {
                let at = SHAPES.key(name);
                self.problem(at.key("error").key("code"), format!("{code:?} is the code of {other} as well"));
            }
        }
    }
}
