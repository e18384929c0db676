//! Searches: conditions with and/or over members, tags and states of resources.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::engine::Members;
use super::view::View;

/// Whether a member of an input says what is searched for.
pub(super) fn search_members(name: &str) -> bool {
    matches!(name, "SearchCriteria" | "SearchFilter" | "Sort")
}

/// The criteria of a search.
pub(super) struct Criteria<'c> {
    criteria: Option<&'c Map<String, Value>>,
    filter: Option<&'c Map<String, Value>>,
}

impl<'c> Criteria<'c> {
    pub fn new(input: &'c Members) -> Self {
        let object = |name: &str| input.get(name).and_then(Value::as_object);
        Self { criteria: object("SearchCriteria"), filter: object("SearchFilter") }
    }

    /// Whether a resource is among what is searched for.
    pub fn accepts(&self, view: &View<'_>) -> bool {
        self.criteria.is_none_or(|criteria| holds(view, criteria))
            && self.filter.is_none_or(|filter| {
                filter.values().all(|filter| filter.as_object().is_none_or(|filter| holds(view, filter)))
            })
    }
}

/// Whether all parts of a condition hold.
fn holds(view: &View<'_>, condition: &Map<String, Value>) -> bool {
    condition.iter().all(|(name, value)| match (name.as_str(), value) {
        ("OrConditions" | "OrExpression", Value::Array(any)) => {
            any.is_empty() || any.iter().any(|part| part_holds(view, part))
        }
        ("AndConditions" | "AndExpression", Value::Array(all)) => all.iter().all(|part| part_holds(view, part)),
        ("AndCondition" | "AndExpressionCondition", part) => part_holds(view, part),
        ("TagConditions", Value::Array(all)) => all.iter().all(|tag| has_tag(view, tag)),
        ("TagCondition", tag) => has_tag(view, tag),
        ("StringCondition", Value::Object(condition)) => string_holds(view, condition),
        ("NumberCondition" | "DecimalCondition" | "IntegerCondition", Value::Object(condition)) => {
            number_holds(view, condition)
        }
        ("DateTimeCondition", Value::Object(condition)) => date_holds(view, condition),
        ("BooleanCondition", Value::Object(condition)) => boolean_holds(view, condition),
        ("ListCondition", Value::Object(condition)) => list_holds(view, condition),
        ("HierarchyGroupCondition", Value::Object(condition)) => hierarchy_holds(view, condition),
        // `StateCondition` and its like hold the value that the member of that name must have.
        (name, Value::String(wanted)) => match name.strip_suffix("Condition") {
            Some(member) => view.get(member).is_some_and(|value| value.as_str() == Some(wanted)),
            None => true,
        },
        _ => true,
    })
}

/// Whether an element of a list of conditions holds: a condition, or, in tag filters, a list of tags of which each is wanted.
fn part_holds(view: &View<'_>, part: &Value) -> bool {
    match part {
        Value::Array(all) => all.iter().all(|tag| has_tag(view, tag)),
        Value::Object(tag) if tag.contains_key("TagKey") => has_tag(view, part),
        Value::Object(condition) => holds(view, condition),
        _ => true,
    }
}

fn has_tag(view: &View<'_>, tag: &Value) -> bool {
    let Some(key) = tag["TagKey"].as_str() else { return true };
    let tags = view.get("Tags");
    let Some(held) = tags.as_deref().and_then(|tags| tags.get(key)) else { return false };
    tag["TagValue"].as_str().is_none_or(|wanted| held.as_str() == Some(wanted))
}

fn string_holds(view: &View<'_>, condition: &Map<String, Value>) -> bool {
    let (Some(name), Some(wanted)) = (text(condition, "FieldName"), text(condition, "Value")) else { return true };
    let comparison = text(condition, "ComparisonType").unwrap_or("EXACT");
    // A search looks at every resource of an instance: nothing is copied on the way.
    match field(view, name).as_deref() {
        Some(Value::String(held)) => compares(held, wanted, comparison),
        Some(Value::Array(held)) => {
            held.iter().filter_map(Value::as_str).any(|held| compares(held, wanted, comparison))
        }
        Some(Value::Null) | None => false,
        Some(other) => compares(&other.to_string(), wanted, comparison),
    }
}

fn compares(held: &str, wanted: &str, comparison: &str) -> bool {
    let lower = || (held.to_lowercase(), wanted.to_lowercase());
    let (one, other) = (held.as_bytes(), wanted.as_bytes());
    let is_same = |part: &[u8]| part.eq_ignore_ascii_case(other);
    match comparison {
        "STARTS_WITH" if held.is_ascii() && wanted.is_ascii() => one.get(..other.len()).is_some_and(is_same),
        "CONTAINS" if held.is_ascii() && wanted.is_ascii() => other.is_empty() || one.windows(other.len()).any(is_same),
        "STARTS_WITH" => {
            let (held, wanted) = lower();
            held.starts_with(&wanted)
        }
        "CONTAINS" => {
            let (held, wanted) = lower();
            held.contains(&wanted)
        }
        _ => held == wanted,
    }
}

fn number_holds(view: &View<'_>, condition: &Map<String, Value>) -> bool {
    let Some(name) = text(condition, "FieldName") else { return true };
    let Some(held) = field(view, name).and_then(|value| value.as_f64()) else { return false };
    let bound = |name: &str| condition.get(name).and_then(Value::as_f64);
    let (min, max) = (bound("MinValue"), bound("MaxValue"));
    in_range(held, min, max, text(condition, "ComparisonType").unwrap_or("EQUAL"))
}

fn in_range(held: f64, min: Option<f64>, max: Option<f64>, comparison: &str) -> bool {
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

fn date_holds(view: &View<'_>, condition: &Map<String, Value>) -> bool {
    let Some(name) = text(condition, "FieldName") else { return true };
    let Some(held) = field(view, name).and_then(|value| value.as_f64()) else { return false };
    let bound = |name: &str| {
        let value = condition.get(name)?;
        value
            .as_f64()
            .or_else(|| Some(crate::runtime::shape::timestamp::DateTime::parse(value.as_str()?).ok()?.as_secs_f64()))
    };
    in_range(held, bound("MinValue"), bound("MaxValue"), text(condition, "ComparisonType").unwrap_or("RANGE"))
}

fn boolean_holds(view: &View<'_>, condition: &Map<String, Value>) -> bool {
    let Some(name) = text(condition, "FieldName") else { return true };
    let held = field(view, name).and_then(|value| value.as_bool()).unwrap_or_default();
    held == (text(condition, "ComparisonType") != Some("IS_FALSE"))
}

fn list_holds(view: &View<'_>, condition: &Map<String, Value>) -> bool {
    let conditions = condition.get("Conditions").and_then(Value::as_array);
    conditions.is_none_or(|conditions| conditions.iter().all(|part| part_holds(view, part)))
}

/// Only the group itself, and with child groups no others: the levels of a hierarchy are not followed.
fn hierarchy_holds(view: &View<'_>, condition: &Map<String, Value>) -> bool {
    let Some(wanted) = text(condition, "Value") else { return true };
    view.get("HierarchyGroupId").is_some_and(|held| held.as_str() == Some(wanted))
}

fn text<'a>(condition: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    condition.get(name)?.as_str()
}

/// The value of a field by the name that searches have for it: `name`, `resourceId`, `Username`, `FirstName`.
fn field<'a>(view: &View<'a>, name: &str) -> Option<Cow<'a, Value>> {
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    if is("id") || is("resourceid") {
        return Some(Cow::Owned(view.record.id.as_str().into()));
    }
    if is("arn") || is("resourcearn") {
        return Some(Cow::Owned(view.record.arn.as_str().into()));
    }
    let mut capital = name.to_owned();
    if let Some(first) = capital.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    view.get(&capital).or_else(|| find(&view.record.members, name, &view.family.name, 0).map(Cow::Borrowed))
}

/// A member by its name in any case, with or without the family's name before it, up to two structures deep.
fn find<'a>(members: &'a Map<String, Value>, wanted: &str, family: &str, depth: usize) -> Option<&'a Value> {
    let is_prefixed = wanted.get(..family.len()).is_some_and(|start| start.eq_ignore_ascii_case(family));
    let short = if is_prefixed { &wanted[family.len()..] } else { wanted };
    let own = members
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted) || (!short.is_empty() && name.eq_ignore_ascii_case(short)));
    own.map(|(_, value)| value).or_else(|| {
        let inner = members.values().filter_map(Value::as_object).filter(|_| depth < 2);
        inner.filter_map(|members| find(members, wanted, family, depth + 1)).next()
    })
}
