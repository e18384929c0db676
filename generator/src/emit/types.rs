//! Types of values, as Rust has them: in the fields of structures, and in the setters of builders.

use proc_macro2::{Ident, TokenStream};
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

/// The type of a field.
pub(super) fn field(field: &Field) -> TokenStream {
    let ty = ty(&field.ty);
    match (field.is_required(), field.is_boxed()) {
        (true, _) => ty,
        (false, true) => quote!(Option<Box<#ty>>),
        (false, false) => quote!(Option<#ty>),
    }
}

/// A method of a builder: what it takes, and what it does with that.
pub(super) struct Setter {
    pub name: Ident,
    /// The type parameter of a method whose argument is read in one of several ways.
    pub generics: Option<TokenStream>,
    pub arguments: TokenStream,
    pub statement: TokenStream,
    /// Whether it is compiled where it is called without being told so, as a generic function is.
    pub is_generic: bool,
}

/// Whether a setter takes whatever converts into the type.
pub(super) fn is_converted(of: &Type) -> bool {
    matches!(of, Type::Text | Type::Blob | Type::Stream | Type::DateTime | Type::Document | Type::Enumeration(_))
}

/// The argument of a setter for one required value: whatever converts where a conversion says nothing new.
fn argument(of: &Type) -> TokenStream {
    let ty = ty(of);
    if is_converted(of) { quote!(impl Into<#ty>) } else { ty }
}

/// The methods of a builder that put a value into `place`: one, and for a map a second that takes several entries.
pub(super) fn setters(field: &Field, place: &TokenStream) -> Vec<Setter> {
    let name = ident(&field.setter);
    let (add, insert, entries) = if field.is_required() {
        (quote!(extend), quote!(insert), quote!(extend_map))
    } else {
        (quote!(extend_some), quote!(insert_some), quote!(extend_map_some))
    };
    let of = |arguments: TokenStream, statement: TokenStream, is_generic: bool| Setter {
        name: name.clone(),
        generics: None,
        arguments,
        statement,
        is_generic,
    };
    let read_as = |arguments: TokenStream, statement: TokenStream| Setter {
        generics: Some(quote!(H)),
        ..of(arguments, statement, true)
    };
    let ty = ty(&field.ty);
    match &field.ty {
        // An element that may be null is an `Option` itself, which would be one value and several at once.
        Type::List(inner) if matches!(**inner, Type::Sparse(_)) => {
            let inner = self::ty(inner);
            let arguments = quote!(values: impl IntoIterator<Item = #inner>);
            vec![of(arguments, quote!(runtime::#add::<_, runtime::Many>(&mut #place, values);), true)]
        }
        Type::List(inner) => {
            let inner = self::ty(inner);
            let arguments = quote!(values: impl runtime::IntoItems<#inner, H>);
            vec![read_as(arguments, quote!(runtime::#add(&mut #place, values);))]
        }
        Type::Map(key, value) => {
            let (key_taken, value_taken) = (argument(key), argument(value));
            let one = of(
                quote!(key: #key_taken, value: #value_taken),
                quote!(runtime::#insert(&mut #place, key, value);),
                true,
            );
            let (key, value) = (self::ty(key), self::ty(value));
            let several = Setter {
                name: ident(&field.setter_of_several),
                ..read_as(
                    quote!(entries: impl runtime::IntoEntries<#key, #value, H>),
                    quote!(runtime::#entries(&mut #place, entries);),
                )
            };
            vec![one, several]
        }
        other if field.is_required() => {
            let value = if is_converted(other) { quote!(value.into()) } else { quote!(value) };
            let argument = argument(other);
            vec![of(quote!(value: #argument), quote!(#place = #value;), is_converted(other))]
        }
        // A document converts from an `Option`, as JSON's null.
        Type::Document => vec![of(quote!(value: impl Into<#ty>), quote!(#place = Some(value.into());), true)],
        other if is_converted(other) => {
            vec![read_as(quote!(value: impl runtime::IntoValue<#ty, H>), quote!(#place = value.into_value();))]
        }
        _ => {
            let boxed = field.is_boxed().then(|| quote!(.map(Box::new)));
            vec![of(quote!(value: impl runtime::Maybe<#ty>), quote!(#place = value.maybe() #boxed;), true)]
        }
    }
}
