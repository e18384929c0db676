//! Naming: the Rust name of every item, member and value of a service, decided before anything else.

use std::collections::BTreeMap;
use std::ops::Deref;

use super::placement::Placement;
use crate::model::{ServiceModel, Shape};
use crate::names::{
    self, Ident, MemberName, OperationName, Record, ShapeName, Spelling, Table, UsualSpelling, WantedName, WireName,
    allocate, kept, remembered, to_remember,
};
use crate::resolve::{Resolved, Usage};

/// The Rust names of a service.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub types: BTreeMap<ShapeName, Ident>,
    pub builders: BTreeMap<ShapeName, Ident>,
    /// The types of the requests that stand for an input that is missing or that several operations take.
    pub requests: BTreeMap<OperationName, Ident>,
    pub calls: BTreeMap<OperationName, Ident>,
    pub operations: BTreeMap<OperationName, Ident>,
    /// The fields of structures and the variants of unions.
    pub members: BTreeMap<ShapeName, BTreeMap<MemberName, Ident>>,
    /// The variants of enumerations.
    pub values: BTreeMap<ShapeName, BTreeMap<WireName, Ident>>,
}

/// The kinds of types: all of them are in one scope, since a file may import a type beside those that it declares.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum TypeKey {
    Shape(ShapeName),
    Request(OperationName),
    Call(OperationName),
    Builder(ShapeName),
}

impl Names {
    /// The names of everything in a model, and the record of them. What an earlier record names keeps that name.
    pub fn plan(
        model: &ServiceModel,
        resolved: &Resolved,
        placements: &BTreeMap<ShapeName, Placement>,
        earlier: &Record,
    ) -> (Self, Record) {
        let spelling = earlier.spelling.unwrap_or_else(|| usual_spelling(model, placements));
        let mut record = Record { spelling: Some(spelling), ..Record::default() };
        let wants = operations(model);
        let operations = remembered(&wants, &earlier.operations, OperationName::new);
        record.operations = table(&wants, &operations);
        let mut names = Self {
            types: BTreeMap::new(),
            builders: BTreeMap::new(),
            requests: BTreeMap::new(),
            calls: BTreeMap::new(),
            operations,
            members: BTreeMap::new(),
            values: BTreeMap::new(),
        };
        names.add_types(&types(model, resolved, placements), earlier, &mut record);
        for name in placements.keys() {
            names.add_parts(name, &model.shapes[&**name], spelling, earlier, &mut record);
        }
        (names, record)
    }

    fn add_types(&mut self, wants: &BTreeMap<TypeKey, WantedName>, earlier: &Record, record: &mut Record) {
        let mut known = kept(&earlier.types, |name| TypeKey::Shape(ShapeName::new(name)));
        known.extend(kept(&earlier.requests, |name| TypeKey::Request(OperationName::new(name))));
        known.extend(kept(&earlier.calls, |name| TypeKey::Call(OperationName::new(name))));
        known.extend(kept(&earlier.builders, |name| TypeKey::Builder(ShapeName::new(name))));
        let given = allocate(wants, &known);
        for (key, name) in to_remember(wants, &given) {
            let (table, key) = match key {
                TypeKey::Shape(shape) => (&mut record.types, shape.to_string()),
                TypeKey::Request(operation) => (&mut record.requests, operation.to_string()),
                TypeKey::Call(operation) => (&mut record.calls, operation.to_string()),
                TypeKey::Builder(shape) => (&mut record.builders, shape.to_string()),
            };
            table.insert(key, name);
        }
        for (key, name) in given {
            match key {
                TypeKey::Shape(shape) => drop(self.types.insert(shape, name)),
                TypeKey::Request(operation) => drop(self.requests.insert(operation, name)),
                TypeKey::Call(operation) => drop(self.calls.insert(operation, name)),
                TypeKey::Builder(shape) => drop(self.builders.insert(shape, name)),
            }
        }
    }

    /// Names the members or the values of a shape.
    fn add_parts(
        &mut self,
        name: &ShapeName,
        shape: &Shape,
        spelling: UsualSpelling,
        earlier: &Record,
        record: &mut Record,
    ) {
        let none = Table::new();
        if shape.is_enumeration() {
            let wants =
                values(shape).map(|(value, want)| spelled(WireName::new(value), want, spelling.values)).collect();
            let given = remembered(&wants, earlier.variants.get(&**name).unwrap_or(&none), WireName::new);
            remember(&mut record.variants, name, table(&wants, &given));
            self.values.insert(name.clone(), given);
        } else {
            let (earlier, record) = match shape.union {
                true => (&earlier.variants, &mut record.variants),
                false => (&earlier.fields, &mut record.fields),
            };
            let wants = members(shape).map(|(member, want)| spelled(MemberName::new(member), want, spelling.members));
            let wants = wants.collect();
            let given = remembered(&wants, earlier.get(&**name).unwrap_or(&none), MemberName::new);
            remember(record, name, table(&wants, &given));
            self.members.insert(name.clone(), given);
        }
    }
}

/// The entries of a record for a scope.
fn table<K: Ord + Deref<Target = str>>(wants: &BTreeMap<K, WantedName>, given: &BTreeMap<K, Ident>) -> Table {
    to_remember(wants, given).map(|(key, name)| (key.to_string(), name)).collect()
}

fn remember(tables: &mut BTreeMap<String, Table>, shape: &ShapeName, table: Table) {
    if !table.is_empty() {
        tables.insert(shape.to_string(), table);
    }
}

fn spelled<K: Deref<Target = str>>(key: K, name: String, spelling: Spelling) -> (K, WantedName) {
    let usual = spelling.spell(&name) == *key;
    (key, WantedName { name, usual })
}

/// The members of a structure or a union, each with the name that it wants.
fn members(shape: &Shape) -> impl Iterator<Item = (&str, String)> {
    let rule = if shape.union { names::variant_name } else { names::field_name };
    shape.members.keys().map(move |member| (member.as_str(), rule(member)))
}

/// The values of an enumeration, each with the name that it wants.
fn values(shape: &Shape) -> impl Iterator<Item = (&str, String)> {
    shape.values.iter().flatten().map(|value| (value.as_str(), names::variant_name(value)))
}

fn usual_spelling(model: &ServiceModel, placements: &BTreeMap<ShapeName, Placement>) -> UsualSpelling {
    let (enumerations, structures): (Vec<&Shape>, Vec<&Shape>) =
        placements.keys().map(|name| &model.shapes[&**name]).partition(|shape| shape.is_enumeration());
    UsualSpelling {
        members: Spelling::of_most(structures.into_iter().flat_map(members)),
        values: Spelling::of_most(enumerations.into_iter().flat_map(values)),
    }
}

/// The preferred names of operations' modules and methods.
fn operations(model: &ServiceModel) -> BTreeMap<OperationName, WantedName> {
    let wants = model.operations.keys().map(|operation| {
        let name = OperationName::from(operation);
        let want = names::operation_name(&name);
        spelled(name, want, Spelling::UpperCamel)
    });
    wants.collect()
}

/// The preferred names of types. A shape whose name ends like that of a builder or of a call is no usual spelling, since the
/// builder or the call is.
fn types(
    model: &ServiceModel,
    resolved: &Resolved,
    placements: &BTreeMap<ShapeName, Placement>,
) -> BTreeMap<TypeKey, WantedName> {
    let mut wants = BTreeMap::new();
    let is_plain = |name: &str| names::type_name(name) == name;
    let is_derived = |name: &str| name.ends_with("Builder") || name.ends_with("Call");
    for (shape, placement) in placements {
        if matches!(placement, Placement::Requests(_)) {
            continue;
        }
        let name = names::type_name(shape);
        if *placement == Placement::Shared && has_builder(model, resolved, shape) {
            let want = WantedName { name: format!("{name}Builder"), usual: is_plain(shape) };
            wants.insert(TypeKey::Builder(shape.clone()), want);
        }
        wants.insert(TypeKey::Shape(shape.clone()), WantedName { usual: is_plain(shape) && !is_derived(shape), name });
    }
    for (name, operation) in &model.operations {
        let (name, ty) = (OperationName::from(name), names::type_name(name));
        let input = operation.input.as_ref().and_then(|input| placements.get(input.shape.as_str()));
        if !matches!(input, Some(Placement::Operation(_))) {
            wants.insert(TypeKey::Request(name.clone()), WantedName { name: format!("{ty}Request"), usual: false });
        }
        wants.insert(TypeKey::Call(name.clone()), WantedName { name: format!("{ty}Call"), usual: is_plain(&name) });
    }
    wants
}

/// Whether requests hold a shared structure, which then has a builder.
fn has_builder(model: &ServiceModel, resolved: &Resolved, name: &str) -> bool {
    let shape = &model.shapes[name];
    let usage = &resolved.usage[name];
    usage.input && !shape.union && !shape.is_enumeration() && !is_response(shape.exception, usage)
}

/// Whether a shared structure is bound to headers and status, as the output of several operations and an exception are.
pub(super) fn is_response(exception: bool, usage: &Usage) -> bool {
    exception || (usage.operations > 0 && !usage.nested)
}
