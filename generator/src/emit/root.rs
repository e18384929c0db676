//! Roots: `lib.rs`, the module of each other service, and the files that a service or the crate has once.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Scope, docs, gate, ident};
use super::{events, package};
use crate::diagnostic::Origin;
use crate::endpoint::{Partitions, Rules};
use crate::plan::{Docs, Service};
use crate::planned::Crate;
use crate::render::SourceFile;
use crate::text::code;

/// `lib.rs`.
pub(super) fn library(planned: &Crate<'_>, service: &Service) -> SourceFile {
    let scope = Scope::new(service);
    let has_resources = planned.stand_in().is_some();
    let items = shared(planned).into_iter().chain(module_items(&scope, has_resources)).map(Into::into).collect();
    SourceFile {
        path: "src/lib.rs".to_owned(),
        source: scope.source(""),
        docs: package::head(planned).lines().map(str::to_owned).collect(),
        attributes: Vec::new(),
        uses: TokenStream::new(),
        items,
    }
}

/// The module of a service that is not the crate's root.
pub(super) fn module(service: &Service, has_resources: bool) -> SourceFile {
    let scope = Scope::new(service);
    let module = service.module.as_deref().unwrap_or_default();
    SourceFile {
        path: format!("src/{module}.rs"),
        source: scope.source(""),
        docs: documentation(service, module),
        attributes: Vec::new(),
        uses: quote!(
            use crate::runtime;
        ),
        items: module_items(&scope, has_resources).into_iter().map(Into::into).collect(),
    }
}

/// `partitions.rs`.
pub(super) fn partitions(partitions: &Partitions) -> SourceFile {
    SourceFile {
        path: "src/partitions.rs".to_owned(),
        source: Origin::new(&partitions.file, ""),
        docs: vec!["The partitions of AWS: which regions there are, and what their host names end in.".to_owned()],
        attributes: Vec::new(),
        uses: TokenStream::new(),
        items: vec![partitions.items().into()],
    }
}

/// `endpoint.rs`.
pub(super) fn endpoint(scope: &Scope<'_>, rules: &Rules) -> SourceFile {
    SourceFile {
        path: scope.path("endpoint.rs"),
        source: Origin::new(&rules.file, ""),
        docs: vec!["Where calls go: the service's endpoint rule set, compiled.".to_owned()],
        attributes: Vec::new(),
        uses: TokenStream::new(),
        items: vec![rules.items().into()],
    }
}

/// The documentation of a module.
fn documentation(service: &Service, module: &str) -> Vec<String> {
    let lines = service.docs.lines().map(str::to_owned).chain(behind(module));
    lines.chain(events::left_out(service).lines().map(str::to_owned)).collect()
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
fn shared(planned: &Crate<'_>) -> Vec<TokenStream> {
    let siblings = planned.services.iter().filter_map(|planned| {
        let module = ident(planned.service.module.as_ref()?);
        let gate = gate(&planned.service.gate());
        Some(quote!(#gate pub mod #module;))
    });
    let partitions = partitions_module(planned);
    let waiter = planned.has_waiters().then(|| {
        quote!(
            pub mod waiter;
        )
    });
    let events = planned.has_events().then(|| {
        quote!(
            pub mod event_stream;
        )
    });
    vec![
        quote! {
            #![cfg_attr(docsrs, feature(doc_cfg))]
            #![cfg_attr(not(docsrs), doc(html_no_source))]
            #![allow(deprecated, reason = "what is deprecated has to be read and written all the same")]
            #![allow(
                clippy::large_enum_variant,
                clippy::should_implement_trait,
                clippy::type_complexity,
                reason = "types and names are those of the model"
            )]
            pub mod client;
            pub mod config;
            pub mod credentials;
            #events
            pub mod http;
            #partitions
            pub mod primitives;
            #[doc(hidden)]
            pub mod runtime;
            #waiter
            #(#siblings)*
        },
        quote! {
            #[doc(no_inline)]
            pub use config::Config;
            #[cfg(feature = "wire")]
            #[doc(inline)]
            pub use runtime::wire;
        },
        testing(planned),
    ]
}

/// The module for tests. Where the crate's root has a stand-in, its type needs no name of a service there.
fn testing(planned: &Crate<'_>) -> TokenStream {
    let root = planned.stand_in();
    let alias = root.map(|planned| {
        let service = ident(&planned.service.ident);
        let docs = docs(&Docs::new(format!("A stand-in of {}.", code(&planned.service.full_name))));
        quote! {
            #docs
            #[doc = ""]
            #[doc = include_str!("resources.md")]
            #[cfg(feature = "stand_in")]
            pub type StandIn = crate::runtime::testing::StandIn<crate::#service>;
        }
    });
    quote! {
        /// What programs test against instead of the service.
        #[cfg(any(feature = "mock", feature = "stand_in"))]
        pub mod testing {
            #[doc(inline)]
            pub use crate::runtime::testing::*;
            #alias
        }
    }
}

/// The module that a program names where it named the service's crate of the AWS SDK for Rust.
fn sdk_module(scope: &Scope<'_>) -> TokenStream {
    let (root, service) = (scope.root(), ident(&scope.service.ident));
    let docs = docs(&Docs::new(format!(
        "The names of the AWS SDK for Rust's crate for {}, so that a program moves by its `use` lines.",
        code(&scope.service.full_name)
    )));
    // The loader serves all services.
    let aws_config = scope.service.module.is_none().then(|| {
        quote! {
            #[doc(inline)]
            pub use crate::runtime::sdk::loader as aws_config;
        }
    });
    quote! {
        #docs
        #[cfg(feature = "sdk_compat")]
        pub mod sdk {
            #[doc(inline)]
            pub use crate::runtime::sdk::config;
            #aws_config
            #[doc(inline)]
            pub use crate::runtime::sdk::primitives;
            #[doc(no_inline)]
            pub use crate::config::Config;
            #[doc(no_inline)]
            pub use #root::{Exception as Error, sdk_compat::operation, types};
            /// Errors of calls, and the exceptions that the service responds with.
            pub mod error {
                #[doc(no_inline)]
                pub use #root::error::*;
                #[doc(no_inline)]
                pub use crate::error::{ErrorKind, ErrorMetadata, ProvideErrorMetadata, RequestId};
                #[doc(inline)]
                pub use crate::runtime::sdk::error::*;
            }
            /// The client whose calls are checked when they are sent.
            pub type Client = crate::runtime::sdk::Client<#root::#service>;
        }
    }
}

/// The declaration of `partitions.rs`, where a service asks for the partition of its region: in a crate that is compiled
/// without that service, nothing would use it.
fn partitions_module(planned: &Crate<'_>) -> Option<TokenStream> {
    let users: Vec<_> = planned.services.iter().filter(|planned| planned.rules.use_partitions()).collect();
    let gates = users.iter().map(|planned| planned.service.gate());
    let gate = gate(&gates.reduce(|one, other| one.or(&other))?);
    Some(quote!(#gate mod partitions;))
}

/// The items of one service's module.
fn module_items(scope: &Scope<'_>, has_resources: bool) -> Vec<TokenStream> {
    let service = scope.service;
    let name = ident(&service.ident);
    let service_docs = docs(&Docs::new(format!("{}, as calls are generic over it.", code(&service.full_name))));
    let client_docs = docs(&Docs::new(format!("A client of {}.", code(&service.full_name))));
    let (id, version, signing, prefix) =
        (&service.id, &service.api_version, &service.signing_name, &service.endpoint_prefix);
    // The file beside this one, or the one in the module's folder.
    let sibling_file =
        |file: &str| service.module.as_ref().map_or(file.to_owned(), |module| format!("{module}/{file}"));
    let model = sibling_file("model.txt");
    let resources = if has_resources {
        let file = sibling_file("resources.json");
        quote!(include_str!(#file))
    } else {
        quote!("")
    };
    let areas = service.has_areas().then(|| {
        quote!(
            mod areas;
        )
    });
    let waiters = (!service.waiters.is_empty()).then(|| {
        quote!(
            pub mod waiters;
        )
    });
    vec![
        quote! {
            #areas
            #[cfg(feature = "builders")]
            mod builders;
            pub mod endpoint;
            pub mod error;
            #[doc(hidden)]
            pub mod inputs;
            pub mod operation;
            #[cfg(feature = "sdk_compat")]
            mod sdk_compat;
            pub mod types;
            #waiters
        },
        sdk_module(scope),
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
                    #[cfg(any(feature = "mock", feature = "stand_in"))]
                    model: include_str!(#model),
                    #[cfg(feature = "stand_in")]
                    resources: #resources,
                };
            }
        },
    ]
}
