//! Takes a model whose references hold; refuses traits of operations and of the service that mean something which is not
//! emitted, or that speak of members which are not there.

use crate::diagnostic::Diagnostics;
use crate::model::{Operation, ServiceModel, Shape, ShapeType};

/// Checks the whole service, and then every operation.
pub(super) fn check(file: &str, model: &ServiceModel, problems: &mut Diagnostics) {
    let metadata = &model.metadata;
    if let Some(version) = metadata.signature_version.as_deref().filter(|version| !["v4", "bearer"].contains(version)) {
        let message = format!("{version:?} is not supported: requests are signed as v4, or carry a bearer token");
        problems.push(file, "metadata.signatureVersion", message);
    }
    check_auth(file, "metadata", metadata.auth.as_deref(), problems);
    for (name, operation) in &model.operations {
        let at = format!("operations.{name}");
        check_auth(file, &at, operation.auth.as_deref(), problems);
        check_operation(file, &at, model, operation, problems);
    }
}

/// At least one of the schemes must be spoken.
fn check_auth(file: &str, at: &str, schemes: Option<&[String]>, problems: &mut Diagnostics) {
    let Some(schemes) = schemes else { return };
    if !schemes.iter().any(|scheme| is_spoken(scheme)) {
        problems.push(file, format!("{at}.auth"), format!("none of the schemes {schemes:?} is supported"));
    }
}

/// Whether requests can be signed by a scheme.
pub(crate) fn is_spoken(scheme: &str) -> bool {
    ["aws.auth#sigv4", "smithy.api#noAuth", "smithy.api#httpBearerAuth"].contains(&scheme)
}

fn check_operation(file: &str, at: &str, model: &ServiceModel, operation: &Operation, problems: &mut Diagnostics) {
    if let Some(kind) = operation.authtype.as_deref() {
        if !["v4", "v4-unsigned-body", "none", "bearer"].contains(&kind) {
            problems.push(file, format!("{at}.authtype"), format!("{kind:?} is not supported"));
        }
    }
    if let Some(compression) = &operation.requestcompression {
        if !compression.encodings.iter().any(|encoding| encoding == "gzip") {
            let message = format!("none of the encodings {:?} is supported", compression.encodings);
            problems.push(file, format!("{at}.requestcompression"), message);
        }
    }
    let input = operation.input.as_ref().map(|input| &model.shapes[&input.shape]);
    for (end, shape) in operation.ends() {
        let shape = &model.shapes[shape];
        if shape.union || shape.document {
            problems.push(file, format!("{at}.{end}"), "a union or a document is not supported here");
        }
    }
    check_checksum(file, at, operation, input, problems);
    check_host(file, at, operation, input, problems);
    if let Some(input) = input {
        check_tokens(file, at, model, input, problems);
    }
}

fn check_checksum(file: &str, at: &str, operation: &Operation, input: Option<&Shape>, problems: &mut Diagnostics) {
    let Some(checksum) = &operation.http_checksum else { return };
    let named = [
        ("requestAlgorithmMember", &checksum.request_algorithm_member),
        ("requestValidationModeMember", &checksum.request_validation_mode_member),
    ];
    for (key, member) in named.into_iter().filter_map(|(key, member)| Some((key, member.as_ref()?))) {
        if !input.is_some_and(|input| input.members.contains_key(member)) {
            problems.push(file, format!("{at}.httpChecksum.{key}"), format!("the input has no member {member:?}"));
        }
    }
}

/// The labels of a host prefix and the members marked as such must be the same.
fn check_host(file: &str, at: &str, operation: &Operation, input: Option<&Shape>, problems: &mut Diagnostics) {
    let prefix = operation.endpoint.as_ref().map_or("", |endpoint| endpoint.host_prefix.as_str());
    let labels: Vec<&str> = prefix.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    let at = format!("{at}.endpoint.hostPrefix");
    if prefix.matches(['{', '}']).count() != 2 * labels.len() {
        return problems.push(file, at, "a brace without its other");
    }
    let members = input.into_iter().flat_map(|input| &input.members).filter(|(_, member)| member.host_label);
    let members: Vec<&str> = members.map(|(name, _)| name.as_str()).collect();
    for label in labels.iter().filter(|label| !members.contains(label)) {
        problems.push(file, &at, format!("no member is a host label {label:?}"));
    }
    for member in members.iter().filter(|member| !labels.contains(member)) {
        problems.push(file, &at, format!("the host label {member:?} of the input is not in it"));
    }
}

/// A token is made up where it is left out: there can be one, and it is a text.
fn check_tokens(file: &str, at: &str, model: &ServiceModel, input: &Shape, problems: &mut Diagnostics) {
    let mut tokens = input.members.iter().filter(|(_, member)| member.idempotency_token);
    let first = tokens.next();
    for (name, _) in tokens {
        problems.push(file, format!("{at}.input"), format!("a second idempotency token, {name:?}, is not supported"));
    }
    let Some((name, member)) = first else { return };
    let target = &model.shapes[&member.shape];
    if target.kind != ShapeType::String || target.is_enumeration() || member.jsonvalue || target.jsonvalue {
        problems.push(file, format!("{at}.input"), format!("the idempotency token {name:?} is no string"));
    }
}
