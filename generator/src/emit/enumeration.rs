//! Takes a planned enumeration; gives its type and its values.

use std::collections::BTreeSet;

use quote::quote;

use super::tokens::{deprecated, docs, ident};
use crate::plan::{Docs, Enumeration};
use crate::render::Item;
use crate::text::code;

/// The items of an enumeration, which refers to no others.
pub(super) fn items(enumeration: &Enumeration) -> (BTreeSet<&str>, Vec<Item>) {
    let (name, shape) = (ident(&enumeration.ident), &*enumeration.shape);
    let (docs_, deprecated_) = (docs(&enumeration.docs), deprecated(enumeration.deprecated.as_ref()));
    let values: Vec<&str> = enumeration.variants.iter().map(|variant| &*variant.value).collect();
    let variants: Vec<_> = enumeration.variants.iter().map(|variant| ident(&variant.ident)).collect();
    let variant_docs = values.iter().map(|value| docs(&Docs::new(format!("{}.", code(value)))));
    let definition = quote! {
        #docs_
        #deprecated_
        #[derive(Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variants,)*
            /// A value that this version of the crate does not know.
            Unknown(String),
        }
    };
    let values = quote! {
        impl runtime::Enumeration for #name {
            const NAME: &'static str = #shape;
            const VALUES: &'static [&'static str] = &[#(#values),*];

            #[inline]
            fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unknown(value) => value,
                }
            }

            #[inline]
            fn known(value: &str) -> Option<Self> {
                match value {
                    #(#values => Some(Self::#variants),)*
                    _ => None,
                }
            }

            #[inline]
            fn unknown(value: String) -> Self {
                Self::Unknown(value)
            }
        }
    };
    let derives = if enumeration.sensitive {
        quote!(runtime::enumeration!(#name, sensitive);)
    } else {
        quote!(runtime::enumeration!(#name);)
    };
    (BTreeSet::new(), vec![definition.into(), values.into(), derives.into()])
}
