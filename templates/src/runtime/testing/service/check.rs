//! Checks of inputs and outputs against the constraints of the model, and the exception that answers a violation.

use serde_json::{Map, Value};

use super::constraint::{Constraint, Violation};
use super::from_wire::Path;
use super::model::{Kind, OperationModel, ServiceModel, ShapeId, ShapeModel};
use super::text::time_of;
use super::to_wire::scalar_misfit;
use crate::runtime::shape::blob;

/// The most violations that are listed: a value may hold millions.
const MOST: usize = 100;

/// The exceptions by which operations refuse an input, in the order of preference.
const REFUSALS: [&str; 4] =
    ["InvalidParameterException", "InvalidRequestException", "ValidationException", "BadRequestException"];

impl ServiceModel {
    /// The violations of the model's constraints in the input of an operation: required members, kinds, lengths, ranges,
    /// patterns, enumerations. At most a hundred are listed.
    #[must_use]
    pub fn check(&self, operation: &OperationModel, input: &Value) -> Vec<Violation> {
        self.check_shape(operation.input, input)
    }

    /// The same in the output of an operation.
    #[must_use]
    pub fn check_output(&self, operation: &OperationModel, output: &Value) -> Vec<Violation> {
        self.check_shape(operation.output, output)
    }

    /// The same in a value of any shape.
    #[must_use]
    pub fn check_shape(&self, id: Option<ShapeId>, value: &Value) -> Vec<Violation> {
        let mut check = Check { model: self, found: Vec::new() };
        match id {
            Some(id) => check.value(id, value, &Path::Root),
            None if value.as_object().is_some_and(Map::is_empty) || value.is_null() => {}
            None => check.violate(&Path::Root, Constraint::Kind { expected: "empty, as the operation has none" }),
        }
        check.found
    }

    /// The code of the exception by which an operation refuses an invalid input. `ValidationException` where it declares none
    /// for that, as every AWS service may answer it.
    #[must_use]
    pub fn refusal(&self, operation: &OperationModel) -> &str {
        let declared = || operation.errors.iter().map(|id| self.shape(*id).code());
        let known = REFUSALS.iter().find_map(|refusal| declared().find(|code| code == refusal));
        known.unwrap_or("ValidationException")
    }
}

struct Check<'m> {
    model: &'m ServiceModel,
    found: Vec<Violation>,
}

impl Check<'_> {
    fn violate(&mut self, path: &Path<'_>, constraint: Constraint) {
        if self.found.len() < MOST {
            self.found.push(Violation { path: path.to_string(), constraint });
        }
    }

    fn value(&mut self, id: ShapeId, value: &Value, path: &Path<'_>) {
        let model = self.model;
        let shape = model.shape(id);
        match (shape.kind, value) {
            (Kind::Document, _) => {}
            (kind, Value::Object(members)) if kind.is_structure() => self.structure(shape, members, path),
            (kind, _) if kind.is_structure() => self.violate(path, Constraint::Kind { expected: "an object" }),
            (Kind::List, Value::Array(elements)) => {
                self.length(shape, elements.len(), path);
                let Some(element) = shape.element else { return };
                for (index, value) in elements.iter().enumerate().filter(|(_, value)| !value.is_null()) {
                    self.value(element, value, &Path::Element(path, index));
                }
            }
            (Kind::List, _) => self.violate(path, Constraint::Kind { expected: "a list" }),
            (Kind::Map, Value::Object(entries)) => self.map(shape, entries, path),
            (Kind::Map, _) => self.violate(path, Constraint::Kind { expected: "an object" }),
            (Kind::Timestamp, value) => {
                if time_of(value).is_none() {
                    self.violate(path, Constraint::Kind { expected: "a timestamp" });
                }
            }
            (kind, value) => match scalar_misfit(kind, value) {
                Some(expected) => self.violate(path, Constraint::Kind { expected }),
                None => self.scalar(shape, value, path),
            },
        }
    }

    fn structure(&mut self, shape: &ShapeModel, members: &Map<String, Value>, path: &Path<'_>) {
        let is_missing = |name: &str| members.get(name).is_none_or(Value::is_null);
        for member in shape.members.iter().filter(|member| member.required && is_missing(&member.name)) {
            self.violate(&Path::Member(path, &member.name), Constraint::Required);
        }
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let path = Path::Member(path, name);
            match shape.member(name) {
                None => self.violate(&path, Constraint::Unknown),
                Some(member) if member.json => {}
                Some(member) => self.value(member.shape, value, &path),
            }
        }
        let set = members.values().filter(|value| !value.is_null()).count();
        if shape.kind == Kind::Union && set != 1 {
            self.violate(path, Constraint::Kind { expected: "a union with one member set" });
        }
    }

    fn map(&mut self, shape: &ShapeModel, entries: &Map<String, Value>, path: &Path<'_>) {
        self.length(shape, entries.len(), path);
        for (key, value) in entries {
            let path = Path::Key(path, key);
            if let Some(id) = shape.key {
                self.string(self.model.shape(id), key, &path);
            }
            if let (Some(element), false) = (shape.element, value.is_null()) {
                self.value(element, value, &path);
            }
        }
    }

    fn scalar(&mut self, shape: &ShapeModel, value: &Value, path: &Path<'_>) {
        match value {
            Value::String(text) if shape.kind == Kind::String => self.string(shape, text, path),
            Value::String(text) if shape.kind == Kind::Blob => {
                self.length(shape, blob::decode(text).unwrap_or_default().len(), path);
            }
            Value::Number(number) => {
                let value = number.as_f64().unwrap_or_default();
                if shape.min.is_some_and(|min| value < min) || shape.max.is_some_and(|max| value > max) {
                    self.violate(path, Constraint::Range { min: shape.min, max: shape.max });
                }
            }
            _ => {}
        }
    }

    fn string(&mut self, shape: &ShapeModel, text: &str, path: &Path<'_>) {
        if !shape.values.is_empty() {
            if !shape.values.iter().any(|value| value == text) {
                let values = shape.values().map(str::to_owned).collect();
                self.violate(path, Constraint::Enumeration { values });
            }
            return;
        }
        if !self.length(shape, text.chars().count(), path) {
            return;
        }
        // A text that is too long is not held against a pattern as well.
        if let (Some(pattern), Some(compiled)) = (shape.pattern(), shape.compiled()) {
            if !compiled.is_match(text) {
                self.violate(path, Constraint::Pattern { pattern: pattern.to_owned() });
            }
        }
    }

    /// Whether a length is as modelled.
    fn length(&mut self, shape: &ShapeModel, length: usize, path: &Path<'_>) -> bool {
        let counted = length as f64;
        let fits = shape.min.is_none_or(|min| counted >= min) && shape.max.is_none_or(|max| counted <= max);
        if !fits {
            self.violate(path, Constraint::Length { length, min: shape.min, max: shape.max });
        }
        fits
    }
}
