//! The compiler of rule sets: the statements that a mirror compiles to, or everything in it that is ill-typed.
//!
//! A rule's conditions nest: each plain one is an `if`, each assignment a `let` or, where the value may be missing, an
//! `if let`. Neighbouring plain conditions share one `if`. What is known before run time is decided here: a condition
//! that always holds leaves no trace, and a rule that is never reached is left out once it is known to be well-typed.

use std::collections::BTreeMap;

use super::ir::{Absent, AuthScheme, Endpoint, Expr, Parameter, Plan, Source, Step, Type, ends};
use super::model::{self, Body, Condition, EndpointObject, ExpressionKind, Kind, Rule, RuleSet};
use super::scope::{Names, Scope, Typed};
use crate::diagnostic::Diagnostics;
use crate::names;

/// The built-ins that a client passes by name, in `Params::others`.
const OTHER_BUILT_INS: &[&str] = &[
    "AWS::Auth::AccountId",
    "AWS::Auth::AccountIdEndpointMode",
    "AWS::S3::Accelerate",
    "AWS::S3::DisableMultiRegionAccessPoints",
    "AWS::S3::ForcePathStyle",
    "AWS::S3::UseArnRegion",
    "AWS::S3::UseGlobalEndpoint",
    "AWS::S3Control::UseArnRegion",
    "AWS::STS::UseGlobalEndpoint",
];

/// The number of conditions that may surround another, the deepest of upstream's having 24. What is emitted nests as deep, and
/// printing and compiling it take stack for every level.
const DEEPEST: usize = 64;

/// Compiles a rule set.
pub(super) fn plan(file: &str, rule_set: &RuleSet) -> Result<Plan, Diagnostics> {
    let mut planner = Planner { file, problems: Diagnostics::default(), names: Names::new(rule_set), depth: 0 };
    let mut scope = Scope::default();
    let mut parameters = planner.parameters(&rule_set.parameters, &mut scope);
    let steps = planner.rules(&scope, &rule_set.rules);
    for parameter in &mut parameters {
        parameter.used = steps.iter().any(|step| step.reads(&parameter.variable));
    }
    let open = rule_set.parameters.iter().filter(|(_, parameter)| parameter.built_in.is_none());
    let open_parameters = open.map(|(name, parameter)| (name.clone(), parameter.kind)).collect();
    planner.problems.into_result(Plan { parameters, steps, open_parameters })
}

/// Compiles one rule set.
pub(super) struct Planner<'f> {
    file: &'f str,
    problems: Diagnostics,
    names: Names,
    /// The number of conditions that surround what is being compiled.
    depth: usize,
}

impl Planner<'_> {
    /// Notes that something is wrong.
    pub fn problem(&mut self, path: &str, message: impl Into<String>) {
        self.problems.push(self.file, path, message);
    }

    fn parameters(&mut self, all: &BTreeMap<String, model::Parameter>, scope: &mut Scope) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for (name, parameter) in all {
            if let Some(problem) = names::validate(name) {
                self.problem(&parameter.path, problem);
                continue;
            }
            let source = self.source(name, parameter);
            let flag = matches!(source, Source::UseFips | Source::UseDualStack);
            let absent = match &parameter.default {
                Some(model::Default::Boolean(false)) if flag => Absent::None,
                Some(_) if flag => {
                    self.problem(&parameter.path, "a default other than `false` is not supported for this built-in");
                    Absent::None
                }
                Some(default) => Absent::Default(default.clone()),
                None if parameter.required && !flag => Absent::Error(name.clone()),
                None => Absent::None,
            };
            let kind = match parameter.kind {
                Kind::String => Type::String,
                Kind::Boolean => Type::Boolean,
                Kind::Strings => Type::Strings,
            };
            let variable = self.names.variable(name);
            let optional = absent == Absent::None && !flag;
            let value = Typed { optional, ..Typed::new(Expr::Variable(variable.clone()), kind) };
            scope.bind(name, value);
            parameters.push(Parameter { variable, source, absent, used: false });
        }
        parameters
    }

    /// Where in `Params` a parameter comes from.
    fn source(&mut self, name: &str, parameter: &model::Parameter) -> Source {
        let Some(built_in) = &parameter.built_in else {
            return Source::Other(name.to_owned(), parameter.kind);
        };
        let (source, kind) = match built_in.as_str() {
            "AWS::Region" => (Source::Region, Kind::String),
            "AWS::UseFIPS" => (Source::UseFips, Kind::Boolean),
            "AWS::UseDualStack" => (Source::UseDualStack, Kind::Boolean),
            "SDK::Endpoint" => (Source::Endpoint, Kind::String),
            other => {
                if !OTHER_BUILT_INS.contains(&other) {
                    self.problem(&parameter.path, format!("the built-in {other:?} is not supported"));
                }
                (Source::Other(other.to_owned(), parameter.kind), parameter.kind)
            }
        };
        if parameter.kind != kind {
            self.problem(&parameter.path, format!("the built-in {built_in:?} is of another type"));
        }
        source
    }

    fn rules(&mut self, scope: &Scope, rules: &[Rule]) -> Vec<Step> {
        let mut steps = Vec::new();
        for rule in rules {
            let of_rule = self.conditions(scope.clone(), &rule.conditions, &rule.body);
            if !ends(&steps) {
                steps.extend(of_rule);
            }
        }
        steps
    }

    /// The result of a rule, from some condition on.
    fn conditions(&mut self, scope: Scope, conditions: &[Condition], body: &Body) -> Vec<Step> {
        match conditions.split_first() {
            None => self.body(&scope, body),
            Some((condition, _)) if self.depth == DEEPEST => {
                self.problem(&condition.path, format!("more than {DEEPEST} conditions surround this"));
                Vec::new()
            }
            Some((condition, rest)) => {
                self.depth += 1;
                let steps = match &condition.assign {
                    Some(name) => self.assignment(scope, condition, name, rest, body),
                    None => self.plain(scope, condition, rest, body),
                };
                self.depth -= 1;
                steps
            }
        }
    }

    /// A condition that assigns nothing: it holds where its value is there and not `false`.
    fn plain(&mut self, mut scope: Scope, condition: &Condition, rest: &[Condition], body: &Body) -> Vec<Step> {
        // `isSet` of a name makes it one that has a value, for the rest of the rule.
        if let ("isSet", [argument]) = (condition.call.function.as_str(), condition.call.arguments.as_slice()) {
            if let ExpressionKind::Reference(name) = &argument.kind {
                if let Some(value) = scope.get(name).filter(|value| value.optional).cloned() {
                    let variable = self.names.variable(name);
                    scope.bind(name, value.bound_to(&variable));
                    let then = self.conditions(scope, rest, body);
                    return present(variable, value.expr, then);
                }
            }
        }
        let value = self.call(&scope, &condition.path, &condition.call);
        let then = self.conditions(scope, rest, body);
        match value {
            Some(value) if value.optional => only_if(Expr::IsSome(Box::new(value.expr)), then),
            Some(value) if value.kind == Type::Boolean => only_if(value.expr, then),
            // The value is always there. Where it is wrong, that was noted.
            _ => then,
        }
    }

    fn assignment(
        &mut self,
        mut scope: Scope,
        condition: &Condition,
        name: &str,
        rest: &[Condition],
        body: &Body,
    ) -> Vec<Step> {
        let value = self.call(&scope, &condition.path, &condition.call);
        if let Some(problem) = names::validate(name) {
            self.problem(&condition.path, problem);
        }
        if scope.get(name).is_some() {
            self.problem(&condition.path, format!("{name:?} is assigned, but it has a value already"));
        }
        // What else is wrong with the rule would be said once more for every use of the name.
        let Some(value) = value else { return Vec::new() };
        if let Expr::String(_) | Expr::Boolean(_) = value.expr {
            let holds = value.expr != Expr::Boolean(false);
            scope.bind(name, value);
            let then = self.conditions(scope, rest, body);
            return if holds { then } else { Vec::new() };
        }
        let variable = self.names.variable(name);
        scope.bind(name, value.bound_to(&variable));
        let then = self.conditions(scope, rest, body);
        if value.optional {
            return present(variable, value.expr, then);
        }
        if value.fleeting {
            self.problem(&condition.path, "a part of a computed string is not supported here; assign the string first");
        }
        let is_true = Expr::Variable(variable.clone());
        let then = if value.kind == Type::Boolean { only_if(is_true, then) } else { then };
        if !then.iter().any(|step| step.reads(&variable)) {
            return then;
        }
        let mut steps = vec![Step::Let(variable, value.expr)];
        steps.extend(then);
        steps
    }

    fn body(&mut self, scope: &Scope, body: &Body) -> Vec<Step> {
        match body {
            Body::Tree(rules) => self.rules(scope, rules),
            Body::Endpoint(endpoint) => self.endpoint(scope, endpoint).map(Step::Endpoint).into_iter().collect(),
            Body::Error(message) => {
                let value = self.value(scope, message);
                let value = value.and_then(|value| self.of_type(&message.path, value, Type::String));
                value.map(|value| Step::Error(value.expr)).into_iter().collect()
            }
        }
    }

    fn endpoint(&mut self, scope: &Scope, endpoint: &EndpointObject) -> Option<Endpoint> {
        let url = self.string(scope, &endpoint.url).map(|value| value.expr);
        if url.as_ref().and_then(literal_start).is_some_and(|start| !is_http(start)) {
            self.problem(&endpoint.url.path, "a URL has to start with `https://`, `http://` or a value");
        }
        let mut headers = Vec::new();
        for (name, values) in &endpoint.headers {
            for value in values {
                let value = self.string(scope, value)?;
                headers.push((name.clone(), value.expr));
            }
        }
        let mut auth_schemes = Vec::new();
        for scheme in &endpoint.auth_schemes {
            let signing_region = match &scheme.signing_region {
                None => None,
                Some(region) => Some(self.string(scope, region).map(outliving)?),
            };
            auth_schemes.push(AuthScheme {
                scheme: scheme.scheme,
                signing_name: scheme.signing_name.clone(),
                signing_region,
                signing_region_set: scheme.signing_region_set.clone(),
                disable_double_encoding: scheme.disable_double_encoding,
            });
        }
        Some(Endpoint { url: url?, headers, auth_schemes })
    }

    fn string(&mut self, scope: &Scope, expression: &model::Expression) -> Option<Typed> {
        let value = self.value(scope, expression)?;
        self.of_type(&expression.path, value, Type::String)
    }
}

fn is_http(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The literal that a string starts with.
fn literal_start(text: &Expr) -> Option<&str> {
    match text {
        Expr::String(text) => Some(text),
        Expr::Concat(parts) => parts.first().and_then(literal_start),
        _ => None,
    }
}

/// A string that may outlive the call: a literal, a fact of a partition, or a copy.
fn outliving(value: Typed) -> Expr {
    let partitions = ["dns_suffix", "dual_stack_dns_suffix", "implicit_global_region"];
    let is_static = match &value.expr {
        Expr::String(_) => true,
        Expr::Attribute(_, super::ir::Attribute::Field(field)) => partitions.contains(field),
        _ => value.owned,
    };
    if is_static { value.expr } else { Expr::ToOwned(Box::new(value.expr)) }
}

/// `if let Some(variable) = value { then }`, or less where less says the same.
fn present(variable: super::ir::Variable, value: Expr, then: Vec<Step>) -> Vec<Step> {
    if then.is_empty() {
        return then;
    }
    if then.iter().any(|step| step.reads(&variable)) {
        vec![Step::IfLet(variable, value, then)]
    } else {
        only_if(Expr::IsSome(Box::new(value)), then)
    }
}

/// `if condition { then }`, or less where less says the same.
fn only_if(condition: Expr, mut then: Vec<Step>) -> Vec<Step> {
    match condition {
        Expr::Boolean(false) => Vec::new(),
        Expr::Boolean(true) => then,
        _ if then.is_empty() => then,
        condition => match then.as_mut_slice() {
            [Step::If(conditions, _)] if conditions.contains(&condition) => then,
            [Step::If(conditions, _)] if conditions.contains(&condition.clone().negate()) => Vec::new(),
            [Step::If(conditions, _)] => {
                conditions.insert(0, condition);
                then
            }
            _ => vec![Step::If(vec![condition], then)],
        },
    }
}
