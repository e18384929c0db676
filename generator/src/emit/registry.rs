//! Registries: the files that list others. `operation.rs` lists operations, `types.rs` shapes, `inputs.rs` required inputs.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::areas;
use super::tokens::{Scope, gate, ident};
use crate::plan::{Gate, ItemKind};
use crate::render::{Item, Row, SourceFile, Table};

/// `operation.rs`: a module for each operation, and all of them by name.
pub(super) fn operations(scope: &Scope<'_>) -> SourceFile {
    let (root, service) = (scope.root(), ident(&scope.service.ident));
    // rustdoc shows the methods of the client in the order of these modules.
    let rows = areas::by_area(scope.service).into_iter().map(|operation| {
        let (name, module) = (&*operation.name, ident(&operation.module));
        let request = ident(&operation.request.ident);
        Row { attributes: gate(&operation.gate).into_iter().collect(), ..Row::new(quote!(#name: #module::#request)) }
    });
    SourceFile {
        path: scope.path("operation.rs"),
        source: scope.source("operations"),
        docs: vec!["The operations: one module each, with request, response and call.".to_owned()],
        attributes: areas::contents(scope.service),
        uses: quote!(
            use crate::runtime::__private as runtime;
        ),
        items: vec![Table::new("operations", quote!(#root::#service)).rows(rows).into()],
    }
}

/// `types.rs`: a module for each shape that operations share.
pub(super) fn types(scope: &Scope<'_>) -> SourceFile {
    let errors = scope.service.items.iter().any(|item| item.exception).then(|| {
        quote!(
            pub mod error;
        )
        .into()
    });
    SourceFile {
        path: scope.path("types.rs"),
        source: scope.source("shapes"),
        docs: vec!["The shapes that requests and responses are made of.".to_owned()],
        attributes: Vec::new(),
        uses: quote!(
            use crate::runtime::__private as runtime;
        ),
        items: errors.into_iter().chain([list(scope, false)]).collect(),
    }
}

/// `types/error.rs`: a module for each exception.
pub(super) fn errors(scope: &Scope<'_>) -> SourceFile {
    SourceFile {
        path: scope.path("types/error.rs"),
        source: scope.source("shapes"),
        docs: vec!["The exceptions that the service responds with.".to_owned()],
        attributes: Vec::new(),
        uses: quote!(
            use crate::runtime::__private as runtime;
        ),
        items: vec![list(scope, true)],
    }
}

/// The modules and names of exceptions, or of all other shapes, in the order of modules.
fn list(scope: &Scope<'_>, exceptions: bool) -> Item {
    let mut items: Vec<_> = scope.service.items.iter().filter(|item| item.exception == exceptions).collect();
    items.sort_by_key(|item| &item.module);
    let rows = items.into_iter().map(|item| {
        let (module, name) = (ident(&item.module), ident(&item.ident));
        let builder = match &item.kind {
            ItemKind::Structure(structure) => structure.builder.as_ref().map(|builder| ident(builder)),
            _ => None,
        };
        Row { attributes: gate(&item.gate).into_iter().collect(), ..Row::new(quote!(#module: #name #builder)) }
    });
    Table::new("types", TokenStream::new()).rows(rows).into()
}

/// `inputs.rs`: the markers by which the compiler names a required input that was left out.
pub(super) fn inputs(scope: &Scope<'_>) -> SourceFile {
    // The texts are literals, because the compiler prints a type with its path where another of its name is in sight.
    let mut rows: BTreeMap<Gate, Vec<Row>> = BTreeMap::new();
    for (name, gate) in scope.service.required_inputs() {
        let name = ident(name);
        let (message, label) = (format!("the required input `{name}` is missing"), format!("call `.{name}(…)` first"));
        rows.entry(gate).or_default().push(Row::new(quote!(#name: #message, #label)));
    }
    // An empty table where there are none.
    if rows.is_empty() {
        rows.insert(Gate::default(), Vec::new());
    }
    // By its path: an input may be called `runtime`, as what other files import is.
    let table = || Table::of(quote!(crate::runtime::__private::inputs), TokenStream::new());
    let tables = rows.into_iter().map(|(of, rows)| table().gated(gate(&of)).rows(rows));
    SourceFile {
        path: scope.path("inputs.rs"),
        source: scope.source("shapes"),
        docs: vec![
            "The names of required inputs, by which the compiler says which one was left out. They have no other use."
                .to_owned(),
        ],
        attributes: Vec::new(),
        uses: TokenStream::new(),
        items: tables.map(Into::into).collect(),
    }
}
