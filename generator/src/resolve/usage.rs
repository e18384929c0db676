//! Usage: for each shape that an operation reaches, the ways it is used.

use std::collections::BTreeMap;

use crate::model::ServiceModel;

/// The usage of a shape.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    /// A request holds it: it needs a builder.
    pub input: bool,
    /// A response holds it.
    pub output: bool,
    /// An exception is it or holds it.
    pub error: bool,
    /// The number of operations that name it as input or output.
    pub operations: usize,
    /// Another shape refers to it.
    pub nested: bool,
}

pub(super) fn of(model: &ServiceModel) -> BTreeMap<String, Usage> {
    let mut usage: BTreeMap<String, Usage> = BTreeMap::new();
    for operation in model.operations.values() {
        if let Some(input) = &operation.input {
            usage.entry(input.shape.clone()).or_default().operations += 1;
            mark(model, &mut usage, &input.shape, |usage| &mut usage.input);
        }
        if let Some(output) = &operation.output {
            usage.entry(output.shape.clone()).or_default().operations += 1;
            mark(model, &mut usage, &output.shape, |usage| &mut usage.output);
            for exception in model.exceptions_in_events(&output.shape) {
                mark(model, &mut usage, exception, |usage| &mut usage.error);
            }
        }
        for error in &operation.errors {
            mark(model, &mut usage, &error.shape, |usage| &mut usage.error);
        }
    }
    let reached: Vec<String> = usage.keys().cloned().collect();
    for name in reached {
        for (_, target) in model.shapes[&name].references() {
            if let Some(target) = usage.get_mut(target) {
                target.nested = true;
            }
        }
    }
    usage
}

/// Marks a shape and all it refers to. Walks with a list of its own, since a hostile model may nest deeper than a stack.
fn mark(model: &ServiceModel, usage: &mut BTreeMap<String, Usage>, from: &str, flag: impl Fn(&mut Usage) -> &mut bool) {
    let mut open = vec![from.to_owned()];
    while let Some(name) = open.pop() {
        let flag = flag(usage.entry(name.clone()).or_default());
        if std::mem::replace(flag, true) {
            continue;
        }
        open.extend(model.shapes[&name].references().map(|(_, target)| target.to_owned()));
    }
}
