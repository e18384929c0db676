//! Builders of requests and structures: a type by a macro of the runtime, whose parameters say which required inputs are set,
//! and the methods that set one member each.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{deprecated, docs, ident};
use super::types::{self, Setter};
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
    /// Whether that function takes which input it is.
    counts: bool,
}

/// The builder of an operation's call.
pub(super) fn of_call(operation: &Operation, output: &TokenStream) -> Vec<Item> {
    let builder = Builder {
        given: quote!(runtime::call::given),
        counts: true,
        ..Builder::new(&operation.call, &operation.request)
    };
    let paged = operation.paginator.is_some().then(|| quote!(paged));
    builder.items("call", paged.as_ref(), Some(&quote!(=> #output)))
}

/// The builder of a structure that requests hold.
pub(super) fn of_structure(structure: &Structure) -> Vec<Item> {
    structure.builder.as_ref().map_or_else(Vec::new, |name| Builder::new(name, structure).items("builder", None, None))
}

impl<'a> Builder<'a> {
    fn new(name: &str, structure: &'a Structure) -> Self {
        let required = structure.required().take(MOST_STATES).enumerate();
        Self {
            name: ident(name),
            structure,
            states: required.map(|(index, field)| (field, format_ident!("{}", type_parameter(index)))).collect(),
            given: quote!(runtime::builder::given),
            counts: false,
        }
    }

    /// The type, and its methods where there are any.
    fn items(&self, macro_name: &str, before: Option<&TokenStream>, output: Option<&TokenStream>) -> Vec<Item> {
        let (name, target) = (&self.name, ident(&self.structure.ident));
        let states = self.states.iter().map(|(field, parameter)| {
            let input = ident(&field.setter);
            quote!(#parameter: #input)
        });
        let head = Table::new(macro_name, quote!(#before #name<#(#states),*>(#target #output)));
        std::iter::once(head.into()).chain(self.setters().map(Item::from)).collect()
    }

    fn setters(&self) -> Option<TokenStream> {
        let name = &self.name;
        let parameters: Vec<&Ident> = self.states.iter().map(|(_, parameter)| parameter).collect();
        // What has to be called comes first, in documentation as well.
        let (first, rest): (Vec<&Field>, Vec<&Field>) =
            self.structure.fields.iter().partition(|field| field.is_required());
        let methods: Vec<TokenStream> =
            first.into_iter().chain(rest).flat_map(|field| self.setters_of(field)).collect();
        (!methods.is_empty()).then(|| quote!(impl<#(#parameters),*> #name<#(#parameters),*> { #(#methods)* }))
    }

    fn setters_of(&self, field: &Field) -> Vec<TokenStream> {
        let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        let place = ident(&field.ident);
        let (result, end) = self.after(field);
        let methods = types::setters(field, &quote!(self.input.#place)).into_iter().enumerate();
        let methods = methods.map(|(index, setter)| {
            let Setter { name, generics, arguments, statement, is_generic } = setter;
            let generics = generics.map(|generics| quote!(<#generics>));
            // A generic method is compiled where it is called, as an inline one is.
            let inline = (self.states.is_empty() && !is_generic).then(|| quote!(#[inline]));
            let docs = if index == 0 {
                docs.clone()
            } else {
                let several = format!(" Adds several entries to `{}`.", field.ident);
                quote!(#[doc = #several])
            };
            quote! {
                #docs
                #deprecated
                #inline
                pub fn #name #generics(mut self, #arguments) -> #result {
                    #statement
                    #end
                }
            }
        });
        methods.collect()
    }

    /// The builder after `field` was set, and the expression that leads to it.
    fn after(&self, field: &Field) -> (TokenStream, TokenStream) {
        if !field.is_required() {
            return (quote!(Self), quote!(self));
        }
        let is_it = |other: &Field| other.member == field.member;
        let Self { name, given, .. } = self;
        let Some(index) = self.states.iter().position(|(other, _)| is_it(other)) else {
            return (quote!(Self), quote!(self));
        };
        let index = self.counts.then(|| Literal::usize_unsuffixed(index)).into_iter();
        let end = quote!(#given(self #(, #index)*));
        let states = self.states.iter().map(
            |(other, parameter)| {
                if is_it(other) { quote!(runtime::Set) } else { quote!(#parameter) }
            },
        );
        (quote!(#name<#(#states),*>), end)
    }
}
