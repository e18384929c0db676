//! Searches: conditions with and/or over members, tags and states of resources.
//!
//! A search looks at every resource of an instance, so the conditions of a request are read once, before the first.

use serde_json::{Map, Value};

use super::compare::{Comparison, Range};
use super::engine::Members;
use super::facts::Family;
use super::field::Field;
use super::view::View;

/// Whether a member of an input says what is searched for.
pub(super) fn search_members(name: &str) -> bool {
    matches!(name, "SearchCriteria" | "SearchFilter" | "Sort")
}

/// The criteria of a search.
pub(super) struct Criteria<'c>(Condition<'c>);

/// One condition.
enum Condition<'c> {
    All(Vec<Condition<'c>>),
    Any(Vec<Condition<'c>>),
    /// A tag, with any value where none is wanted.
    Tag(&'c str, Option<&'c str>),
    Text(Field<'c>, Comparison<'c>),
    Number(Field<'c>, Range<'c>),
    Boolean(Field<'c>, bool),
    /// A member that has a value.
    Member(&'c str, &'c str),
    /// A member that has one of several values.
    OneOf(&'static str, Vec<String>),
}

/// What has to be known to read conditions.
pub(super) struct Reader<'c> {
    pub family: &'c Family,
    /// The ids of a hierarchy group and of the groups below it.
    pub with_children: &'c dyn Fn(&str) -> Vec<String>,
}

impl<'c> Criteria<'c> {
    pub fn new(input: &'c Members, reader: &Reader<'c>) -> Self {
        let object = |name: &str| input.get(name).and_then(Value::as_object);
        let criteria = object("SearchCriteria").into_iter();
        let filters = object("SearchFilter").into_iter().flat_map(Map::values).filter_map(Value::as_object);
        Self(Condition::All(criteria.chain(filters).map(|condition| Condition::read(condition, reader)).collect()))
    }

    /// The fields that conditions name, and of which shapes and resources tell whether there are such fields.
    pub fn fields(&self) -> Vec<&Field<'c>> {
        let mut found = Vec::new();
        self.0.fields(&mut found);
        found.retain(|field| field.unknown().is_some());
        found
    }

    /// Whether a resource is among what is searched for.
    pub fn accepts(&self, view: &View<'_>) -> bool {
        self.0.holds(view)
    }
}

impl<'c> Condition<'c> {
    /// A condition, all of whose parts must hold.
    fn read(condition: &'c Map<String, Value>, reader: &Reader<'c>) -> Self {
        Self::All(condition.iter().filter_map(|(name, value)| Self::read_part(name, value, reader)).collect())
    }

    /// One part of a condition; `None` for one that says nothing.
    fn read_part(name: &'c str, value: &'c Value, reader: &Reader<'c>) -> Option<Self> {
        let family = reader.family;
        let parts = |all: &'c [Value]| all.iter().filter_map(|part| Self::read_element(part, reader));
        Some(match (name, value) {
            ("OrConditions" | "OrExpression", Value::Array(any)) => {
                // An element that says nothing holds.
                let read: Vec<Self> = parts(any).collect();
                if read.len() < any.len() || any.is_empty() { return None } else { Self::Any(read) }
            }
            ("AndConditions" | "AndExpression", Value::Array(all)) => Self::All(parts(all).collect()),
            ("AndCondition" | "AndExpressionCondition", part) => Self::read_element(part, reader)?,
            ("TagConditions", Value::Array(all)) => Self::All(all.iter().filter_map(Self::tag).collect()),
            ("TagCondition", tag) => Self::tag(tag)?,
            ("StringCondition", Value::Object(condition)) => {
                let comparison = text(condition, "ComparisonType").unwrap_or("EXACT");
                Self::Text(Field::of(condition, family)?, Comparison::new(text(condition, "Value")?, comparison))
            }
            ("NumberCondition" | "DecimalCondition" | "IntegerCondition", Value::Object(condition)) => {
                let bound = |name: &str| condition.get(name).and_then(Value::as_f64);
                Self::Number(Field::of(condition, family)?, Range::new(condition, "EQUAL", bound))
            }
            ("DateTimeCondition", Value::Object(condition)) => {
                let bound = |name: &str| condition.get(name).and_then(seconds);
                Self::Number(Field::of(condition, family)?, Range::new(condition, "RANGE", bound))
            }
            ("BooleanCondition", Value::Object(condition)) => {
                Self::Boolean(Field::of(condition, family)?, text(condition, "ComparisonType") != Some("IS_FALSE"))
            }
            ("ListCondition", Value::Object(condition)) => {
                Self::All(parts(condition.get("Conditions")?.as_array()?).collect())
            }
            ("HierarchyGroupCondition", Value::Object(condition)) => {
                let group = text(condition, "Value")?;
                match text(condition, "HierarchyGroupMatchType") {
                    Some("WITH_CHILD_GROUPS") => Self::OneOf("HierarchyGroupId", (reader.with_children)(group)),
                    _ => Self::Member("HierarchyGroupId", group),
                }
            }
            // `StateCondition` and its like hold the value that the member of that name must have.
            (name, Value::String(wanted)) => Self::Member(name.strip_suffix("Condition")?, wanted),
            _ => return None,
        })
    }

    /// An element of a list of conditions: a condition, or, in tag filters, a list of tags of which each is wanted.
    fn read_element(part: &'c Value, reader: &Reader<'c>) -> Option<Self> {
        match part {
            Value::Array(all) => Some(Self::All(all.iter().filter_map(Self::tag).collect())),
            Value::Object(tag) if tag.contains_key("TagKey") => Self::tag(part),
            Value::Object(condition) => Some(Self::read(condition, reader)),
            _ => None,
        }
    }

    fn fields<'s>(&'s self, found: &mut Vec<&'s Field<'c>>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.fields(found)),
            Self::Text(field, _) | Self::Number(field, _) | Self::Boolean(field, _) => found.push(field),
            Self::Tag(..) | Self::Member(..) | Self::OneOf(..) => {}
        }
    }

    fn tag(tag: &'c Value) -> Option<Self> {
        Some(Self::Tag(tag["TagKey"].as_str()?, tag["TagValue"].as_str()))
    }

    fn holds(&self, view: &View<'_>) -> bool {
        match self {
            Self::All(all) => all.iter().all(|part| part.holds(view)),
            Self::Any(any) => any.iter().any(|part| part.holds(view)),
            Self::Tag(key, wanted) => view.get("Tags").is_some_and(|tags| {
                tags.get(*key).is_some_and(|held| wanted.is_none_or(|wanted| held.as_str() == Some(wanted)))
            }),
            Self::Text(field, comparison) => field
                .folded(view)
                .and_then(|folded| comparison.of_folded(folded))
                .unwrap_or_else(|| text_holds(field.value(view).as_deref(), comparison)),
            Self::Number(field, range) => {
                field.value(view).and_then(|value| value.as_f64()).is_some_and(|held| range.holds(held))
            }
            Self::Boolean(field, wanted) => {
                field.value(view).and_then(|value| value.as_bool()).unwrap_or_default() == *wanted
            }
            Self::Member(name, wanted) => view.get(name).is_some_and(|held| held.as_str() == Some(wanted)),
            Self::OneOf(name, wanted) => {
                let held = view.get(name);
                let held = held.as_deref().and_then(Value::as_str);
                held.is_some_and(|held| wanted.iter().any(|wanted| wanted == held))
            }
        }
    }
}

/// Whether a text, one of a list of texts, or the text of another value is as wanted.
fn text_holds(held: Option<&Value>, comparison: &Comparison<'_>) -> bool {
    match held {
        Some(Value::String(held)) => comparison.holds(held),
        Some(Value::Array(held)) => held.iter().filter_map(Value::as_str).any(|held| comparison.holds(held)),
        Some(Value::Null) | None => false,
        Some(other) => comparison.holds(&other.to_string()),
    }
}

/// The seconds of a time that is a number or a text.
fn seconds(value: &Value) -> Option<f64> {
    let parsed = || Some(crate::runtime::shape::timestamp::DateTime::parse(value.as_str()?).ok()?.as_secs_f64());
    value.as_f64().or_else(parsed)
}

fn text<'a>(condition: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    condition.get(name)?.as_str()
}
