//! Builders of requests and structures, as tables of their setters. The type of a builder says which required inputs are set.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{about, ident, lines};
use super::types;
use crate::names::{self, MOST_STATES, type_parameter};
use crate::plan::{Field, Structure};
use crate::render::{Item, Row, Table};

/// The builder of a call. One that is `paged` can be finished by a paginator as well.
pub(super) fn of_call(name: &names::Ident, request: &Structure, paged: bool) -> Item {
    let paged = paged.then(|| quote!(paged));
    table("call", paged.as_ref(), name, request)
}

/// The builder of a structure that requests hold.
pub(super) fn of_structure(structure: &Structure) -> Option<Item> {
    structure.builder.as_ref().map(|name| table("builder", None, name, structure))
}

fn table(macro_name: &str, before: Option<&TokenStream>, name: &names::Ident, structure: &Structure) -> Item {
    let (name, target) = (ident(name), ident(&structure.ident));
    // A type parameter for each required input, as many as the runtime's `Complete` is implemented for.
    let required: Vec<(&Field, Ident)> = structure
        .required()
        .take(MOST_STATES)
        .enumerate()
        .map(|(index, field)| (field, format_ident!("{}", type_parameter(index))))
        .collect();
    let states = required.iter().map(|(field, parameter)| {
        let input = ident(&field.setter);
        quote!(#parameter: #input)
    });
    let states = (!required.is_empty()).then(|| quote!(<#(#states),*>));
    let head = quote!(#before #name #states (#target));
    // What has to be called comes first, in documentation as well.
    let (first, rest): (Vec<&Field>, Vec<&Field>) = structure.fields.iter().partition(|field| field.is_required());
    let rows = first.into_iter().chain(rest).map(|field| row(field, &required));
    Table::new(macro_name, head).rows(rows).into()
}

fn row(field: &Field, required: &[(&Field, Ident)]) -> Row {
    let (method, name, kind) = (ident(&field.setter), ident(&field.ident), types::setter(field));
    let kind = if method == name { kind } else { quote!(field #name (#kind)) };
    let is_it = |other: &Field| other.member == field.member;
    let after =
        required.iter().map(|(other, parameter)| if is_it(other) { quote!(runtime::Set) } else { quote!(#parameter) });
    let after = field.is_required().then(|| {
        let after = if required.iter().any(|(other, _)| is_it(other)) {
            quote!(#(#after),*)
        } else {
            // One more than a builder remembers: setting it changes nothing of the type.
            let same = required.iter().map(|(_, parameter)| parameter);
            quote!(#(#same),*)
        };
        quote!(-> (#after))
    });
    Row {
        docs: lines(&field.docs),
        attributes: about(field.deprecated.as_ref()),
        tokens: quote!(#method (#kind) #after),
        ..Row::default()
    }
}
