//! Takes the plan of a service; gives the modules that list the others: `operation.rs`, `types.rs`, `inputs.rs`.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Scope, docs, ident, wrapped};
use crate::plan::{Docs, ItemKind};
use crate::render::{Item, SourceFile};

/// `operation.rs`: a module for each operation, and all of them by name.
pub(super) fn operations(scope: &Scope<'_>) -> SourceFile {
    let operations = &scope.service.operations;
    let modules: Vec<_> = operations.iter().map(|operation| ident(&operation.module)).collect();
    let requests: Vec<_> = operations.iter().map(|operation| ident(&operation.request.ident)).collect();
    let names = operations.iter().map(|operation| &*operation.name);
    let docs = operations.iter().map(|operation| docs(&Docs::new(&*operation.docs.summary)));
    let service = ident(&scope.service.ident);
    let root = scope.root();
    let all: String =
        modules.iter().zip(&requests).map(|(m, r)| format!("    <{m}::{r} as runtime::Operation>::INFO,\n")).collect();
    let items = vec![
        quote!(#(#docs pub mod #modules;)*).into(),
        Item::Table(format!(
            "/// What the model says of every operation, in name order.\npub const ALL: &[runtime::OperationInfo] = &[\n{all}];\n"
        )),
        quote! {
            /// Shows a visitor the operation of this name; `None` where there is none.
            #[inline]
            pub fn visit<V: runtime::Visitor<#root::#service>>(name: &str, visitor: V) -> Option<V::Output> {
                match name {
                    #(#names => Some(visitor.visit::<#modules::#requests>()),)*
                    _ => None,
                }
            }
        }
        .into(),
    ];
    SourceFile {
        path: scope.path("operation.rs"),
        source: scope.source("operations"),
        docs: vec!["The operations: one module each, with request, response and call.".to_owned()],
        uses: quote!(
            use crate::runtime::__private as runtime;
        ),
        items,
    }
}

/// `types.rs`: a module for each shape that operations share.
pub(super) fn types(scope: &Scope<'_>) -> SourceFile {
    let items = &scope.service.items;
    let modules: Vec<_> = items.iter().map(|item| ident(&item.module)).collect();
    let exports = items.iter().map(|item| {
        let (module, name) = (ident(&item.module), ident(&item.ident));
        let builder = match &item.kind {
            ItemKind::Structure(structure) => structure.builder.as_ref().map(|builder| ident(builder)),
            _ => None,
        };
        match builder {
            // From here: a module may have the name of a crate, such as `std`.
            Some(builder) => quote!(pub use self::#module::{#name, #builder};),
            None => quote!(pub use self::#module::#name;),
        }
    });
    SourceFile {
        path: scope.path("types.rs"),
        source: scope.source("shapes"),
        docs: vec!["The shapes that requests and responses are made of.".to_owned()],
        uses: TokenStream::new(),
        items: vec![quote!(#(mod #modules;)*).into(), quote!(#(#exports)*).into()],
    }
}

/// `inputs.rs`: the markers by which the compiler names a required input that was left out.
pub(super) fn inputs(scope: &Scope<'_>) -> SourceFile {
    let names = scope.service.required_inputs();
    let names: Vec<String> = names.iter().map(|name| ident(name).to_string()).collect();
    SourceFile {
        path: scope.path("inputs.rs"),
        source: scope.source("shapes"),
        docs: vec![
            "The names of required inputs, for the compiler to say which one was left out. They are of no other use."
                .to_owned(),
        ],
        uses: TokenStream::new(),
        items: vec![Item::Table(format!(
            "crate::runtime::__private::inputs! {{\n    {}\n}}\n",
            wrapped(&names, "    ")
        ))],
    }
}
