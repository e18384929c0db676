//! Takes service models and the runtime's templates as text; gives the files of a Rust client. Does no I/O.

mod context;
mod diagnostic;
pub mod diff;
mod docs;
mod emit;
pub mod endpoint;
mod generate;
pub mod lint;
mod model;
mod names;
pub mod needs;
pub mod overrides;
mod plan;
mod render;
mod resolve;
mod select;
mod standalone;

use std::collections::BTreeMap;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use plan::Fate;
/// Everything a generation reads.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The name of the emitted package.
    pub crate_name: String,
    /// The services: the first is the crate's root, the others are feature-gated modules of it.
    pub services: Vec<ServiceInputs>,
    /// The text of `partitions.json`.
    pub partitions: String,
    /// The text files under `templates/`, by their path there (`src/runtime/sign.rs`, `crate/Cargo.toml`).
    pub templates: BTreeMap<String, String>,
    /// The operations to emit, by their names in the model; all where there are none.
    pub operations: Vec<String>,
}

/// The model of one service.
#[derive(Debug, Clone, Default)]
pub struct ServiceInputs {
    /// The module the service is emitted under; the crate's root where there is none.
    pub module: Option<String>,
    /// The folder of the model, as messages and banners name it: `models/connect/2017-08-08`.
    pub folder: String,
    /// The text of `service-2.json`.
    pub model: String,
    /// The text of `paginators-1.json`.
    pub paginators: Option<String>,
    /// The text of `endpoint-rule-set-1.json`.
    pub rule_set: Option<String>,
    /// The text of `overrides.toml`, with the name messages call it by.
    pub overrides: Option<(String, String)>,
}

/// The files of the emitted crate, by their path from its root.
pub type Files = BTreeMap<String, String>;

/// Generates a crate.
///
/// `src/…` holds everything that codegen owns. The other files (`Cargo.toml`, `README.md`, `examples/…`) complete a
/// standalone crate; the checked-in one keeps its own.
///
/// # Errors
/// Everything that is wrong with the inputs, each with file and JSON path.
pub fn generate(inputs: &Inputs) -> Result<Files, Diagnostics> {
    generate::generate(inputs)
}

/// What became of each operation, shape and paginator of the models, by `folder: path`: nothing that comes in is lost.
///
/// # Errors
/// As [`generate`].
pub fn account(inputs: &Inputs) -> Result<BTreeMap<String, Fate>, Diagnostics> {
    generate::account(inputs)
}
