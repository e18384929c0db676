//! Takes a planned structure; gives its builder, whose type says which required inputs it was given.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{deprecated, docs, ident};
use super::types;
use crate::names::{MOST_STATES, type_parameter};
use crate::plan::{Field, Structure};
use crate::render::Item;

/// The type parameters of a builder: one for each required input.
pub(super) struct Given<'a> {
    required: Vec<(&'a Field, Ident)>,
}

impl<'a> Given<'a> {
    pub fn of(structure: &'a Structure) -> Self {
        let required = structure.required().take(MOST_STATES).enumerate();
        Self { required: required.map(|(index, field)| (field, format_ident!("{}", type_parameter(index)))).collect() }
    }

    /// `A, B`.
    pub fn parameters(&self) -> Vec<&Ident> {
        self.required.iter().map(|(_, parameter)| parameter).collect()
    }

    /// `Name<A: instance_id>(Structure)`: what the runtime's macros make the rest of a builder from.
    pub fn head(&self, builder: &str, structure: &str) -> String {
        let states = self.required.iter().map(|(field, parameter)| format!("{parameter}: {}", ident(&field.setter)));
        format!("{builder}<{}>({structure})", states.collect::<Vec<_>>().join(", "))
    }

    /// The parameters once `field` is given, where one of them says so.
    fn after(&self, field: &Field) -> Option<Vec<TokenStream>> {
        let is_it = |other: &Field| other.member == field.member;
        let set = |(other, parameter): &(&Field, Ident)| {
            if is_it(other) { quote!(runtime::Set) } else { quote!(#parameter) }
        };
        self.required.iter().any(|(other, _)| is_it(other)).then(|| self.required.iter().map(set).collect())
    }
}

/// The methods that set one member each. `module` is the one of the runtime that has the builder's type.
fn setters(
    structure: &Structure,
    given: &Given<'_>,
    builder: &Ident,
    lifetime: Option<&TokenStream>,
    module: &TokenStream,
) -> TokenStream {
    let methods = structure.fields.iter().map(|field| {
        let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        let (method, name) = (ident(&field.setter), ident(&field.ident));
        let (argument, statement) = types::setter(field, &quote!(self.input.#name));
        let (result, end) = match given.after(field) {
            Some(after) => (quote!(#builder<#lifetime #(#after),*>), quote!(runtime::#module::given(self))),
            None => (quote!(Self), quote!(self)),
        };
        // A generic method is compiled where it is called, as an inline one is.
        let inline = (given.required.is_empty() && !types::is_generic(&field.ty)).then(|| quote!(#[inline]));
        quote! {
            #docs
            #deprecated
            #inline
            pub fn #method(mut self, #argument) -> #result {
                #statement
                #end
            }
        }
    });
    quote!(#(#methods)*)
}

/// The builder of a structure that requests hold.
pub(super) fn of_structure(structure: &Structure) -> Vec<Item> {
    let Some(name) = &structure.builder else { return Vec::new() };
    let given = Given::of(structure);
    let head = Item::Table(format!("runtime::builder!({});\n", given.head(name, &structure.ident)));
    vec![head, impl_setters(structure, &given, name, None, &quote!(builder))]
}

/// The methods of a builder in their `impl`.
pub(super) fn impl_setters(
    structure: &Structure,
    given: &Given<'_>,
    name: &str,
    lifetime: Option<&TokenStream>,
    module: &TokenStream,
) -> Item {
    let builder = ident(name);
    let parameters = given.parameters();
    let setters = setters(structure, given, &builder, lifetime, module);
    quote!(impl<#lifetime #(#parameters),*> #builder<#lifetime #(#parameters),*> { #setters }).into()
}
