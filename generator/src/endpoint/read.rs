//! The reader of rule sets: the mirror of the JSON, or everything in it that is malformed or not supported.

use std::collections::BTreeMap;

use super::model::{
    AuthScheme, Body, Call, Condition, Default, EndpointObject, Expression, ExpressionKind, Kind, Parameter, Rule,
    RuleSet, Scheme,
};
use crate::diagnostic::Diagnostics;
use crate::json::{Fields, Json, Node, Reader};

/// The versions of the language. What each added is checked where it is used.
const VERSIONS: &[(&str, ())] = &[("1.0", ()), ("1.1", ()), ("1.2", ()), ("1.3", ())];

/// The most headers, and the most auth schemes, of one endpoint; nothing real comes near.
const MOST: usize = 20;

/// Reads a rule set.
pub(super) fn rule_set(file: &str, json: &Json) -> Result<RuleSet, Diagnostics> {
    let mut reader = Reader::new(file);
    let read = reader.fields(&Node::root(json), |fields| {
        fields.required("version", |reader, node| reader.one_of(node, VERSIONS));
        fields.unused("serviceId", Reader::text, "the service model has it");
        let parameters: BTreeMap<_, _> = fields.required("parameters", |reader, node| reader.map(node, parameter));
        let parameters = parameters.into_iter().filter_map(|(name, parameter)| Some((name, parameter?)));
        RuleSet { parameters: parameters.collect(), rules: fields.required("rules", rules) }
    });
    reader.finish(read)
}

fn parameter(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Parameter> {
    reader.fields(node, |fields| {
        let kind = fields.required("type", kind);
        fields.unused("documentation", Reader::text, "it is prose");
        fields.unused("deprecated", |_, _| (), "nobody sets a parameter by hand");
        Some(Parameter {
            path: node.path.to_string(),
            built_in: fields.optional_text("builtIn"),
            required: fields.flag("required"),
            default: fields
                .optional("default", |reader, node| match kind {
                    Some(Kind::String) => Some(Default::String(reader.text(node))),
                    Some(Kind::Boolean) => Some(Default::Boolean(reader.boolean(node))),
                    Some(Kind::Strings) => Some(Default::Strings(reader.texts(node))),
                    None => None,
                })
                .flatten(),
            kind: kind?,
        })
    })
}

fn kind(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Kind> {
    let kinds = [
        ("string", Some(Kind::String)),
        ("boolean", Some(Kind::Boolean)),
        ("stringArray", Some(Kind::Strings)),
        // Upstream writes some with a capital letter.
        ("String", Some(Kind::String)),
        ("Boolean", Some(Kind::Boolean)),
        ("StringArray", Some(Kind::Strings)),
    ];
    reader.one_of(node, &kinds)
}

fn rules(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Rule> {
    if matches!(node.value, Json::Array(elements) if elements.is_empty()) {
        reader.problem(node.path, "there has to be a rule");
    }
    reader.list(node, rule).into_iter().flatten().collect()
}

fn rule(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Rule> {
    reader.fields(node, |fields| {
        fields.unused("documentation", Reader::text, "it is prose");
        // The type says which other keys there may be.
        let kinds = [("endpoint", Some("endpoint")), ("error", Some("error")), ("tree", Some("rules"))];
        let key = fields.required("type", |reader, node| reader.one_of(node, &kinds));
        let conditions = fields.required("conditions", |reader, node| reader.list(node, condition));
        let body = match key {
            Some("endpoint") => Body::Endpoint(Box::new(fields.required("endpoint", endpoint)?)),
            Some("error") => Body::Error(fields.required("error", expression)?),
            Some(_) => Body::Tree(fields.required("rules", rules)),
            None => {
                // What is known of rules of other types would only be more to read.
                for key in ["endpoint", "error", "rules"] {
                    fields.get(key);
                }
                return None;
            }
        };
        Some(Rule { conditions: conditions.into_iter().flatten().collect(), body })
    })
}

fn condition(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Condition> {
    reader.fields(node, |fields| {
        fields.unused("documentation", Reader::text, "it is prose");
        let assign = fields.optional_text("assign");
        Some(Condition { path: node.path.to_string(), call: call(fields)?, assign })
    })
}

fn call(fields: &mut Fields<'_, '_>) -> Option<Call> {
    let function = fields.text("fn");
    let arguments = fields.required("argv", |reader, node| reader.list(node, expression));
    // A call that lacks an argument would only be reported once more, as one with too few.
    Some(Call { function, arguments: arguments.into_iter().collect::<Option<_>>()? })
}

fn expression(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Expression> {
    let kind = match node.value {
        Json::String(text) => ExpressionKind::String(text.clone()),
        Json::Bool(value) => ExpressionKind::Boolean(*value),
        Json::Number(number) if number.is_u64() => ExpressionKind::Integer(number.as_u64()?),
        Json::Object(_) if node.value.get("ref").is_some() => {
            ExpressionKind::Reference(reader.fields(node, |fields| fields.text("ref")))
        }
        Json::Object(_) => ExpressionKind::Call(reader.fields(node, call)?),
        other => {
            let expected = "a string, a boolean, a whole number, a reference or a function";
            reader.problem(node.path, format!("expected {expected}, found {}", other.kind()));
            return None;
        }
    };
    Some(Expression { path: node.path.to_string(), kind })
}

fn endpoint(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<EndpointObject> {
    reader.fields(node, |fields| {
        let url = fields.required("url", expression);
        let headers = fields.optional("headers", headers).unwrap_or_default();
        let auth_schemes = fields.optional("properties", properties).unwrap_or_default();
        Some(EndpointObject { url: url?, headers, auth_schemes })
    })
}

fn headers(reader: &mut Reader<'_>, node: &Node<'_>) -> BTreeMap<String, Vec<Expression>> {
    let headers = reader.map(node, |reader, node| {
        check_length(reader, node);
        reader.list(node, expression).into_iter().flatten().collect()
    });
    if headers.len() > MOST {
        reader.problem(node.path, format!("more than {MOST} are not supported"));
    }
    for (_, entry) in node.entries().filter(|(name, _)| !is_header_name(name)) {
        reader.problem(entry.path, "expected the name of a header: lower-case letters, digits, hyphens");
    }
    headers
}

fn properties(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<AuthScheme> {
    reader.fields(node, |fields| {
        fields.unused(
            "metricValues",
            |_, _| (),
            "they go into the user agent of AWS's own clients, for AWS's statistics",
        );
        fields.optional("authSchemes", auth_schemes).unwrap_or_default()
    })
}

fn auth_schemes(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<AuthScheme> {
    check_length(reader, node);
    let schemes: Vec<AuthScheme> = reader.list(node, auth_scheme).into_iter().flatten().collect();
    let twice = |scheme: Scheme| schemes.iter().filter(|other| other.scheme == scheme).count() > 1;
    if twice(Scheme::SigV4) || twice(Scheme::SigV4A) {
        reader.problem(node.path, "an auth scheme appears here twice");
    }
    schemes
}

fn auth_scheme(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<AuthScheme> {
    reader.fields(node, |fields| {
        let schemes = [("sigv4", Some(Scheme::SigV4)), ("sigv4a", Some(Scheme::SigV4A))];
        let scheme = fields.required("name", |reader, node| reader.one_of(node, &schemes));
        Some(AuthScheme {
            signing_name: fields.optional("signingName", literal),
            signing_region: fields.optional("signingRegion", expression).flatten(),
            signing_region_set: fields.list("signingRegionSet", literal),
            disable_double_encoding: fields.flag("disableDoubleEncoding"),
            scheme: scheme?,
        })
    })
}

/// Refuses a list that is long.
fn check_length(reader: &mut Reader<'_>, node: &Node<'_>) {
    if matches!(node.value, Json::Array(elements) if elements.len() > MOST) {
        reader.problem(node.path, format!("more than {MOST} are not supported"));
    }
}

/// A string that must not be a template, for what no service computes.
fn literal(reader: &mut Reader<'_>, node: &Node<'_>) -> String {
    let text = reader.text(node);
    if text.contains(['{', '}']) {
        reader.problem(node.path, "a template is not supported here");
    }
    text
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
