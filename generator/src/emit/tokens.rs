//! Takes names and lines of a plan; gives the small token streams that every emitter needs.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::diagnostic::Origin;
use crate::names;
use crate::plan::{Deprecated, Docs, Service};
use crate::text::printable;

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

/// The imports of a file that names these items, and the markers of required inputs where it `demands` any.
pub(super) fn imports(scope: &Scope<'_>, names: &BTreeSet<&str>, demands: bool) -> TokenStream {
    let root = scope.root();
    let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
    let inputs = demands.then(|| quote!(use #root::inputs;));
    let types = match names.as_slice() {
        [] => None,
        [one] => Some(quote!(use #root::types::#one;)),
        several => Some(quote!(use #root::types::{#(#several),*};)),
    };
    quote!(#inputs use crate::runtime::__private as runtime; #types)
}

/// Elements of a list, as many to a line as fit.
pub(super) fn wrapped(elements: &[String], indent: &str) -> String {
    const WIDTH: usize = 110;
    let mut text = String::new();
    let mut width = indent.len();
    for element in elements {
        if width + element.len() + 2 > WIDTH && width > indent.len() {
            text.push('\n');
            text.push_str(indent);
            width = indent.len();
        } else if width > indent.len() {
            text.push(' ');
        }
        text.push_str(element);
        text.push(',');
        width += element.len() + 2;
    }
    text
}
