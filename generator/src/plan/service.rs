//! The service as a whole: first where every shape stands and every name, then every item.

use std::collections::BTreeMap;

use super::context::Context;
use super::docs::Docs;
use super::enumerations::Enumeration;
use super::exceptions::{self, Exception};
use super::gate::{Gate, PlannedAreas};
use super::naming::{Names, is_response};
use super::operations::{self, Operation};
use super::placement::{self, Placement};
use super::structures::{Role, Structure};
use super::waiters::{self, Unwaited, Waiter};
use crate::model::{Paginators, ServiceModel, Waiters};
use crate::names::{self, Ident, ModuleName, OperationName, Record, ShapeName, WaiterName};
use crate::resolve::Resolved;

/// One service of the crate.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    /// The module the service is emitted under; the crate's root where there is none.
    pub module: Option<String>,
    /// The folder of the model, for banners.
    pub folder: String,
    /// The marker type that implements `runtime::Service`.
    pub ident: Ident,
    pub full_name: String,
    pub id: String,
    pub api_version: String,
    pub signing_name: String,
    pub endpoint_prefix: String,
    pub operations: Vec<Operation>,
    pub items: Vec<Item>,
    pub exceptions: Vec<Exception>,
    pub waiters: Vec<Waiter>,
    pub areas: PlannedAreas,
    /// Where each shape of the model went.
    pub fates: BTreeMap<ShapeName, ShapeStatus>,
    /// The operations that were left out because others were chosen.
    pub unchosen: Vec<OperationName>,
    /// The operations that are left out because their request is a stream of events.
    pub streamed: Vec<OperationName>,
    /// Paginators that could not be emitted, with the reason.
    pub unpaged: BTreeMap<OperationName, String>,
    /// Waiters that are left out.
    pub unwaited: BTreeMap<WaiterName, Unwaited>,
    /// The names that a later version of the model must know of.
    pub record: Record,
    pub docs: Docs,
}

/// The fate of a shape in the emitted crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShapeStatus {
    /// It is an item of the file with this path.
    Item(String),
    /// It is this type, wherever it is used.
    Inlined(String),
    /// It is not emitted, for this reason.
    Omitted(String),
}

/// A shared shape that has a file of its own.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub shape: ShapeName,
    /// The module and the stem of the file.
    pub module: ModuleName,
    pub ident: Ident,
    /// Whether it is an exception, which stands in `types::error`.
    pub exception: bool,
    pub kind: ItemKind,
    pub gate: Gate,
}

/// The kind of an item.
#[derive(Debug, Clone)]
pub(crate) enum ItemKind {
    Structure(Structure),
    Union(Structure),
    Enumeration(Enumeration),
}

impl Item {
    /// The path by which a program names it, from the root of the service.
    pub fn path(&self) -> String {
        format!("{}::{}", if self.exception { "types::error" } else { "types" }, self.ident)
    }
}

impl Service {
    /// Whether a response is a stream of events.
    pub fn has_events(&self) -> bool {
        self.items.iter().any(|item| matches!(&item.kind, ItemKind::Union(union) if union.events.is_some()))
    }

    /// Whether operations are in areas.
    pub fn has_areas(&self) -> bool {
        !self.areas.list.is_empty()
    }

    /// The gate of the service: that of its module, whose areas bring it along.
    pub fn gate(&self) -> Gate {
        let areas = self.areas.list.iter().map(|area| area.feature.clone());
        self.module.as_ref().map_or_else(Gate::default, |module| Gate::new(areas.chain([module.clone()])))
    }

    /// Compiles everything always.
    pub fn ungate(&mut self) {
        self.areas = PlannedAreas::default();
        self.operations.iter_mut().for_each(|operation| operation.gate = Gate::default());
        self.items.iter_mut().for_each(|item| item.gate = Gate::default());
    }

    /// The structures and unions: those of operations, then those of files of their own.
    pub fn structures(&self) -> impl Iterator<Item = &Structure> {
        let of_operations = self.operations.iter().flat_map(Operation::structures);
        let shared = self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Structure(structure) | ItemKind::Union(structure) => Some(structure),
            ItemKind::Enumeration(_) => None,
        });
        of_operations.chain(shared)
    }

    /// The markers of the required inputs: one for each setter that a builder demands, with the gate of what demands it.
    pub fn required_inputs(&self) -> BTreeMap<&Ident, Gate> {
        let requests = self.operations.iter().map(|operation| (&operation.request, &operation.gate));
        let shared = self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Structure(structure) if structure.builder.is_some() => Some((structure, &item.gate)),
            _ => None,
        });
        let mut inputs: BTreeMap<&Ident, Gate> = BTreeMap::new();
        for (structure, gate) in requests.chain(shared) {
            for field in structure.required() {
                let known = inputs.remove(&field.setter).map_or_else(|| gate.clone(), |known| known.or(gate));
                inputs.insert(&field.setter, known);
            }
        }
        // A marker costs nothing: one that most areas have is always there.
        let most = self.areas.list.len() / 2;
        inputs.values_mut().filter(|gate| gate.features().count() > most).for_each(|gate| *gate = Gate::default());
        inputs
    }
}

/// Plans a service. What an earlier record names keeps that name.
pub(crate) fn plan(
    module: Option<&str>,
    folder: &str,
    model: &ServiceModel,
    (paginators, waiters): (&Paginators, &Waiters),
    resolved: &Resolved,
    earlier: &Record,
) -> Service {
    let placements = placement::plan(model, resolved);
    let (names, record) = Names::plan(model, resolved, &placements, earlier);
    let context = Context { model, resolved, placements: &placements, names: &names };
    let shared = || placements.iter().filter(|(_, placement)| **placement == Placement::Shared).map(|(name, _)| name);
    let modules = names::unique(shared(), |name| names::module_name(&names.types[name]));
    let module_of = |shape: &ShapeName| modules.get(shape).map(Ident::module);

    let items = shared().filter_map(|name| {
        let (shape, ident) = (&model.shapes[&**name], &names.types[name]);
        let kind = if shape.is_enumeration() {
            ItemKind::Enumeration(context.enumeration(name, ident))
        } else {
            let response = is_response(shape.exception, &resolved.usage[&**name]);
            let role = match response {
                true => Role::Response,
                false if shape.has_event_bindings() => Role::Event,
                false => Role::Part,
            };
            let structure = context.structure(name, ident, role);
            if shape.union { ItemKind::Union(structure) } else { ItemKind::Structure(structure) }
        };
        Some(Item {
            shape: name.clone(),
            module: module_of(name)?,
            ident: ident.clone(),
            exception: shape.exception,
            kind,
            gate: Gate::default(),
        })
    });
    let items = items.collect();
    let mut unpaged = BTreeMap::new();
    let operations = model
        .operations
        .iter()
        .map(|(name, operation)| operations::plan(&context, &name.into(), operation, paginators, &mut unpaged));
    let operations: Vec<Operation> = operations.collect();
    let exceptions = exceptions::plan(&context);
    let (waiters, unwaited) = waiters::plan(&context, waiters, &operations, &exceptions);
    let fates = model.shapes.keys().map(|name| {
        let name = ShapeName::from(name);
        let fate = fate(&context, &name, module_of(&name));
        (name, fate)
    });
    let fates = fates.collect();
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
        exceptions,
        waiters,
        areas: PlannedAreas::default(),
        operations,
        items,
        fates,
        unchosen: Vec::new(),
        streamed: model.streamed.iter().map(Into::into).collect(),
        unpaged,
        unwaited,
        record,
        docs: Docs::default(),
    }
}

/// The fate of a shape. An input of several operations stands in the file of the first.
fn fate(context: &Context<'_>, name: &ShapeName, module: Option<ModuleName>) -> ShapeStatus {
    match context.placements.get(name) {
        Some(Placement::Operation(operation)) => in_operation(context, operation),
        Some(Placement::Requests(operations)) => {
            operations.first().map_or_else(unreached, |operation| in_operation(context, operation))
        }
        Some(Placement::Shared) => module.map_or_else(unreached, |module| {
            let folder = if context.model.shapes[&**name].exception { "types/error" } else { "types" };
            ShapeStatus::Item(format!("{folder}/{module}.rs"))
        }),
        None if context.resolved.usage.contains_key(&**name) => ShapeStatus::Inlined(context.type_of(name).to_string()),
        None => unreached(),
    }
}

fn in_operation(context: &Context<'_>, operation: &OperationName) -> ShapeStatus {
    ShapeStatus::Item(format!("operation/{}.rs", context.names.operations[operation].module()))
}

fn unreached() -> ShapeStatus {
    ShapeStatus::Omitted("no operation reaches it".to_owned())
}
