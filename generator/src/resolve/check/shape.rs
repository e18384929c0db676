//! A shape by itself: its name, what it refers to, its texts, and that every trait is for shapes of its type.

use std::collections::BTreeSet;

use super::checker::Checker;
use crate::json::Path;
use crate::model::{Shape, ShapeType};
use crate::names;

/// The longest string of a model that is not a name: a pattern, an enumeration value, a message.
const LONGEST_TEXT: usize = 10_000;

impl Checker<'_> {
    pub(super) fn check_shape(&mut self, at: Path<'_>, name: &str, shape: &Shape) {
        self.check_name(at, name);
        for (path, target) in shape.references() {
            self.check_target(at.key(&path).key("shape"), target);
        }
        for (name, member) in &shape.members {
            let at = at.key("members");
            let at = at.key(name);
            self.check_name(at, name);
            self.check_deprecated(at, member.deprecated, &member.deprecated_message, &member.deprecated_since);
        }
        self.check_deprecated(at, shape.deprecated, &shape.deprecated_message, &shape.deprecated_since);
        for (index, name) in shape.required.iter().enumerate() {
            let required = at.key("required");
            if !shape.members.contains_key(name) {
                self.problem(required.index(index), format!("there is no member {name:?}"));
            }
            if shape.required[..index].contains(name) {
                self.problem(required.index(index), format!("the member {name:?} appears twice"));
            }
        }
        if let Some(payload) = shape.payload.as_ref().filter(|payload| !shape.members.contains_key(*payload)) {
            self.problem(at.key("payload"), format!("there is no member {payload:?}"));
        }
        if let Some(key) = shape.key.as_ref().and_then(|key| self.model.shapes.get(&key.shape)) {
            if key.kind != ShapeType::String {
                self.problem(at.key("key"), "only strings can be the keys of a map");
            }
        }
        self.check_texts(at, shape);
        self.check_type(at, shape);
    }

    /// Checks that a name can become Rust.
    pub(super) fn check_name(&mut self, at: Path<'_>, name: &str) {
        if let Some(problem) = names::validate(name) {
            self.problem(at, problem);
        }
    }

    /// Checks that there is a shape of this name.
    pub(super) fn check_target(&mut self, at: Path<'_>, name: &str) {
        if !self.model.shapes.contains_key(name) {
            self.problem(at, format!("there is no shape {name:?}"));
        }
    }

    /// Checks that nothing says why it is deprecated that is not.
    pub(super) fn check_deprecated(
        &mut self,
        at: Path<'_>,
        deprecated: bool,
        message: &Option<String>,
        since: &Option<String>,
    ) {
        let given = [("deprecatedMessage", message.is_some()), ("deprecatedSince", since.is_some())];
        for (key, _) in given.into_iter().filter(|(_, given)| *given && !deprecated) {
            self.problem(at.key(key), "this says more of a deprecation, but `deprecated` is not set");
        }
    }

    /// Strings that end up in emitted text as literals or documentation: their content is harmless there, their size is not.
    fn check_texts(&mut self, at: Path<'_>, shape: &Shape) {
        let mut seen = BTreeSet::new();
        for (index, value) in shape.values.iter().flatten().enumerate() {
            let at = at.key("enum");
            if value.len() > LONGEST_TEXT {
                self.problem(at.index(index), format!("a value of {} bytes", value.len()));
            }
            if !seen.insert(value) {
                self.problem(at.index(index), format!("the value {value:?} appears twice"));
            }
        }
        if shape.values.as_ref().is_some_and(Vec::is_empty) {
            self.problem(at.key("enum"), "an enumeration without a value");
        }
        if shape.pattern.as_ref().is_some_and(|pattern| pattern.len() > LONGEST_TEXT) {
            self.problem(at.key("pattern"), "a pattern that is longer than 10,000 bytes");
        }
    }

    /// Checks that every trait stands at a shape of a type that it is for. What follows relies on it: a structure with a
    /// `member` would be walked as if it were a list.
    fn check_type(&mut self, at: Path<'_>, shape: &Shape) {
        use ShapeType::{Blob, List, Map, String, Structure, Timestamp};
        let traits: [(&str, bool, &[ShapeType]); 20] = [
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
            ("jsonvalue", shape.jsonvalue, &[String]),
            ("streaming", shape.streaming, &[Blob]),
            ("requiresLength", shape.requires_length, &[Blob]),
            ("timestampFormat", shape.timestamp_format.is_some(), &[Timestamp]),
        ];
        for (name, _, types) in traits.into_iter().filter(|(_, given, _)| *given) {
            if !types.contains(&shape.kind) {
                let message = format!("`{name}` is not for shapes of type {}", shape.kind.name());
                self.problem(at.key(name), message);
            } else if ["error", "fault", "retryable"].contains(&name) && !shape.exception {
                self.problem(at.key(name), format!("`{name}` is for exceptions, and this is not one"));
            }
        }
        let parts = [
            ("member", List, shape.member.is_some()),
            ("key", Map, shape.key.is_some()),
            ("value", Map, shape.value.is_some()),
        ];
        for (name, ..) in parts.into_iter().filter(|(_, kind, given)| shape.kind == *kind && !given) {
            self.problem(at.key(name), format!("a {} needs this key", shape.kind.name()));
        }
        if matches!(shape.kind, ShapeType::BigDecimal | ShapeType::BigInteger) {
            self.problem(at.key("type"), format!("{} is not supported", shape.kind.name()));
        }
        if shape.document && (shape.union || shape.exception || !shape.members.is_empty()) {
            self.problem(at.key("document"), "a document is anything: it has no members");
        }
        if shape.union && shape.exception {
            self.problem(at.key("union"), "an exception cannot be a union");
        }
        if shape.union && !shape.required.is_empty() {
            self.problem(at.key("required"), "exactly one member of a union is set: none can be required");
        }
    }
}
