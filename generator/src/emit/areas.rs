//! Areas: the file by which a call of an operation whose feature is off names that feature, and the order in which documentation has
//! the operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Scope, ident};
use crate::plan::{Operation, PlannedArea, Service};
use crate::render::{Row, SourceFile, Table};

/// `areas.rs`.
pub(super) fn file(scope: &Scope<'_>, crate_name: &str) -> SourceFile {
    let service = scope.service;
    let rows = service.areas.list.iter().map(|area| {
        let feature = &area.feature;
        let message = format!("this operation needs the feature `{feature}` of {crate_name}");
        Row { list: methods(service, area).collect(), ..Row::new(quote!(#feature: #message)) }
    });
    let note = match &service.module {
        None => "turn it on in Cargo.toml, or `full`, which has every operation".to_owned(),
        Some(module) => format!("turn it on in Cargo.toml, or `{module}`, which has every operation of the module"),
    };
    let root = scope.root();
    SourceFile {
        path: scope.path("areas.rs"),
        source: crate::Origin::new(&service.areas.file, "areas"),
        docs: vec![
            "The areas of operations. Where the feature of an area is off, its operations are hidden methods that do not compile:"
                .to_owned(),
            "the compiler then says which feature to turn on.".to_owned(),
        ],
        attributes: Vec::new(),
        uses: quote!(
            use crate::runtime::__private as runtime;
        ),
        items: vec![Table::new("areas", quote!(#root::Client, #note)).rows(rows).into()],
    }
}

/// The methods of an area's operations.
fn methods<'a>(service: &'a Service, area: &'a PlannedArea) -> impl Iterator<Item = TokenStream> + 'a {
    operations(service, area).map(|operation| {
        let method = ident(&operation.method_name);
        quote!(#method)
    })
}

fn operations<'a>(service: &'a Service, area: &'a PlannedArea) -> impl Iterator<Item = &'a Operation> {
    service.operations.iter().filter(|operation| area.operations.contains(&operation.name))
}

/// The operations as documentation lists them: by area, and by name within one.
pub(super) fn by_area(service: &Service) -> Vec<&Operation> {
    let area =
        |operation: &Operation| service.areas.list.iter().position(|area| area.operations.contains(&operation.name));
    let mut operations: Vec<_> = service.operations.iter().collect();
    operations.sort_by_cached_key(|operation| area(operation));
    operations
}

/// The area whose operations begin with this one.
pub(super) fn first_of_area<'a>(scope: &Scope<'a>, operation: &Operation) -> Option<&'a PlannedArea> {
    scope.service.areas.list.iter().find(|area| area.operations.first() == Some(&operation.name))
}

/// A list of the operations of each area, with links to their modules, where the feature of the area is on.
pub(super) fn contents(service: &Service) -> Vec<TokenStream> {
    let sections = service.areas.list.iter().map(|area| {
        let links: Vec<_> = operations(service, area).map(|operation| format!("[`{}`]", operation.module)).collect();
        let (feature, text) = (&area.feature, format!("\n# {}\n\n{}", area.printable_title(), links.join(", ")));
        quote!(#![cfg_attr(feature = #feature, doc = #text)])
    });
    sections.collect()
}
