//! Takes a planned structure or union; gives its type and the table of its members.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::{deprecated, docs, ident};
use super::{builder, types};
use crate::plan::{Field, Location, Payload, Structure, TimestampFormat};
use crate::render::Item;

/// A structure that several shapes or operations use: the names it refers to, and its items.
pub(super) fn shared(structure: &Structure) -> (BTreeSet<&str>, Vec<Item>) {
    let mut all = items(structure);
    if structure.builder.is_some() {
        all.extend(builder::of_structure(structure));
    }
    (references(structure), all)
}

/// The names of the items that a structure's fields refer to, other than itself.
pub(super) fn references(structure: &Structure) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    structure.fields.iter().for_each(|field| field.ty.names(&mut names));
    names.remove(&*structure.ident);
    names
}

/// The type of an operation's input, and the table of its members.
pub(super) fn request(structure: &Structure) -> Vec<Item> {
    listed(structure, "request ")
}

/// The type of a structure, and the table of its members.
pub(super) fn items(structure: &Structure) -> Vec<Item> {
    listed(structure, "")
}

fn listed(structure: &Structure, role: &str) -> Vec<Item> {
    let mut items = vec![definition(structure).into(), table("members", role, structure)];
    items.extend(recursive(structure));
    items
}

fn definition(structure: &Structure) -> TokenStream {
    let Structure { docs: lines, deprecated: trait_, .. } = structure;
    let (name, docs_, deprecated_) = (ident(&structure.ident), docs(lines), deprecated(trait_.as_ref()));
    let fields = structure.fields.iter().map(|field| {
        let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        let (name, ty) = (ident(&field.ident), types::field(field));
        quote!(#docs #deprecated pub #name: #ty,)
    });
    quote! {
        #docs_
        #deprecated_
        #[derive(Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
    }
}

/// The table of a structure's members: which field is which member, bound where, with which traits.
fn table(name: &str, role: &str, structure: &Structure) -> Item {
    let sensitive = if structure.sensitive { "sensitive " } else { "" };
    let mut text = format!("runtime::{name}! {{\n    {role}{sensitive}{} {{\n", structure.ident);
    for field in &structure.fields {
        text.push_str(&format!("        {}: {},\n", ident(&field.ident), binding(structure, field)));
    }
    text.push_str("    }\n}\n");
    Item::Table(text)
}

/// The binding of a member and its traits, as the runtime's functions of the same names say them.
fn binding(structure: &Structure, field: &Field) -> String {
    let (function, key) = match field.location {
        Location::Body => ("body", &*field.wire),
        Location::Payload => ("payload", &*field.member),
        Location::Label => ("label", &*field.member),
        Location::Query => ("query", &*field.member),
        Location::QueryMap => ("query_map", &*field.member),
        Location::Header => ("header", &*field.member),
        Location::PrefixHeaders => ("prefix_headers", &*field.member),
        Location::Status => ("status", &*field.member),
    };
    let mut text = format!("{function}({})", Literal::string(key));
    match field.location {
        Location::Payload | Location::Status => {}
        _ if *field.wire == *field.member => {}
        Location::Body => text.push_str(&format!(".member({})", Literal::string(&field.member))),
        _ => text.push_str(&format!(".wire({})", Literal::string(&field.wire))),
    }
    let payload = match structure.payload {
        Payload::Blob => Some("blob"),
        Payload::Text => Some("text"),
        Payload::Stream => Some("stream"),
        Payload::None | Payload::Json => None,
    };
    let timestamp = field.timestamp.map(|format| match format {
        TimestampFormat::EpochSeconds => "epoch_seconds",
        TimestampFormat::DateTime => "date_time",
        TimestampFormat::HttpDate => "http_date",
    });
    let traits = [
        payload.filter(|_| field.location == Location::Payload),
        field.is_required().then_some("required"),
        field.may_be_blank.then_some("may_be_blank"),
        field.sensitive.then_some("sensitive"),
        timestamp,
        field.json_value.then_some("json_value"),
        field.host_label.then_some("host_label"),
    ];
    for name in traits.into_iter().flatten() {
        text.push_str(&format!(".{name}()"));
    }
    text
}

/// What lets a structure that contains itself be held in a box.
fn recursive(structure: &Structure) -> Option<Item> {
    structure.recursive.then(|| {
        let name = ident(&structure.ident);
        quote!(runtime::recursive!(#name);).into()
    })
}

/// A union: the names it refers to, and its items.
pub(super) fn union(union: &Structure) -> (BTreeSet<&str>, Vec<Item>) {
    let name = ident(&union.ident);
    let (docs_, deprecated_) = (docs(&union.docs), deprecated(union.deprecated.as_ref()));
    let variants = union.fields.iter().map(|field| {
        let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        let (variant, ty) = (ident(&field.ident), types::ty(&field.ty));
        let ty = if field.is_boxed() { quote!(Box<#ty>) } else { ty };
        quote!(#docs #deprecated #variant(#ty),)
    });
    let definition = quote! {
        #docs_
        #deprecated_
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A member that this version of the crate does not know, by its name.
            Unknown(String, runtime::Document),
        }
    };
    let mut items = vec![definition.into(), table("variants", "", union)];
    items.extend(recursive(union));
    (references(union), items)
}
