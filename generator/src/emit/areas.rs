//! Areas: the file by which a call of an operation whose feature is off names that feature.

use quote::quote;

use super::tokens::{Scope, ident};
use crate::plan::{PlannedArea, Service};
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
        uses: quote!(
            use crate::runtime::__private as runtime;
        ),
        items: vec![Table::new("areas", quote!(#root::Client, #note)).rows(rows).into()],
    }
}

fn methods(service: &Service, area: &PlannedArea) -> impl Iterator<Item = proc_macro2::TokenStream> {
    let in_area = |operation: &&crate::plan::Operation| area.operations.contains(&operation.name);
    service.operations.iter().filter(in_area).map(|operation| {
        let method = ident(&operation.method_name);
        quote!(#method)
    })
}
