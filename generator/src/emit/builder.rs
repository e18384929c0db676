//! Builders of calls and structures, as the tables of their structures name them: a type with a parameter for each required input, which
//! says whether that is set.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::tokens::ident;
use crate::names::{MOST_STATES, type_parameter};
use crate::plan::{Field, Structure};

/// The required inputs of a structure, each with its type parameter: as many as the runtime's `Complete` is implemented for.
fn states(structure: &Structure) -> Vec<(&Field, Ident)> {
    let required = structure.required().take(MOST_STATES).enumerate();
    required.map(|(index, field)| (field, format_ident!("{}", type_parameter(index)))).collect()
}

/// The name of a builder and its type parameters, each with the marker of its input: `TagBuilder<A: key>`.
pub(super) fn head(name: &str, structure: &Structure) -> TokenStream {
    let name = ident(name);
    let states = states(structure).into_iter().map(|(field, parameter)| {
        let input = ident(&field.setter);
        quote!(#parameter: #input)
    });
    quote!(#name<#(#states),*>)
}

/// The index of a required input and the builder's type parameters once it is set: `[0 => runtime::Set, B]`. One that has no type parameter
/// leaves them as they are.
pub(super) fn after(structure: &Structure, field: &Field) -> Option<TokenStream> {
    if !field.is_required() {
        return None;
    }
    let states = states(structure);
    let is_it = |other: &Field| other.member == field.member;
    let index = states.iter().position(|(other, _)| is_it(other)).unwrap_or(states.len());
    let index = Literal::usize_unsuffixed(index);
    let states =
        states.iter().map(|(other, parameter)| if is_it(other) { quote!(runtime::Set) } else { quote!(#parameter) });
    Some(quote!([#index => #(#states),*]))
}
