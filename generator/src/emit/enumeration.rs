//! Enumerations, as tables of variants and values.

use quote::quote;

use super::tokens::{about, ident, lines};
use crate::plan::Enumeration;
use crate::render::{Item, Row, Table};
use crate::text::code;

/// The items of an enumeration.
pub(super) fn items(enumeration: &Enumeration) -> Vec<Item> {
    let name = ident(&enumeration.ident);
    let sensitive = enumeration.sensitive.then(|| quote!(: sensitive));
    let rows = enumeration.variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.ident), &*variant.value);
        Row { docs: vec![format!("{}.", code(value))], ..Row::new(quote!(#name = #value)) }
    });
    let table = Table::new("enumeration", quote!(#name #sensitive)).rows(rows);
    vec![table.above(lines(&enumeration.docs), about(enumeration.deprecated.as_ref())).into()]
}
