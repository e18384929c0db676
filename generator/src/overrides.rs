//! Overrides: edits of upstream's models, each with its reason, from an `overrides.toml`. `models/README.md` documents the
//! format. An entry that no longer applies is an error: upstream has moved, and the entry is to be deleted or thought over
//! again.
//!
//! Most kinds of entries edit the JSON of a model before it is read. `[[header]]`, `[[checksum]]` and `[[form]]` say what no
//! model can say, and add it to the model once it is read (`Operation::additions`). What botocore does to a service by code, and not by
//! its model, stands in files of the same format here (`known`); they apply to every model of that service.

mod addition;
mod edit;
mod entry;
mod file;
mod known;
mod mark;
mod paginator;

use crate::diagnostic::Diagnostics;
use crate::json::Json;

pub use file::Overrides;
pub(crate) use known::of as known_of;
pub use known::{known, unknown_handlers};

/// Reads the text of an `overrides.toml` and edits parsed models with it: [`Overrides::parse`] and [`Overrides::edit`].
///
/// # Errors
/// Those of both.
pub fn apply(file: &str, overrides: &str, model: &mut Json, paginators: &mut Json) -> Result<(), Diagnostics> {
    Overrides::parse(file, overrides)?.edit(model, paginators)
}
