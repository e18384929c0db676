//! Takes the model of a service; gives its nouns: first every name, then every item.

use std::collections::BTreeMap;

use super::builders::CLIENT_METHODS;
use super::operations::{self, OperationNames};
use super::structures::{Planner, Role};
use super::types::Types;
use super::{Fate, Item, ItemKind, Service, exceptions};
use crate::docs;
use crate::model::{Operation, Paginators, ServiceModel};
use crate::names;
use crate::resolve::Resolved;

/// Plans a service.
pub(crate) fn plan(
    module: Option<&str>,
    folder: &str,
    model: &ServiceModel,
    paginators: &Paginators,
    resolved: &Resolved,
) -> Service {
    let own = own_shapes(model, resolved);
    let items = model.shapes.iter().filter(|(name, shape)| shape.is_item() && resolved.usage.contains_key(*name));
    let idents = names::unique(items.map(|(name, _)| name.as_str()), names::type_name);
    let operation_names = operation_names(model, &idents);
    let shared: Vec<&String> =
        idents.keys().filter(|name| !own.contains_key(*name) && !is_request_only(resolved, name)).collect();
    let modules = names::unique(shared.iter().map(|name| name.as_str()), |name| names::module_name(&idents[name]));
    let reference = docs::reference(&model.metadata);
    let types = Types { model, idents: &idents };
    let planner = Planner { model, resolved, types, reference: &reference };

    let items = shared.iter().map(|name| {
        let (shape, ident) = (&model.shapes[*name], &idents[*name]);
        let usage = resolved.usage[*name];
        let kind = if shape.is_enumeration() {
            ItemKind::Enumeration(planner.enumeration(name, ident))
        } else {
            let answers = shape.exception || (usage.operations > 0 && !usage.nested);
            let structure = planner.structure(name, ident, if answers { Role::Answer } else { Role::Part });
            if shape.union { ItemKind::Union(structure) } else { ItemKind::Structure(structure) }
        };
        Item { shape: (*name).clone(), module: modules[*name].clone(), ident: ident.clone(), kind }
    });
    let mut unpaged = BTreeMap::new();
    let operations = model.operations.iter().map(|(name, operation)| {
        operations::plan(&planner, &operation_names, &own, name, operation, paginators, &mut unpaged)
    });
    let operations: Vec<_> = operations.collect();
    let metadata = &model.metadata;
    Service {
        module: module.map(str::to_owned),
        folder: folder.to_owned(),
        ident: names::service_name(&metadata.service_id),
        full_name: metadata.service_full_name.clone(),
        id: metadata.service_id.clone(),
        api_version: metadata.api_version.clone(),
        signing_name: metadata.signing_name.clone().unwrap_or_else(|| metadata.endpoint_prefix.clone()),
        endpoint_prefix: metadata.endpoint_prefix.clone(),
        items: items.collect(),
        exceptions: exceptions::plan(&planner),
        fates: fates(&planner, &modules, &own, &operation_names),
        unchosen: Vec::new(),
        unpaged,
        docs: docs::service(model),
        operations,
    }
}

/// The shapes that are the input or the output of one operation and nothing else, with that operation. They stand in its
/// file, under the model's name.
fn own_shapes(model: &ServiceModel, resolved: &Resolved) -> BTreeMap<String, String> {
    let mut own = BTreeMap::new();
    for (name, operation) in &model.operations {
        for (_, shape) in operation.ends() {
            let usage = resolved.usage[shape];
            if usage.operations == 1 && !usage.nested && !usage.error && !model.shapes[shape].union {
                own.insert(shape.to_owned(), name.clone());
            }
        }
    }
    own
}

/// Whether a shape is only ever the input of several operations: each has a request of its own made from it.
fn is_request_only(resolved: &Resolved, name: &str) -> bool {
    let usage = resolved.usage[name];
    usage.operations > 1 && !usage.nested && !usage.output && !usage.error
}

fn operation_names(model: &ServiceModel, idents: &BTreeMap<String, String>) -> OperationNames {
    let operations = || model.operations.keys().map(String::as_str);
    // A shape that bears the name of a call or of a request made for it is in another module, but may be imported.
    let stands_for = |name: &str| names::beside(format!("{}Request", names::type_name(name)), idents);
    let call = |name: &str| names::beside(format!("{}Call", names::type_name(name)), idents);
    OperationNames {
        methods: names::unique(operations(), |name| names::method_name(name, CLIENT_METHODS)),
        modules: names::unique(operations(), names::module_name),
        requests: names::unique(operations(), stands_for),
        calls: names::unique(operations(), call),
    }
}

/// Where each shape of the model goes.
fn fates(
    planner: &Planner<'_>,
    modules: &BTreeMap<String, String>,
    own: &BTreeMap<String, String>,
    operations: &OperationNames,
) -> BTreeMap<String, Fate> {
    let takes = |name: &str| {
        let takes = |operation: &Operation| operation.input.as_ref().is_some_and(|input| input.shape == name);
        planner.model.operations.iter().find(|(_, operation)| takes(operation)).map(|(operation, _)| operation)
    };
    let fate = |name: &String| {
        let taken = || takes(name).filter(|_| planner.resolved.usage.contains_key(name));
        if let Some(operation) = own.get(name).or_else(|| taken().filter(|_| is_request_only(planner.resolved, name))) {
            return Fate::Item(format!("operation/{}.rs", operations.modules[operation]));
        }
        if let Some(module) = modules.get(name) {
            return Fate::Item(format!("types/{module}.rs"));
        }
        if !planner.resolved.usage.contains_key(name) {
            return Fate::Omitted("no operation reaches it".to_owned());
        }
        Fate::Inlined(format!("{:?}", planner.types.of(name)))
    };
    planner.model.shapes.keys().map(|name| (name.clone(), fate(name))).collect()
}
