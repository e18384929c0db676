//! Takes a model; gives the members that must hold their structure in a box, because it contains itself.
//!
//! Only structures that hold one another directly count: a list or a map is on the heap already. Of every cycle the
//! member whose `(shape, member)` comes first in name order is boxed, so that a model update moves a box only where it
//! changes the cycle itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ServiceModel, ShapeType};

type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>;

pub(super) fn find(model: &ServiceModel) -> BTreeSet<(String, String)> {
    let mut graph = graph(model);
    let mut boxes = BTreeSet::new();
    loop {
        let cyclic = cyclic(&graph);
        // Removing one edge may leave the rest of its component cyclic: look again until nothing is.
        let first = graph.iter().find_map(|(shape, members)| {
            let component = cyclic.get(shape)?;
            let (member, _) = members.iter().find(|(_, target)| cyclic.get(**target) == Some(component))?;
            Some((*shape, *member))
        });
        let Some((shape, member)) = first else { return boxes };
        boxes.insert((shape.to_owned(), member.to_owned()));
        if let Some(members) = graph.get_mut(shape) {
            members.remove(member);
        }
    }
}

/// Which structure holds which directly, by member.
fn graph(model: &ServiceModel) -> Graph<'_> {
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

/// The cycle that every shape on one belongs to, named by the first of its shapes.
///
/// Two shapes are on one cycle where each reaches the other. Shapes that hold nothing, or that nothing holds, are on none
/// and are taken away first, over and over; what is left of a real model is a handful.
fn cyclic<'a>(graph: &Graph<'a>) -> BTreeMap<&'a str, &'a str> {
    let mut left: BTreeMap<&str, BTreeSet<&str>> =
        graph.iter().map(|(name, members)| (*name, members.values().copied().collect())).collect();
    loop {
        let held: BTreeSet<&str> = left.values().flatten().copied().collect();
        let before = left.len();
        left.retain(|name, targets| !targets.is_empty() && held.contains(name));
        if left.len() == before {
            break;
        }
        let names: BTreeSet<&str> = left.keys().copied().collect();
        for targets in left.values_mut() {
            targets.retain(|target| names.contains(target));
        }
    }
    let reached: BTreeMap<&str, BTreeSet<&str>> = left.keys().map(|name| (*name, reach(&left, name))).collect();
    let component = |name: &&'a str| {
        let mutual = reached[name].iter().find(|other| reached[*other].contains(name))?;
        Some((*name, *mutual))
    };
    reached.keys().filter_map(component).collect()
}

/// Every shape that a shape holds, through any number of others.
fn reach<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = graph[from].iter().copied().collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(graph[name].iter().copied());
        }
    }
    reached
}
