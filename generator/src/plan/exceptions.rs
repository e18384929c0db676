//! Takes the exceptions of a model; gives the exception map: code on the wire to typed exception.

use super::Exception;
use super::structures::Planner;

/// Plans the map, in the order of the codes.
pub(super) fn plan(planner: &Planner<'_>) -> Vec<Exception> {
    let shapes =
        planner.model.shapes.iter().filter(|(name, shape)| {
            shape.exception && planner.resolved.usage.get(*name).is_some_and(|usage| usage.error)
        });
    let exceptions = shapes.map(|(name, shape)| Exception {
        // botocore knows a modelled exception by its `code` where it has one, else by the name of its shape.
        code: shape.error.as_ref().and_then(|error| error.code.clone()).unwrap_or_else(|| name.clone()),
        shape: name.clone(),
        ident: planner.types.idents[name].clone(),
        retryable: shape.retryable.map(|retryable| retryable.throttling),
        status: shape.error.as_ref().and_then(|error| error.http_status_code),
    });
    exceptions.collect()
}
