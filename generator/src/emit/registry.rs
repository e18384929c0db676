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
    let operations = areas::by_area(scope.service);
    let rows = operations.chunk_by(|one, next| one.gate == next.gate).flat_map(|group| {
        let rows = group.iter().map(|operation| {
            let (name, module) = (&*operation.name, ident(&operation.module));
            let request = ident(&operation.request.ident);
            Row::new(quote!(#name: #module::#request))
        });
        grouped(gate(&group[0].gate), rows.collect())
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
        items: errors.into_iter().chain(lists(scope, false)).collect(),
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
        items: lists(scope, true),
    }
}

/// Rows behind the attribute that they share; as they are, where there is none.
fn grouped(gate: Option<TokenStream>, rows: Vec<Row>) -> Vec<Row> {
    match gate {
        None => rows,
        Some(gate) => vec![Row { attributes: vec![gate], rows, ..Row::default() }],
    }
}

/// The modules and names of exceptions, or of all other shapes, by their gates and then in the order of modules: a table for those that are
/// always compiled, and one for the others.
fn lists(scope: &Scope<'_>, exceptions: bool) -> Vec<Item> {
    let mut items: Vec<_> = scope.service.items.iter().filter(|item| item.exception == exceptions).collect();
    items.sort_by_key(|item| &item.module);
    let rows = items.into_iter().map(|item| {
        let (module, name) = (ident(&item.module), ident(&item.ident));
        let builder = match &item.kind {
            ItemKind::Structure(structure) => structure.builder.as_ref().map(|builder| ident(builder)),
            _ => None,
        };
        (item.gate.clone(), Row::new(quote!(#module: #name #builder)))
    });
    let table = |rows| Table::new("types", TokenStream::new()).rows(rows);
    let mut rows = by_gate(rows);
    let always = rows.remove(&Gate::default());
    let groups: Vec<Row> = rows.into_iter().flat_map(|(of, rows)| grouped(gate(&of), rows)).collect();
    let groups = (!groups.is_empty()).then_some(groups);
    always.into_iter().chain(groups).map(|rows| table(rows).into()).collect()
}

/// Rows by what they are gated with; an empty list that is always compiled, where there are none.
fn by_gate(rows: impl IntoIterator<Item = (Gate, Row)>) -> BTreeMap<Gate, Vec<Row>> {
    let mut by_gate: BTreeMap<Gate, Vec<Row>> = BTreeMap::new();
    for (gate, row) in rows {
        by_gate.entry(gate).or_default().push(row);
    }
    if by_gate.is_empty() {
        by_gate.insert(Gate::default(), Vec::new());
    }
    by_gate
}

/// `inputs.rs`: the markers by which the compiler names a required input that was left out.
pub(super) fn inputs(scope: &Scope<'_>) -> SourceFile {
    // The texts are literals, because the compiler prints a type with its path where another of its name is in sight.
    let rows = scope.service.required_inputs().into_iter().map(|(name, gate)| {
        let name = ident(name);
        let (message, label) = (format!("the required input `{name}` is missing"), format!("call `.{name}(…)` first"));
        (gate, Row::new(quote!(#name: #message, #label)))
    });
    // By its path: an input may be called `runtime`, as what other files import is.
    let table = || Table::of(quote!(crate::runtime::__private::inputs), TokenStream::new());
    let tables = by_gate(rows).into_iter().map(|(of, rows)| table().gated(gate(&of)).rows(rows));
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
