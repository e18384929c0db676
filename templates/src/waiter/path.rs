//! Values that acceptors compare, and the steps that lead to them: the JMESPath expressions of waiters, which codegen compiles
//! to calls of these functions.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use crate::runtime::shape::traits::Enumeration;

/// The value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing: a member that is not there.
    Null,
    /// A boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Float(f64),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// A structure or a map, which is compared with nothing.
    Object,
}

/// What an acceptor expects.
#[derive(Debug, Clone, Copy)]
pub enum Expected {
    /// A boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Float(f64),
    /// A text.
    Text(&'static str),
}

impl From<Expected> for Value<'_> {
    fn from(expected: Expected) -> Self {
        match expected {
            Expected::Boolean(value) => Self::Boolean(value),
            Expected::Integer(value) => Self::Integer(value),
            Expected::Float(value) => Self::Float(value),
            Expected::Text(value) => Self::Text(Cow::Borrowed(value)),
        }
    }
}

impl<'a> Value<'a> {
    /// Whether it is the expected value.
    pub fn is(&self, expected: Expected) -> bool {
        self.same(&expected.into())
    }

    /// Whether it is a list of the expected value and of no other.
    pub fn all(&self, expected: Expected) -> bool {
        matches!(self, Self::List(values) if !values.is_empty() && values.iter().all(|value| value.is(expected)))
    }

    /// Whether it is a list that holds the expected value.
    pub fn any(&self, expected: Expected) -> bool {
        matches!(self, Self::List(values) if values.iter().any(|value| value.is(expected)))
    }

    /// Whether it counts as true: anything but nothing, `false`, and a text or a list without elements.
    #[must_use]
    pub fn is_true(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Boolean(value) => *value,
            Self::Text(text) => !text.is_empty(),
            Self::List(values) => !values.is_empty(),
            Self::Integer(_) | Self::Float(_) | Self::Object => true,
        }
    }

    /// Whether two values are equal. Whole numbers are equal to others of their value.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(one), Self::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.same(other))
            }
            (Self::Integer(_) | Self::Float(_), Self::Integer(_) | Self::Float(_)) => {
                self.order(other) == Some(Ordering::Equal)
            }
            (Self::Object, _) => false,
            _ => self == other,
        }
    }

    /// The order of two numbers; `None` where one is no number.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a number with a fraction has no more")]
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => Some(one.cmp(other)),
            (Self::Integer(one), Self::Float(other)) => (*one as f64).partial_cmp(other),
            (Self::Float(one), Self::Integer(other)) => one.partial_cmp(&(*other as f64)),
            (Self::Float(one), Self::Float(other)) => one.partial_cmp(other),
            _ => None,
        }
    }

    /// The element of a list, from its end where the index is negative.
    #[must_use]
    pub fn index(self, index: i64) -> Self {
        match self {
            Self::List(mut values) => match place(values.len(), index) {
                Some(place) => values.swap_remove(place),
                None => Self::Null,
            },
            _ => Self::Null,
        }
    }

    /// A list whose elements that are lists are replaced by what they hold.
    #[must_use]
    pub fn flatten(self) -> Self {
        let Self::List(values) = self else { return Self::Null };
        let mut flat = Vec::new();
        for value in values {
            match value {
                Self::List(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Self::List(flat)
    }

    /// A list without its elements that are nothing: what a projection of one is.
    #[must_use]
    pub fn present(self) -> Self {
        let Self::List(mut values) = self else { return Self::Null };
        values.retain(|value| *value != Self::Null);
        Self::List(values)
    }

    /// The number of elements or of characters; nothing for what has none.
    #[must_use]
    pub fn length(self) -> Self {
        match self {
            Self::Text(text) => count(text.chars().count()),
            Self::List(values) => count(values.len()),
            _ => Self::Null,
        }
    }

    /// Whether a list holds a value, or a text another text; nothing for what holds nothing.
    #[must_use]
    pub fn contains(self, value: &Self) -> Self {
        match (self, value) {
            (Self::List(values), value) => Self::Boolean(values.iter().any(|one| one.same(value))),
            (Self::Text(text), Self::Text(part)) => Self::Boolean(text.contains(&**part)),
            (Self::Text(_), _) => Self::Boolean(false),
            _ => Self::Null,
        }
    }

    /// Whether a text starts with another; nothing for what is no text.
    #[must_use]
    pub fn starts_with(self, start: &Self) -> Self {
        match (self, start) {
            (Self::Text(text), Self::Text(start)) => Self::Boolean(text.starts_with(&**start)),
            _ => Self::Null,
        }
    }

    /// Whether a text ends with another; nothing for what is no text.
    #[must_use]
    pub fn ends_with(self, end: &Self) -> Self {
        match (self, end) {
            (Self::Text(text), Self::Text(end)) => Self::Boolean(text.ends_with(&**end)),
            _ => Self::Null,
        }
    }

    /// `self && other`: the first of them that is not true, or else the other.
    #[must_use]
    pub fn and(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_true() { other() } else { self }
    }

    /// `self || other`.
    #[must_use]
    pub fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_true() { self } else { other() }
    }

    /// `!self`.
    #[must_use]
    pub fn negate(self) -> Self {
        Self::Boolean(!self.is_true())
    }

    /// The comparison of two numbers; nothing where one is no number.
    #[must_use]
    pub fn compare(self, other: &Self, fits: fn(Ordering) -> bool) -> Self {
        self.order(other).map_or(Self::Null, |order| Self::Boolean(fits(order)))
    }
}

/// A text of an expression.
#[must_use]
pub fn literal(text: &'static str) -> Value<'static> {
    Value::Text(Cow::Borrowed(text))
}

/// The value of a text.
#[must_use]
pub fn text(of: Option<&String>) -> Value<'_> {
    of.map_or(Value::Null, |text| Value::Text(Cow::Borrowed(text)))
}

/// The value of an enumeration.
#[must_use]
pub fn enumeration<E: Enumeration>(of: Option<&E>) -> Value<'_> {
    of.map_or(Value::Null, |value| Value::Text(Cow::Borrowed(value.as_str())))
}

/// The value of a boolean.
#[must_use]
pub fn boolean(of: Option<&bool>) -> Value<'_> {
    of.map_or(Value::Null, |value| Value::Boolean(*value))
}

/// The value of a whole number.
#[must_use]
pub fn integer<T: Copy + Into<i64>>(of: Option<&T>) -> Value<'_> {
    of.map_or(Value::Null, |value| Value::Integer((*value).into()))
}

/// The value of a number with a fraction.
#[must_use]
pub fn float<T: Copy + Into<f64>>(of: Option<&T>) -> Value<'_> {
    of.map_or(Value::Null, |value| Value::Float((*value).into()))
}

/// The value of a structure or a map.
#[must_use]
pub fn object<T>(of: Option<&T>) -> Value<'_> {
    of.map_or(Value::Null, |_| Value::Object)
}

/// The value of a list.
#[must_use]
pub fn list<'a, T>(of: Option<Vec<&'a T>>, value: fn(&'a T) -> Value<'a>) -> Value<'a> {
    of.map_or(Value::Null, |elements| Value::List(elements.into_iter().map(value).collect()))
}

/// The elements of a list.
#[must_use]
pub fn elements<T>(of: Option<&Vec<T>>) -> Option<Vec<&T>> {
    Some(of?.iter().collect())
}

/// The elements of a list that may hold nulls, without those.
#[must_use]
pub fn present<T>(of: Option<&Vec<Option<T>>>) -> Option<Vec<&T>> {
    Some(of?.iter().flatten().collect())
}

/// The values of a map.
#[must_use]
pub fn values<K, V>(of: Option<&HashMap<K, V>>) -> Option<Vec<&V>> {
    Some(of?.values().collect())
}

/// The number of entries of a map.
#[must_use]
pub fn entries<K, V>(of: Option<&HashMap<K, V>>) -> Value<'_> {
    of.map_or(Value::Null, |map| count(map.len()))
}

/// What each element leads to, without those that lead to nothing.
#[must_use]
pub fn project<'a, T, U>(of: Option<Vec<&'a T>>, to: fn(&'a T) -> Option<&'a U>) -> Option<Vec<&'a U>> {
    Some(of?.into_iter().filter_map(to).collect())
}

/// The elements of the lists that the elements are.
#[must_use]
pub fn flatten<T>(of: Option<Vec<&Vec<T>>>) -> Option<Vec<&T>> {
    Some(of?.into_iter().flatten().collect())
}

/// The elements of which something is true.
#[must_use]
pub fn filter<'a, T>(of: Option<Vec<&'a T>>, is: fn(&'a T) -> Value<'a>) -> Option<Vec<&'a T>> {
    Some(of?.into_iter().filter(|element| is(element).is_true()).collect())
}

/// An element by its place, from the end where it is negative.
#[must_use]
pub fn index<T>(of: Option<Vec<&T>>, index: i64) -> Option<&T> {
    let elements = of?;
    elements.get(place(elements.len(), index)?).copied()
}

fn place(length: usize, index: i64) -> Option<usize> {
    let distance = usize::try_from(index.unsigned_abs()).ok()?;
    let place = if index < 0 { length.checked_sub(distance)? } else { distance };
    (place < length).then_some(place)
}

fn count(of: usize) -> Value<'static> {
    Value::Integer(i64::try_from(of).unwrap_or(i64::MAX))
}
