//! Resources of a service: what a stand-in has to know of it beyond its model. `resources.toml` says what names and shapes do not
//! tell, inference finds the rest, and each entry of the file is checked against the model.

mod check;
mod facts;
mod file;
mod infer;
mod noun;

pub(crate) use facts::{Facts, documentation, text};
pub(crate) use file::Resources;

use crate::diagnostic::Diagnostics;
use crate::model::{Paginators, ServiceModel};

/// The facts of a service's resources.
///
/// # Errors
/// Every entry of the file that is not of the format, or that does not fit the model.
pub(crate) fn read(
    file: &str,
    text: &str,
    model: &ServiceModel,
    paginators: &Paginators,
) -> Result<Facts, Diagnostics> {
    let resources = Resources::parse(file, text)?;
    let (facts, problems) = infer::infer(file, resources, model, paginators);
    problems.into_result(facts)
}
