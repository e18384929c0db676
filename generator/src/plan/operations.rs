//! Operations: request, response, and what the model says of the call.

use std::collections::BTreeMap;

use super::context::Context;
use super::deprecation::Deprecated;
use super::docs::{Docs, Example};
use super::gate::Gate;
use super::methods::CLIENT_METHODS;
use super::pagination::{self, Paginator};
use super::placement::Placement;
use super::structures::{Role, Structure};
use crate::json::Json;
use crate::model::{self, Paginators};
use crate::names::{Ident, MemberName, ModuleName, OperationName, ShapeName};
use crate::resolve::is_spoken;

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub name: OperationName,
    /// The client's method.
    pub method_name: Ident,
    /// The module and the stem of the file.
    pub module: ModuleName,
    /// The builder of the call.
    pub call: Ident,
    pub http_method: String,
    pub uri: String,
    pub request: Structure,
    pub response: Response,
    pub errors: Vec<ShapeName>,
    pub repeat: Repeat,
    pub auth: Auth,
    pub host_prefix: Option<String>,
    pub checksum: Option<Checksum>,
    pub compressed: bool,
    /// Headers that every request carries, with their values.
    pub headers: Vec<(String, String)>,
    /// Whether the query is sent as a form.
    pub form: bool,
    /// The constants that the operation gives to the endpoint rule set, by parameter.
    pub static_context: Vec<(String, ContextValue)>,
    pub paginator: Option<Paginator>,
    pub deprecated: Option<Deprecated>,
    pub gate: Gate,
    pub docs: Docs,
    pub example: Example,
}

/// A constant of an operation for the endpoint rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ContextValue {
    Text(String),
    Boolean(bool),
}

/// The response of an operation.
#[derive(Debug, Clone)]
pub(crate) enum Response {
    /// Nothing.
    None,
    /// A structure of its own.
    Own(Structure),
    /// A structure that other shapes or operations use as well.
    Shared { shape: ShapeName, ident: Ident },
}

/// The names are those of the runtime's `Repeat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    Safe,
    Idempotent,
    Token,
    Never,
}

/// The names are those of the runtime's `Auth`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    SigV4,
    SigV4UnsignedPayload,
    None,
    Bearer,
}

/// The checksum of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Checksum {
    Required,
    Chosen(MemberName),
    TreeHash,
}

impl Operation {
    /// The structures in the operation's file.
    pub fn structures(&self) -> impl Iterator<Item = &Structure> {
        let response = match &self.response {
            Response::Own(response) => Some(response),
            _ => None,
        };
        std::iter::once(&self.request).chain(response)
    }
}

/// Plans one operation. A paginator that cannot be planned goes to `unpaged` with the reason.
pub(super) fn plan(
    context: &Context<'_>,
    name: &OperationName,
    operation: &model::Operation,
    paginators: &Paginators,
    unpaged: &mut BTreeMap<OperationName, String>,
) -> Operation {
    let names = context.names;
    let request = request(context, name, operation);
    let output = operation.output.as_ref().map(|output| output.shape.as_str());
    let response = output.map_or(Response::None, |shape| response(context, shape));
    let paginator = paginators.get(&**name).and_then(|paginator| {
        let paginator = pagination::plan(context, paginator, &request, output);
        paginator.map_err(|reason| unpaged.insert(name.clone(), reason)).ok()
    });
    Operation {
        name: name.clone(),
        method_name: names.operations[name].avoiding_methods(CLIENT_METHODS),
        module: names.operations[name].module(),
        call: names.calls[name].clone(),
        http_method: operation.http.method.clone(),
        uri: operation.http.request_uri.clone(),
        response,
        errors: operation.errors.iter().map(|error| ShapeName::from(&error.shape)).collect(),
        repeat: repeat(operation, &request),
        auth: auth(context.model, operation),
        host_prefix: operation.endpoint.as_ref().map(|endpoint| endpoint.host_prefix.clone()),
        checksum: checksum(operation),
        compressed: operation.requestcompression.as_ref().is_some_and(|c| c.encodings.iter().any(|e| e == "gzip")),
        headers: operation.additions.headers.clone(),
        form: operation.additions.form,
        static_context: static_context(operation),
        paginator,
        deprecated: Deprecated::plan(operation.deprecated, &operation.deprecated_message, &operation.deprecated_since),
        gate: Gate::default(),
        docs: Docs::default(),
        example: Example::default(),
        request,
    }
}

fn request(context: &Context<'_>, name: &OperationName, operation: &model::Operation) -> Structure {
    match &operation.input {
        Some(input) => {
            let is_own = matches!(context.placements.get(input.shape.as_str()), Some(Placement::Operation(_)));
            let names = context.names;
            let ident = if is_own { &names.types[input.shape.as_str()] } else { &names.requests[name] };
            context.structure(&input.shape, ident, Role::Request)
        }
        None => Structure::empty(context.names.requests[name].clone()),
    }
}

fn response(context: &Context<'_>, shape: &str) -> Response {
    let ident = &context.names.types[shape];
    match context.placements.get(shape) {
        Some(Placement::Operation(_)) => Response::Own(context.structure(shape, ident, Role::Response)),
        _ => Response::Shared { shape: ShapeName::new(shape), ident: ident.clone() },
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

/// The authentication scheme: the first scheme of the operation that is spoken, else as `authtype` says, else by the
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

/// The constants for the endpoint rule set: resolving refuses any that is no string and no boolean.
fn static_context(operation: &model::Operation) -> Vec<(String, ContextValue)> {
    let constants = operation.static_context_params.iter().filter_map(|(name, param)| {
        let value = match &param.value {
            Json::String(text) => ContextValue::Text(text.clone()),
            Json::Bool(on) => ContextValue::Boolean(*on),
            _ => return None,
        };
        Some((name.clone(), value))
    });
    constants.collect()
}

fn checksum(operation: &model::Operation) -> Option<Checksum> {
    if operation.additions.tree_hash {
        return Some(Checksum::TreeHash);
    }
    let modelled = operation.http_checksum.as_ref();
    match modelled.and_then(|checksum| checksum.request_algorithm_member.as_ref()) {
        Some(member) => Some(Checksum::Chosen(member.into())),
        None => {
            let required = operation.http_checksum_required || modelled.is_some_and(|c| c.request_checksum_required);
            required.then_some(Checksum::Required)
        }
    }
}
