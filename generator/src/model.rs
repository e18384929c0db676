//! The mirror of botocore's `service-2.json`, `paginators-1.json` and `waiters-2.json`, and nothing else. Each noun stands in one file with its
//! reader, which names every key of the format: a key that no reader asks for is an error, and one that holds no fact for a
//! client is read as `unused`, with the reason.

mod member;
mod metadata;
mod operation;
mod paginator;
mod reasons;
mod sensitive;
mod shape;
mod waiter;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::json::{Json, Node, Reader};

pub(crate) use member::Member;
pub(crate) use metadata::Metadata;
pub(crate) use operation::Operation;
pub(crate) use paginator::{Paginator, Paginators};
pub(crate) use shape::{Shape, ShapeType};
pub(crate) use waiter::{Acceptor, Matcher, State, Waiter, Waiters};

/// A `service-2.json`.
#[derive(Debug, Clone, Default)]
pub(crate) struct ServiceModel {
    /// The description of the service as a whole.
    pub metadata: Metadata,
    /// The operations, by name.
    pub operations: BTreeMap<String, Operation>,
    /// The operations that were left out because their request is a stream of events.
    pub streamed: Vec<String>,
    /// The shapes, by name.
    pub shapes: BTreeMap<String, Shape>,
    /// Upstream's text on the service; only where a model was read with its documentation.
    pub documentation: Option<String>,
}

impl ServiceModel {
    /// Whether a member of a shape is a stream of events.
    pub fn holds_events(&self, shape: &str) -> bool {
        let is_stream = |name: &str| self.shapes.get(name).is_some_and(|shape| shape.eventstream);
        self.shapes.get(shape).is_some_and(|shape| shape.members.values().any(|member| is_stream(&member.shape)))
    }

    /// Whether a member is JSON inside a string (trait `jsonvalue`). Of a blob the trait only says that its bytes are JSON, as in
    /// botocore.
    pub fn is_json_value(&self, member: &Member) -> bool {
        let target = self.shapes.get(&member.shape);
        target.is_some_and(|shape| (member.jsonvalue || shape.jsonvalue) && shape.kind != ShapeType::Blob)
    }

    /// Takes out the operations whose request is a stream of events. Such a request is sent while the response comes, which HTTP/1.1
    /// does not do.
    pub fn leave_out_streamed_requests(&mut self) {
        let is_streamed = |operation: &Operation| {
            let input = operation.input.as_ref();
            input.is_some_and(|input| self.holds_events(&input.shape))
        };
        let streamed = self.operations.iter().filter(|(_, operation)| is_streamed(operation));
        self.streamed = streamed.map(|(name, _)| name.clone()).collect();
        self.operations.retain(|name, _| !self.streamed.contains(name));
    }

    /// The shapes of the output of an operation that are exceptions inside of its stream of events.
    pub fn exceptions_in_events<'a>(&'a self, output: &str) -> impl Iterator<Item = &'a str> {
        let members = self.shapes.get(output).into_iter().flat_map(|shape| shape.members.values());
        let streams = members.filter_map(|member| self.shapes.get(&member.shape)).filter(|shape| shape.eventstream);
        let events = streams.flat_map(|stream| stream.members.values());
        events.map(|event| event.shape.as_str()).filter(|name| self.shapes.get(*name).is_some_and(|it| it.exception))
    }

    /// Shapes, and all shapes that they hold, however deep.
    pub fn reached<'a>(&'a self, from: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = from.collect();
        while let Some(name) = open.pop() {
            if reached.insert(name) {
                let shape = self.shapes.get(name).into_iter();
                open.extend(shape.flat_map(|shape| shape.references().map(|(_, target)| target)));
            }
        }
        reached
    }
}

/// Reads a `service-2.json`.
///
/// # Errors
/// Every key that is missing, unknown or of the wrong type.
pub(crate) fn read_service(file: &str, json: &Json) -> Result<ServiceModel, Diagnostics> {
    let mut reader = Reader::new(file);
    let model = reader.fields(&Node::root(json), |fields| {
        let model = ServiceModel {
            metadata: fields.required("metadata", Metadata::read),
            operations: fields.map("operations", Operation::read),
            streamed: Vec::new(),
            shapes: fields.map("shapes", Shape::read),
            documentation: fields.optional_text("documentation"),
        };
        fields.unused("version", Reader::text, "the version of the format, of which two are known");
        fields.unused("examples", |reader, node| drop(reader.map(node, |_, _| ())), "examples are prose");
        fields.unused("deprecated", Reader::boolean, "a service that is no longer offered is called as before");
        fields.unused("deprecatedMessage", Reader::text, "a service that is no longer offered is called as before");
        model
    });
    reader.finish(model)
}

/// Reads a `paginators-1.json`.
///
/// # Errors
/// As [`read_service`].
pub(crate) fn read_paginators(file: &str, json: &Json) -> Result<Paginators, Diagnostics> {
    let mut reader = Reader::new(file);
    let paginators = reader.fields(&Node::root(json), |fields| {
        fields.unused("version", Reader::text, "the version of the format, of which one is known");
        fields.map("pagination", Paginator::read)
    });
    reader.finish(paginators)
}

/// Reads a `waiters-2.json`.
///
/// # Errors
/// As [`read_service`].
pub(crate) fn read_waiters(file: &str, json: &Json) -> Result<Waiters, Diagnostics> {
    let mut reader = Reader::new(file);
    let waiters = reader.fields(&Node::root(json), |fields| {
        fields.unused("version", Reader::number, "the version of the format, of which two are known");
        fields.map("waiters", Waiter::read)
    });
    reader.finish(waiters)
}
