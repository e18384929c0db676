//! Structures and unions, with every member decided.

use std::fmt;

use super::context::Context;
use super::deprecation::Deprecated;
use super::docs::Docs;
use super::exceptions;
use super::methods::{BUILDER_METHODS, CALL_METHODS};
use super::types::{Type, is_json_value};
use crate::model::{Member, Shape, ShapeType};
use crate::names::{Ident, MemberName, ShapeName, WireName};
use crate::resolve::Resolved;

/// A structure, a union, an exception, a request or a response.
#[derive(Debug, Clone)]
pub(crate) struct Structure {
    /// Its shape; `None` for the request of an operation without an input.
    pub shape: Option<ShapeName>,
    pub ident: Ident,
    pub fields: Vec<Field>,
    pub sensitive: bool,
    /// The name of its builder, where it has one: a request holds it, and it is not itself a request.
    pub builder: Option<Ident>,
    pub payload: Payload,
    /// What else a message of a stream can be, where it is the union of the stream's events.
    pub events: Option<Events>,
    /// Whether some shape holds it in a box, because it contains itself.
    pub recursive: bool,
    pub deprecated: Option<Deprecated>,
    pub docs: Docs,
}

/// The exceptions inside of a stream of events.
#[derive(Debug, Clone)]
pub(crate) struct Events {
    /// The name of each in the stream, and its code as an exception of the service.
    pub exceptions: Vec<(MemberName, WireName)>,
}

/// One member of a structure, or one variant of a union.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub member: MemberName,
    pub wire: WireName,
    /// The field, or the variant.
    pub ident: Ident,
    /// The builder's method.
    pub setter: Ident,
    /// The method that adds several entries, where the member is a map.
    pub setter_of_several: Ident,
    pub ty: Type,
    pub presence: Presence,
    pub location: Location,
    pub sensitive: bool,
    pub timestamp: Option<TimestampFormat>,
    pub json_value: bool,
    pub host_label: bool,
    pub idempotency_token: bool,
    /// Whether it is text that may have no characters where it is required.
    pub may_be_blank: bool,
    /// The parameter of the endpoint rule set that takes the member's value.
    pub context_param: Option<String>,
    pub deprecated: Option<Deprecated>,
    pub docs: Docs,
}

/// Whether a field is there in every value of its structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Always: it has no `Option`, and builders demand it.
    Required,
    /// In an `Option`.
    Optional,
    /// In an `Option` and a box, since its structure contains itself through it. A required one would have no end.
    Boxed,
}

/// The location of a member; the names are those of the runtime's functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Body,
    Payload,
    Label,
    Query,
    QueryMap,
    Header,
    PrefixHeaders,
    Status,
}

/// The content of a structure's payload member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Payload {
    None,
    Json,
    Blob,
    Text,
    Stream,
}

/// The format of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimestampFormat {
    EpochSeconds,
    DateTime,
    HttpDate,
}

impl fmt::Display for TimestampFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EpochSeconds => "seconds since 1970",
            Self::DateTime => "a date of ISO 8601",
            Self::HttpDate => "a date of HTTP",
        })
    }
}

impl Structure {
    /// A request without members.
    pub(super) fn empty(ident: Ident) -> Self {
        Self {
            shape: None,
            ident,
            fields: Vec::new(),
            sensitive: false,
            builder: None,
            payload: Payload::None,
            events: None,
            recursive: false,
            deprecated: None,
            docs: Docs::default(),
        }
    }

    /// The fields that builders demand.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_required())
    }

    /// Whether it has a builder that demands inputs.
    pub fn demands(&self) -> bool {
        self.builder.is_some() && self.required().next().is_some()
    }
}

impl Field {
    /// Whether the field has no `Option`, and builders demand it.
    pub fn is_required(&self) -> bool {
        self.presence == Presence::Required
    }

    /// The method of its name that a builder of its structure has, and the structure itself with `sdk_compat`.
    pub fn builder_method(&self) -> Ident {
        self.ident.avoiding_methods(BUILDER_METHODS).avoiding_methods(&["builder"])
    }

    /// Whether the value is in a box.
    pub fn is_boxed(&self) -> bool {
        self.presence == Presence::Boxed
    }
}

/// The role of a structure, as far as its members' bindings and its builder depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The input of an operation.
    Request,
    /// An output or an exception: bound to headers and status as well as to the body.
    Response,
    /// Part of another: all members are keys of its JSON object, whatever the model says.
    Part,
    /// An event with members that are bound to headers or to the payload of its message.
    Event,
}

/// A member and what it is a member of.
#[derive(Clone, Copy)]
struct MemberSite<'a> {
    structure: &'a str,
    shape: &'a Shape,
    role: Role,
    name: &'a str,
    member: &'a Member,
}

impl Context<'_> {
    /// Plans a structure or a union.
    pub fn structure(&self, name: &str, ident: &Ident, role: Role) -> Structure {
        let shape = &self.model.shapes[name];
        let reserved = if role == Role::Request { CALL_METHODS } else { BUILDER_METHODS };
        let idents = &self.names.members[name];
        let is_event = |member: &Member| !(shape.eventstream && self.model.shapes[&member.shape].exception);
        let members = shape.members.iter().filter(|(_, member)| is_event(member));
        let fields = members.map(|(member_name, member)| {
            let place = MemberSite { structure: name, shape, role, name: member_name, member };
            self.field(place, &idents[member_name.as_str()], reserved)
        });
        let holds = |(holder, member): &(String, String)| self.model.shapes[holder].members[member].shape == name;
        Structure {
            shape: Some(ShapeName::new(name)),
            ident: ident.clone(),
            fields: fields.collect(),
            sensitive: shape.is_sensitive(),
            builder: self.names.builders.get(name).filter(|_| role == Role::Part).cloned(),
            payload: if role == Role::Part { Payload::None } else { self.payload(shape) },
            events: shape.eventstream.then(|| self.events(shape)),
            recursive: self.resolved.boxes.iter().any(holds),
            deprecated: Deprecated::plan(shape.deprecated, &shape.deprecated_message, &shape.deprecated_since),
            docs: Docs::default(),
        }
    }

    /// The exceptions among the members of a stream of events.
    fn events(&self, stream: &Shape) -> Events {
        let exceptions = stream.members.iter().filter_map(|(name, member)| {
            let target = &self.model.shapes[&member.shape];
            target.exception.then(|| (MemberName::new(name), exceptions::code(&member.shape, target)))
        });
        Events { exceptions: exceptions.collect() }
    }

    fn field(&self, place: MemberSite<'_>, ident: &Ident, reserved: &[&str]) -> Field {
        let MemberSite { structure, shape, role, name, member } = place;
        let fields: Vec<&str> = self.names.members[structure].values().map(|ident| &**ident).collect();
        let target = &self.model.shapes[&member.shape];
        let location = location(shape, role, name, member, target);
        let streaming = location == Location::Payload && (target.streaming || member.streaming);
        let events = location == Location::Payload && target.eventstream;
        let ty = if streaming { Type::Stream } else { self.type_of_member(member) };
        let presence = match presence(self.resolved, structure, shape, name) {
            // A body of no bytes is a stream as well.
            Presence::Required if streaming => Presence::Optional,
            // A response always has its events, of which there may be none.
            _ if events => Presence::Required,
            presence => presence,
        };
        Field {
            member: MemberName::new(name),
            wire: WireName::new(member.location_name.as_deref().unwrap_or(name)),
            setter: ident.avoiding_methods(reserved),
            setter_of_several: ident.of_several(&fields),
            ident: ident.clone(),
            presence,
            location,
            sensitive: self.model.hides(member),
            // The timestamp of a header is read as the number that the message has.
            timestamp: match role == Role::Event && target.kind == ShapeType::Timestamp {
                true => Some(TimestampFormat::EpochSeconds),
                false => self.timestamp(member),
            },
            json_value: is_json_value(self.model, member),
            host_label: member.host_label,
            idempotency_token: member.idempotency_token && role == Role::Request && ty == Type::Text,
            may_be_blank: presence == Presence::Required && self.allows_no_characters(member),
            context_param: member.context_param.as_ref().map(|param| param.name.clone()),
            deprecated: Deprecated::plan(member.deprecated, &member.deprecated_message, &member.deprecated_since),
            docs: Docs::default(),
            ty,
        }
    }

    /// Whether the model says that text may have no characters: by a least length of 0, not by saying nothing.
    fn allows_no_characters(&self, member: &Member) -> bool {
        let target = &self.model.shapes[&member.shape];
        target.kind == ShapeType::String && target.min.as_ref().is_some_and(|min| min.as_u64() == Some(0))
    }

    fn payload(&self, shape: &Shape) -> Payload {
        let payload = shape.payload.as_ref().and_then(|payload| shape.members.get(payload));
        let member = payload.or_else(|| shape.members.values().find(|member| member.event_payload));
        let Some(member) = member else { return Payload::None };
        let target = &self.model.shapes[&member.shape];
        match target.kind {
            ShapeType::Blob if target.streaming || member.streaming => Payload::Stream,
            ShapeType::Blob => Payload::Blob,
            _ if target.eventstream => Payload::Stream,
            ShapeType::String if !member.jsonvalue => Payload::Text,
            _ => Payload::Json,
        }
    }

    /// The modelled format of the timestamps in a member: the member's, or that of the shape it leads to.
    pub fn timestamp(&self, member: &Member) -> Option<TimestampFormat> {
        let mut next = Some(member.shape.as_str());
        let mut format = member.timestamp_format.as_deref();
        let mut leads_to_timestamp = false;
        while let Some(name) = next {
            let shape = &self.model.shapes[name];
            format = format.or(shape.timestamp_format.as_deref());
            leads_to_timestamp = shape.kind == ShapeType::Timestamp;
            next = shape.element();
        }
        match format.filter(|_| leads_to_timestamp)? {
            "iso8601" => Some(TimestampFormat::DateTime),
            "rfc822" => Some(TimestampFormat::HttpDate),
            _ => Some(TimestampFormat::EpochSeconds),
        }
    }
}

/// Whether a member that is not a stream is always there: the model requires it, and it is not a token, which the runtime
/// makes up where it is left out.
pub(super) fn presence(resolved: &Resolved, structure: &str, shape: &Shape, member: &str) -> Presence {
    if resolved.boxes.contains(&(structure.to_owned(), member.to_owned())) {
        return Presence::Boxed;
    }
    let required = shape.required.iter().any(|required| required == member);
    let token = shape.members[member].idempotency_token;
    if required && !token && !shape.union { Presence::Required } else { Presence::Optional }
}

/// The location of a member. Bindings hold for the top of a request or a response only (Smithy HTTP binding traits).
fn location(shape: &Shape, role: Role, name: &str, member: &Member, target: &Shape) -> Location {
    if role == Role::Part {
        return Location::Body;
    }
    if role == Role::Event {
        return match (member.event_payload, member.event_header) {
            (true, _) => Location::Payload,
            (false, true) => Location::Header,
            (false, false) => Location::Body,
        };
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
        (Role::Response, Some("statusCode")) => Location::Status,
        _ => Location::Body,
    }
}
