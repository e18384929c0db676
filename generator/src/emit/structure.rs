//! Structures and unions: their types, and the tables of their members.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::tokens::{Imports, about, deprecated, docs, ident};
use super::{builder, types};
use crate::names::variant_methods;
use crate::plan::{Field, Location, Payload, Structure, TimestampFormat};
use crate::render::{Item, Row, Table};

/// A structure that several shapes or operations use.
pub(super) fn shared(structure: &Structure) -> Vec<Item> {
    items(structure).into_iter().chain(builder::of_structure(structure)).collect()
}

/// The imports of the items of a structure or a union, and of its builder where it has one.
pub(super) fn imports<'a>(structure: &'a Structure, imports: &mut Imports<'a>) {
    structure.fields.iter().for_each(|field| imports.add(&field.ty));
    imports.types.remove(&*structure.ident);
    imports.inputs |= structure.demands();
}

/// The type of an operation's input, and the table of its members.
pub(super) fn request(structure: &Structure) -> Vec<Item> {
    listed(structure, Some(quote!(request)))
}

/// The type of a structure, and the table of its members.
pub(super) fn items(structure: &Structure) -> Vec<Item> {
    listed(structure, None)
}

fn listed(structure: &Structure, role: Option<TokenStream>) -> Vec<Item> {
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
fn table(macro_name: &str, role: Option<TokenStream>, structure: &Structure) -> Item {
    let name = ident(&structure.ident);
    let sensitive = structure.sensitive.then(|| quote!(sensitive));
    let rows = structure.fields.iter().map(|field| {
        let (name, binding) = (ident(&field.ident), binding(structure, field));
        Row::new(quote!(#name: #binding))
    });
    Table::new(macro_name, quote!(#role #sensitive #name)).rows(rows).into()
}

/// The binding of a member and its traits, as the runtime's functions of the same names say them.
fn binding(structure: &Structure, field: &Field) -> TokenStream {
    let (member, wire) = (&*field.member, &*field.wire);
    let (function, key) = match field.location {
        Location::Body => (quote!(body), wire),
        Location::Payload => (quote!(payload), member),
        Location::Label => (quote!(label), member),
        Location::Query => (quote!(query), member),
        Location::QueryMap => (quote!(query_map), member),
        Location::Header => (quote!(header), member),
        Location::PrefixHeaders => (quote!(prefix_headers), member),
        Location::Status => (quote!(status), member),
    };
    let other_name = match field.location {
        Location::Payload | Location::Status => None,
        _ if wire == member => None,
        Location::Body => Some(quote!(.member(#member))),
        _ => Some(quote!(.wire(#wire))),
    };
    let payload = match structure.payload {
        _ if field.location != Location::Payload => None,
        Payload::Blob => Some(quote!(.blob())),
        Payload::Text => Some(quote!(.text())),
        Payload::Stream => Some(quote!(.stream())),
        Payload::None | Payload::Json => None,
    };
    let required = field.is_required().then(|| quote!(.required()));
    let may_be_blank = field.may_be_blank.then(|| quote!(.may_be_blank()));
    let sensitive = field.sensitive.then(|| quote!(.sensitive()));
    let timestamp = field.timestamp.map(|format| match format {
        TimestampFormat::EpochSeconds => quote!(.epoch_seconds()),
        TimestampFormat::DateTime => quote!(.date_time()),
        TimestampFormat::HttpDate => quote!(.http_date()),
    });
    let json_value = field.json_value.then(|| quote!(.json_value()));
    let host_label = field.host_label.then(|| quote!(.host_label()));
    quote!(#function(#key) #other_name #payload #required #may_be_blank #sensitive #timestamp #json_value #host_label)
}

/// The implementations that let a structure which contains itself be held in a box.
fn recursive(structure: &Structure) -> Option<Item> {
    structure.recursive.then(|| {
        let name = ident(&structure.ident);
        quote!(runtime::recursive!(#name);).into()
    })
}

/// A union.
pub(super) fn union(union: &Structure) -> Vec<Item> {
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
    let methods = variant_methods(union.fields.iter().map(|field| &field.ident));
    let methods = union.fields.iter().zip(methods).map(|(field, method)| {
        let (variant, ty) = (ident(&field.ident), types::ty(&field.ty));
        let (is, as_) = (format_ident!("is_{}", &*method), format_ident!("as_{}", &*method));
        let attributes = about(field.deprecated.as_ref());
        Row { attributes, ..Row::new(quote!(#variant(#ty): #is #as_)) }
    });
    let methods = Table::new("choices", quote!(#name)).rows(methods);
    let mut items = vec![definition.into(), methods.into(), table("variants", None, union)];
    items.extend(recursive(union));
    items
}
