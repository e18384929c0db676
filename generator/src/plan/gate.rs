//! A gate: the features any of which lets an item be compiled; and the areas, which those features are of.

use std::collections::BTreeSet;

use crate::names::OperationName;
use crate::text::printable;

/// The areas of a service.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlannedAreas {
    /// The `areas.toml`.
    pub file: String,
    /// The areas in the order of their names; none where the service has no `areas.toml`.
    pub list: Vec<PlannedArea>,
}

/// An area, and its feature.
#[derive(Debug, Clone)]
pub(crate) struct PlannedArea {
    pub name: String,
    pub feature: String,
    pub title: String,
    pub operations: Vec<OperationName>,
}

impl PlannedArea {
    /// The title, as it may stand in a comment or in a table.
    pub fn printable_title(&self) -> String {
        self.title.chars().flat_map(printable).filter(|c| !"|[]<>`\\".contains(*c)).collect()
    }
}

/// The features any of which lets an item be compiled. An item without any is always compiled.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gate(BTreeSet<String>);

impl Gate {
    /// A gate of these features.
    pub fn new(features: impl IntoIterator<Item = String>) -> Self {
        Self(features.into_iter().collect())
    }

    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether the feature alone is enough.
    pub fn admits(&self, feature: &str) -> bool {
        self.is_open() || self.0.contains(feature)
    }

    /// Whether the item is always compiled.
    pub fn is_open(&self) -> bool {
        self.0.is_empty()
    }

    /// The gate of what two items need.
    pub fn or(mut self, other: &Self) -> Self {
        if self.is_open() || other.is_open() {
            return Self::default();
        }
        self.0.extend(other.0.iter().cloned());
        self
    }
}
