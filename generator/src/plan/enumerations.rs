//! Enumerations, with a variant for each value.

use super::context::Context;
use super::deprecation::Deprecated;
use super::docs::Docs;
use crate::names::{Ident, ShapeName, WireName};

/// An enumeration.
#[derive(Debug, Clone)]
pub(crate) struct Enumeration {
    pub shape: ShapeName,
    pub ident: Ident,
    /// The variants, in the model's order.
    pub variants: Vec<Variant>,
    pub sensitive: bool,
    pub deprecated: Option<Deprecated>,
    pub docs: Docs,
}

/// One value of an enumeration.
#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub value: WireName,
    pub ident: Ident,
}

impl Context<'_> {
    /// Plans an enumeration.
    pub fn enumeration(&self, name: &ShapeName, ident: &Ident) -> Enumeration {
        let shape = &self.model.shapes[&**name];
        let idents = &self.names.values[name];
        let variants = shape.values.iter().flatten().map(|value| {
            let ident = idents[value.as_str()].clone();
            Variant { value: value.into(), ident }
        });
        Enumeration {
            shape: name.clone(),
            ident: ident.clone(),
            variants: variants.collect(),
            sensitive: shape.is_sensitive(),
            deprecated: Deprecated::plan(shape.deprecated, &shape.deprecated_message, &shape.deprecated_since),
            docs: Docs::default(),
        }
    }
}
