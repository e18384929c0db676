//! Boxes: the members that must hold their structure in one, because it contains itself.
//!
//! Only structures that hold one another directly count: a list or a map is on the heap already. Of every cycle the
//! member whose `(shape, member)` comes first in name order is boxed, so that a model update moves a box only where it
//! changes the cycle itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ServiceModel, ShapeType};

/// The structures that each structure holds directly, by member.
pub(super) type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>;

pub(super) fn find(model: &ServiceModel) -> BTreeSet<(String, String)> {
    let graph = graph(model);
    let mut holders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (holder, members) in &graph {
        for target in members.values() {
            holders.entry(target).or_default().insert(holder);
        }
    }
    let mut boxes = BTreeSet::new();
    let mut done = BTreeSet::new();
    for (shape, members) in &graph {
        // Boxing every member that leads back here takes the shape off all its cycles: one look at each will do.
        let back = leading_to(shape, &holders, &done);
        let first = members.iter().filter(|(_, target)| back.contains(**target));
        boxes.extend(first.map(|(member, _)| ((*shape).to_owned(), (*member).to_owned())));
        done.insert(*shape);
    }
    boxes
}

/// The structures that each structure holds directly, by member.
pub(super) fn graph(model: &ServiceModel) -> Graph<'_> {
    let is_structure = |name: &str| {
        let shape = model.shapes.get(name);
        shape.is_some_and(|shape| shape.kind == ShapeType::Structure && !shape.document)
    };
    let structures = model.shapes.iter().filter(|(name, _)| is_structure(name));
    let edges = structures.map(|(name, shape)| {
        let members = shape.members.iter().filter(|(_, member)| is_structure(&member.shape));
        (name.as_str(), members.map(|(name, member)| (name.as_str(), member.shape.as_str())).collect())
    });
    edges.collect()
}

/// The shape itself, and every shape that holds it through any number of others; but for those that are done.
fn leading_to<'a>(
    shape: &'a str,
    holders: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    done: &BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![shape];
    while let Some(name) = open.pop() {
        if !done.contains(name) && found.insert(name) {
            open.extend(holders.get(name).into_iter().flatten().copied());
        }
    }
    found
}
