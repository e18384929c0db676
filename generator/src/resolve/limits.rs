//! Takes a model whose references hold; refuses types that rustc would not take, or not within reason. Models of AWS are far
//! from all of it: the deepest structure holds 12 others in one another, the largest is 60 kB, and 22 members are the most
//! that one requires.

use std::collections::{BTreeMap, BTreeSet};

use super::boxes::{self, Graph};
use crate::diagnostic::Diagnostics;
use crate::model::{ServiceModel, Shape, ShapeType};

/// How many lists and maps may hold one another.
const NESTED_LISTS: usize = 16;
/// How many structures may hold one another without a box. rustc follows 128 types into one another.
const NESTED_STRUCTURES: usize = 64;
/// How large a structure may be, with everything that it holds without a box.
const LARGEST: u64 = 1 << 20;
/// What one member takes at most, where it is not a structure.
const MEMBER: u64 = 56;
/// How many members a structure may require: each is a type parameter of its builder.
const REQUIRED: usize = 100;

/// Refuses lists and maps without an end, or with one too far away.
pub(super) fn check_lists(file: &str, model: &ServiceModel, problems: &mut Diagnostics) {
    for name in model.shapes.keys() {
        let mut next = Some(name.as_str());
        let mut passed = 0;
        while let Some(target) = next.and_then(|name| element(model.shapes.get(name)?)) {
            passed += 1;
            if target == name {
                problems.push(file, format!("shapes.{name}"), "a list or map that holds only itself");
                break;
            }
            if passed > NESTED_LISTS {
                let message = format!("lists and maps that hold more than {NESTED_LISTS} others in one another");
                problems.push(file, format!("shapes.{name}"), message);
                break;
            }
            next = Some(target);
        }
    }
}

fn element(shape: &Shape) -> Option<&str> {
    match shape.kind {
        ShapeType::List => shape.member.as_ref().map(|inner| inner.shape.as_str()),
        ShapeType::Map => shape.value.as_ref().map(|inner| inner.shape.as_str()),
        _ => None,
    }
}

/// Refuses structures that hold too much, once the members in `boxes` are taken out.
pub(super) fn check_structures(
    file: &str,
    model: &ServiceModel,
    boxes: &BTreeSet<(String, String)>,
    problems: &mut Diagnostics,
) {
    let mut graph = boxes::graph(model);
    for (shape, member) in boxes {
        graph.get_mut(shape.as_str()).map(|members| members.remove(member.as_str()));
    }
    let extents = extents(model, &graph);
    for (name, shape) in &model.shapes {
        let at = format!("shapes.{name}");
        if shape.required.len() > REQUIRED {
            let message = format!("{} required members; at most {REQUIRED} are taken", shape.required.len());
            problems.push(file, format!("{at}.required"), message);
        }
        let Some(extent) = extents.get(name.as_str()) else { continue };
        if extent.depth > NESTED_STRUCTURES {
            let message = format!("structures that hold more than {NESTED_STRUCTURES} others in one another");
            problems.push(file, at, message);
        } else if extent.size > LARGEST {
            problems.push(file, at, format!("a structure larger than {LARGEST} bytes, with what it holds"));
        }
    }
}

/// How far a structure goes in both directions.
#[derive(Clone, Copy)]
struct Extent {
    depth: usize,
    size: u64,
}

/// The extent of every structure. Keeps a list of its own instead of recursing: a hostile model nests deeper than a stack.
fn extents<'a>(model: &ServiceModel, graph: &Graph<'a>) -> BTreeMap<&'a str, Extent> {
    let mut extents: BTreeMap<&str, Extent> = BTreeMap::new();
    for start in graph.keys() {
        let mut open = vec![*start];
        while let Some(name) = open.last().copied() {
            let waits = |target: &&&str| !extents.contains_key(**target);
            let waiting: Vec<&str> = graph[name].values().filter(waits).copied().collect();
            if waiting.is_empty() {
                open.pop();
                extents.insert(name, extent(model.shapes[name].members.len(), graph[name].values(), &extents));
            }
            open.extend(waiting);
        }
    }
    extents
}

fn extent<'a>(members: usize, held: impl Iterator<Item = &'a &'a str>, extents: &BTreeMap<&str, Extent>) -> Extent {
    let own = Extent { depth: 1, size: MEMBER.saturating_mul(u64::try_from(members).unwrap_or(u64::MAX)) };
    held.map(|target| extents[target]).fold(own, |sum, held| Extent {
        depth: sum.depth.max(held.depth + 1),
        size: sum.size.saturating_add(held.size),
    })
}
