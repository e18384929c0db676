//! Files that only features compile: builders of every structure, and the forms of the AWS SDK for Rust. Each is one file a
//! service, with a table for each structure, so that a program without the feature does not even read it.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{Scope, gate, ident};
use super::types;
use crate::names::MOST_STATES;
use crate::plan::{Field, Gate, ItemKind, Response, Structure, Type};
use crate::render::{Item, Row, SourceFile, Table};

/// A structure and where it is.
struct BuilderTarget<'a> {
    structure: &'a Structure,
    path: TokenStream,
    /// Whether it is the input of an operation.
    request: bool,
    gate: &'a Gate,
}

/// `builders.rs`: builders of requests, responses, exceptions and of the structures that no request holds.
pub(super) fn builders(scope: &Scope<'_>) -> SourceFile {
    let places = places(scope).into_iter().filter(|place| place.structure.builder.is_none());
    let tables = places.map(|place| {
        let rows = place.structure.fields.iter().map(|field| {
            let (name, method) = (ident(&field.ident), ident(&field.builder_method()));
            let kind = setter(field);
            Row::new(quote!(#name #method: #kind))
        });
        Item::from(Table::new("builders", place.path).gated(gate(place.gate)).rows(rows))
    });
    file(
        scope,
        "builders.rs",
        "Builders of requests, responses and everything in them (feature `builders`).",
        tables.collect(),
    )
}

/// `sdk_compat.rs`: what fields hold, as the SDK's methods give it, and setters that take an `Option`.
pub(super) fn compat(scope: &Scope<'_>) -> SourceFile {
    let tables = places(scope).into_iter().map(|place| {
        let is_taken = |name: &str| place.structure.fields.iter().any(|field| *field.ident == *name);
        let required: Vec<&Field> = place.structure.required().take(MOST_STATES).collect();
        let rows = place.structure.fields.iter().map(|field| {
            let (name, accessor) = (ident(&field.ident), ident(&field.accessor()));
            let set = format!("set_{}", &*field.ident);
            let set = format_ident!("{}{}", set, if is_taken(&set) { "_" } else { "" });
            let index = required.iter().position(|other| other.member == field.member);
            let index = index.filter(|_| place.request).map(|index| {
                let index = Literal::usize_unsuffixed(index);
                quote!([#index])
            });
            let (presence, kind, ty) = held(field, place.request);
            Row::new(quote!(#name #accessor #set: #presence #kind (#ty) #index))
        });
        let (path, request) = (place.path, place.request.then(|| quote!(request)));
        Item::from(Table::new("sdk_compat", quote!(#request #path)).gated(gate(place.gate)).rows(rows))
    });
    file(
        scope,
        "sdk_compat.rs",
        "Methods in the form of the AWS SDK for Rust (feature `sdk_compat`).",
        [client(scope)].into_iter().chain(tables).collect(),
    )
}

/// The calls of the client whose required inputs are checked when a call is sent: in the type, all of them are set.
fn client(scope: &Scope<'_>) -> Item {
    let (root, service) = (scope.root(), ident(&scope.service.ident));
    let rows = scope.service.operations.iter().map(|operation| {
        let (module, request) = (ident(&operation.module), ident(&operation.request.ident));
        let method = ident(&operation.method_name);
        let states = operation.request.required().take(MOST_STATES).map(|_| quote!(runtime::Set,));
        Row {
            attributes: gate(&operation.gate).into_iter().collect(),
            ..Row::new(quote!(#method: #root::operation::#module::#request => (#(#states)*)))
        }
    });
    Table::new("sdk_client", quote!(#root::#service)).rows(rows).into()
}

fn file(scope: &Scope<'_>, path: &str, docs: &str, items: Vec<Item>) -> SourceFile {
    let root = scope.root();
    let errors = scope
        .service
        .items
        .iter()
        .any(|item| item.exception)
        .then(|| quote!(#[allow(unused_imports)] use #root::types::error::*;));
    SourceFile {
        path: scope.path(path),
        source: scope.source("shapes"),
        docs: vec![docs.to_owned()],
        attributes: Vec::new(),
        uses: quote! {
            #[allow(unused_imports)]
            use std::collections::HashMap;
            #[allow(unused_imports)]
            use crate::runtime::__private as runtime;
            #[allow(unused_imports)]
            use #root::types::*;
            #errors
        },
        items,
    }
}

/// The structures of a service that are no unions: requests and responses by operation, then shared ones.
fn places<'a>(scope: &Scope<'a>) -> Vec<BuilderTarget<'a>> {
    let root = scope.root();
    let mut places = Vec::new();
    for operation in &scope.service.operations {
        let module = ident(&operation.module);
        let request = ident(&operation.request.ident);
        let path = quote!(#root::operation::#module::#request);
        let gate = &operation.gate;
        places.push(BuilderTarget { structure: &operation.request, path, request: true, gate });
        if let Response::Own(response) = &operation.response {
            let name = ident(&response.ident);
            let path = quote!(#root::operation::#module::#name);
            places.push(BuilderTarget { structure: response, path, request: false, gate });
        }
    }
    for item in &scope.service.items {
        if let ItemKind::Structure(structure) = &item.kind {
            let name = ident(&structure.ident);
            let error = item.exception.then(|| quote!(error::));
            let path = quote!(#root::types::#error #name);
            places.push(BuilderTarget { structure, path, request: false, gate: &item.gate });
        }
    }
    places
}

/// The argument of a builder's method: the name of a rule of the runtime's macro, and its types.
fn setter(field: &Field) -> TokenStream {
    let required = field.is_required();
    match &field.ty {
        Type::List(inner) if matches!(**inner, Type::Sparse(_)) => {
            let inner = types::ty(inner);
            if required { quote!(sparse_list(#inner)) } else { quote!(some_sparse_list(#inner)) }
        }
        Type::List(inner) => {
            let inner = types::ty(inner);
            if required { quote!(list(#inner)) } else { quote!(some_list(#inner)) }
        }
        Type::Map(key, value) => {
            let (several, key, value) = (ident(&field.setter_of_several), types::ty(key), types::ty(value));
            if required { quote!(map(#several: #key => #value)) } else { quote!(some_map(#several: #key => #value)) }
        }
        other => {
            let ty = types::ty(other);
            match (required, field.is_boxed()) {
                (true, _) => quote!(value(#ty)),
                (false, true) => quote!(some_boxed(#ty)),
                (false, false) if *other == Type::Document => quote!(some_document(#ty)),
                (false, false) if types::is_converted(other) => quote!(some_into(#ty)),
                (false, false) => quote!(some_value(#ty)),
            }
        }
    }
}

/// Whether the SDK's method gives an `Option`, what it lends, and the type of the field inside its `Option`.
///
/// In the SDK no member of an input is required, and a structure or a union never is.
fn held(field: &Field, request: bool) -> (TokenStream, TokenStream, TokenStream) {
    let ty = types::ty(&field.ty);
    let presence = match (field.is_required(), &field.ty) {
        (false, _) => quote!(optional),
        (true, Type::Structure(_)) => quote!(held),
        (true, _) if request => quote!(held),
        (true, _) => quote!(required),
    };
    let kind = match &field.ty {
        _ if field.is_boxed() => quote!(boxed),
        Type::Boolean | Type::Integer | Type::Long | Type::Float | Type::Double => quote!(copy),
        Type::Text => quote!(text),
        Type::List(_) => quote!(list),
        _ => quote!(value),
    };
    (presence, kind, ty)
}
