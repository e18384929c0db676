//! Takes an operation of the model; gives its Rust-side noun.

use std::collections::BTreeMap;

use super::structures::{Planner, Role, deprecated};
use super::{Auth, Checksum, ContextValue, Operation, Repeat, Response, Structure, pagination};
use crate::docs;
use crate::model::{self, Paginators};
use crate::resolve::is_spoken;

/// The names that planning gave to the operations before, by operation.
pub(super) struct OperationNames {
    pub methods: BTreeMap<String, String>,
    pub modules: BTreeMap<String, String>,
    /// The types of requests that stand for a missing or shared input shape, by operation.
    pub requests: BTreeMap<String, String>,
    pub calls: BTreeMap<String, String>,
}

/// Plans one operation. A paginator that cannot be planned goes to `unpaged` with the reason.
pub(super) fn plan(
    planner: &Planner<'_>,
    names: &OperationNames,
    own: &BTreeMap<String, String>,
    name: &str,
    operation: &model::Operation,
    paginators: &Paginators,
    unpaged: &mut BTreeMap<String, String>,
) -> Operation {
    let idents = planner.types.idents;
    let request = request(planner, names, own, name, operation);
    let response = match &operation.output {
        None => Response::None,
        Some(output) if own.contains_key(&output.shape) => {
            Response::Own(planner.structure(&output.shape, &idents[&output.shape], Role::Answer))
        }
        Some(output) => Response::Shared { shape: output.shape.clone(), ident: idents[&output.shape].clone() },
    };
    let output = operation.output.as_ref().map(|output| output.shape.as_str());
    let paginator = paginators.get(name).and_then(|paginator| {
        match pagination::plan(paginator, &request, output, &planner.types, planner.resolved) {
            Ok(paginator) => Some(paginator),
            Err(reason) => {
                unpaged.insert(name.to_owned(), reason);
                None
            }
        }
    });
    let mut docs = docs::operation(planner.model, name, operation, planner.reference);
    if paginator.is_some() {
        docs::add(&mut docs, "Answers in pages: see `into_paginator`.");
    }
    Operation {
        name: name.to_owned(),
        method_name: names.methods[name].clone(),
        module: names.modules[name].clone(),
        call: names.calls[name].clone(),
        http_method: operation.http.method.clone(),
        uri: operation.http.request_uri.clone(),
        input: operation.input.as_ref().map(|input| input.shape.clone()),
        response,
        errors: operation.errors.iter().map(|error| error.shape.clone()).collect(),
        repeat: repeat(operation, &request),
        auth: auth(planner.model, operation),
        host_prefix: operation.endpoint.as_ref().map(|endpoint| endpoint.host_prefix.clone()),
        checksum: checksum(operation),
        compressed: operation.requestcompression.as_ref().is_some_and(|c| c.encodings.iter().any(|e| e == "gzip")),
        static_context: static_context(operation),
        paginator,
        deprecated: deprecated(operation.deprecated, &operation.deprecated_message, &operation.deprecated_since),
        docs,
        request,
    }
}

fn request(
    planner: &Planner<'_>,
    names: &OperationNames,
    own: &BTreeMap<String, String>,
    name: &str,
    operation: &model::Operation,
) -> Structure {
    match &operation.input {
        Some(input) => {
            let is_own = own.contains_key(&input.shape);
            let ident = if is_own { &planner.types.idents[&input.shape] } else { &names.requests[name] };
            planner.structure(&input.shape, ident, Role::Request)
        }
        None => Structure {
            shape: names.requests[name].clone(),
            ident: names.requests[name].clone(),
            fields: Vec::new(),
            sensitive: false,
            builder: None,
            payload: super::Payload::None,
            recursive: false,
            deprecated: None,
            docs: vec![format!("The request of `{name}`, which has no input.")],
        },
    }
}

/// Whether an ambiguous failure may be repeated. PUT and DELETE do not count: Connect starts phone calls with PUT.
fn repeat(operation: &model::Operation, request: &Structure) -> Repeat {
    if operation.readonly || matches!(operation.http.method.as_str(), "GET" | "HEAD") {
        Repeat::Safe
    } else if operation.idempotent {
        Repeat::Idempotent
    } else if request.fields.iter().any(|field| field.idempotency_token) {
        Repeat::Token
    } else {
        Repeat::Never
    }
}

/// How the request is signed: by the first scheme of the operation that is spoken, else as `authtype` says, else by the
/// first scheme of the service.
fn auth(model: &model::ServiceModel, operation: &model::Operation) -> Auth {
    let first = |schemes: &Option<Vec<String>>| schemes.iter().flatten().find(|scheme| is_spoken(scheme)).cloned();
    let metadata = &model.metadata;
    let scheme = first(&operation.auth).or_else(|| match operation.authtype.as_deref() {
        Some("none") => Some("smithy.api#noAuth".to_owned()),
        Some("bearer") => Some("smithy.api#httpBearerAuth".to_owned()),
        Some(_) => None,
        None => first(&metadata.auth).or_else(|| {
            Some("smithy.api#httpBearerAuth".to_owned())
                .filter(|_| metadata.signature_version.as_deref() == Some("bearer"))
        }),
    });
    match scheme.as_deref() {
        Some("smithy.api#noAuth") => Auth::None,
        Some("smithy.api#httpBearerAuth") => Auth::Bearer,
        _ if operation.unsigned_payload || operation.authtype.as_deref() == Some("v4-unsigned-body") => {
            Auth::SigV4UnsignedPayload
        }
        _ => Auth::SigV4,
    }
}

/// Resolving has seen to it that these are strings and booleans.
fn static_context(operation: &model::Operation) -> Vec<(String, ContextValue)> {
    let constants = operation.static_context_params.iter().filter_map(|(name, param)| {
        let value = match &param.value {
            serde_json::Value::String(text) => ContextValue::Text(text.clone()),
            serde_json::Value::Bool(on) => ContextValue::Boolean(*on),
            _ => return None,
        };
        Some((name.clone(), value))
    });
    constants.collect()
}

fn checksum(operation: &model::Operation) -> Option<Checksum> {
    let modelled = operation.http_checksum.as_ref();
    match modelled.and_then(|checksum| checksum.request_algorithm_member.clone()) {
        Some(member) => Some(Checksum::Chosen(member)),
        None => {
            let required = operation.http_checksum_required || modelled.is_some_and(|c| c.request_checksum_required);
            required.then_some(Checksum::Required)
        }
    }
}
