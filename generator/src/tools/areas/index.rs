//! The index of a crate's areas: what each feature lets be compiled, by the names that programs write.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::inputs::Inputs;
use crate::pipeline;
use crate::plan::{Gate, ItemKind, Service};

/// The areas of a crate, and everything that has a gate.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The areas, in the order of services and names.
    pub areas: Vec<Area>,
    /// The operations and shapes that are in areas or reached by some. What is always compiled is not in it.
    pub items: Vec<Item>,
    /// The modules of the services beside the crate's root.
    pub modules: Vec<String>,
}

/// An area.
#[derive(Debug, Clone)]
pub struct Area {
    /// The feature.
    pub feature: String,
    /// The module of the service; the crate's root where there is none.
    pub module: Option<String>,
    /// The subject of the operations.
    pub title: String,
}

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An operation: a method of the client, and a module.
    Operation,
    /// A shape, and its builder where it has one.
    Shape,
}

/// An operation or a shape that is not always compiled.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its kind.
    pub kind: Kind,
    /// The module of the service; the crate's root where there is none.
    pub module: Option<String>,
    /// The names that a program writes: the method and the module of an operation, the types of a shape.
    pub names: BTreeSet<String>,
    /// The file from the crate's root.
    pub file: String,
    /// The features any of which lets it be compiled.
    pub features: BTreeSet<String>,
}

/// The index of a crate.
///
/// # Errors
/// As [`generate`](crate::generate()).
pub fn index(inputs: &Inputs) -> Result<Index, Diagnostics> {
    let planned = pipeline::plan(inputs)?;
    let mut index = Index::default();
    planned.services.iter().for_each(|planned| add(&planned.service, &mut index));
    Ok(index)
}

fn add(service: &Service, index: &mut Index) {
    let module = service.module.clone();
    index.modules.extend(module.clone());
    index.areas.extend(service.areas.list.iter().map(|area| Area {
        feature: area.feature.clone(),
        module: module.clone(),
        title: area.title.clone(),
    }));
    let mut push = |kind, names: BTreeSet<String>, file: String, gate: &Gate| {
        if gate.is_open() {
            return;
        }
        let file = module.as_ref().map_or_else(|| format!("src/{file}"), |module| format!("src/{module}/{file}"));
        let features = gate.features().map(str::to_owned).collect();
        index.items.push(Item { kind, module: module.clone(), names, file, features });
    };
    for operation in &service.operations {
        let names = [operation.method_name.to_string(), operation.module.to_string()];
        push(Kind::Operation, names.into(), format!("operation/{}.rs", operation.module), &operation.gate);
    }
    for item in service.items.iter().filter(|item| !item.exception) {
        let builder = match &item.kind {
            ItemKind::Structure(structure) => structure.builder.as_ref().map(ToString::to_string),
            _ => None,
        };
        let names = [item.ident.to_string()].into_iter().chain(builder).collect();
        push(Kind::Shape, names, format!("types/{}.rs", item.module), &item.gate);
    }
}
