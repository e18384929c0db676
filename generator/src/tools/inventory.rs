//! The inventory of a model: its size, and what it needs of the runtime beyond JSON over signed HTTP.

use std::collections::BTreeMap;

use crate::ServiceInputs;
use crate::diagnostic::Diagnostics;
use crate::model::{Operation, ServiceModel, Shape, ShapeType};
use crate::overrides;
use crate::sources::Sources;

/// The size of a model, and what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inventory {
    /// The operations of the model.
    pub operations: usize,
    /// Its shapes.
    pub shapes: usize,
    /// The number of operations, members or rules that need each thing, by a short name for it.
    pub needs: BTreeMap<&'static str, usize>,
    /// The id of the service.
    pub service_id: String,
    /// The additions to its requests though no model says it, a line each with its reason.
    pub known: Vec<String>,
}

/// The need of the operations that [`generate`](crate::generate()) leaves out.
const EVENTS_SENT: &str = "events sent";

impl Inventory {
    /// How many operations are left out, because their request is a stream of events.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.needs.get(EVENTS_SENT).copied().unwrap_or_default()
    }
}

/// Counts what a model needs, with the operations that [`generate`](crate::generate()) leaves out.
///
/// # Errors
/// A file that is no model.
pub fn inventory(service: &ServiceInputs) -> Result<Inventory, Diagnostics> {
    let (model, _, _) = Sources::parse(service)?.apply()?.read()?;
    let mut needs = BTreeMap::new();
    let mut add = |name: &'static str, times: usize| {
        if times > 0 {
            needs.insert(name, times);
        }
    };
    let operations = |test: fn(&ServiceModel, &Operation) -> bool| {
        model.operations.values().filter(|operation| test(&model, operation)).count()
    };
    let events =
        |model: &ServiceModel, end: Option<&Shape>| end.is_some_and(|shape| holds(model, shape, |t| t.eventstream));
    add(EVENTS_SENT, model.operations.values().filter(|one| events(&model, ends(&model, one, true))).count());
    add("events received", model.operations.values().filter(|one| events(&model, ends(&model, one, false))).count());
    add("streams sent", operations(|m, o| ends(m, o, true).is_some_and(|shape| streams(m, shape))));
    add("streams received", operations(|m, o| ends(m, o, false).is_some_and(|shape| streams(m, shape))));
    add("documents", model.shapes.values().filter(|shape| shape.document).count());
    add("checksums", operations(|_, o| o.http_checksum_required || o.http_checksum.is_some()));
    add("compression", operations(|_, o| o.requestcompression.is_some()));
    add("host prefixes", operations(|_, o| o.endpoint.is_some()));
    add("no signature", operations(|_, o| says(o, "none", "smithy.api#noAuth")));
    add("bearer tokens", operations(|m, o| says(o, "bearer", "smithy.api#httpBearerAuth") || only_bearer(m)));
    add(
        "unsigned payloads",
        operations(|_, o| o.unsigned_payload || o.authtype.as_deref() == Some("v4-unsigned-body")),
    );
    add("context parameters", operations(|m, o| !o.static_context_params.is_empty() || context(m, o)));
    let rules = service.rule_set.as_deref().unwrap_or_default();
    add("ARNs in rules", rules.matches("\"aws.parseArn\"").count());
    add("URLs in rules", rules.matches("\"parseURL\"").count());
    let service_id = model.metadata.service_id;
    let known = overrides::known(&service_id);
    Ok(Inventory { operations: model.operations.len(), shapes: model.shapes.len(), needs, service_id, known })
}

/// The input, or the output, of an operation.
fn ends<'a>(model: &'a ServiceModel, operation: &Operation, input: bool) -> Option<&'a Shape> {
    let end = if input { &operation.input } else { &operation.output };
    model.shapes.get(&end.as_ref()?.shape)
}

/// Whether a member of a shape leads to such a shape.
fn holds(model: &ServiceModel, shape: &Shape, test: impl Fn(&Shape) -> bool) -> bool {
    shape.members.values().any(|member| model.shapes.get(&member.shape).is_some_and(&test))
}

fn streams(model: &ServiceModel, shape: &Shape) -> bool {
    let Some(member) = shape.payload.as_ref().and_then(|payload| shape.members.get(payload)) else { return false };
    let target = model.shapes.get(&member.shape);
    target.is_some_and(|target| target.kind == ShapeType::Blob && (target.streaming || member.streaming))
}

fn says(operation: &Operation, authtype: &str, scheme: &str) -> bool {
    let first = operation.auth.iter().flatten().next();
    operation.authtype.as_deref() == Some(authtype) || first.is_some_and(|first| first == scheme)
}

fn only_bearer(model: &ServiceModel) -> bool {
    model.metadata.signature_version.as_deref() == Some("bearer")
}

fn context(model: &ServiceModel, operation: &Operation) -> bool {
    ends(model, operation, true).is_some_and(|shape| shape.members.values().any(|m| m.context_param.is_some()))
}
