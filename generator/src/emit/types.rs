//! Types of values, as Rust has them, and the kinds of fields, as the runtime's macros have them.

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
        Type::Events(name) => {
            let name = ident(name);
            quote!(crate::event_stream::EventStream<#name>)
        }
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

/// Whether a setter takes whatever converts into the type.
fn is_converted(of: &Type) -> bool {
    matches!(of, Type::Text | Type::Blob | Type::Stream | Type::DateTime | Type::Document | Type::Enumeration(_))
}

/// The kind of a field as the runtime's macros have it: how its value is held and set, and its types.
pub(super) fn kind(field: &Field) -> TokenStream {
    let ty = ty(&field.ty);
    match &field.ty {
        _ if field.is_boxed() => quote!(boxed(#ty)),
        Type::Boolean | Type::Integer | Type::Long | Type::Float | Type::Double => quote!(copy(#ty)),
        Type::Text => quote!(text),
        Type::Document => quote!(document(#ty)),
        Type::List(inner) => {
            let element = self::ty(inner);
            if matches!(**inner, Type::Sparse(_)) { quote!(sparse_list(#element)) } else { quote!(list(#element)) }
        }
        Type::Map(key, value) => {
            let kind = if is_converted(value) { quote!(map) } else { quote!(value_map) };
            let (several, key, value) = (ident(&field.setter_of_several), self::ty(key), self::ty(value));
            quote!(#kind(#several: #key => #value))
        }
        other if is_converted(other) => quote!(into(#ty)),
        _ => quote!(value(#ty)),
    }
}
