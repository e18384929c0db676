//! Files that only features compile: builders of every structure with the forms of the AWS SDK for Rust, and the client of that form.
//! Each is one file a service, so that a program without the feature does not even read it.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{Scope, docs, gate, ident};
use super::types;
use crate::names::{MOST_STATES, sdk_name};
use crate::plan::{Docs, Field, Gate, ItemKind, Response, Structure, Type};
use crate::render::{Item, Row, SourceFile, Table};
use crate::text::code;

/// A structure and where it is.
struct BuilderTarget<'a> {
    structure: &'a Structure,
    path: TokenStream,
    /// Whether it is the input of an operation.
    request: bool,
    gate: &'a Gate,
}

/// `builders.rs`: a row for each member of every structure, from which come the methods of its builder, unless it has a builder of its
/// own, and what the SDK's methods give and take.
pub(super) fn builders(scope: &Scope<'_>) -> SourceFile {
    let tables = places(scope).into_iter().map(|place| {
        let is_taken = |name: &str| place.structure.fields.iter().any(|field| *field.ident == *name);
        let required: Vec<&Field> = place.structure.required().take(MOST_STATES).collect();
        let rows = place.structure.fields.iter().map(|field| {
            let (name, method) = (ident(&field.ident), ident(&field.builder_method()));
            let set = format!("set_{}", &*field.ident);
            let set = format_ident!("{}{}", set, if is_taken(&set) { "_" } else { "" });
            let index = required.iter().position(|other| other.member == field.member);
            let index = index.filter(|_| place.request).map(|index| {
                let index = Literal::usize_unsuffixed(index);
                quote!([#index])
            });
            let (presence, kind) = (presence(field, place.request), kind(field));
            Row::new(quote!(#name #method #set: #presence #kind #index))
        });
        let role = match (place.request, &place.structure.builder) {
            (true, _) => quote!(request),
            (false, Some(_)) => quote!(built),
            (false, None) => TokenStream::new(),
        };
        let path = place.path;
        Item::from(Table::new("builders", quote!(#role #path)).gated(gate(place.gate)).rows(rows))
    });
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
        items: tables.collect(),
    }
}

/// `sdk_compat.rs`: the client of the SDK's form.
pub(super) fn compat(scope: &Scope<'_>) -> SourceFile {
    SourceFile {
        path: scope.path("sdk_compat.rs"),
        source: scope.source("operations"),
        docs: vec!["The client in the form of the AWS SDK for Rust (feature `sdk_compat`).".to_owned()],
        attributes: Vec::new(),
        uses: quote!(
            use crate::runtime::__private as runtime;
        ),
        items: vec![client(scope), exceptions(scope), operations(scope)],
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

/// The modules of the operations with the names of their builders.
fn operations(scope: &Scope<'_>) -> Item {
    let root = scope.root();
    let modules = scope.service.operations.iter().map(|operation| {
        let (module, gate) = (ident(&operation.module), gate(&operation.gate));
        let request = ident(&operation.request.ident);
        let builder = ident(&sdk_name(&operation.name, "FluentBuilder"));
        let states = operation.request.required().take(MOST_STATES).map(|_| quote!(runtime::Set,));
        let docs = docs(&Docs::new(format!("What {} has.", code(&operation.name))));
        quote! {
            #docs
            #gate
            pub mod #module {
                #[doc(no_inline)]
                pub use #root::operation::#module::*;
                /// The call by the name of the SDK.
                pub mod builders {
                    use crate::runtime::__private as runtime;
                    /// A call whose required inputs are checked when it is sent.
                    pub type #builder = runtime::Call<super::#request, (#(#states)*)>;
                }
            }
        }
    });
    let docs = docs(&Docs::new("The operations, each with the name of its builder.".to_owned()));
    quote! {
        #docs
        pub mod operation {
            #[doc(no_inline)]
            pub use crate::error::RequestId;
            #[doc(no_inline)]
            pub use #root::operation::*;
            #(#modules)*
        }
    }
    .into()
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

/// The rule of the runtime's macro for a field, and its types.
fn kind(field: &Field) -> TokenStream {
    let ty = types::ty(&field.ty);
    match &field.ty {
        _ if field.is_boxed() => quote!(boxed(#ty)),
        Type::Boolean | Type::Integer | Type::Long | Type::Float | Type::Double => quote!(copy(#ty)),
        Type::Text => quote!(text(#ty)),
        Type::Document => quote!(document(#ty)),
        Type::List(inner) => {
            let element = types::ty(inner);
            if matches!(**inner, Type::Sparse(_)) { quote!(sparse_list(#element)) } else { quote!(list(#element)) }
        }
        Type::Map(key, value) => {
            let (several, key, value) = (ident(&field.setter_of_several), types::ty(key), types::ty(value));
            quote!(map(#several: #key => #value))
        }
        other if types::is_converted(other) => quote!(into(#ty)),
        _ => quote!(value(#ty)),
    }
}
