//! Structures and unions: each a table of its members, from which the runtime's macros make the type, what reads and writes it, and its
//! builder.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::tokens::{Imports, about, deprecated, docs, ident, lines};
use super::{builder, types};
use crate::names::variant_methods;
use crate::plan::{Field, Location, Operation, Payload, Structure, TimestampFormat, Type};
use crate::render::{Item, Row, Table};

/// The imports of a structure's table, and of its builder where it has one.
pub(super) fn imports<'a>(structure: &'a Structure, imports: &mut Imports<'a>) {
    structure.fields.iter().for_each(|field| match &field.ty {
        // The runtime's macro names the map itself.
        Type::Map(key, value) => [key, value].into_iter().for_each(|ty| imports.add(ty)),
        ty => imports.add(ty),
    });
    imports.types.remove(&*structure.ident);
    imports.inputs |= structure.demands();
}

/// The imports of a union.
pub(super) fn imports_of_union<'a>(union: &'a Structure, imports: &mut Imports<'a>) {
    union.fields.iter().for_each(|field| imports.add(&field.ty));
    imports.types.remove(&*union.ident);
}

/// The input of an operation and the builder of its call.
pub(super) fn request(operation: &Operation, output: &TokenStream) -> Vec<Item> {
    let request = &operation.request;
    let (name, builder) = (ident(&request.ident), builder::head(&operation.call, request));
    let paged = operation.paginator.is_some().then(|| quote!(, paged));
    table("request", quote!(#name => #output by #builder #paged), request, true)
}

/// A structure, with its builder where requests hold it.
pub(super) fn items(structure: &Structure) -> Vec<Item> {
    let name = ident(&structure.ident);
    let builder = structure.builder.as_ref().map(|builder| {
        let builder = builder::head(builder, structure);
        quote!(by #builder)
    });
    table("structure", quote!(#name #builder), structure, structure.builder.is_some())
}

/// The table of a structure's members: which field is which member, of which type, bound where, with which traits. Where a builder demands
/// inputs, those come first, in documentation as well.
fn table(macro_name: &str, head: TokenStream, structure: &Structure, is_built: bool) -> Vec<Item> {
    let sensitive = structure.sensitive.then(|| quote!(, sensitive));
    let (first, rest): (Vec<&Field>, Vec<&Field>) =
        structure.fields.iter().partition(|field| is_built && field.is_required());
    let rows = first.into_iter().chain(rest).map(|field| {
        let (name, kind, binding) = (ident(&field.ident), types::kind(field), binding(structure, field));
        let presence = if field.is_required() { quote!(required) } else { quote!(optional) };
        let setter = (is_built && field.setter != field.ident).then(|| ident(&field.setter));
        let kind = match setter {
            Some(setter) => quote!(renamed(#setter #kind)),
            None => kind,
        };
        let after = if is_built { builder::after(structure, field) } else { None };
        let docs = lines(&field.docs);
        let attributes = about(field.deprecated.as_ref());
        Row { docs, attributes, ..Row::new(quote!(#name: #presence #kind #after = #binding)) }
    });
    let attributes = about(structure.deprecated.as_ref());
    let table = Table::new(macro_name, quote!(#head #sensitive)).above(lines(&structure.docs), attributes).rows(rows);
    std::iter::once(table.into()).chain(recursive(structure)).collect()
}

/// The table of a union's variants.
fn table_of_variants(union: &Structure) -> Item {
    let name = ident(&union.ident);
    let sensitive = union.sensitive.then(|| quote!(sensitive));
    let rows = union.fields.iter().map(|field| {
        let (name, binding) = (ident(&field.ident), binding(union, field));
        Row::new(quote!(#name: #binding))
    });
    Table::new("variants", quote!(#sensitive #name)).rows(rows).into()
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
    let may_be_blank = field.may_be_blank.then(|| quote!(.may_be_blank()));
    let sensitive = field.sensitive.then(|| quote!(.sensitive()));
    let timestamp = field.timestamp.map(|format| match format {
        TimestampFormat::EpochSeconds => quote!(.epoch_seconds()),
        TimestampFormat::DateTime => quote!(.date_time()),
        TimestampFormat::HttpDate => quote!(.http_date()),
    });
    let json_value = field.json_value.then(|| quote!(.json_value()));
    let host_label = field.host_label.then(|| quote!(.host_label()));
    quote!(#function(#key) #other_name #payload #may_be_blank #sensitive #timestamp #json_value #host_label)
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
    let mut items = vec![definition.into(), methods.into(), table_of_variants(union)];
    items.extend(recursive(union));
    items
}
