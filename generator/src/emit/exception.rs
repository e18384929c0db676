//! Takes the planned exception map; gives `error.rs`: the enumeration of the service's exceptions, by code.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Scope, ident};
use crate::render::{Item, SourceFile};
use crate::text::code;

/// `error.rs`.
pub(super) fn file(scope: &Scope<'_>) -> SourceFile {
    let root = scope.root();
    SourceFile {
        path: scope.path("error.rs"),
        source: scope.source("shapes"),
        docs: vec!["The exception map: error code on the wire to typed exception.".to_owned()],
        // By the name of their module: an exception may be called `Error`, as the type below is.
        uses: if scope.service.exceptions.is_empty() {
            quote!(
                use crate::runtime::__private as runtime;
            )
        } else {
            quote!(use crate::runtime::__private as runtime; use #root::types;)
        },
        items: items(scope).into_iter().map(Item::from).collect(),
    }
}

fn items(scope: &Scope<'_>) -> Vec<TokenStream> {
    let exceptions = &scope.service.exceptions;
    let idents: Vec<_> = exceptions.iter().map(|exception| ident(&exception.ident)).collect();
    let codes: Vec<&str> = exceptions.iter().map(|exception| &*exception.code).collect();
    let docs = exceptions.iter().map(|exception| match exception.status {
        Some(status) => format!(" {}, HTTP status {status}.", code(&exception.code)),
        None => format!(" {}.", code(&exception.code)),
    });
    let retried: Vec<_> =
        exceptions.iter().filter_map(|exception| Some((&*exception.code, exception.retryable?))).collect();
    let (retried_codes, throttling): (Vec<_>, Vec<_>) = retried.into_iter().unzip();
    let retryable = if retried_codes.is_empty() {
        None
    } else {
        Some(quote! {
            #[inline]
            fn retryable(code: &str) -> Option<bool> {
                match code {
                    #(#retried_codes => Some(#throttling),)*
                    _ => None,
                }
            }
        })
    };
    let read = if codes.is_empty() {
        quote! {
            #[inline]
            fn read(_code: &str, _from: runtime::ErrorBody<'_>) -> Option<Self> {
                None
            }
        }
    } else {
        quote! {
            #[inline]
            fn read(code: &str, from: runtime::ErrorBody<'_>) -> Option<Self> {
                match code {
                    #(#codes => from.read().map(Self::#idents),)*
                    _ => None,
                }
            }
        }
    };
    let error = quote! {
        /// What went wrong in a call.
        pub type Error = runtime::Error<Exception>;
    };
    let definition = quote! {
        /// The exceptions that the service answers with.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Exception {
            #(#[doc = #docs] #idents(types::#idents),)*
        }
    };
    let write = if codes.is_empty() {
        quote!(match *self {})
    } else {
        quote!(match self { #(Self::#idents(exception) => runtime::derive::serialize(exception, to),)* })
    };
    let to = if codes.is_empty() { quote!(_to) } else { quote!(to) };
    let map = quote! {
        impl runtime::Exception for Exception {
            #read
            #retryable

            fn write<S: runtime::Serializer>(&self, #to: S) -> Result<S::Ok, S::Error> {
                #write
            }
        }
    };
    vec![error, definition, map]
}
