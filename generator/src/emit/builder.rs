//! Takes a planned structure; gives its builder, whose type says which required inputs it was given.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{Scope, deprecated, docs, ident};
use super::types;
use crate::names::type_parameter;
use crate::plan::{Field, Structure};

/// The type parameters of a builder: one for each required input.
pub(super) struct Given<'a> {
    required: Vec<(&'a Field, Ident)>,
}

impl<'a> Given<'a> {
    pub fn of(structure: &'a Structure) -> Self {
        let required = structure.fields.iter().filter(|field| field.required).enumerate();
        Self { required: required.map(|(index, field)| (field, format_ident!("{}", type_parameter(index)))).collect() }
    }

    /// `A, B`.
    pub fn parameters(&self) -> Vec<&Ident> {
        self.required.iter().map(|(_, parameter)| parameter).collect()
    }

    /// `(A, B)` as the type that a builder remembers, where there is anything to remember.
    pub fn remembered(&self) -> Option<TokenStream> {
        let parameters = self.parameters();
        (!parameters.is_empty()).then(|| quote!(std::marker::PhantomData<(#(#parameters,)*)>))
    }

    /// The value of [`Given::remembered`].
    pub fn memory(&self) -> Option<TokenStream> {
        (!self.required.is_empty()).then(|| quote!(std::marker::PhantomData))
    }

    /// `#[inline]`, where the methods are not generic.
    pub fn inline(&self) -> Option<TokenStream> {
        self.required.is_empty().then(|| quote!(#[inline]))
    }

    /// The parameters once `field` is given.
    fn after(&self, field: &Field) -> Vec<TokenStream> {
        let set = |(other, parameter): &(&Field, Ident)| {
            if other.member == field.member { quote!(runtime::Set) } else { quote!(#parameter) }
        };
        self.required.iter().map(set).collect()
    }

    /// `where A: runtime::Given<inputs::instance_id>`.
    pub fn all(&self, scope: &Scope<'_>) -> Option<TokenStream> {
        let root = scope.root();
        let bounds = self.required.iter().map(|(field, parameter)| {
            let input = ident(&field.setter);
            quote!(#parameter: runtime::Given<#root::inputs::#input>)
        });
        let bounds: Vec<_> = bounds.collect();
        (!bounds.is_empty()).then(|| quote!(where #(#bounds,)*))
    }
}

/// The methods that set one member each. `target` is the structure inside the builder `builder`.
pub(super) fn setters(
    structure: &Structure,
    given: &Given<'_>,
    builder: &Ident,
    lifetime: Option<&TokenStream>,
    target: &TokenStream,
) -> TokenStream {
    let methods = structure.fields.iter().map(|field| {
        let (docs, deprecated) = (docs(&field.docs), deprecated(field.deprecated.as_ref()));
        let (method, name) = (ident(&field.setter), ident(&field.ident));
        let (argument, statement) = types::setter(field, &quote!(#target.#name));
        let (result, end) = if field.required {
            let after = given.after(field);
            (quote!(#builder<#lifetime #(#after),*>), quote!(#builder(self.0, std::marker::PhantomData)))
        } else {
            (quote!(Self), quote!(self))
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
pub(super) fn of_structure(scope: &Scope<'_>, structure: &Structure) -> Vec<TokenStream> {
    let Some(builder_name) = &structure.builder else { return Vec::new() };
    let (name, builder) = (ident(&structure.ident), ident(builder_name));
    let given = Given::of(structure);
    let (parameters, remembered, memory) = (given.parameters(), given.remembered(), given.memory());
    let (all, inline) = (given.all(scope), given.inline());
    let setters = setters(structure, &given, &builder, None, &quote!(self.0));
    let start_docs = docs(&[format!("Starts a [`{name}`].")]);
    let docs = docs(&[format!("Builds a [`{name}`]: the compiler sees to it that nothing required is left out.")]);
    let start = quote! {
        impl #name {
            #start_docs
            #[inline]
            pub fn builder() -> #builder {
                #builder(Self::default(), #memory)
            }
        }
    };
    let definition = quote! {
        #docs
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct #builder<#(#parameters = runtime::Unset),*>(#name, #remembered);
    };
    let methods = quote! {
        impl<#(#parameters),*> #builder<#(#parameters),*> {
            #setters

            /// Gives the structure.
            #inline
            pub fn build(self) -> #name #all {
                self.0
            }
        }
    };
    vec![start, definition, methods]
}
