//! Facts: what the model says of an item, in sentences.

use std::collections::BTreeMap;

use super::writer::Writer;
use crate::model::{self, Member, Metadata, ServiceModel, Shape, ShapeType};
use crate::names::Ident;
use crate::plan::{Checksum, Docs, Field, Location, Operation, Paginator, Type};
use crate::text::code;

/// Where AWS's pages on a service are; a name appended leads to the page on an operation or a shape.
pub(super) fn reference(metadata: &Metadata) -> String {
    let uid = metadata.uid.clone().unwrap_or_else(|| format!("{}-{}", metadata.endpoint_prefix, metadata.api_version));
    format!("https://docs.aws.amazon.com/goto/WebAPI/{}/", uid.replace(' ', "%20"))
}

/// The head of the crate or module of a service.
pub(super) fn service(model: &ServiceModel) -> Docs {
    let metadata = &model.metadata;
    Docs::new(format!("{}, version {} of the API.", code(&metadata.service_full_name), metadata.api_version))
}

/// An operation, with the sentence that its name makes.
pub(super) fn operation(
    writer: &Writer<'_>,
    plan: &Operation,
    operation: &model::Operation,
    sentence: Option<String>,
) -> Docs {
    let (name, model) = (&plan.name, writer.model);
    let title = sentence.unwrap_or_else(|| code(name));
    let mut docs = Docs::new(format!("{title}: {}.", code(&format!("{} {}", plan.http_method, plan.uri))));
    if operation.readonly {
        docs.add("Only reads.");
    }
    if operation.idempotent {
        docs.add("Idempotent: repeating a call changes nothing.");
    }
    let token = |shape: &Shape| {
        let mut members = shape.members.iter();
        members.find(|(_, member)| member.idempotency_token).map(|(name, _)| name.clone())
    };
    if let Some(token) = operation.input.as_ref().and_then(|input| token(&model.shapes[&input.shape])) {
        docs.add(format!("Carries the idempotency token {}, a random one where a call sets none.", code(&token)));
    }
    for (header, value) in &plan.headers {
        docs.add(format!("Carries the header {}.", code(&format!("{header}: {value}"))));
    }
    if plan.form {
        docs.add("The query is sent as the form of a `POST`.");
    }
    if plan.checksum == Some(Checksum::TreeHash) {
        docs.add("Carries the SHA-256 of the body and of the tree of its parts, so the body has to be in memory.");
    }
    if !operation.errors.is_empty() {
        docs.add("# Errors");
        let known = operation.errors.iter().map(|error| {
            let status = model.shapes[&error.shape].error.as_ref().and_then(|error| error.http_status_code);
            let name = code(&error.shape);
            let Some(status) = status else { return name };
            // With the status in it, the text of the link is no path itself, which rustdoc would report as redundant.
            let text = format!("{name} ({status})");
            writer.paths.get(&*error.shape).map_or_else(|| text.clone(), |path| format!("[{text}]({path})"))
        });
        let known: Vec<_> = known.collect();
        docs.add(format!("Besides those of every call: {}.", known.join(", ")));
    }
    if plan.paginator.is_some() {
        docs.add("Responds in pages: see [`into_paginator`](crate::client::Call::into_paginator).");
    }
    let reference = format!("[AWS API reference]({}{name})", writer.reference);
    let example = writer.paths.get(&**name).map(|path| format!("[Example]({path}). "));
    docs.add(format!("{}{reference}.", example.unwrap_or_default()));
    docs
}

/// A type, by its role.
pub(super) fn ty(role: &str, shape: &Shape) -> Docs {
    let mut docs = Docs::new(format!("{role}."));
    if let Some(status) = shape.error.as_ref().and_then(|error| error.http_status_code) {
        docs.add(format!("Returned with HTTP status {status}."));
    }
    if let Some(retryable) = shape.retryable {
        let how = if retryable.throttling { "a throttling error" } else { "a transient error" };
        docs.add(format!("Retried as {how}."));
    }
    if shape.eventstream {
        docs.add("An event of a stream.");
    } else if shape.union {
        docs.add("Exactly one member is set.");
    }
    if shape.is_sensitive() {
        docs.add("Sensitive: `Debug` does not show it.");
    }
    docs
}

/// What the paginator of an operation does with members of its request.
pub(super) fn of_pages_request(paginator: Option<&Paginator>) -> BTreeMap<Ident, &'static str> {
    let token = |it: &Paginator| (it.input_token.clone(), "The token of the page to start at; the paginator sets it.");
    let limit =
        paginator.and_then(|it| it.limit.as_ref()).map(|step| (step.field.clone(), "The most elements of a page."));
    paginator.map(token).into_iter().chain(limit).collect()
}

/// What the paginator of an operation reads of its response. A token inside of another member is a field of a shared structure.
pub(super) fn of_pages_response(paginator: Option<&Paginator>) -> BTreeMap<Ident, &'static str> {
    let token = paginator.and_then(|it| match it.output_token.as_slice() {
        [token] => Some((token.field.clone(), "The token of the next page.")),
        _ => None,
    });
    token.into_iter().collect()
}

/// A member: its name, where it is bound, its constraints, and what else is known of it. Where all that is nothing, the other structures
/// that have it, or the area of its own.
pub(super) fn field(
    writer: &Writer<'_>,
    holder: &Ident,
    field: &Field,
    member: &Member,
    required: bool,
    note: Option<&'static str>,
) -> Docs {
    let model = writer.model;
    let (name, wire) = (&*field.member, &*field.wire);
    let bound_to_event = member.event_header || member.event_payload;
    let place = match field.location {
        Location::Payload if matches!(field.ty, Type::Events(_)) => ", the events of the response".to_owned(),
        Location::Payload if bound_to_event => ", the whole payload of the event".to_owned(),
        Location::Header if bound_to_event => format!(", in the header {} of the event", code(wire)),
        Location::Body if wire == name => String::new(),
        Location::Body => format!(", {} in the body", code(wire)),
        Location::Payload => ", the whole body".to_owned(),
        Location::Label => format!(", in the path as {}", code(&format!("{{{wire}}}"))),
        Location::Query => format!(", in the query as {}", code(wire)),
        Location::QueryMap => ", keys and values of the query".to_owned(),
        Location::Header => format!(", in the header {}", code(wire)),
        Location::PrefixHeaders => format!(", in the headers {}", code(&format!("{wire}*"))),
        Location::Status => ", the HTTP status".to_owned(),
    };
    let mut facts = vec![format!("{}{place}.", code(name))];
    if required {
        facts.push("Required.".to_owned());
    }
    if member.idempotency_token {
        facts.push("The idempotency token.".to_owned());
    }
    let (mut shape, mut shape_name) = (&model.shapes[&member.shape], &*member.shape);
    facts.extend(constraints(shape, "").map(|facts| facts + "."));
    while let Some(inner) = shape.element() {
        (shape, shape_name) = (&model.shapes[inner], inner);
        facts.extend(constraints(shape, "each ").map(|facts| facts + "."));
    }
    if let Some(values) = &member.values {
        let values: Vec<_> = values.iter().map(|value| code(value)).collect();
        facts.push(format!("One of {}.", values.join(", ")));
    } else {
        facts.extend(innermost(writer, shape, shape_name, shape_name != member.shape));
    }
    if let Some(operation) = described_by(model, name) {
        facts.push(format!("Identifies what {} reads.", code(&operation)));
    }
    facts.extend(note.map(str::to_owned));
    if facts.len() == 1 + usize::from(required) {
        let others = writer.occurrences.others(holder, name, &member.shape);
        facts.extend(others.or_else(|| writer.occurrences.areas(holder)));
    }
    Docs::new(facts.join(" "))
}

/// How many values of an enumeration the documentation of a member shows.
const MOST_VALUES: usize = 6;

/// What is known of the shape that a member holds, or of its elements: the values of an enumeration, the page of a structure.
fn innermost(writer: &Writer<'_>, shape: &Shape, name: &str, is_element: bool) -> Option<String> {
    let each = if is_element { "Each " } else { "" };
    if let Some(values) = &shape.values {
        let (shown, rest) = values.split_at(values.len().min(MOST_VALUES));
        let mut values: Vec<String> = shown.iter().map(|value| code(value)).collect();
        if !rest.is_empty() {
            values.push(format!("and {} more", rest.len()));
        }
        let one = if is_element { "one" } else { "One" };
        return Some(format!("{each}{one} of {}.", values.join(", ")));
    }
    let path = writer.paths.get(name)?;
    let name = path.rsplit("::").next()?;
    // With another word in it, the text of the link is no path itself, which rustdoc would report as redundant.
    Some(format!("See [the fields of {}]({path}).", code(name)))
}

/// The operation that reads a resource by the id of this name: `DescribeQueue` for `QueueId`.
fn described_by(model: &ServiceModel, member: &str) -> Option<String> {
    let operation = format!("Describe{}", member.strip_suffix("Id")?);
    let input = model.operations.get(&*operation)?.input.as_ref()?;
    model.shapes[&input.shape].required.iter().any(|required| **required == *member).then_some(operation)
}

/// The length or the range that a shape demands, and its pattern.
fn constraints(shape: &Shape, whose: &str) -> Option<String> {
    let unit = match shape.kind {
        ShapeType::String => " characters",
        ShapeType::Blob => " bytes",
        ShapeType::List => " elements",
        ShapeType::Map => " entries",
        _ => "",
    };
    let range = match (&shape.min, &shape.max) {
        (Some(min), Some(max)) if min == max => Some(format!("{min}{unit}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}{unit}")),
        (Some(min), None) => Some(format!("at least {min}{unit}")),
        (None, Some(max)) => Some(format!("at most {max}{unit}")),
        (None, None) => None,
    };
    let pattern = shape.pattern.as_ref().map(|pattern| format!("pattern {}", code(pattern)));
    let facts: Vec<String> = range.into_iter().chain(pattern).collect();
    let text = (!facts.is_empty()).then(|| format!("{whose}{}", facts.join(", ")))?;
    let mut chars = text.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}
