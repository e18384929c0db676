//! Limits: types that rustc would not compile, or not within reason. Models of AWS are far from all of them: the deepest
//! counts 56 levels, the largest structure is 60 kB, and 22 members are the most that one requires.

use std::collections::{BTreeMap, BTreeSet};

use super::checker::{Checker, OPERATIONS, SHAPES};
use crate::model::{ServiceModel, ShapeType};
use crate::resolve::boxes::{self, Graph};

/// The number of lists and maps that may hold one another.
const NESTED_LISTS: usize = 16;
/// The number of levels of types that may hold one another. rustc follows 128, and what a program makes of a call takes some.
const LEVELS: usize = 96;
/// The largest size of a structure, with everything that it holds without a box.
const LARGEST: u64 = 1 << 20;
/// The largest size of one member, where it is not a structure.
const MEMBER: u64 = 56;
/// The number of members that a structure may require: each is a type parameter of its builder.
const REQUIRED: usize = 100;

impl Checker<'_> {
    /// Refuses lists and maps without an end, or with one too far away.
    pub(super) fn check_lists(&mut self) {
        for name in self.model.shapes.keys() {
            let mut next = Some(name.as_str());
            let mut passed = 0;
            while let Some(target) = next.and_then(|name| self.model.shapes.get(name)?.element()) {
                passed += 1;
                if target == name {
                    self.problem(SHAPES.key(name), "a list or map that holds only itself");
                    break;
                }
                if passed > NESTED_LISTS {
                    let message = format!("lists and maps that hold more than {NESTED_LISTS} others in one another");
                    self.problem(SHAPES.key(name), message);
                    break;
                }
                next = Some(target);
            }
        }
    }

    /// Refuses structures that hold too much, once the members in `boxes` are taken out, and operations that reach too deep.
    pub(super) fn check_structures(&mut self, boxes: &BTreeSet<(String, String)>) {
        for (name, shape) in self.model.shapes.iter().filter(|(_, shape)| shape.required.len() > REQUIRED) {
            let message = format!("{} required members; at most {REQUIRED} are supported", shape.required.len());
            self.problem(SHAPES.key(name).key("required"), message);
        }
        let mut graph = boxes::graph(self.model);
        for (shape, member) in boxes {
            graph.get_mut(shape.as_str()).map(|members| members.remove(member.as_str()));
        }
        for (name, _) in sizes(self.model, &graph).into_iter().filter(|(_, size)| *size > LARGEST) {
            let message = format!("a structure larger than {LARGEST} bytes, with what it holds");
            self.problem(SHAPES.key(name), message);
        }
        let mut roots = BTreeMap::new();
        for (name, operation) in &self.model.operations {
            let errors = operation.errors.iter().map(|error| ("errors", error.shape.as_str()));
            roots.extend(operation.ends().chain(errors).map(|(end, shape)| (shape, (name, end))));
        }
        for (root, (name, end)) in roots.into_iter().filter(|(root, _)| levels(self.model, root) > LEVELS) {
            let message = format!("{root} holds types in one another on more than {LEVELS} levels");
            self.problem(OPERATIONS.key(name).key(end), message);
        }
    }
}

/// The size of every structure with what it holds without a box. Keeps a list of its own instead of recursing: a hostile
/// model nests deeper than a stack.
fn sizes<'a>(model: &ServiceModel, graph: &Graph<'a>) -> BTreeMap<&'a str, u64> {
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    for start in graph.keys() {
        let mut open = vec![*start];
        while let Some(name) = open.last().copied() {
            let held = graph[name].values();
            let waiting: Vec<&str> = held.clone().filter(|target| !sizes.contains_key(**target)).copied().collect();
            if waiting.is_empty() {
                open.pop();
                let members = u64::try_from(model.shapes[name].members.len()).unwrap_or(u64::MAX);
                let own = MEMBER.saturating_mul(members);
                sizes.insert(name, held.fold(own, |sum, target| sum.saturating_add(sizes[target])));
            }
            open.extend(waiting);
        }
    }
    sizes
}

/// The depth of rustc's search where it asks whether a type can be sent to another thread: into every type once, in order, through
/// lists, maps and boxes as well.
fn levels(model: &ServiceModel, root: &str) -> usize {
    let mut seen = BTreeSet::new();
    let mut open = vec![(root, 0)];
    let mut deepest = 0;
    while let Some((name, depth)) = open.pop() {
        let Some(shape) = model.shapes.get(name).filter(|_| seen.insert(name)) else { continue };
        deepest = deepest.max(depth);
        // An `Option` around a member; the vector or the table, and what it is made of, around an element.
        let level = match shape.kind {
            ShapeType::List => 4,
            ShapeType::Map => 6,
            _ => 2,
        };
        let held: Vec<_> = shape.references().map(|(_, target)| (target, depth + level)).collect();
        open.extend(held.into_iter().rev());
    }
    deepest
}
