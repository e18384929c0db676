//! The checker: the model that is checked, the problems noted, and questions that all checks ask.

use crate::diagnostic::Diagnostics;
use crate::json::Path;
use crate::model::{Operation, ServiceModel, Shape};

pub(super) const METADATA: Path<'static> = Path::Key(&Path::Root, "metadata");
pub(super) const OPERATIONS: Path<'static> = Path::Key(&Path::Root, "operations");
pub(super) const SHAPES: Path<'static> = Path::Key(&Path::Root, "shapes");

/// Checks the model in one file.
pub(super) struct Checker<'a> {
    pub file: &'a str,
    pub model: &'a ServiceModel,
    pub problems: Diagnostics,
}

impl<'a> Checker<'a> {
    pub fn new(file: &'a str, model: &'a ServiceModel) -> Self {
        Self { file, model, problems: Diagnostics::default() }
    }

    /// Notes that something is wrong at a place.
    pub fn problem(&mut self, at: Path<'_>, message: impl Into<String>) {
        self.problems.push(self.file, at.to_string(), message);
    }

    /// A shape that is known to be there.
    pub fn shape(&self, name: &str) -> &'a Shape {
        &self.model.shapes[name]
    }

    /// The shape of the elements of a list or of the values of a map.
    pub fn element(&self, shape: &Shape) -> Option<&'a Shape> {
        shape.element().map(|name| self.shape(name))
    }

    /// The input of an operation.
    pub fn input(&self, operation: &Operation) -> Option<&'a Shape> {
        operation.input.as_ref().map(|input| self.shape(&input.shape))
    }
}
