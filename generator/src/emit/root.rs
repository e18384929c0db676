//! Takes the plans of all services; gives `lib.rs` and the module of each service: its client, and what it hangs on.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Scope, docs, ident};
use crate::diagnostic::Diagnostics;
use crate::plan::Service;
use crate::render::{Item, SourceFile, render};

/// `lib.rs` and the modules of the services beside the first. `head` is the hand-written documentation of the crate.
///
/// # Errors
/// Items that came out as something other than Rust.
pub(crate) fn library(services: &[Service], head: &str) -> Result<BTreeMap<String, String>, Diagnostics> {
    let mut files = BTreeMap::new();
    for service in services {
        let scope = Scope::new(service);
        let mut items = module(&scope);
        let mut docs: Vec<String> = service.docs.clone();
        let path = match &service.module {
            Some(module) => {
                docs.extend(behind(module));
                format!("src/{module}.rs")
            }
            None => {
                docs = head.lines().map(str::to_owned).collect();
                items.splice(0..0, shared(services));
                "src/lib.rs".to_owned()
            }
        };
        let uses = if service.module.is_some() {
            quote!(
                use crate::runtime;
            )
        } else {
            TokenStream::new()
        };
        let items = items.into_iter().map(Item::from).collect();
        let file = SourceFile { path: path.clone(), source: scope.source(""), docs, uses, items };
        files.insert(path, render(&file)?);
    }
    Ok(files)
}

/// What a reader of a module's documentation has to know first: why it may not be there, and what it has in common.
fn behind(module: &str) -> [String; 3] {
    [
        String::new(),
        format!(
            "Here where the feature `{module}` is on. One [`Config`](crate::Config) serves the clients of this module and"
        ),
        "of all others, which then share its credentials, connections and limits.".to_owned(),
    ]
}

/// What all services share: the runtime, and what users need of it by a short name.
fn shared(services: &[Service]) -> Vec<TokenStream> {
    let siblings = services.iter().filter_map(|service| {
        let name = service.module.as_ref()?;
        let module = ident(name);
        Some(quote!(#[cfg(feature = #name)] pub mod #module;))
    });
    vec![
        quote! {
            #![allow(deprecated, reason = "what is deprecated has to be read and written all the same")]
            #![allow(
                clippy::large_enum_variant,
                clippy::should_implement_trait,
                clippy::type_complexity,
                reason = "types and names are those of the model"
            )]
            mod partitions;
            pub mod runtime;
            #(#siblings)*
        },
        quote! {
            #[doc(no_inline)]
            pub use runtime::{Blob, Config, DateTime, Document};
        },
    ]
}

/// The items of one service's module.
fn module(scope: &Scope<'_>) -> Vec<TokenStream> {
    let service = scope.service;
    let name = ident(&service.ident);
    let service_docs = docs(&[format!("{}, as calls are generic over it.", crate::docs::code(&service.full_name))]);
    let client_docs = docs(&[format!("A client of {}.", crate::docs::code(&service.full_name))]);
    let (id, version, signing, prefix) =
        (&service.id, &service.api_version, &service.signing_name, &service.endpoint_prefix);
    vec![
        quote! {
            pub mod endpoint;
            pub mod error;
            pub mod inputs;
            pub mod operation;
            pub mod types;
        },
        quote!(
            pub use error::{Error, Exception};
        ),
        quote! {
            #client_docs
            pub type Client = runtime::Client<#name>;
        },
        quote! {
            #service_docs
            #[derive(Clone, Copy, Debug)]
            pub enum #name {}
        },
        quote! {
            impl runtime::Service for #name {
                type Exception = Exception;
                const INFO: runtime::ServiceInfo = runtime::ServiceInfo {
                    id: #id,
                    api_version: #version,
                    signing_name: #signing,
                    endpoint_prefix: #prefix,
                    endpoint: endpoint::resolve,
                };
            }
        },
    ]
}
