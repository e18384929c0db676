//! Examples: what the page of an operation shows, as a call of the runtime's `example!`, which makes the text. rustdoc compiles it.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Scope, ident};
use crate::plan::{ItemKind, Operation, Pages, Structure, Type};

/// The attribute that gives the module of an operation its example. Only rustdoc expands it.
pub(super) fn attribute(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let module = scope.service.module.as_ref().map(|module| {
        let module = ident(module);
        quote!(in #module)
    });
    let method = ident(&operation.method_name);
    let inputs = setters(scope, &operation.request);
    let read = operation.example.reads.as_ref().map(|fields| {
        let fields = fields.iter().map(|field| ident(field));
        let pages = operation.example.pages.map(|pages| match pages {
            Pages::Items => quote!(; items),
            Pages::Pages => quote!(; pages),
        });
        quote!(=> #(#fields),* #pages)
    });
    quote!(#![cfg_attr(doc, doc = runtime::example!(#module client.#method() #inputs #read))])
}

/// The methods that set what is required.
fn setters(scope: &Scope<'_>, structure: &Structure) -> TokenStream {
    let setters = structure.required().map(|field| {
        let (name, arguments) = (ident(&field.setter), arguments(scope, &field.ty));
        quote!(.#name(#arguments))
    });
    quote!(#(#setters)*)
}

/// What a setter takes: whatever converts into the type, one element of a list, or the key and the value of an entry.
fn arguments(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::Text | Type::Blob | Type::Stream | Type::Document => quote!("…"),
        Type::DateTime => quote!(std::time::SystemTime::now()),
        Type::List(element) if matches!(**element, Type::Sparse(_)) => {
            let element = value(scope, element);
            quote!([#element])
        }
        Type::List(element) => arguments_of_part(scope, element),
        Type::Map(key, entry) => {
            let (key, entry) = (arguments_of_part(scope, key), arguments_of_part(scope, entry));
            quote!(#key, #entry)
        }
        other => value(scope, other),
    }
}

/// An element of a list or of a map, which converts where it is no list or map itself.
fn arguments_of_part(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::List(_) | Type::Map(..) => value(scope, ty),
        other => arguments(scope, other),
    }
}

/// A value of exactly this type.
fn value(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::Boolean => quote!(true),
        Type::Integer | Type::Long => quote!(1),
        Type::Float | Type::Double => quote!(1.0),
        Type::Text => quote!("…".to_owned()),
        Type::Blob | Type::Stream | Type::Document => quote!("…".into()),
        Type::DateTime => quote!(std::time::SystemTime::now().into()),
        Type::Sparse(inner) => {
            let inner = value(scope, inner);
            quote!(Some(#inner))
        }
        Type::List(element) => {
            let element = value(scope, element);
            quote!(vec![#element])
        }
        Type::Map(key, entry) => {
            let (key, entry) = (value(scope, key), value(scope, entry));
            quote!([(#key, #entry)].into())
        }
        Type::Structure(name) | Type::Enumeration(name) | Type::Events(name) => item(scope, name),
    }
}

/// A value of a shared type: the first value of an enumeration, the first variant of a union, a structure with what is required.
fn item(scope: &Scope<'_>, name: &str) -> TokenStream {
    let item = scope.service.items.iter().find(|item| *item.ident == *name);
    let name = ident(name);
    match item.map(|item| &item.kind) {
        Some(ItemKind::Enumeration(enumeration)) if !enumeration.variants.is_empty() => {
            let variant = ident(&enumeration.variants[0].ident);
            quote!(types::#name::#variant)
        }
        Some(ItemKind::Union(union)) if !union.fields.is_empty() => {
            let first = &union.fields[0];
            let (variant, inner) = (ident(&first.ident), value(scope, &first.ty));
            let inner = if first.is_boxed() { quote!(Box::new(#inner)) } else { inner };
            quote!(types::#name::#variant(#inner))
        }
        Some(ItemKind::Structure(structure)) if structure.builder.is_some() => {
            let inputs = setters(scope, structure);
            quote!(types::#name::builder() #inputs.build())
        }
        _ => quote!(Default::default()),
    }
}
