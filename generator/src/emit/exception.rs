//! Exceptions: `error.rs` has the enumeration of a service's exceptions, as a table by code.

use quote::{format_ident, quote};

use super::tokens::{Scope, ident, literal, odd};
use crate::plan::Exception;
use crate::render::{Item, Row, SourceFile, Table};

/// `error.rs`.
pub(super) fn file(scope: &Scope<'_>) -> SourceFile {
    let root = scope.root();
    let exceptions = &scope.service.exceptions;
    // By the name of their module: an exception may be called `Error`, as the type below is.
    let types = (!exceptions.is_empty()).then(|| quote!(use #root::types::error as types;));
    let error = quote! {
        /// An error of a call.
        pub type Error = runtime::Error<Exception>;
        #[doc(no_inline)]
        pub use runtime::Error as SdkError;
    };
    // One kind of errors for all services of the crate.
    let kind = scope.service.module.is_none().then(|| {
        quote! {
            #[doc(inline)]
            pub use crate::runtime::{
                call::RequestId,
                error::{ErrorKind, ErrorMetadata, ProvideErrorMetadata},
            };
            #[cfg(feature = "sdk_compat")]
            #[cfg_attr(docsrs, doc(cfg(feature = "sdk_compat")))]
            #[doc(inline)]
            pub use crate::runtime::shape::enumeration::UnknownVariantError;
        }
    });
    SourceFile {
        path: scope.path("error.rs"),
        source: scope.source("shapes"),
        docs: vec!["Errors of calls, and the exceptions that the service responds with.".to_owned()],
        attributes: Vec::new(),
        uses: quote!(use crate::runtime::__private as runtime; #types),
        items: kind
            .map(Item::from)
            .into_iter()
            .chain([error.into(), Table::new("exceptions", quote!(types)).rows(exceptions.iter().map(row)).into()])
            .collect(),
    }
}

fn row(exception: &Exception) -> Row {
    let (name, code) = (ident(&exception.ident), &*exception.code);
    let docs = odd(code, &exception.status.map_or(".".to_owned(), |status| format!(", HTTP status {status}.")));
    let status = exception.status.map(literal).map(|status| quote!((#status)));
    let retryable = exception.retryable.map(|throttling| quote!(retryable(throttling = #throttling)));
    let method = format_ident!("is_{}", &*exception.method);
    Row { docs, ..Row::new(quote!(#name #method = #code #status #retryable)) }
}
