//! Types of values, as Rust has them: in the fields of structures, and in the setters of builders.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use crate::plan::{Field, Type};

/// A type.
pub(super) fn ty(of: &Type) -> TokenStream {
    match of {
        Type::Boolean => quote!(bool),
        Type::Integer => quote!(i32),
        Type::Long => quote!(i64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::Text => quote!(String),
        Type::Blob => quote!(runtime::Blob),
        Type::Stream => quote!(runtime::ByteStream),
        Type::DateTime => quote!(runtime::DateTime),
        Type::Document => quote!(runtime::Document),
        Type::Structure(name) | Type::Enumeration(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Type::List(inner) => {
            let inner = ty(inner);
            quote!(Vec<#inner>)
        }
        Type::Map(key, value) => {
            let (key, value) = (ty(key), ty(value));
            quote!(HashMap<#key, #value>)
        }
        Type::Sparse(inner) => {
            let inner = ty(inner);
            quote!(Option<#inner>)
        }
    }
}

/// The type of a field.
pub(super) fn field(field: &Field) -> TokenStream {
    let ty = ty(&field.ty);
    match (field.is_required(), field.is_boxed()) {
        (true, _) => ty,
        (false, true) => quote!(Option<Box<#ty>>),
        (false, false) => quote!(Option<#ty>),
    }
}

/// Whether a builder's method for the type is generic in what it takes.
pub(super) fn is_generic(of: &Type) -> bool {
    let plain = matches!(
        of,
        Type::Boolean | Type::Integer | Type::Long | Type::Float | Type::Double | Type::Structure(_) | Type::Sparse(_)
    );
    !plain
}

/// What a builder's method takes for one value: anything that converts where a conversion says nothing new.
fn argument(of: &Type) -> TokenStream {
    match of {
        Type::Text | Type::Blob | Type::Stream | Type::DateTime | Type::Document | Type::Enumeration(_) => {
            let ty = ty(of);
            quote!(impl Into<#ty>)
        }
        other => ty(other),
    }
}

/// A builder's method as its argument, and the statement that puts it into `place`.
pub(super) fn setter(field: &Field, place: &TokenStream) -> (TokenStream, TokenStream) {
    let wrap = |value: TokenStream| match (field.is_required(), field.is_boxed()) {
        (true, _) => quote!(#place = #value;),
        (false, true) => quote!(#place = Some(Box::new(#value));),
        (false, false) => quote!(#place = Some(#value);),
    };
    match &field.ty {
        Type::List(inner) => {
            let inner = argument(inner);
            let extend = if field.is_required() { quote!(extend) } else { quote!(extend_some) };
            (quote!(values: impl IntoIterator<Item = #inner>), quote!(runtime::#extend(&mut #place, values);))
        }
        Type::Map(key, value) => {
            let (key, value) = (argument(key), argument(value));
            let extend = if field.is_required() { quote!(extend_map) } else { quote!(extend_map_some) };
            (quote!(values: impl IntoIterator<Item = (#key, #value)>), quote!(runtime::#extend(&mut #place, values);))
        }
        other if is_generic(other) => {
            let argument = argument(other);
            (quote!(value: #argument), wrap(quote!(value.into())))
        }
        other => {
            let ty = ty(other);
            (quote!(value: #ty), wrap(quote!(value)))
        }
    }
}
