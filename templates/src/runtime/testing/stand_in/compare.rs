//! Comparisons of texts and of numbers, as the conditions of searches name them.

use serde_json::{Map, Value};

/// What a text is compared with, and how. Case counts only where the whole text is wanted.
pub(super) struct Comparison<'c> {
    wanted: &'c str,
    /// The same in lower case.
    folded: String,
    kind: Kind,
}

enum Kind {
    Exact,
    Starts,
    Contains,
}

impl<'c> Comparison<'c> {
    pub fn new(wanted: &'c str, comparison: &str) -> Self {
        let kind = match comparison {
            "STARTS_WITH" => Kind::Starts,
            "CONTAINS" => Kind::Contains,
            _ => Kind::Exact,
        };
        Self { wanted, folded: wanted.to_lowercase(), kind }
    }

    pub fn holds(&self, held: &str) -> bool {
        match self.kind {
            Kind::Exact => held == self.wanted,
            Kind::Starts | Kind::Contains => self.holds_folded(&held.to_lowercase()),
        }
    }

    /// The same of a text that is in lower case already; `None` where its case would tell.
    pub fn of_folded(&self, folded: &str) -> Option<bool> {
        let holds = self.holds_folded(folded);
        (!holds || !matches!(self.kind, Kind::Exact)).then_some(holds)
    }

    fn holds_folded(&self, folded: &str) -> bool {
        match self.kind {
            Kind::Exact => folded == self.folded,
            Kind::Starts => folded.starts_with(&self.folded),
            Kind::Contains => folded.contains(&self.folded),
        }
    }
}

/// The numbers that a condition asks for.
pub(super) struct Range<'c> {
    min: Option<f64>,
    max: Option<f64>,
    comparison: &'c str,
}

impl<'c> Range<'c> {
    pub fn new(condition: &'c Map<String, Value>, usual: &'c str, bound: impl Fn(&str) -> Option<f64>) -> Self {
        let comparison = condition.get("ComparisonType").and_then(Value::as_str).unwrap_or(usual);
        Self { min: bound("MinValue"), max: bound("MaxValue"), comparison }
    }

    pub fn holds(&self, held: f64) -> bool {
        let Self { min, max, comparison } = *self;
        let bound = min.or(max).unwrap_or(held);
        match comparison {
            "GREATER_OR_EQUAL" | "GREATER_THAN_OR_EQUAL_TO" => held >= bound,
            "GREATER" | "GREATER_THAN" => held > bound,
            "LESSER_OR_EQUAL" | "LESS_THAN_OR_EQUAL_TO" => held <= max.unwrap_or(bound),
            "LESSER" | "LESS_THAN" => held < max.unwrap_or(bound),
            "EQUAL" | "EQUAL_TO" => (held - bound).abs() < f64::EPSILON,
            "NOT_EQUAL" | "NOT_EQUAL_TO" => (held - bound).abs() >= f64::EPSILON,
            _ => min.is_none_or(|min| held >= min) && max.is_none_or(|max| held <= max),
        }
    }
}
