//! Tokens that every emitter needs: identifiers, documentation, attributes and imports.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::diagnostic::Origin;
use crate::names;
use crate::plan::{Deprecated, Docs, Gate, Service, Type};
use crate::text::{code, printable};

/// The service that is emitted, and where in the crate.
pub(super) struct Scope<'a> {
    pub service: &'a Service,
}

impl<'a> Scope<'a> {
    pub fn new(service: &'a Service) -> Self {
        Self { service }
    }

    /// The path of a file of the service from the crate's root.
    pub fn path(&self, file: &str) -> String {
        match &self.service.module {
            Some(module) => format!("src/{module}/{file}"),
            None => format!("src/{file}"),
        }
    }

    /// The model file, and a place in it, for a banner.
    pub fn source(&self, place: &str) -> Origin {
        Origin::new(format!("{}/service-2.json", self.service.folder), place)
    }

    /// The module of the service: `crate`, or `crate::module`.
    pub fn root(&self) -> TokenStream {
        match &self.service.module {
            Some(module) => {
                let module = ident(module);
                quote!(crate::#module)
            }
            None => quote!(crate),
        }
    }
}

/// An identifier, raw where it is a keyword.
pub(super) fn ident(name: &str) -> Ident {
    if names::is_keyword(name) && name != "Self" && name != "self" {
        Ident::new_raw(name, Span::call_site())
    } else {
        Ident::new(name, Span::call_site())
    }
}

/// Documentation.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// The attribute `deprecated`. Its `since` is for versions of the crate; the model's is a date.
pub(super) fn deprecated(deprecated: Option<&Deprecated>) -> Option<TokenStream> {
    let Deprecated { note, since } = deprecated?;
    let since = since.as_ref().filter(|since| !since.is_empty()).map(|since| format!("deprecated since {since}"));
    let note: Vec<&str> = note.as_deref().into_iter().chain(since.as_deref()).filter(|note| !note.is_empty()).collect();
    Some(if note.is_empty() {
        quote!(#[deprecated])
    } else {
        let note: String = note.join("; ").chars().flat_map(plain).collect();
        quote!(#[deprecated(note = #note)])
    })
}

/// A character of a note, which rustdoc takes for Markdown: what could be a link or a tag is escaped.
fn plain(c: char) -> Vec<char> {
    if matches!(c, '[' | ']' | '<' | '>') { vec!['\\', c] } else { printable(c) }
}

/// The attributes of an item or a row besides its documentation, one a line.
pub(super) fn about(trait_: Option<&Deprecated>) -> Vec<TokenStream> {
    deprecated(trait_).into_iter().collect()
}

/// The attribute that lets an item be compiled with any of the features of its gate.
pub(super) fn gate(gate: &Gate) -> Option<TokenStream> {
    let features: Vec<&str> = gate.features().collect();
    match features.as_slice() {
        [] => None,
        [one] => Some(quote!(#[cfg(feature = #one)])),
        several => Some(quote!(#[cfg(any(#(feature = #several),*))])),
    }
}

/// Documentation as lines, for a table.
pub(super) fn lines(docs: &Docs) -> Vec<String> {
    docs.lines().map(str::to_owned).collect()
}

/// A number without a suffix.
pub(super) fn literal(number: u16) -> Literal {
    Literal::u16_unsuffixed(number)
}

/// The documentation of a row whose text of the model cannot stand between two backticks as it is; that of other rows the
/// runtime's macro makes. `rest` is what follows the text.
pub(super) fn odd(text: &str, rest: &str) -> Vec<String> {
    let shown = code(text);
    if shown == format!("`{text}`") { Vec::new() } else { vec![format!("{shown}{rest}")] }
}

/// The imports of a file.
#[derive(Debug, Default)]
pub(super) struct Imports<'a> {
    /// The shared shapes that it names.
    pub types: BTreeSet<&'a str>,
    /// Whether it names maps.
    pub maps: bool,
    /// Whether it names required inputs.
    pub inputs: bool,
}

impl<'a> Imports<'a> {
    /// Adds what a type names.
    pub fn add(&mut self, ty: &'a Type) {
        ty.names(&mut self.types);
        self.maps |= holds_map(ty);
    }

    /// The statements.
    pub fn print(&self, scope: &Scope<'_>) -> TokenStream {
        let root = scope.root();
        let is_exception = |name: &str| scope.service.items.iter().any(|item| item.exception && *item.ident == *name);
        let (errors, types): (Vec<&str>, Vec<&str>) = self.types.iter().copied().partition(|name| is_exception(name));
        let errors = import(&quote!(#root::types::error), &errors);
        let types = import(&quote!(#root::types), &types);
        let maps = self.maps.then(|| {
            quote!(
                use std::collections::HashMap;
            )
        });
        let inputs = self.inputs.then(|| quote!(use #root::inputs;));
        quote!(#maps #inputs use crate::runtime::__private as runtime; #types #errors)
    }
}

fn import(module: &TokenStream, names: &[&str]) -> Option<TokenStream> {
    let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(quote!(use #module::#one;)),
        several => Some(quote!(use #module::{#(#several),*};)),
    }
}

fn holds_map(ty: &Type) -> bool {
    match ty {
        Type::Map(..) => true,
        Type::List(inner) | Type::Sparse(inner) => holds_map(inner),
        _ => false,
    }
}
