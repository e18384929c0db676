//! The code generator: from service models and the runtime's templates, as text, to the files of a Rust client.
//! It does no I/O. `pipeline.rs` is its table of contents.

mod areas;
mod diagnostic;
mod docs;
mod emit;
pub mod endpoint;
mod inputs;
mod jmespath;
pub mod json;
mod model;
mod names;
pub mod overrides;
mod pipeline;
mod plan;
mod planned;
mod render;
mod resolve;
mod resources;
mod select;
mod sources;
mod text;
pub mod tools;

use std::collections::BTreeMap;

pub use diagnostic::{Diagnostic, Diagnostics, Origin};
pub use inputs::{Inputs, ServiceInputs};
pub use names::record_path;
pub use plan::ShapeStatus;
pub use render::Files;

/// The reason why no program could name an emitted package, or `None` where one can.
///
/// [`generate`] refuses the names of the package's own dependencies as well.
#[must_use]
pub fn validate_package(name: &str) -> Option<String> {
    names::validate_package(name, std::iter::empty())
}

/// Generates a crate.
///
/// `src/…` holds everything that codegen owns. The other files (`Cargo.toml`, `README.md`, `examples/…`) complete a
/// standalone crate; the checked-in one keeps its own.
///
/// # Errors
/// Everything that is wrong with the inputs, each with file and JSON path.
pub fn generate(inputs: &Inputs) -> Result<Files, Diagnostics> {
    pipeline::print(&pipeline::plan(inputs)?)
}

/// Generates a crate, and gives the [`notes`] on it from the same plan.
///
/// # Errors
/// As [`generate`].
pub fn generate_with_notes(inputs: &Inputs) -> Result<(Files, Vec<Diagnostic>), Diagnostics> {
    let planned = pipeline::plan(inputs)?;
    let files = pipeline::print(&planned)?;
    Ok((files, tools::notes::notes(&planned)))
}

/// The valid parts of the models that the crate leaves out, each with file and JSON path: nothing is
/// dropped in silence.
///
/// # Errors
/// As [`generate`].
pub fn notes(inputs: &Inputs) -> Result<Vec<Diagnostic>, Diagnostics> {
    Ok(tools::notes::notes(&pipeline::plan(inputs)?))
}

/// The fate of each operation, shape and paginator of the models, by `folder: path`: nothing that comes in is lost.
///
/// # Errors
/// As [`generate`].
pub fn account(inputs: &Inputs) -> Result<BTreeMap<String, ShapeStatus>, Diagnostics> {
    tools::account::account(inputs)
}
