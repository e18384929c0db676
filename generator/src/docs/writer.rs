//! A writer of documentation: the model, and the places that its names link to.

use std::collections::BTreeMap;

use super::occurrences::Occurrences;
use crate::model::ServiceModel;

/// Writes the documentation of items.
pub(super) struct Writer<'a> {
    pub model: &'a ServiceModel,
    /// The URL that the names of operations and shapes complete to AWS's own pages.
    pub reference: String,
    /// The paths of items, by their names in the model.
    pub paths: BTreeMap<String, String>,
    pub occurrences: Occurrences,
}
