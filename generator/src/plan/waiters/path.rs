//! Paths: JMESPath expressions over an output, in which each step is one of Rust.

use serde_json::Value;

use crate::names::Ident;

/// What a response has to be.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    /// The value is the expected one.
    Is(Path, Value),
    /// All values of a list are the expected one.
    All(Path, Value),
    /// A value of a list is the expected one.
    Any(Path, Value),
    Status(u16),
    /// An error with one of these codes; any where there are none.
    Error(Vec<String>),
    NoError,
}

/// An expression. What it results in is one place, many places or a value, as the comments say.
#[derive(Debug, Clone)]
pub(crate) enum Path {
    /// One place: where the path starts.
    Here,
    /// One place: the field of a structure.
    Field {
        of: Box<Path>,
        field: Ident,
        access: Access,
    },
    /// One place: the entry of a map.
    Entry {
        of: Box<Path>,
        key: String,
    },
    /// One place of many.
    Index {
        of: Box<Path>,
        index: i64,
    },
    /// Many places: the elements of a list; `sparse` where it may hold nulls, which are left out.
    Elements {
        of: Box<Path>,
        sparse: bool,
    },
    /// Many places: the values of a map.
    MapValues {
        of: Box<Path>,
    },
    /// Many places: those that each of many leads to.
    Project {
        of: Box<Path>,
        to: Box<Path>,
    },
    /// Many places: the elements of many lists.
    Flatten {
        of: Box<Path>,
    },
    /// Many places: those of many of which a value is true.
    Filter {
        of: Box<Path>,
        is: Box<Path>,
    },
    /// A value: that of one place.
    Scalar {
        of: Box<Path>,
        scalar: Scalar,
    },
    /// A value: the number of entries of a map.
    Entries {
        of: Box<Path>,
    },
    /// A value: a list of the values of many places.
    List {
        of: Box<Path>,
        value: Box<Path>,
    },
    /// A value: a list of values.
    Several(Vec<Path>),
    /// A value: a constant.
    Literal(Value),
    /// A value: the element of a list.
    IndexOf {
        of: Box<Path>,
        index: i64,
    },
    /// A value: one of the runtime's functions of a value, and what else that takes.
    Function {
        of: Box<Path>,
        function: &'static str,
        argument: Option<Box<Path>>,
    },
    /// A value: whether two are the same, or where `not` are not.
    Same {
        one: Box<Path>,
        other: Box<Path>,
        not: bool,
    },
    /// A value: the comparison of two numbers.
    Order {
        one: Box<Path>,
        other: Box<Path>,
        order: Order,
    },
    And(Box<Path>, Box<Path>),
    Or(Box<Path>, Box<Path>),
}

/// How a field holds its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Required,
    Optional,
    Boxed,
}

/// The functions of the runtime that make a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scalar {
    Text,
    Enumeration,
    Boolean,
    Integer,
    Float,
    Object,
}

/// The methods of the standard library's `Ordering`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
