//! Takes a planned operation; gives its file: request, response, what goes over the wire, and the call.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::builder::{self, Given};
use super::tokens::{Scope, deprecated, docs, ident, imports, variant};
use super::{structure, types};
use crate::plan::{Auth, Checksum, Operation, Paginator, Repeat, Response, Step, Type};
use crate::render::SourceFile;

/// The file of an operation.
pub(super) fn file(scope: &Scope<'_>, operation: &Operation) -> SourceFile {
    let mut names: BTreeSet<&str> = structure::references(&operation.request);
    let mut items = structure::items(&operation.request);
    items.push(binding(scope, operation));
    match &operation.response {
        Response::None => {}
        Response::Own(response) => {
            names.extend(structure::references(response));
            items.extend(structure::items(response));
        }
        Response::Shared { ident, .. } => drop(names.insert(ident)),
    }
    items.extend(call(scope, operation));
    if let Some(paginator) = &operation.paginator {
        if let Some((_, ty)) = &paginator.items {
            ty.names(&mut names);
        }
        items.push(paginated(operation, paginator));
    }
    SourceFile {
        path: scope.path(&format!("operation/{}.rs", operation.module)),
        source: scope.source(&format!("operations.{}", operation.name)),
        docs: operation.docs[..1].to_vec(),
        uses: imports(scope, &names),
        items,
    }
}

/// The implementation of `runtime::Operation`: what the model says of the operation.
fn binding(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (root, service) = (scope.root(), ident(&scope.service.ident));
    let request = ident(&operation.request.ident);
    let output = output(operation);
    let info = info(operation);
    let token = operation.request.fields.iter().find(|field| field.idempotency_token).map(|field| {
        let name = ident(&field.ident);
        quote! {
            #[inline]
            fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
                Some(&mut self.#name)
            }
        }
    });
    quote! {
        impl runtime::Operation for #request {
            type Service = #root::#service;
            type Output = #output;
            const INFO: runtime::Info = #info;
            #token
        }
    }
}

fn output(operation: &Operation) -> TokenStream {
    let ident = match &operation.response {
        Response::None => return quote!(()),
        Response::Own(response) => ident(&response.ident),
        Response::Shared { ident: name, .. } => ident(name),
    };
    quote!(#ident)
}

fn info(operation: &Operation) -> TokenStream {
    let Operation { name, http_method, uri, errors, .. } = operation;
    let input = operation.input.as_ref().map(|input| quote!(.input(#input)));
    let output = match &operation.response {
        Response::None => None,
        Response::Own(response) => Some(&response.shape),
        Response::Shared { shape, .. } => Some(shape),
    };
    let output = output.map(|output| quote!(.output(#output)));
    let errors = (!errors.is_empty()).then(|| quote!(.errors(&[#(#errors),*])));
    let paginated = operation.paginator.is_some().then(|| quote!(.paginated()));
    let repeat = (operation.repeat != Repeat::Never).then(|| {
        let repeat = variant(operation.repeat);
        quote!(.repeat(runtime::Repeat::#repeat))
    });
    let auth = (operation.auth != Auth::SigV4).then(|| {
        let auth = variant(operation.auth);
        quote!(.auth(runtime::Auth::#auth))
    });
    let host_prefix = operation.host_prefix.as_ref().map(|prefix| quote!(.host_prefix(#prefix)));
    let checksum = operation.checksum.as_ref().map(|checksum| match checksum {
        Checksum::Required => quote!(.checksum(runtime::Checksum::Required)),
        Checksum::Chosen(member) => quote!(.checksum(runtime::Checksum::Chosen(#member))),
    });
    let compressed = operation.compressed.then(|| quote!(.compressed()));
    quote! {
        runtime::Info::new(#name, #http_method, #uri)
            #input #output #errors #paginated #repeat #auth #host_prefix #checksum #compressed
    }
}

/// The client's method and the builder of the call.
fn call(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let root = scope.root();
    let (method, call) = (ident(&operation.method_name), ident(&operation.call));
    let request = ident(&operation.request.ident);
    let (docs_, deprecated_) = (docs(&operation.docs), deprecated(operation.deprecated.as_ref()));
    let given = Given::of(&operation.request);
    let (parameters, remembered, memory) = (given.parameters(), given.remembered(), given.memory());
    let all = given.all(scope);
    let lifetime = quote!('c,);
    let setters = builder::setters(&operation.request, &given, &call, Some(&lifetime), &quote!(self.0.input));
    let call_docs = docs(&[format!("A call of `{}`, being put together.", operation.name)]);
    let paginator = operation.paginator.as_ref().map(|_| {
        quote! {
            /// Makes the call page by page.
            #[inline]
            pub fn into_paginator(self) -> runtime::Paginator<'c, #request> #all {
                self.0.into_paginator()
            }
        }
    });
    let client = quote! {
        impl #root::Client {
            #docs_
            #deprecated_
            #[inline]
            pub fn #method(&self) -> #call<'_> {
                #call(runtime::Call::new(self), #memory)
            }
        }
    };
    let definition = quote! {
        #call_docs
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct #call<'c, #(#parameters = runtime::Unset),*>(runtime::Call<'c, #request>, #remembered);
    };
    let methods = quote! {
        impl<'c, #(#parameters),*> #call<'c, #(#parameters),*> {
            #setters

            /// Sets members through the request itself: what is optional, or comes from elsewhere.
            #[inline]
            pub fn with(mut self, set: impl FnOnce(&mut #request)) -> Self {
                set(&mut self.0.input);
                self
            }

            /// Gives the request without sending it.
            #[inline]
            pub fn into_request(self) -> #request #all {
                self.0.input
            }

            /// Signs and sends the request, and reads the answer.
            #[inline]
            pub fn send(self) -> runtime::Sending<'c, #request> #all {
                self.0.send()
            }

            #paginator
        }
    };
    vec![client, definition, methods]
}

/// The implementation of `runtime::Paginated`.
fn paginated(operation: &Operation, paginator: &Paginator) -> TokenStream {
    let request = ident(&operation.request.ident);
    let input_token = ident(&paginator.input_token);
    let token = if paginator.input_required { quote!(token) } else { quote!(Some(token)) };
    let output = output(operation);
    let next_token = borrowed(&paginator.output_token);
    let (item, items) = match &paginator.items {
        Some((steps, Type::List(item))) => (types::ty(item), owned(steps)),
        Some((steps, Type::Map(key, value))) => {
            let (key, value, map) = (types::ty(key), types::ty(value), owned(steps));
            (quote!((#key, #value)), quote!(#map.into_iter().collect()))
        }
        _ => (output.clone(), quote!(vec![output])),
    };
    quote! {
        impl runtime::Paginated for #request {
            type Item = #item;

            #[inline]
            fn set_token(&mut self, token: String) {
                self.#input_token = #token;
            }

            #[inline]
            fn next_token(output: &#output) -> Option<&str> {
                #next_token
            }

            #[inline]
            fn items(output: #output) -> Vec<#item> {
                #items
            }
        }
    }
}

/// The string at the end of the steps, borrowed.
fn borrowed(steps: &[Step]) -> TokenStream {
    let Some((last, before)) = steps.split_last() else { return quote!(None) };
    let start = before.iter().fold(quote!(output), |path, step| {
        let field = ident(&step.field);
        if step.required { quote!(#path.#field) } else { quote!(#path.#field.as_ref()?) }
    });
    let field = ident(&last.field);
    if last.required { quote!(Some(#start.#field.as_str())) } else { quote!(#start.#field.as_deref()) }
}

/// The collection at the end of the steps, or an empty one.
fn owned(steps: &[Step]) -> TokenStream {
    let mut optional = false;
    let path = steps.iter().fold(quote!(output), |path, step| {
        let field = ident(&step.field);
        let inner = match (optional, step.required) {
            (false, _) => quote!(#path.#field),
            (true, true) => quote!(#path.map(|inner| inner.#field)),
            (true, false) => quote!(#path.and_then(|inner| inner.#field)),
        };
        optional |= !step.required;
        inner
    });
    if optional { quote!(#path.unwrap_or_default()) } else { path }
}
