//! The surface of a crate: every public item of a service by its path, with its declaration, its meaning on the wire, and the
//! places of the model that it comes from. What a program cannot name is not in it.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::ServiceModel;
use crate::names::{Ident, MOST_STATES};
use crate::plan::{
    Deprecated, Enumeration, Field, Item, ItemKind, Location, Operation, Presence, Response, Service, Structure, Type,
    Waiter,
};

/// Public items by their paths from the crate's root.
pub(super) type Surface = BTreeMap<String, PublicItem>;

/// One public item.
#[derive(Debug, Clone)]
pub(super) struct PublicItem {
    pub declaration: Declaration,
    pub meaning: Meaning,
    pub deprecated: bool,
    /// Where in the model it comes from, the nearest place first.
    pub places: Vec<String>,
    /// The path of the item that it is a part of.
    pub parent: Option<String>,
}

/// The declaration of an item, as far as a program can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Declaration {
    Marker,
    Module,
    Structure,
    Union,
    Enumeration,
    /// A field, by whether it is always there, and its type.
    Field(Presence, Type),
    /// The variant of a union, by its type and whether that is in a box.
    Member(Presence, Type),
    /// The variant of an enumeration.
    Value,
    /// The variant of the exceptions.
    Exception,
    /// The client's method.
    Method,
    /// The builder of a call or of a structure.
    Builder,
    /// A required input that the type of a builder asks for.
    Demand,
    /// A method of a builder that sets a member, by its type.
    Setter(Type),
    /// The response of a call.
    Output(Option<Ident>),
    /// The item of a paginator, where it is not whole pages.
    Paginator(Option<Type>),
    /// The type of a waiter.
    Waiter,
    /// The method of a call that makes it a wait, by the type of the waiter.
    Waits(Ident),
    /// The name of a required input, for the compiler to say that it is missing.
    Input,
}

/// The meaning of an item to the service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The name of the model that it stands for; empty for what stands for none.
    pub name: String,
    /// Where that goes on the wire, in words; empty for what is not on the wire.
    pub wire: String,
}

/// The surface of a service.
pub(super) fn of(service: &Service, model: &ServiceModel) -> Surface {
    let prefix = service.module.as_ref().map(|module| format!("{module}::")).unwrap_or_default();
    let mut collector = Collector { model, prefix, surface: Surface::new() };
    collector.add(&service.ident, Declaration::Marker, Meaning::default(), &["metadata".to_owned()]);
    service.operations.iter().for_each(|operation| collector.operation(operation));
    service.items.iter().for_each(|item| collector.item(item));
    service.waiters.iter().for_each(|waiter| collector.waiter(waiter, service));
    for exception in &service.exceptions {
        let meaning = Meaning { name: exception.shape.to_string(), wire: format!("the code `{}`", exception.code) };
        let places = [format!("shapes.{}", exception.shape)];
        collector.add(&format!("error::Exception::{}", exception.ident), Declaration::Exception, meaning, &places);
    }
    collector.surface
}

struct Collector<'a> {
    model: &'a ServiceModel,
    /// The module of the service.
    prefix: String,
    surface: Surface,
}

impl Collector<'_> {
    fn add(&mut self, path: &str, declaration: Declaration, meaning: Meaning, places: &[String]) -> String {
        self.add_part(None, path, declaration, meaning, places, None)
    }

    /// Adds an item by its path from the service's module; gives the path from the crate's root.
    fn add_part(
        &mut self,
        parent: Option<&str>,
        path: &str,
        declaration: Declaration,
        meaning: Meaning,
        places: &[String],
        deprecated: Option<&Deprecated>,
    ) -> String {
        let path = format!("{}{path}", self.prefix);
        let item = self.surface.entry(path.clone()).or_insert_with(|| PublicItem {
            declaration,
            meaning,
            deprecated: deprecated.is_some(),
            places: Vec::new(),
            parent: parent.map(str::to_owned),
        });
        item.places.extend_from_slice(places);
        path
    }

    fn operation(&mut self, operation: &Operation) {
        let places = [format!("operations.{}", operation.name)];
        let deprecated = operation.deprecated.as_ref();
        let meaning = Meaning {
            name: operation.name.to_string(),
            wire: format!("`{} {}`", operation.http_method, operation.uri),
        };
        let method = format!("Client::{}", operation.method_name);
        let method = self.add_part(None, &method, Declaration::Method, meaning, &places, deprecated);
        let path = format!("operation::{}", operation.module);
        let module = self.add(&path, Declaration::Module, Meaning::default(), &places);
        let of_module = |name: &Ident| format!("{path}::{name}");

        let call = of_module(&operation.call);
        self.builder(&module, &call, &operation.request, &places);
        let (output, of_output) = match &operation.response {
            Response::None => (None, None),
            Response::Own(response) => (Some(response.ident.clone()), response.shape.as_ref()),
            Response::Shared { shape, ident } => (Some(ident.clone()), Some(shape)),
        };
        let of_output = of_output.map(|shape| format!("shapes.{shape}"));
        let output_places = places.iter().cloned().chain(of_output).collect::<Vec<_>>();
        let sent = format!("{call}::send");
        self.add_part(Some(&method), &sent, Declaration::Output(output), Meaning::default(), &output_places, None);
        if let Some(paginator) = &operation.paginator {
            let declaration = Declaration::Paginator(paginator.items.as_ref().map(|(_, ty)| ty.clone()));
            let places = [vec![format!("pagination.{}", operation.name)], output_places].concat();
            let path = format!("{call}::into_paginator");
            self.add_part(Some(&module), &path, declaration, Meaning::default(), &places, None);
        }
        for structure in operation.structures() {
            self.structure(Some(&module), &of_module(&structure.ident), structure, Declaration::Structure, &places);
        }
    }

    fn waiter(&mut self, waiter: &Waiter, service: &Service) {
        let Some(operation) = service.operations.iter().find(|operation| operation.name == waiter.operation) else {
            return;
        };
        let places = [format!("waiters.{}", waiter.name), format!("operations.{}", operation.name)];
        let meaning = Meaning { name: waiter.name.to_string(), wire: String::new() };
        let of = self.add(&format!("waiters::{}", waiter.ident), Declaration::Waiter, meaning, &places);
        let method = format!("operation::{}::{}::{}", operation.module, operation.call, waiter.method);
        let declaration = Declaration::Waits(waiter.ident.clone());
        self.add_part(Some(&of), &method, declaration, Meaning::default(), &places, None);
    }

    fn item(&mut self, item: &Item) {
        let path = item.path();
        match &item.kind {
            ItemKind::Structure(structure) => {
                let of = self.structure(None, &path, structure, Declaration::Structure, &[]);
                if let Some(builder) = &structure.builder {
                    self.builder(&of, &format!("types::{builder}"), structure, &[]);
                }
            }
            ItemKind::Union(union) => drop(self.structure(None, &path, union, Declaration::Union, &[])),
            ItemKind::Enumeration(enumeration) => self.enumeration(&path, enumeration),
        }
    }

    /// Adds a structure or a union; `places` are those that it comes from beside its shape.
    fn structure(
        &mut self,
        parent: Option<&str>,
        path: &str,
        structure: &Structure,
        declaration: Declaration,
        places: &[String],
    ) -> String {
        let union = declaration == Declaration::Union;
        let meaning = Meaning { name: structure.shape.as_deref().unwrap_or_default().to_owned(), wire: String::new() };
        let of_shape: Vec<String> = structure.shape.iter().map(|shape| format!("shapes.{shape}")).collect();
        let places = [&of_shape, places].concat();
        let of = self.add_part(parent, path, declaration, meaning, &places, structure.deprecated.as_ref());
        for field in &structure.fields {
            let (path, declaration) = match union {
                true => (format!("{path}::{}", field.ident), Declaration::Member(field.presence, field.ty.clone())),
                false => (format!("{path}.{}", field.ident), Declaration::Field(field.presence, field.ty.clone())),
            };
            let meaning = Meaning { name: field.member.to_string(), wire: wire(field) };
            let places = self.places(structure, field);
            self.add_part(Some(&of), &path, declaration, meaning, &places, field.deprecated.as_ref());
        }
        of
    }

    fn enumeration(&mut self, path: &str, enumeration: &Enumeration) {
        let place = format!("shapes.{}", enumeration.shape);
        let meaning = Meaning { name: enumeration.shape.to_string(), wire: String::new() };
        let deprecated = enumeration.deprecated.as_ref();
        let of = self.add_part(None, path, Declaration::Enumeration, meaning, std::slice::from_ref(&place), deprecated);
        for variant in &enumeration.variants {
            let meaning = Meaning { name: variant.value.to_string(), wire: crate::text::code(&variant.value) };
            let places = [format!("{place}.enum.{}", variant.value), place.clone()];
            let path = format!("{path}::{}", variant.ident);
            self.add_part(Some(&of), &path, Declaration::Value, meaning, &places, None);
        }
    }

    /// Adds the builder of a call or of a structure: what it demands, and its setters.
    fn builder(&mut self, parent: &str, path: &str, structure: &Structure, places: &[String]) {
        let of_shape = structure.shape.iter().map(|shape| format!("shapes.{shape}"));
        let of_builder: Vec<String> = of_shape.chain(places.iter().cloned()).collect();
        let of = self.add_part(Some(parent), path, Declaration::Builder, Meaning::default(), &of_builder, None);
        for field in &structure.fields {
            let setter = format!("{path}::{}", field.setter);
            let places = self.places(structure, field);
            let declaration = Declaration::Setter(field.ty.clone());
            self.add_part(Some(&of), &setter, declaration, Meaning::default(), &places, field.deprecated.as_ref());
        }
        for (index, field) in structure.required().enumerate() {
            let places = [&[member(structure, field)][..], &of_builder].concat();
            let marker = format!("inputs::{}", field.setter);
            self.add(&marker, Declaration::Input, Meaning::default(), &places);
            // A builder of more required inputs does not remember the others in its type.
            if index < MOST_STATES {
                let demand = format!("{path}<{}>", field.setter);
                self.add_part(Some(&of), &demand, Declaration::Demand, Meaning::default(), &places, None);
            }
        }
    }

    /// The member, then the shapes that its type is made of, each with the references that lead on.
    fn places(&self, structure: &Structure, field: &Field) -> Vec<String> {
        let mut places = vec![member(structure, field)];
        let shape = structure.shape.as_ref().and_then(|shape| self.model.shapes.get(&**shape));
        let member = shape.and_then(|shape| shape.members.get(&*field.member));
        let mut next: Vec<&str> = member.map(|member| member.shape.as_str()).into_iter().collect();
        while let Some(name) = next.pop() {
            let place = format!("shapes.{name}");
            // Lists and maps end, as resolving has seen to.
            if let Some(shape) = self.model.shapes.get(name).filter(|shape| !shape.is_item()) {
                places.extend(["member", "key", "value"].map(|part| format!("{place}.{part}")));
                next.extend(shape.key.as_ref().map(|key| key.shape.as_str()));
                next.extend(shape.element());
            }
            places.push(place);
        }
        places
    }
}

/// The place of a member in the model.
fn member(structure: &Structure, field: &Field) -> String {
    format!("shapes.{}.members.{}", structure.shape.as_deref().unwrap_or_default(), field.member)
}

/// The place of a member on the wire.
fn wire(field: &Field) -> String {
    let key = crate::text::code(&field.wire);
    let place = match field.location {
        Location::Body => format!("the key {key} of the body"),
        Location::Payload => "the whole body".to_owned(),
        Location::Label => format!("the label {key} of the path"),
        Location::Query => format!("the key {key} of the query"),
        Location::QueryMap => "keys and values of the query".to_owned(),
        Location::Header => format!("the header {key}"),
        Location::PrefixHeaders => format!("the headers that start with {key}"),
        Location::Status => "the HTTP status".to_owned(),
    };
    let format = field.timestamp.map(|format| format!(", as {format}")).unwrap_or_default();
    let json = if field.json_value { ", as JSON in a string" } else { "" };
    format!("{place}{format}{json}")
}

impl Declaration {
    /// The verb by which an item and its type stand together, now and before.
    pub fn verbs(&self) -> (&'static str, &'static str) {
        match self {
            Self::Setter(_) => ("takes", "took"),
            Self::Output(_) => ("responds with", "responded with"),
            Self::Paginator(_) => ("yields", "yielded"),
            Self::Waits(_) => ("waits for", "waited for"),
            _ => ("is", "was"),
        }
    }
}

impl fmt::Display for Declaration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Marker => f.write_str("the type of the service"),
            Self::Module => f.write_str("a module"),
            Self::Structure => f.write_str("a structure"),
            Self::Union => f.write_str("a union"),
            Self::Enumeration => f.write_str("an enumeration"),
            Self::Field(Presence::Required, ty) | Self::Member(Presence::Required | Presence::Optional, ty) => {
                write!(f, "`{ty}`")
            }
            Self::Field(Presence::Optional, ty) => write!(f, "`Option<{ty}>`"),
            Self::Field(Presence::Boxed, ty) => write!(f, "`Option<Box<{ty}>>`"),
            Self::Member(Presence::Boxed, ty) => write!(f, "`Box<{ty}>`"),
            Self::Value | Self::Exception => f.write_str("a variant"),
            Self::Method => f.write_str("a method"),
            Self::Builder => f.write_str("a builder"),
            Self::Demand => f.write_str("required"),
            Self::Setter(ty) => write!(f, "`{ty}`"),
            Self::Output(ident) => write!(f, "`{}`", ident.as_deref().unwrap_or("()")),
            Self::Paginator(Some(Type::List(element))) => write!(f, "`{element}`"),
            Self::Paginator(Some(Type::Map(key, value))) => write!(f, "`({key}, {value})`"),
            Self::Paginator(_) => f.write_str("whole pages"),
            Self::Waiter => f.write_str("a waiter"),
            Self::Waits(ident) => write!(f, "`{ident}`"),
            Self::Input => f.write_str("the name of an input"),
        }
    }
}
