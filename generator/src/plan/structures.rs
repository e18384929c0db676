//! Takes a structure, union or enumeration of the model; gives its Rust-side noun, with every field decided.

use std::collections::BTreeMap;

use super::builders::{BUILDER_METHODS, CALL_METHODS};
use super::types::{Types, is_json_value};
use super::{Deprecated, Enumeration, Field, Location, Payload, Structure, Type};
use crate::docs;
use crate::model::{Member, ServiceModel, Shape, ShapeType};
use crate::names;
use crate::resolve::Resolved;

/// What a structure is, as far as its members' bindings and its builder depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The input of one operation.
    Request,
    /// An output or an exception: bound to headers and status as well as to the body.
    Answer,
    /// Part of another: all members are keys of its JSON object, whatever the model says.
    Part,
}

/// Everything that planning one shape looks at.
#[derive(Clone, Copy)]
pub(super) struct Planner<'a> {
    pub model: &'a ServiceModel,
    pub resolved: &'a Resolved,
    pub types: Types<'a>,
    /// Where AWS's own pages on this service's operations and shapes are.
    pub reference: &'a str,
}

impl Planner<'_> {
    /// Plans a structure or a union.
    pub fn structure(&self, name: &str, ident: &str, role: Role) -> Structure {
        let shape = &self.model.shapes[name];
        let taken = if role == Role::Request { CALL_METHODS } else { BUILDER_METHODS };
        let idents = names::unique(shape.members.keys().map(String::as_str), |member| {
            if shape.union { names::variant_name(member) } else { names::field_name(member) }
        });
        let setters = setters(&idents, taken);
        let bind = role != Role::Part;
        let usage = self.resolved.usage.get(name).copied().unwrap_or_default();
        let fields = shape.members.iter().map(|(member_name, member)| {
            let place = Place { structure: name, shape, role, member_name, member };
            self.field(place, &idents[member_name], &setters[member_name])
        });
        Structure {
            shape: name.to_owned(),
            ident: ident.to_owned(),
            fields: fields.collect(),
            sensitive: shape.sensitive,
            builder: (role == Role::Part && usage.input && !shape.union).then(|| self.builder_name(ident)),
            payload: if bind { self.payload(shape) } else { Payload::None },
            recursive: self
                .resolved
                .boxes
                .iter()
                .any(|(holder, member)| self.model.shapes[holder].members[member].shape == name),
            deprecated: deprecated(shape.deprecated, &shape.deprecated_message, &shape.deprecated_since),
            docs: docs::structure(name, shape, self.reference),
        }
    }

    fn builder_name(&self, ident: &str) -> String {
        names::beside(format!("{ident}Builder"), self.types.idents)
    }

    fn field(&self, place: Place<'_>, ident: &str, setter: &str) -> Field {
        let Place { structure, shape, role, member_name, member } = place;
        let target = &self.model.shapes[&member.shape];
        let location = location(shape, role, member_name, member, target);
        let boxed = self.resolved.boxes.contains(&(structure.to_owned(), member_name.to_owned()));
        let streaming = location == Location::Payload && (target.streaming || member.streaming);
        let ty = if streaming { Type::Stream } else { self.types.of_member(member) };
        let modelled_required = shape.required.iter().any(|required| required == member_name);
        Field {
            member: member_name.to_owned(),
            wire: member.location_name.clone().unwrap_or_else(|| member_name.to_owned()),
            ident: ident.to_owned(),
            setter: setter.to_owned(),
            // A body of no bytes is a stream as well.
            required: is_required(self.resolved, structure, shape, member_name) && !streaming,
            boxed,
            location,
            sensitive: self.types.sensitive(member),
            timestamp: self.types.timestamp(member),
            json_value: is_json_value(self.model, member),
            host_label: member.host_label,
            idempotency_token: member.idempotency_token && role == Role::Request && ty == Type::Text,
            context_param: member.context_param.as_ref().map(|param| param.name.clone()),
            deprecated: deprecated(member.deprecated, &member.deprecated_message, &member.deprecated_since),
            docs: docs::field(self.model, member_name, member, location, modelled_required),
            ty,
        }
    }

    fn payload(&self, shape: &Shape) -> Payload {
        let member = shape.payload.as_ref().and_then(|payload| shape.members.get(payload));
        let Some(member) = member else { return Payload::None };
        let target = &self.model.shapes[&member.shape];
        match target.kind {
            ShapeType::Blob if target.streaming || member.streaming => Payload::Stream,
            ShapeType::Blob => Payload::Blob,
            ShapeType::String if !member.jsonvalue => Payload::Text,
            _ => Payload::Json,
        }
    }

    /// Plans an enumeration.
    pub fn enumeration(&self, name: &str, ident: &str) -> Enumeration {
        let shape = &self.model.shapes[name];
        let values: Vec<&str> = shape.values.iter().flatten().map(String::as_str).collect();
        let idents = names::unique(values.iter().copied(), names::variant_name);
        Enumeration {
            shape: name.to_owned(),
            ident: ident.to_owned(),
            variants: values.iter().map(|value| ((*value).to_owned(), idents[*value].clone())).collect(),
            sensitive: shape.sensitive,
            deprecated: deprecated(shape.deprecated, &shape.deprecated_message, &shape.deprecated_since),
            docs: docs::enumeration(name, shape, self.reference),
        }
    }
}

/// Whether a member that is not a stream is there without an `Option`: the model requires it, and it is not a token, which
/// is made up where it is left out, nor held in a box, which needs an end.
pub(super) fn is_required(resolved: &Resolved, structure: &str, shape: &Shape, member: &str) -> bool {
    shape.required.iter().any(|required| required == member)
        && !shape.members[member].idempotency_token
        && !resolved.boxes.contains(&(structure.to_owned(), member.to_owned()))
        && !shape.union
}

#[derive(Clone, Copy)]
struct Place<'a> {
    structure: &'a str,
    shape: &'a Shape,
    role: Role,
    member_name: &'a str,
    member: &'a Member,
}

/// Where a member is bound. Bindings hold for the top of a request or an answer only (Smithy HTTP binding traits).
fn location(shape: &Shape, role: Role, name: &str, member: &Member, target: &Shape) -> Location {
    if role == Role::Part {
        return Location::Body;
    }
    if shape.payload.as_deref() == Some(name) {
        return Location::Payload;
    }
    match (role, member.location.as_deref()) {
        (Role::Request, Some("uri")) => Location::Label,
        (Role::Request, Some("querystring")) if target.kind == ShapeType::Map => Location::QueryMap,
        (Role::Request, Some("querystring")) => Location::Query,
        (_, Some("header")) => Location::Header,
        (_, Some("headers")) => Location::PrefixHeaders,
        (Role::Answer, Some("statusCode")) => Location::Status,
        _ => Location::Body,
    }
}

fn setters(idents: &BTreeMap<String, String>, taken: &[&str]) -> BTreeMap<String, String> {
    let given: BTreeMap<&str, &str> = idents.iter().map(|(member, ident)| (ident.as_str(), member.as_str())).collect();
    let named = names::unique(given.keys().copied(), |ident| names::method_name(ident, taken));
    given.iter().map(|(ident, member)| ((*member).to_owned(), named[*ident].clone())).collect()
}

pub(super) fn deprecated(deprecated: bool, note: &Option<String>, since: &Option<String>) -> Option<Deprecated> {
    deprecated.then(|| Deprecated { note: note.clone(), since: since.clone() })
}
