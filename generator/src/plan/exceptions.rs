//! The exceptions of a service: the code on the wire and the type of each.

use super::context::Context;
use crate::model::Shape;
use crate::names::{Ident, ShapeName, WireName, variant_methods};

/// One exception.
#[derive(Debug, Clone)]
pub(crate) struct Exception {
    /// The code on the wire.
    pub code: WireName,
    pub shape: ShapeName,
    pub ident: Ident,
    /// The end of the method that asks for it: `throttling_exception` of `is_throttling_exception`.
    pub method: Ident,
    /// The trait `retryable`: whether as throttling.
    pub retryable: Option<bool>,
    pub status: Option<u16>,
}

/// Plans the exceptions that operations name, in the order of their shapes.
pub(super) fn plan(context: &Context<'_>) -> Vec<Exception> {
    let is_used = |name: &str| context.resolved.usage.get(name).is_some_and(|usage| usage.error);
    let shapes = context.model.shapes.iter().filter(|(name, shape)| shape.exception && is_used(name));
    let shapes: Vec<_> = shapes.collect();
    let types = &context.names.types;
    let methods = variant_methods(shapes.iter().map(|(name, _)| &types[name.as_str()]));
    let exceptions = shapes.into_iter().zip(methods).map(|((name, shape), method)| Exception {
        code: code(name, shape),
        shape: name.into(),
        ident: types[name.as_str()].clone(),
        method,
        retryable: shape.retryable.map(|retryable| retryable.throttling),
        status: shape.error.as_ref().and_then(|error| error.http_status_code),
    });
    exceptions.collect()
}

/// The code of an exception on the wire. botocore knows a modelled exception by its `code` where it has one, else by the name of
/// its shape.
pub(super) fn code(name: &str, shape: &Shape) -> WireName {
    WireName::new(shape.error.as_ref().and_then(|error| error.code.as_deref()).unwrap_or(name))
}
