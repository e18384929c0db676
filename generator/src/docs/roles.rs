//! Roles: what operations and other structures use a type for.
//!
//! The roles of a shared type are facts of the whole model, and no links: where only some operations are emitted, a type reads
//! as in the whole crate, and what it mentions may be missing.

use std::collections::BTreeMap;

use crate::names::Ident;
use crate::plan::{Operation, Response, Service, Structure, Type};

/// The uses of types, by their names.
#[derive(Debug, Default)]
pub(super) struct Roles(BTreeMap<Ident, Uses>);

/// The uses of one type.
#[derive(Debug, Default)]
struct Uses {
    /// The methods that return it.
    outputs: Vec<String>,
    /// The methods that fail with it.
    errors: Vec<String>,
    /// The fields that hold it, and how.
    fields: Vec<(String, Use)>,
}

/// The way in which a field holds a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Value,
    Element,
    Key,
}

impl Roles {
    /// The roles of the types of a service.
    pub fn of(service: &Service) -> Self {
        let mut roles = Self::default();
        for operation in &service.operations {
            let method = method(operation);
            if let Response::Shared { ident, .. } = &operation.response {
                roles.uses(ident).outputs.push(method.clone());
            }
            for exception in service.exceptions.iter().filter(|exception| operation.errors.contains(&exception.shape)) {
                roles.uses(&exception.ident).errors.push(method.clone());
            }
        }
        for structure in service.structures() {
            for field in &structure.fields {
                roles.add(structure, &field.ident, &field.ty, Use::Value);
            }
        }
        roles
    }

    fn uses(&mut self, ident: &Ident) -> &mut Uses {
        self.0.entry(ident.clone()).or_default()
    }

    fn add(&mut self, holder: &Structure, field: &Ident, ty: &Type, how: Use) {
        match ty {
            // What a type holds of itself says nothing of its role.
            Type::Structure(ident) | Type::Enumeration(ident) | Type::Events(ident) if *ident != holder.ident => {
                self.uses(ident).fields.push((format!("{}::{field}", holder.ident), how));
            }
            Type::List(element) => self.add(holder, field, element, Use::Element),
            Type::Sparse(element) => self.add(holder, field, element, how),
            Type::Map(key, value) => {
                self.add(holder, field, key, Use::Key);
                self.add(holder, field, value, Use::Element);
            }
            _ => {}
        }
    }

    /// The role of a shared type, in a few words.
    pub fn shared(&self, ident: &Ident) -> String {
        let Some(uses) = self.0.get(ident) else { return "Part of itself".to_owned() };
        let mut fields: Vec<&str> = uses.fields.iter().map(|(path, _)| path.as_str()).collect();
        fields.sort_unstable();
        fields.dedup();
        let all = |how: Use| uses.fields.iter().all(|(_, other)| *other == how);
        let held = if all(Use::Value) {
            "value of"
        } else if all(Use::Element) {
            "element of"
        } else if all(Use::Key) {
            "key of"
        } else {
            "part of"
        };
        let outputs: Vec<&str> = uses.outputs.iter().map(String::as_str).collect();
        let errors: Vec<&str> = uses.errors.iter().map(String::as_str).collect();
        let roles =
            [("output of", outputs, "operations"), ("error of", errors, "operations"), (held, fields, "fields")];
        let roles = roles.iter().filter(|(_, of, _)| !of.is_empty());
        let roles: Vec<_> = roles.map(|(role, of, what)| format!("{role} {}", some(of, what))).collect();
        capitalized(&roles.join("; "))
    }
}

/// The role of an operation's request or response. Both are there wherever the method is, so the name can be a link.
pub(super) fn end(what: &str, service: Option<&str>, operation: &Operation) -> String {
    let root = service.map_or("crate".to_owned(), |module| format!("crate::{module}"));
    let method = method(operation);
    format!("{what} of [`{method}`]({root}::{method})")
}

fn method(operation: &Operation) -> String {
    format!("Client::{}", operation.method_name)
}

/// The first of several names, and how many more there are.
pub(super) fn some(names: &[&str], what: &str) -> String {
    let code = |name: &str| format!("`{name}`");
    match names {
        [] => String::new(),
        [one] => code(one),
        [one, other] => format!("{} and {}", code(one), code(other)),
        [one, other, third] => format!("{}, {} and {}", code(one), code(other), code(third)),
        [one, other, more @ ..] => format!("{}, {} and {} more {what}", code(one), code(other), more.len()),
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
