//! Builders of requests and structures: a type by a macro of the runtime, whose parameters say which required inputs are set,
//! and the methods that set one member each.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{deprecated, docs, ident};
use super::types;
use crate::names::{MOST_STATES, type_parameter};
use crate::plan::{Field, Operation, Structure};
use crate::render::{Item, Table};

/// A builder that is emitted.
struct Builder<'a> {
    name: Ident,
    structure: &'a Structure,
    /// A type parameter for each required input, as many as the runtime's `Complete` is implemented for.
    states: Vec<(&'a Field, Ident)>,
    /// The function that makes it the builder with one more input set.
    given: TokenStream,
}

/// The builder of an operation's call.
pub(super) fn of_call(operation: &Operation) -> Vec<Item> {
    let builder = Builder { given: quote!(runtime::call::given), ..Builder::new(&operation.call, &operation.request) };
    let paged = operation.paginator.is_some().then(|| quote!(paged));
    builder.items("call", paged.as_ref())
}

/// The builder of a structure that requests hold.
pub(super) fn of_structure(structure: &Structure) -> Vec<Item> {
    structure.builder.as_ref().map_or_else(Vec::new, |name| Builder::new(name, structure).items("builder", None))
}

impl<'a> Builder<'a> {
    fn new(name: &str, structure: &'a Structure) -> Self {
        let required = structure.required().take(MOST_STATES).enumerate();
        Self {
            name: ident(name),
            structure,
            states: required.map(|(index, field)| (field, format_ident!("{}", type_parameter(index)))).collect(),
            given: quote!(runtime::builder::given),
        }
    }

    /// The type, and its methods where there are any.
    fn items(&self, macro_name: &str, before: Option<&TokenStream>) -> Vec<Item> {
        let (name, target) = (&self.name, ident(&self.structure.ident));
        let states = self.states.iter().map(|(field, parameter)| {
            let input = ident(&field.setter);
            quote!(#parameter: #input)
        });
        let head = Table::new(macro_name, quote!(#before #name<#(#states),*>(#target)));
        std::iter::once(head.into()).chain(self.setters().map(Item::from)).collect()
    }

    fn setters(&self) -> Option<TokenStream> {
        let name = &self.name;
        let parameters: Vec<&Ident> = self.states.iter().map(|(_, parameter)| parameter).collect();
        // What has to be called comes first, in documentation as well.
        let (first, rest): (Vec<&Field>, Vec<&Field>) =
            self.structure.fields.iter().partition(|field| field.is_required());
        let methods: Vec<TokenStream> = first.into_iter().chain(rest).map(|field| self.setter(field)).collect();
        (!methods.is_empty()).then(|| quote!(impl<#(#parameters),*> #name<#(#parameters),*> { #(#methods)* }))
    }

    fn setter(&self, field: &Field) -> TokenStream {
        let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        let (method, place) = (ident(&field.setter), ident(&field.ident));
        let (argument, statement) = types::setter(field, &quote!(self.input.#place));
        let (result, end) = match self.after(field) {
            Some(after) => {
                let Self { name, given, .. } = self;
                (quote!(#name<#(#after),*>), quote!(#given(self)))
            }
            None => (quote!(Self), quote!(self)),
        };
        // A generic method is compiled where it is called, as an inline one is.
        let inline = (self.states.is_empty() && !types::is_generic(&field.ty)).then(|| quote!(#[inline]));
        quote! {
            #docs
            #deprecated
            #inline
            pub fn #method(mut self, #argument) -> #result {
                #statement
                #end
            }
        }
    }

    /// The type parameters once `field` is set, where one of them says so.
    fn after(&self, field: &Field) -> Option<Vec<TokenStream>> {
        let is_it = |other: &Field| other.member == field.member;
        let set = |(other, parameter): &(&Field, Ident)| {
            if is_it(other) { quote!(runtime::Set) } else { quote!(#parameter) }
        };
        self.states.iter().any(|(other, _)| is_it(other)).then(|| self.states.iter().map(set).collect())
    }
}
