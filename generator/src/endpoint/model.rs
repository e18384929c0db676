//! The mirror of `endpoint-rule-set-1.json`: what is in it, each thing with its JSON path, and nothing about Rust.

use std::collections::BTreeMap;

/// A rule set.
#[derive(Debug, Default)]
pub(super) struct RuleSet {
    pub parameters: BTreeMap<String, Parameter>,
    pub rules: Vec<Rule>,
}

/// A parameter.
#[derive(Debug)]
pub(super) struct Parameter {
    pub path: String,
    pub kind: Kind,
    pub built_in: Option<String>,
    pub required: bool,
    pub default: Option<Default>,
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `string`
    String,
    /// `boolean`
    Boolean,
    /// `stringArray`
    Strings,
}

impl Kind {
    /// The type, as messages call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Strings => "a list of strings",
        }
    }
}

/// The default of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Default {
    String(String),
    Boolean(bool),
    Strings(Vec<String>),
}

/// A rule: what it holds under, and what follows.
#[derive(Debug)]
pub(super) struct Rule {
    pub conditions: Vec<Condition>,
    pub body: Body,
}

/// The result of a rule.
#[derive(Debug)]
pub(super) enum Body {
    /// `endpoint`
    Endpoint(Box<EndpointObject>),
    /// `error`
    Error(Expression),
    /// `tree`
    Tree(Vec<Rule>),
}

/// A condition.
#[derive(Debug)]
pub(super) struct Condition {
    pub path: String,
    pub call: Call,
    pub assign: Option<String>,
}

/// A call of a function.
#[derive(Debug)]
pub(super) struct Call {
    pub function: String,
    pub arguments: Vec<Expression>,
}

/// A value.
#[derive(Debug)]
pub(super) struct Expression {
    pub path: String,
    pub kind: ExpressionKind,
}

/// The Rust form of a value.
#[derive(Debug)]
pub(super) enum ExpressionKind {
    Reference(String),
    Call(Call),
    /// A string, which is a template.
    String(String),
    Boolean(bool),
    Integer(u64),
}

/// An endpoint.
#[derive(Debug)]
pub(super) struct EndpointObject {
    pub url: Expression,
    pub headers: BTreeMap<String, Vec<Expression>>,
    pub auth_schemes: Vec<AuthScheme>,
}

/// An entry of the endpoint property `authSchemes`.
#[derive(Debug)]
pub(super) struct AuthScheme {
    pub scheme: Scheme,
    pub signing_name: Option<String>,
    pub signing_region: Option<Expression>,
    pub signing_region_set: Vec<String>,
    pub disable_double_encoding: bool,
}

/// The name of an auth scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    SigV4,
    SigV4A,
}
