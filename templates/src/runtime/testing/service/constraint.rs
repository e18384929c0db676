//! Constraints of a model, and the violations of them.

use std::fmt;

/// A constraint that a value violates.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// The model requires the member, and it is missing.
    Required,
    /// The value is of another kind than the model says.
    Kind {
        /// What the value is not: `a list`, for example.
        expected: &'static str,
    },
    /// The shape has no member of this name.
    Unknown,
    /// A string, list, map or blob is too short or too long.
    Length {
        /// The length: characters of a string, elements of a list or a map, bytes of a blob.
        length: usize,
        /// The least length.
        min: Option<f64>,
        /// The greatest length.
        max: Option<f64>,
    },
    /// A number is too small or too large.
    Range {
        /// The least value.
        min: Option<f64>,
        /// The greatest value.
        max: Option<f64>,
    },
    /// A string does not match its pattern.
    Pattern {
        /// The pattern, as the model writes it.
        pattern: String,
    },
    /// A string is not among the values of its enumeration.
    Enumeration {
        /// The values.
        values: Vec<String>,
    },
}

/// A value that violates a constraint of the model: where it stands, and which constraint.
///
/// `Display` says both. It never shows the value, which may be sensitive.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Where the value stands, by member names: `Config.Numbers[2].Text`.
    pub path: String,
    /// The constraint.
    pub constraint: Constraint,
}

impl Violation {
    /// The name of the input's or output's own member in which the value stands.
    #[must_use]
    pub fn member(&self) -> &str {
        self.path.split(['.', '[']).next().unwrap_or_default()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the value" } else { &self.path };
        match &self.constraint {
            Constraint::Required => write!(to, "{path} is required and missing"),
            Constraint::Kind { expected } => write!(to, "{path} is not {expected}"),
            Constraint::Unknown => write!(to, "{path} is not a member of its shape"),
            Constraint::Length { length, min, max } => {
                write!(to, "{path} has the length {length} and must have {}", Bounds(*min, *max))
            }
            Constraint::Range { min, max } => write!(to, "{path} must be {}", Bounds(*min, *max)),
            Constraint::Pattern { pattern } => write!(to, "{path} does not match the pattern {pattern}"),
            Constraint::Enumeration { values } => write!(to, "{path} must be one of {}", values.join(", ")),
        }
    }
}

/// The least and the greatest number.
struct Bounds(Option<f64>, Option<f64>);

impl fmt::Display for Bounds {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Some(min), Some(max)) if min == max => write!(to, "{min}"),
            (Some(min), Some(max)) => write!(to, "{min} to {max}"),
            (Some(min), None) => write!(to, "at least {min}"),
            (None, Some(max)) => write!(to, "at most {max}"),
            (None, None) => to.write_str("any value"),
        }
    }
}
