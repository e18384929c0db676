//! Notes on a generation: what a model says that is left out of the crate, though nothing is wrong with it.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::plan::Service;
use crate::sources::PAGINATORS;
use crate::{Inputs, pipeline};

/// A note for each thing that is left out of the services, at its place.
pub(crate) fn notes(inputs: &Inputs) -> Result<Vec<Diagnostic>, Diagnostics> {
    let planned = pipeline::plan(inputs)?;
    Ok(planned.services.iter().flat_map(|planned| of_service(&planned.service)).collect())
}

fn of_service(service: &Service) -> Vec<Diagnostic> {
    let emitted = |name: &str| service.operations.iter().any(|operation| *operation.name == *name);
    let unpaged = service.unpaged.iter().filter(|(operation, _)| emitted(operation));
    let note = |(operation, reason): (&_, &String)| {
        let message = format!("the operation gets no paginator: {reason}");
        Diagnostic::new(format!("{}/{PAGINATORS}", service.folder), format!("pagination.{operation}"), message)
    };
    unpaged.map(note).collect()
}
