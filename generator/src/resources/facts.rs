//! Facts of resources: `resources.json` of the emitted crate, which `testing/stand_in/facts.rs` of the runtime reads.

use std::collections::BTreeMap;

use crate::json::Json;

use super::file::{Family, Resources};

/// The facts that drive a service's stand-in.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub families: Vec<FamilyFacts>,
    pub operations: BTreeMap<String, Rule>,
    pub resources: Resources,
}

/// A family with what the model says of it.
#[derive(Debug, Default)]
pub(crate) struct FamilyFacts {
    pub family: Family,
    /// The members of a request that lead to a resource, the id last.
    pub labels: Vec<String>,
}

/// The rule by which the stand-in handles an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rule {
    /// A step in the life of a family's resources.
    Life { verb: &'static str, family: String, list: Option<String> },
    /// A change of a list that belongs to a resource, or a reading of it.
    Slot { verb: &'static str, family: String, slot: String, list: Option<String> },
    /// Code of its own.
    Own,
    /// An answer that a test sets.
    Set,
    /// The same, because neither the file nor inference places the operation.
    Unplaced,
}

impl Rule {
    /// The word for the rule in the emitted file.
    fn verb(&self) -> &'static str {
        match self {
            Self::Life { verb, .. } | Self::Slot { verb, .. } => verb,
            Self::Own => "own",
            Self::Set => "set",
            Self::Unplaced => "unplaced",
        }
    }
}

/// The text of `resources.json`: an entry a line.
pub(crate) fn text(facts: &Facts) -> String {
    let mut sections = vec![section("families", '[', facts.families.iter().map(family).collect())];
    let rules = facts.operations.iter().map(|(name, rule)| format!("{}: {}", quoted(name), object(rule_fields(rule))));
    sections.push(section("operations", '{', rules.collect()));
    let seeds = facts
        .resources
        .seeds
        .iter()
        .map(|seed| object([("family", string(&seed.family)), ("values", seed.values.clone())]));
    sections.push(section("seeds", '[', seeds.collect()));
    let references = facts.resources.references.iter();
    let references =
        references.map(|reference| format!("{}: {}", quoted(&reference.member), quoted(&reference.family)));
    sections.push(section("references", '{', references.collect()));
    sections.push(section("unchecked", '[', facts.resources.unchecked.iter().map(|member| quoted(member)).collect()));
    format!("{{\n{}\n}}\n", sections.join(",\n"))
}

/// The kinds of rules as the documentation calls them, in its order.
const KINDS: [(&str, &str); 15] = [
    ("create", "makes a resource that is kept"),
    ("describe", "answers a resource"),
    ("list", "answers the resources of a place, in pages"),
    ("search", "answers the resources that meet conditions, in pages"),
    ("update", "changes a resource"),
    ("delete", "removes a resource, and what belongs to it"),
    ("attach", "adds to a list of a resource"),
    ("detach", "takes from a list of a resource"),
    ("adjust", "changes an element of a list of a resource"),
    ("sublist", "answers a list of a resource"),
    ("find", "answers an element of a list of a resource"),
    ("member", "answers a list that is a member of a resource"),
    ("own", "has code of its own"),
    ("set", "answers what a test sets, else a valid answer that says nothing"),
    ("unplaced", "the same: neither `resources.toml` nor a name places it"),
];

/// The documentation of how each operation is answered: `resources.md`.
pub(crate) fn documentation(facts: &Facts) -> String {
    let mut text = String::from(
        "# How each operation is answered\n\n| operations | what the stand-in does | which |\n|---|---|---|\n",
    );
    for (verb, meaning) in KINDS {
        let names = facts.operations.iter().filter(|(_, rule)| rule.verb() == verb);
        let names: Vec<&str> = names.map(|(name, _)| name.as_str()).collect();
        if !names.is_empty() {
            text.push_str(&format!("| {} | {meaning} | {} |\n", names.len(), names.join(", ")));
        }
    }
    text.push_str(&format!("\n{} operations in all.\n", facts.operations.len()));
    text
}

fn section(name: &str, open: char, entries: Vec<String>) -> String {
    let close = if open == '[' { ']' } else { '}' };
    if entries.is_empty() {
        return format!("{}: {open}{close}", quoted(name));
    }
    format!("{}: {open}\n  {}\n{close}", quoted(name), entries.join(",\n  "))
}

fn family(facts: &FamilyFacts) -> String {
    let family = &facts.family;
    let texts = |texts: &[String]| Json::Array(texts.iter().map(|text| string(text)).collect());
    let mut fields = vec![("name", string(&family.name)), ("labels", texts(&facts.labels))];
    let mut add = |key, value: Option<Json>| fields.extend(value.map(|value| (key, value)));
    add("arn", family.arn.as_deref().map(string));
    add("unique", (!family.unique.is_empty()).then(|| texts(&family.unique)));
    let defaults = family.defaults.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    add("defaults", (!family.defaults.is_empty()).then_some(Json::Object(defaults)));
    add("hidden", (!family.hidden.is_empty()).then(|| texts(&family.hidden)));
    add(
        "ripens",
        family.ripens.as_ref().map(|ripens| texts(&[ripens.member.clone(), ripens.from.clone(), ripens.to.clone()])),
    );
    add("spread", family.spread.as_deref().map(string));
    add("numbered", family.numbered.then_some(Json::Bool(true)));
    add("preset", family.preset.then_some(Json::Bool(true)));
    object(fields)
}

fn rule_fields(rule: &Rule) -> Vec<(&'static str, Json)> {
    let mut fields = vec![("verb", string(rule.verb()))];
    let (family, slot, list) = match rule {
        Rule::Life { family, list, .. } => (Some(family), None, list.as_ref()),
        Rule::Slot { family, slot, list, .. } => (Some(family), Some(slot), list.as_ref()),
        Rule::Own | Rule::Set | Rule::Unplaced => (None, None, None),
    };
    for (key, value) in [("family", family), ("slot", slot), ("list", list)] {
        fields.extend(value.map(|value| (key, string(value))));
    }
    fields
}

fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Json)>) -> String {
    let fields = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    // A value of JSON is always text.
    serde_json::to_string(&Json::Object(fields)).unwrap_or_default()
}

fn string(text: &str) -> Json {
    Json::String(text.to_owned())
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
