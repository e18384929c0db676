//! The compiled rule set, as emit prints it: every name, type and order is decided.

use std::collections::BTreeMap;

use super::model::{Default, Kind, Scheme};

/// A compiled rule set.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// The values that are read from `Params` before the rules, in order.
    pub parameters: Vec<Parameter>,
    /// The rules.
    pub steps: Vec<Step>,
    /// The parameters that operations and members may be bound to.
    pub open_parameters: BTreeMap<String, Kind>,
}

/// A parameter and where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub variable: Variable,
    pub source: Source,
    /// Its value where the caller has none.
    pub absent: Absent,
    /// Whether any rule reads it.
    pub used: bool,
}

/// Where in `Params` a parameter comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    Region,
    UseFips,
    UseDualStack,
    Endpoint,
    /// `Params::others`, under this name.
    Other(String, Kind),
}

/// The consequence of a parameter without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Absent {
    /// `None`, or it cannot lack a value.
    None,
    /// An error, which names the parameter.
    Error(String),
    Default(Default),
}

/// One statement.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// `let variable = value;`
    Let(Variable, Expr),
    /// `if conditions && … { then }`
    If(Vec<Expr>, Vec<Step>),
    /// `if let Some(variable) = value { then }`
    IfLet(Variable, Expr, Vec<Step>),
    /// `return Ok(…)`
    Endpoint(Endpoint),
    /// `return Err(…)`
    Error(Expr),
}

/// An endpoint to answer.
#[derive(Debug, Clone)]
pub(super) struct Endpoint {
    pub url: Expr,
    pub headers: Vec<(String, Expr)>,
    pub auth_schemes: Vec<AuthScheme>,
}

/// A way to sign requests to it.
#[derive(Debug, Clone)]
pub(super) struct AuthScheme {
    pub scheme: Scheme,
    pub signing_name: Option<String>,
    /// The region, which is `'static` or owned.
    pub signing_region: Option<Expr>,
    pub signing_region_set: Vec<String>,
    pub disable_double_encoding: bool,
}

/// A binding of a name. The same name bound anew, once it is known to have a value, is another variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    pub id: usize,
    /// The Rust name.
    pub name: String,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    String,
    Boolean,
    /// A list of strings.
    Strings,
    Partition,
    Arn,
    Url,
}

impl Type {
    /// The type, as messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Strings => "a list of strings",
            Self::Partition => "a partition",
            Self::Arn => "an ARN",
            Self::Url => "a URL",
        }
    }
}

/// A value in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expr {
    Variable(Variable),
    String(String),
    Boolean(bool),
    Integer(u64),
    /// `[a, b].concat()`
    Concat(Vec<Expr>),
    /// `a == b`
    Equal(Box<Expr>, Box<Expr>),
    /// `a != b`
    NotEqual(Box<Expr>, Box<Expr>),
    /// `!a`
    Not(Box<Expr>),
    /// `a.is_some()`
    IsSome(Box<Expr>),
    /// `a.is_none()`
    IsNone(Box<Expr>),
    /// `endpoint::function(…)`
    Call(&'static str, Vec<Expr>),
    /// `PARTITIONS.of(a)`
    Partition(Box<Expr>),
    /// `a.field`, `a.method(…)`
    Attribute(Box<Expr>, Attribute),
    /// `a.map(|it| it.…)`, or `and_then`
    MapAttribute(Box<Expr>, Attribute),
    /// `a.or(b).unwrap_or(c)`: the last is used as it is where `total` holds.
    Coalesce {
        optional: Vec<Expr>,
        last: Option<Box<Expr>>,
    },
    /// `a.as_str()`
    AsStr(Box<Expr>),
    /// `a.to_owned()`
    ToOwned(Box<Expr>),
    /// `a.map(str::to_owned)`
    MapToOwned(Box<Expr>),
}

/// The access to a part of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    Field(&'static str),
    /// A method without arguments.
    Method(&'static str),
    /// `resource_id(n)`, which answers an option.
    ResourceId(usize),
    /// `get(n).copied()`, which answers an option.
    Element(usize),
}

impl Attribute {
    /// Whether the part may not be there.
    pub fn is_optional(self) -> bool {
        matches!(self, Self::ResourceId(_) | Self::Element(_))
    }
}

impl Expr {
    /// The negation of a boolean.
    pub fn negate(self) -> Self {
        match self {
            Self::Boolean(value) => Self::Boolean(!value),
            Self::Equal(a, b) => Self::NotEqual(a, b),
            Self::NotEqual(a, b) => Self::Equal(a, b),
            Self::Not(a) => *a,
            Self::IsSome(a) => Self::IsNone(a),
            Self::IsNone(a) => Self::IsSome(a),
            other => Self::Not(Box::new(other)),
        }
    }

    /// Whether two values are equal: decided here, where it can be.
    pub fn equal(a: Self, b: Self) -> Self {
        match (a, b) {
            (Self::Boolean(true), other) | (other, Self::Boolean(true)) => other,
            (Self::Boolean(false), other) | (other, Self::Boolean(false)) => other.negate(),
            (Self::String(a), Self::String(b)) => Self::Boolean(a == b),
            (a, b) if a == b => Self::Boolean(true),
            (a @ Self::String(_), b) => Self::Equal(Box::new(b), Box::new(a)),
            (a, b) => Self::Equal(Box::new(a), Box::new(b)),
        }
    }

    /// The string that a `&str` is borrowed from, for a method that both have.
    pub fn whole(&self) -> &Self {
        if let Self::AsStr(whole) = self { whole } else { self }
    }

    /// Whether a test holds of the value, or of one that it is made of.
    pub fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        let parts = match self {
            Self::Variable(_) | Self::String(_) | Self::Boolean(_) | Self::Integer(_) => false,
            Self::Concat(parts) | Self::Call(_, parts) => parts.iter().any(|part| part.any(test)),
            Self::Equal(a, b) | Self::NotEqual(a, b) => a.any(test) || b.any(test),
            Self::Coalesce { optional, last } => optional.iter().chain(last.as_deref()).any(|value| value.any(test)),
            Self::Not(a)
            | Self::IsSome(a)
            | Self::IsNone(a)
            | Self::Partition(a)
            | Self::Attribute(a, _)
            | Self::MapAttribute(a, _)
            | Self::AsStr(a)
            | Self::ToOwned(a)
            | Self::MapToOwned(a) => a.any(test),
        };
        parts || test(self)
    }
}

impl Step {
    /// Whether a variable is read.
    pub fn reads(&self, variable: &Variable) -> bool {
        self.any(&|value| matches!(value, Expr::Variable(other) if other.id == variable.id))
    }

    /// Whether a test holds of a value in the statement, or in those that it holds.
    pub fn any(&self, test: &dyn Fn(&Expr) -> bool) -> bool {
        let within = |steps: &[Self]| steps.iter().any(|step| step.any(test));
        match self {
            Self::Let(_, value) | Self::Error(value) => value.any(test),
            Self::If(conditions, then) => conditions.iter().any(|condition| condition.any(test)) || within(then),
            Self::IfLet(_, value, then) => value.any(test) || within(then),
            Self::Endpoint(endpoint) => {
                let headers = endpoint.headers.iter().map(|(_, value)| value);
                let regions = endpoint.auth_schemes.iter().filter_map(|scheme| scheme.signing_region.as_ref());
                headers.chain(regions).chain([&endpoint.url]).any(|value| value.any(test))
            }
        }
    }
}

/// Whether what follows these statements is never reached.
pub(super) fn ends(steps: &[Step]) -> bool {
    matches!(steps.last(), Some(Step::Endpoint(_) | Step::Error(_)))
}
