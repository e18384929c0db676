//! Takes the JSON of a rule set; gives its mirror, or everything in it that is malformed or not supported.

use serde_json::Value;

use super::model::{
    AuthScheme, Body, Call, Condition, Default, EndpointObject, Expression, ExpressionKind, Kind, Parameter, Rule,
    RuleSet, Scheme,
};
use super::node::{Node, Reader};
use crate::diagnostic::Diagnostics;

/// The versions of the language. What each added is checked where it is used.
const VERSIONS: &[&str] = &["1.0", "1.1", "1.2", "1.3"];

/// The most headers, and the most auth schemes, of one endpoint; nothing real comes near.
const MOST: usize = 20;

/// Reads a rule set.
pub(super) fn rule_set(file: &str, json: &Value) -> Result<RuleSet, Diagnostics> {
    let mut reader = Reader::new(file);
    let read = reader.rule_set(&Node::root(json));
    reader.finish(read)
}

impl Reader<'_> {
    fn rule_set(&mut self, node: &Node<'_>) -> Option<RuleSet> {
        let object = self.object(node, &["version", "parameters", "rules"], &["serviceId"])?;
        let version = object.get("version")?;
        if let Some(text) = self.string(&version).filter(|text| !VERSIONS.contains(text)) {
            self.problem(&version.path, format!("version {text:?} of the rules engine is not supported"));
        }
        let parameters = object.get("parameters")?;
        let parameters = self.map(&parameters)?.iter().filter_map(|(name, value)| {
            self.parameter(&parameters.entry(name, value)).map(|parameter| (name.clone(), parameter))
        });
        let parameters = parameters.collect();
        Some(RuleSet { parameters, rules: self.rules(&object.get("rules")?) })
    }

    fn parameter(&mut self, node: &Node<'_>) -> Option<Parameter> {
        let object =
            self.object(node, &["type"], &["builtIn", "required", "default", "documentation", "deprecated"])?;
        let kind = object.get("type")?;
        let name = self.string(&kind)?;
        // Upstream writes `String` in places.
        let kind = match name.to_ascii_lowercase().as_str() {
            "string" => Kind::String,
            "boolean" => Kind::Boolean,
            "stringarray" => Kind::Strings,
            _ => {
                self.problem(&kind.path, format!("parameters of the type {name:?} are not supported"));
                return None;
            }
        };
        let built_in = object.get("builtIn").and_then(|node| self.string(&node).map(str::to_owned));
        let required = object.get("required").and_then(|node| self.boolean(&node)).unwrap_or(false);
        let default = object.get("default").and_then(|node| match kind {
            Kind::String => self.string(&node).map(|text| Default::String(text.to_owned())),
            Kind::Boolean => self.boolean(&node).map(Default::Boolean),
            Kind::Strings => Some(Default::Strings(self.strings(&node))),
        });
        Some(Parameter { path: node.path.clone(), kind, built_in, required, default })
    }

    fn rules(&mut self, node: &Node<'_>) -> Vec<Rule> {
        let rules = self.array(node);
        if rules.is_empty() && node.value.is_array() {
            self.problem(&node.path, "there has to be a rule");
        }
        rules.iter().filter_map(|rule| self.rule(rule)).collect()
    }

    fn rule(&mut self, node: &Node<'_>) -> Option<Rule> {
        // The type says which other keys there may be, so it is read before them.
        let kind = node.value.get("type").and_then(Value::as_str).unwrap_or("");
        let body = match kind {
            "endpoint" => "endpoint",
            "error" => "error",
            "tree" => "rules",
            _ => {
                self.problem(&node.path, format!("rules of the type {kind:?} are not supported"));
                return None;
            }
        };
        let object = self.object(node, &["type", "conditions", body], &["documentation"])?;
        let conditions = self.array(&object.get("conditions")?);
        let conditions = conditions.iter().filter_map(|condition| self.condition(condition)).collect();
        let node = object.get(body)?;
        let body = match kind {
            "endpoint" => Body::Endpoint(Box::new(self.endpoint(&node)?)),
            "error" => Body::Error(self.expression(&node)?),
            _ => Body::Tree(self.rules(&node)),
        };
        Some(Rule { conditions, body })
    }

    fn condition(&mut self, node: &Node<'_>) -> Option<Condition> {
        let call = self.call(node, &["assign", "documentation"])?;
        let assign = match node.value.get("assign") {
            Some(value) => Some(self.string(&node.entry("assign", value))?.to_owned()),
            None => None,
        };
        Some(Condition { path: node.path.clone(), call, assign })
    }

    fn call(&mut self, node: &Node<'_>, optional: &[&str]) -> Option<Call> {
        let object = self.object(node, &["fn", "argv"], optional)?;
        let function = self.string(&object.get("fn")?)?.to_owned();
        let elements = self.array(&object.get("argv")?);
        let arguments: Vec<_> = elements.iter().filter_map(|argument| self.expression(argument)).collect();
        // A call that lacks an argument would only be reported once more, as one with too few.
        (arguments.len() == elements.len()).then_some(Call { function, arguments })
    }

    fn expression(&mut self, node: &Node<'_>) -> Option<Expression> {
        let kind = match node.value {
            Value::String(text) => ExpressionKind::String(text.clone()),
            Value::Bool(value) => ExpressionKind::Boolean(*value),
            Value::Number(number) if number.is_u64() => ExpressionKind::Integer(number.as_u64()?),
            Value::Object(map) if map.contains_key("ref") => {
                let reference = self.object(node, &["ref"], &[])?.get("ref")?;
                ExpressionKind::Reference(self.string(&reference)?.to_owned())
            }
            Value::Object(_) => ExpressionKind::Call(self.call(node, &[])?),
            _ => {
                let what = "a string, a boolean, a whole number, a reference or a function is expected here";
                self.problem(&node.path, what);
                return None;
            }
        };
        Some(Expression { path: node.path.clone(), kind })
    }

    fn endpoint(&mut self, node: &Node<'_>) -> Option<EndpointObject> {
        let object = self.object(node, &["url"], &["properties", "headers"])?;
        let url = self.expression(&object.get("url")?);
        let mut headers = std::collections::BTreeMap::new();
        if let Some(node) = object.get("headers") {
            let map = self.map(&node)?;
            if map.len() > MOST {
                self.problem(&node.path, format!("more than {MOST} are not supported"));
            }
            for (name, value) in map {
                let node = node.entry(name, value);
                if !is_header_name(name) {
                    self.problem(
                        &node.path,
                        "the name of a header is expected here: lower-case letters, digits, hyphens",
                    );
                }
                let values = self.at_most(&node);
                let values = values.iter().filter_map(|value| self.expression(value)).collect();
                headers.insert(name.clone(), values);
            }
        }
        let mut auth_schemes = Vec::new();
        if let Some(node) = object.get("properties") {
            for (name, value) in self.map(&node)? {
                let node = node.entry(name, value);
                if name == "authSchemes" {
                    let schemes = self.at_most(&node);
                    auth_schemes = schemes.iter().filter_map(|scheme| self.auth_scheme(scheme)).collect();
                    let twice = |scheme: Scheme| auth_schemes.iter().filter(|other| other.scheme == scheme).count() > 1;
                    if twice(Scheme::SigV4) || twice(Scheme::SigV4A) {
                        self.problem(&node.path, "an auth scheme stands here twice");
                    }
                } else if name != "metricValues" {
                    // Metric values go into the user agent of AWS's own clients, for AWS's statistics; nothing else
                    // depends on them.
                    self.problem(&node.path, "this endpoint property is not supported");
                }
            }
        }
        Some(EndpointObject { url: url?, headers, auth_schemes })
    }

    fn auth_scheme(&mut self, node: &Node<'_>) -> Option<AuthScheme> {
        let optional = ["signingName", "signingRegion", "signingRegionSet", "disableDoubleEncoding"];
        let object = self.object(node, &["name"], &optional)?;
        let name = object.get("name")?;
        let scheme = match self.string(&name)? {
            "sigv4" => Scheme::SigV4,
            "sigv4a" => Scheme::SigV4A,
            other => {
                self.problem(&name.path, format!("the auth scheme {other:?} is not supported"));
                return None;
            }
        };
        let signing_name = object.get("signingName").and_then(|node| self.literal(&node));
        let signing_region = object.get("signingRegion").and_then(|node| self.expression(&node));
        let signing_region_set = object
            .get("signingRegionSet")
            .map_or_else(Vec::new, |node| self.array(&node).iter().filter_map(|region| self.literal(region)).collect());
        let disable_double_encoding =
            object.get("disableDoubleEncoding").and_then(|node| self.boolean(&node)).unwrap_or(false);
        Some(AuthScheme { scheme, signing_name, signing_region, signing_region_set, disable_double_encoding })
    }

    /// The elements of an array that is not long.
    fn at_most<'v>(&mut self, node: &Node<'v>) -> Vec<Node<'v>> {
        let elements = self.array(node);
        if elements.len() > MOST {
            self.problem(&node.path, format!("more than {MOST} are not supported"));
        }
        elements
    }

    /// A string that must not be a template, for what no service computes.
    fn literal(&mut self, node: &Node<'_>) -> Option<String> {
        let text = self.string(node)?;
        if text.contains(['{', '}']) {
            self.problem(&node.path, "a template is not supported here");
        }
        Some(text.to_owned())
    }
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
