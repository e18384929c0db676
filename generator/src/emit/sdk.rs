//! Files that only features compile: builders of every structure with the forms of the AWS SDK for Rust, and the client of that form.
//! Each is one file a service, so that a program without the feature does not even read it.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{Scope, gate, ident};
use super::types;
use crate::names::{MOST_STATES, sdk_name};
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

/// `builders.rs`: a list of each structure's members, from which come the methods of its builder, unless it has a builder of its
/// own, and what the SDK's methods give and take.
pub(super) fn builders(scope: &Scope<'_>) -> SourceFile {
    let rows = places(scope).into_iter().map(|place| {
        let BuilderTarget { structure, path, request, gate: features } = &place;
        let is_taken = |name: &str| structure.fields.iter().any(|field| *field.ident == *name);
        let required: Vec<&Field> = structure.required().take(MOST_STATES).collect();
        let member = |field: &Field| {
            let set = format!("set_{}", &*field.ident);
            let set = format_ident!("{}{}", set, if is_taken(&set) { "_" } else { "" });
            let index = required.iter().position(|other| other.member == field.member);
            let index = index.filter(|_| *request).map(|index| {
                let index = Literal::usize_unsuffixed(index);
                quote!([#index])
            });
            let (presence, kind) = (presence(field, *request), types::kind(field));
            quote!(#set #presence #kind #index)
        };
        let is_renamed = |field: &&Field| field.builder_method() != field.ident;
        let (renamed, others): (Vec<&Field>, Vec<&Field>) = structure.fields.iter().partition(is_renamed);
        let renamed = renamed.into_iter().map(|field| {
            let (name, method, member) = (ident(&field.ident), ident(&field.builder_method()), member(field));
            quote!(#name #method #member,)
        });
        let renamed: TokenStream = renamed.collect();
        let renamed = (!renamed.is_empty()).then(|| quote!(renamed(#renamed)));
        let role = match (request, &structure.builder) {
            (true, _) => quote!(request),
            (false, Some(_)) => quote!(built),
            (false, None) => quote!(response),
        };
        let others = others.into_iter().map(|field| {
            let (name, member) = (ident(&field.ident), member(field));
            quote!(#name #member)
        });
        Row {
            attributes: gate(features).into_iter().collect(),
            list: others.collect(),
            ..Row::new(quote!(#role #path: #renamed))
        }
    });
    let table = Table::new("builders", TokenStream::new()).rows(rows);
    let root = scope.root();
    let has_errors = scope.service.items.iter().any(|item| item.exception);
    let errors = has_errors.then(|| quote!(#[allow(unused_imports)] use #root::types::error::*;));
    SourceFile {
        path: scope.path("builders.rs"),
        source: scope.source("shapes"),
        docs: vec![
            "Builders of requests, responses and everything in them (feature `builders`), and the methods of the AWS SDK for".to_owned(),
            "Rust that read and set what they hold (feature `sdk_compat`).".to_owned(),
        ],
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
        items: vec![table.into()],
    }
}

/// `sdk_compat.rs`: the client of the SDK's form.
pub(super) fn compat(scope: &Scope<'_>) -> SourceFile {
    let root = scope.root();
    SourceFile {
        path: scope.path("sdk_compat.rs"),
        source: scope.source("operations"),
        docs: vec!["The client in the form of the AWS SDK for Rust (feature `sdk_compat`).".to_owned()],
        attributes: Vec::new(),
        uses: quote! {
            use crate::runtime::__private as runtime;
            use #root::operation as operations;
        },
        items: vec![operations(scope), exceptions(scope)],
    }
}

/// What the exceptions say, by the names of the SDK.
fn exceptions(scope: &Scope<'_>) -> Item {
    let root = scope.root();
    let rows = scope.service.exceptions.iter().map(|exception| {
        let (name, code) = (ident(&exception.ident), &*exception.code);
        let structure = scope.service.items.iter().find(|item| item.exception && item.ident == exception.ident);
        let message = structure.and_then(|item| match &item.kind {
            ItemKind::Structure(structure) => structure.fields.iter().find(|field| *field.ident == *"message"),
            _ => None,
        });
        let message = message.map(|field| ident(&field.ident));
        Row::new(quote!(#name = #code #message))
    });
    Table::new("sdk_exceptions", quote!(#root::error::Exception)).rows(rows).into()
}

/// The operations: the calls of the client, whose required inputs are checked when a call is sent, as in their type all of them are set,
/// and the modules with the names of their builders.
fn operations(scope: &Scope<'_>) -> Item {
    let (root, service) = (scope.root(), ident(&scope.service.ident));
    let rows = scope.service.operations.iter().map(|operation| {
        let (module, request) = (ident(&operation.module), ident(&operation.request.ident));
        let method = ident(&operation.method_name);
        let builder = ident(&sdk_name(&operation.name, "FluentBuilder"));
        let states = operation.request.required().take(MOST_STATES).map(|_| quote!(Set,));
        Row {
            attributes: gate(&operation.gate).into_iter().collect(),
            ..Row::new(quote!(#method #module: #request #builder (#(#states)*)))
        }
    });
    Table::new("sdk_operations", quote!(#root::#service)).rows(rows).into()
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

/// Whether the SDK's method gives an `Option`: of an optional field, or of one that is always there.
///
/// In the SDK no member of an input is required, and a structure or a union never is.
fn presence(field: &Field, request: bool) -> TokenStream {
    match (field.is_required(), &field.ty) {
        (false, _) => quote!(optional),
        (true, Type::Structure(_)) => quote!(held),
        (true, _) if request => quote!(held),
        (true, _) => quote!(required),
    }
}
