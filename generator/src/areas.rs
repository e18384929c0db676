//! Areas: a service's operations in named groups, from an `areas.toml`. Each area is a Cargo feature of the emitted crate, so that
//! a program compiles the areas that it calls. `models/README.md` documents the format.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::inputs::ServiceInputs;
use crate::json::{Node, Reader, parse_toml};
use crate::model::ServiceModel;
use crate::text::nearest;

/// The whole of an `areas.toml`. Every operation of the model is in one area, and in no other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Areas {
    pub file: String,
    /// The areas, by name.
    pub list: BTreeMap<String, Area>,
}

/// One area.
#[derive(Debug, Clone, Default)]
pub(crate) struct Area {
    /// The subject of the operations, in a few words.
    pub title: String,
    pub operations: Vec<String>,
}

impl Areas {
    /// Reads the text of an `areas.toml`, which messages call `file`.
    ///
    /// # Errors
    /// Text that is not TOML or not of the format, names that cannot be those of features, and operations that are in two areas.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostics> {
        let json = parse_toml(file, text)?;
        let mut reader = Reader::new(file);
        let list = reader.fields(&Node::root(&json), |fields| fields.map("areas", Area::read));
        let areas = reader.finish(Self { file: file.to_owned(), list })?;
        areas.check_names().into_result(areas)
    }

    /// The areas of a service, which the model fits; none where it has no `areas.toml`.
    ///
    /// # Errors
    /// Those of [`Areas::parse`] and [`Areas::check`].
    pub fn of_service(inputs: &ServiceInputs, model: &ServiceModel) -> Result<Self, Diagnostics> {
        let Some((file, text)) = &inputs.areas else { return Ok(Self::default()) };
        let areas = Self::parse(file, text)?;
        areas.check(model)?;
        Ok(areas)
    }

    /// Holds the areas against the operations of the model.
    ///
    /// # Errors
    /// Operations of the model that are in no area, and operations of areas that the model does not have.
    pub fn check(&self, model: &ServiceModel) -> Result<(), Diagnostics> {
        let mut problems = Diagnostics::default();
        let known = || model.operations.keys().map(String::as_str);
        for (area, index, operation) in self.operations() {
            if !model.operations.contains_key(operation) {
                let nearest = nearest(operation, known()).join(", ");
                let message = format!(
                    "the model has no operation {operation:?}; the nearest are {nearest}. Delete the line, or correct the name"
                );
                problems.push(&self.file, place(area, index), message);
            }
        }
        for operation in known().filter(|operation| self.area_of(operation).is_none()) {
            let message = format!(
                "the operation {operation} is in no area: add it to the `operations` of one, or have `cargo xtask areas --place` \
                 add it where it fits best"
            );
            problems.push(&self.file, "areas", message);
        }
        problems.into_result(())
    }

    /// The area that an operation is in.
    pub fn area_of(&self, operation: &str) -> Option<&str> {
        let mut areas = self.list.iter();
        areas.find(|(_, area)| area.operations.iter().any(|one| one == operation)).map(|(name, _)| name.as_str())
    }

    /// All operations: the area of each, its index there, and its name.
    fn operations(&self) -> impl Iterator<Item = (&str, usize, &str)> {
        self.list.iter().flat_map(|(name, area)| {
            area.operations.iter().enumerate().map(|(index, operation)| (name.as_str(), index, operation.as_str()))
        })
    }

    fn check_names(&self) -> Diagnostics {
        let mut problems = Diagnostics::default();
        for name in self.list.keys().filter(|name| !is_name(name)) {
            let message = format!(
                "{name:?} cannot be the name of a feature and a module: use a letter, then small letters, digits and _"
            );
            problems.push(&self.file, format!("areas.{name}"), message);
        }
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (area, index, operation) in self.operations() {
            if let Some(first) = seen.insert(operation, area) {
                let message = format!("{operation} is in the area {first} already: an operation belongs to one area");
                problems.push(&self.file, place(area, index), message);
            }
        }
        problems
    }
}

impl Area {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            let area = Self { title: fields.text("title"), operations: fields.required("operations", Reader::texts) };
            if area.operations.is_empty() {
                fields.problem("the area has no operations: delete it");
            }
            if area.title.trim().is_empty() {
                fields.problem("the title is empty: say what the operations are about");
            }
            area
        })
    }
}

/// The feature that has every area of the crate's root.
pub(crate) const FULL: &str = "full";

fn place(area: &str, index: usize) -> String {
    format!("areas.{area}.operations[{index}]")
}

/// Whether a text is the name of an area: that of a feature, and of a module where it is needed.
fn is_name(name: &str) -> bool {
    let rest = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(rest) && name.len() <= crate::names::LONGEST
}
