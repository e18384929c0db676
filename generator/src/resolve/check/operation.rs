//! An operation: what it refers to, how its request is addressed and made, and what its traits say of members.

use super::checker::{Checker, SHAPES};
use crate::json::Path;
use crate::model::{Operation, ShapeType};
use crate::names;

impl Checker<'_> {
    pub(super) fn check_operation_references(&mut self, at: Path<'_>, name: &str, operation: &Operation) {
        self.check_name(at, name);
        if operation.name != *name {
            self.problem(at.key("name"), format!("{:?} is not the operation's key", operation.name));
        }
        self.check_deprecated(at, operation.deprecated, &operation.deprecated_message, &operation.deprecated_since);
        for (end, target) in operation.ends() {
            let at = at.key(end);
            match self.model.shapes.get(target) {
                None => self.check_target(at.key("shape"), target),
                Some(shape) if shape.kind != ShapeType::Structure => {
                    self.problem(at.key("shape"), format!("{target} is not a structure"));
                }
                Some(_) => {}
            }
        }
        for (index, error) in operation.errors.iter().enumerate() {
            let errors = at.key("errors");
            let at = errors.index(index);
            match self.model.shapes.get(&error.shape) {
                None => self.check_target(at.key("shape"), &error.shape),
                Some(shape) if !shape.exception || shape.kind != ShapeType::Structure => {
                    self.problem(at.key("shape"), format!("{} is not an exception", error.shape));
                }
                Some(_) => {}
            }
        }
    }

    pub(super) fn check_operation(&mut self, at: Path<'_>, operation: &Operation) {
        self.check_auth(at, operation.auth.as_deref());
        if let Some(kind) = operation.authtype.as_deref() {
            if !["v4", "v4-unsigned-body", "none", "bearer"].contains(&kind) {
                self.problem(at.key("authtype"), format!("{kind:?} is not supported"));
            }
        }
        if let Some(compression) = &operation.requestcompression {
            if !compression.encodings.iter().any(|encoding| encoding == "gzip") {
                let message = format!("none of the encodings {:?} is supported", compression.encodings);
                self.problem(at.key("requestcompression").key("encodings"), message);
            }
        }
        for (end, shape) in operation.ends() {
            let shape = self.shape(shape);
            if shape.union || shape.document {
                self.problem(at.key(end), "a union or a document is not supported here");
            }
        }
        self.check_checksum(at, operation);
        self.check_host(at, operation);
        self.check_tokens(at, operation);
    }

    fn check_checksum(&mut self, at: Path<'_>, operation: &Operation) {
        let Some(checksum) = &operation.http_checksum else { return };
        let named = [
            ("requestAlgorithmMember", &checksum.request_algorithm_member),
            ("requestValidationModeMember", &checksum.request_validation_mode_member),
        ];
        let input = self.input(operation);
        for (key, member) in named.into_iter().filter_map(|(key, member)| Some((key, member.as_ref()?))) {
            if !input.is_some_and(|input| input.members.contains_key(member)) {
                self.problem(at.key("httpChecksum").key(key), format!("the input has no member {member:?}"));
            }
        }
    }

    /// The labels of a host prefix and the members marked as such must be the same, and the prefix a part of a host name.
    fn check_host(&mut self, at: Path<'_>, operation: &Operation) {
        let prefix = operation.endpoint.as_ref().map_or("", |endpoint| endpoint.host_prefix.as_str());
        let at = at.key("endpoint");
        let at = at.key("hostPrefix");
        if operation.endpoint.is_some() && prefix.is_empty() {
            return self.problem(at, "the prefix is empty");
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || "-.{}".contains(c);
        if prefix.len() > names::LONGEST || !prefix.chars().all(plain) {
            return self.problem(at, "expected letters, digits, hyphens, dots and labels");
        }
        let labels: Vec<&str> = prefix.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
        if prefix.matches(['{', '}']).count() != 2 * labels.len() {
            return self.problem(at, "a brace without its other");
        }
        // With something for each label, and before something of the endpoint's own.
        let host = labels.iter().fold(format!("{prefix}x"), |host, label| host.replace(&format!("{{{label}}}"), "x"));
        if let Some(part) = host.split('.').find(|part| !is_host_label(part)) {
            self.problem(at, format!("{part:?} cannot be a part of a host name"));
        }
        let input = self.input(operation);
        let members = input.into_iter().flat_map(|input| &input.members).filter(|(_, member)| member.host_label);
        let members: Vec<&str> = members.map(|(name, _)| name.as_str()).collect();
        for label in labels.iter().filter(|label| !members.contains(label)) {
            self.problem(at, format!("no member is a host label {label:?}"));
        }
        for member in members.iter().filter(|member| !labels.contains(member)) {
            self.problem(at, format!("the host label {member:?} of the input is not in it"));
        }
        for member in members {
            self.check_host_label(operation, member);
        }
    }

    /// A label of a host name is a text.
    fn check_host_label(&mut self, operation: &Operation, name: &str) {
        let Some(input) = &operation.input else { return };
        let shape = self.shape(&input.shape);
        let target = self.shape(&shape.members[name].shape);
        let at = SHAPES.key(&input.shape);
        let at = at.key("members");
        if target.kind != ShapeType::String || target.jsonvalue || shape.members[name].jsonvalue {
            self.problem(at.key(name), "a host label has to be a string");
        }
    }

    /// A token is made up where it is left out: there can be one, and it is a text.
    fn check_tokens(&mut self, at: Path<'_>, operation: &Operation) {
        let Some(input) = self.input(operation) else { return };
        let at = at.key("input");
        let mut tokens = input.members.iter().filter(|(_, member)| member.idempotency_token);
        let first = tokens.next();
        for (name, _) in tokens {
            self.problem(at, format!("a second idempotency token, {name:?}, is not supported"));
        }
        let Some((name, member)) = first else { return };
        let target = self.shape(&member.shape);
        if target.kind != ShapeType::String || target.is_enumeration() || member.jsonvalue || target.jsonvalue {
            self.problem(at, format!("the idempotency token {name:?} is not a string"));
        }
    }
}

/// Whether a text can stand between two dots of a host name.
fn is_host_label(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (1..=63).contains(&text.len()) && text.chars().all(plain) && !text.starts_with('-') && !text.ends_with('-')
}
