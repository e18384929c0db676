//! Expressions of JMESPath, as syntax trees.

use serde_json::Value;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    /// `@`, and what an expression starts at.
    Current,
    /// `name`.
    Field(String),
    /// `left.right`, and `left | right`.
    Then(Box<Expression>, Box<Expression>),
    /// `[0]`, `[-1]`.
    Index(i64),
    /// `list[*].rest`, and `list[].rest` where `list` is a [`Flatten`](Self::Flatten).
    Project(Box<Expression>, Box<Expression>),
    /// `map.*.rest`.
    Values(Box<Expression>, Box<Expression>),
    /// `list[]`.
    Flatten(Box<Expression>),
    /// `list[?condition].rest`: the list, the condition, the rest.
    Filter(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `[a, b]`.
    Several(Vec<Expression>),
    /// `a == b` and the like.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `a && b`.
    And(Box<Expression>, Box<Expression>),
    /// `a || b`.
    Or(Box<Expression>, Box<Expression>),
    /// `!a`.
    Not(Box<Expression>),
    /// `'text'`, `` `1` ``.
    Literal(Value),
    /// `length(a)`.
    Call(String, Vec<Expression>),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
