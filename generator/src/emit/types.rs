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

/// What a builder's method takes for one value: `into` for whatever converts, where a conversion says nothing new.
fn one(of: &Type) -> TokenStream {
    let ty = ty(of);
    match of {
        Type::Text | Type::Blob | Type::Stream | Type::DateTime | Type::Document | Type::Enumeration(_) => {
            quote!(into #ty)
        }
        _ => quote!(value #ty),
    }
}

/// What a builder's method takes for a field, in the words of the runtime's table of setters.
pub(super) fn setter(field: &Field) -> TokenStream {
    match &field.ty {
        Type::List(inner) => {
            let inner = one(inner);
            quote!(list #inner)
        }
        Type::Map(key, value) => {
            let (key, value) = (ty(key), one(value));
            quote!(map #key => #value)
        }
        other => {
            let boxed = field.is_boxed().then(|| quote!(boxed));
            let value = one(other);
            quote!(#boxed #value)
        }
    }
}
