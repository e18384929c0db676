//! Takes a planned structure or union; gives its type and the two functions that every walk over it is built on.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Scope, deprecated, docs, ident, variant};
use super::{builder, types};
use crate::plan::{Field, Location, Payload, Structure, TimestampFormat};

/// A structure that several shapes or operations use: the names it refers to, and its items.
pub(super) fn shared<'a>(scope: &Scope<'_>, structure: &'a Structure) -> (BTreeSet<&'a str>, Vec<TokenStream>) {
    let mut all = items(structure);
    if structure.builder.is_some() {
        all.extend(builder::of_structure(scope, structure));
    }
    (references(structure), all)
}

/// The names of the items that a structure's fields refer to, other than itself.
pub(super) fn references(structure: &Structure) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    structure.fields.iter().for_each(|field| field.ty.names(&mut names));
    names.remove(structure.ident.as_str());
    names
}

/// The type of a structure, and its walk.
pub(super) fn items(structure: &Structure) -> Vec<TokenStream> {
    vec![definition(structure), walk(structure, &structure_fields(structure), &structure_set(structure)), derives(structure)]
}

fn definition(structure: &Structure) -> TokenStream {
    let Structure { docs: lines, deprecated: trait_, .. } = structure;
    let (name, docs_, deprecated_) = (ident(&structure.ident), docs(lines), deprecated(trait_.as_ref()));
    let fields = structure.fields.iter().map(|field| {
        let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        let (name, ty) = (ident(&field.ident), types::field(field));
        quote!(#docs #deprecated pub #name: #ty,)
    });
    quote! {
        #docs_
        #deprecated_
        #[derive(Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
    }
}

fn derives(structure: &Structure) -> TokenStream {
    let name = ident(&structure.ident);
    if structure.sensitive {
        quote!(runtime::structure!(#name, sensitive);)
    } else {
        quote!(runtime::structure!(#name);)
    }
}

fn structure_fields(structure: &Structure) -> TokenStream {
    let statements = structure.fields.iter().map(|field| {
        let name = ident(&field.ident);
        let value = if field.boxed { quote!(&runtime::Boxed(&self.#name)) } else { quote!(&self.#name) };
        visit(field, &value)
    });
    quote!(#(#statements)*)
}

/// The statement that shows one member to a walk.
fn visit(field: &Field, value: &TokenStream) -> TokenStream {
    if is_plain(field) {
        let name = &field.member;
        quote!(to.field(#name, #value);)
    } else {
        let member = member(field);
        let method = if field.location == Location::Body { quote!(part) } else { quote!(at) };
        quote!(to.#method(#member, #value);)
    }
}

fn is_plain(field: &Field) -> bool {
    let Field { location, sensitive, timestamp, json_value, .. } = field;
    *location == Location::Body && field.wire == field.member && !sensitive && timestamp.is_none() && !json_value
}

/// The member's names and traits, as the runtime's constant functions say them.
fn member(field: &Field) -> TokenStream {
    let constructor = ident(match field.location {
        Location::Body => "body",
        Location::Payload => "payload",
        Location::Label => "label",
        Location::Query => "query",
        Location::QueryMap => "query_map",
        Location::Header => "header",
        Location::PrefixHeaders => "prefix_headers",
        Location::Status => "status",
    });
    let (name, wire) = (&field.member, &field.wire);
    let wire = (wire != name && field.location != Location::Payload).then(|| quote!(.wire(#wire)));
    let sensitive = field.sensitive.then(|| quote!(.sensitive()));
    let timestamp = field.timestamp.map(|format| {
        let format = timestamp_format(format);
        quote!(.timestamp(#format))
    });
    let json_value = field.json_value.then(|| quote!(.json_value()));
    let host_label = field.host_label.then(|| quote!(.host_label()));
    quote!(runtime::#constructor(#name) #wire #sensitive #timestamp #json_value #host_label)
}

fn timestamp_format(format: TimestampFormat) -> TokenStream {
    let format = variant(format);
    quote!(runtime::TimestampFormat::#format)
}

fn structure_set(structure: &Structure) -> TokenStream {
    let arms = structure.fields.iter().map(|field| {
        let (key, name, source) = (key(field), ident(&field.ident), source(field));
        let method = if field.boxed { quote!(read_boxed) } else { quote!(read) };
        quote!(#key => #source.#method(&mut self.#name),)
    });
    quote!(#(#arms)* _ => from.skip(),)
}

/// The name by which a member is read: its name on the wire in a body, else the model's.
fn key(field: &Field) -> &str {
    if field.location == Location::Body { &field.wire } else { &field.member }
}

fn source(field: &Field) -> TokenStream {
    let json_value = field.json_value.then(|| quote!(.json_value()));
    let timestamp = field.timestamp.map(|format| {
        let format = timestamp_format(format);
        quote!(.timestamp(#format))
    });
    quote!(from #timestamp #json_value)
}

/// The implementation of `runtime::Structure`.
fn walk(structure: &Structure, fields: &TokenStream, set: &TokenStream) -> TokenStream {
    let (name, shape) = (ident(&structure.ident), &structure.shape);
    let required = structure.fields.iter().filter(|field| field.required).map(key).collect::<Vec<_>>();
    let required = (!required.is_empty()).then(|| quote!(const REQUIRED: &'static [&'static str] = &[#(#required),*];));
    let renamed: Vec<_> = structure
        .fields
        .iter()
        .filter(|field| field.location == Location::Body && field.wire != field.member)
        .map(|Field { member, wire, .. }| quote!((#member, #wire)))
        .collect();
    let renamed =
        (!renamed.is_empty()).then(|| quote!(const RENAMED: &'static [(&'static str, &'static str)] = &[#(#renamed),*];));
    let bound: Vec<_> = structure.fields.iter().filter(|field| field.location != Location::Body).map(member).collect();
    let bound = (!bound.is_empty()).then(|| quote!(const BOUND: &'static [runtime::Member] = &[#(#bound),*];));
    let payload = (structure.payload != Payload::None).then(|| {
        let payload = variant(structure.payload);
        quote!(const PAYLOAD: runtime::Payload = runtime::Payload::#payload;)
    });
    let (to, from) = if structure.fields.is_empty() { (quote!(_to), quote!(_name)) } else { (quote!(to), quote!(name)) };
    let set = if structure.fields.is_empty() { quote!(from.skip()) } else { quote!(match name { #set }) };
    quote! {
        impl runtime::Structure for #name {
            const NAME: &'static str = #shape;
            #required
            #renamed
            #bound
            #payload

            fn fields<F: runtime::Fields>(&self, #to: &mut F) { #fields }

            fn set<'de, D: runtime::Deserializer<'de>>(
                &mut self,
                #from: &str,
                from: runtime::Source<'_, D>,
            ) -> Result<(), D::Error> {
                #set
            }
        }
    }
}

/// A union: the names it refers to, and its items.
pub(super) fn union<'a>(_scope: &Scope<'_>, union: &'a Structure) -> (BTreeSet<&'a str>, Vec<TokenStream>) {
    let (name, shape) = (ident(&union.ident), &union.shape);
    let (docs_, deprecated_) = (docs(&union.docs), deprecated(union.deprecated.as_ref()));
    let variants = union.fields.iter().map(|field| {
        let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        let (variant, ty) = (ident(&field.ident), types::ty(&field.ty));
        let ty = if field.boxed { quote!(Box<#ty>) } else { ty };
        quote!(#docs #deprecated #variant(#ty),)
    });
    let shown = union.fields.iter().map(|field| {
        let variant = ident(&field.ident);
        let statement = visit(field, &if field.boxed { quote!(&**value) } else { quote!(value) });
        quote!(Self::#variant(value) => { #statement })
    });
    let read = union.fields.iter().map(|field| {
        let (key, variant, source) = (key(field), ident(&field.ident), source(field));
        let method = if field.boxed { quote!(variant_boxed) } else { quote!(variant) };
        quote!(#key => #source.#method(self, Self::#variant),)
    });
    let renamed: Vec<_> = union
        .fields
        .iter()
        .filter(|field| field.wire != field.member)
        .map(|Field { member, wire, .. }| quote!((#member, #wire)))
        .collect();
    let renamed =
        (!renamed.is_empty()).then(|| quote!(const RENAMED: &'static [(&'static str, &'static str)] = &[#(#renamed),*];));
    let definition = quote! {
        #docs_
        #deprecated_
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A member that this version of the crate does not know, by its name.
            Unknown(String, runtime::Document),
        }
    };
    let default = quote! {
        impl Default for #name {
            #[inline]
            fn default() -> Self {
                Self::Unknown(String::new(), runtime::Document::Null)
            }
        }
    };
    let walk = quote! {
        impl runtime::Structure for #name {
            const NAME: &'static str = #shape;
            const UNION: bool = true;
            #renamed

            fn fields<F: runtime::Fields>(&self, to: &mut F) {
                match self {
                    #(#shown)*
                    Self::Unknown(name, value) => to.unknown(name, value),
                }
            }

            fn set<'de, D: runtime::Deserializer<'de>>(
                &mut self,
                name: &str,
                from: runtime::Source<'_, D>,
            ) -> Result<(), D::Error> {
                match name {
                    #(#read)*
                    _ => from.unknown_variant(self, name, Self::Unknown),
                }
            }
        }
    };
    (references(union), vec![definition, default, walk, derives(union)])
}
