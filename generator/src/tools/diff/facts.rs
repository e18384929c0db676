//! Facts: the changes between two versions of a model as JSON, in words. Every key counts, known or not, so that nothing
//! that upstream changes is left unsaid; only sentences of documentation and the order of things do not count.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::change::Kind;
use super::rename;
use crate::sources::Sources;

/// One change, before anyone asks what it does to the emitted crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub kind: Kind,
    pub place: String,
    pub what: String,
}

/// Compares all files of a model.
pub(super) fn compare(old: &Sources<'_>, new: &Sources<'_>) -> Vec<Fact> {
    let mut facts = Facts::default();
    let part =
        |source: &Sources<'_>, key: &str| object(source.model.get(key).cloned().map(Value::from).as_ref()).clone();
    let paginators = |source: &Sources<'_>| Value::from(source.paginators.clone());
    facts.traits("metadata", &part(old, "metadata"), &part(new, "metadata"), &[]);
    facts.entries("operations", &part(old, "operations"), &part(new, "operations"), Facts::operation);
    facts.entries("shapes", &part(old, "shapes"), &part(new, "shapes"), Facts::shape);
    let (was, is) = (paginators(old), paginators(new));
    facts.calls(Kind::Paging, "pagination", "paginator", &was, &is);
    let waiters = |source: &Sources<'_>| Value::from(source.waiters.clone());
    facts.calls(Kind::Waiting, "waiters", "waiter", &waiters(old), &waiters(new));
    if old.rule_set != new.rule_set {
        facts.push(Kind::Endpoint, "endpoint-rule-set-1.json", "the rules by which endpoints are found changed");
    }
    facts.0
}

#[derive(Default)]
struct Facts(Vec<Fact>);

/// Keys that carry no fact.
const PROSE: &[&str] = &["documentation", "documentationUrl", "name"];

impl Facts {
    fn push(&mut self, kind: Kind, place: impl Into<String>, what: impl Into<String>) {
        self.0.push(Fact { kind, place: place.into(), what: what.into() });
    }

    /// Compares what has a name on both sides; says what is gone, what is new, and which of those look like one another.
    fn entries(
        &mut self,
        at: &str,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        compare: fn(&mut Self, &str, &Value, &Value),
    ) {
        let renamed = rename::pairs(old, new);
        for (name, value) in old {
            let place = format!("{at}.{name}");
            match (new.get(name), renamed.iter().find(|(before, _)| before == name)) {
                (Some(other), _) => compare(self, &place, value, other),
                (None, Some((_, after))) => {
                    self.push(Kind::Renamed, place, format!("removed; looks renamed to `{after}`"))
                }
                (None, None) => self.push(Kind::Removed, place, "removed"),
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            let place = format!("{at}.{name}");
            match renamed.iter().find(|(_, after)| after == name) {
                Some((before, _)) => {
                    self.push(Kind::Renamed, place, format!("added; looks like the former `{before}`"))
                }
                None => self.push(Kind::Added, place, "added"),
            }
        }
    }

    fn operation(&mut self, at: &str, old: &Value, new: &Value) {
        let (old, new) = (object(Some(old)), object(Some(new)));
        for (key, what) in [("method", "method"), ("requestUri", "URI"), ("responseCode", "status of success")] {
            let http = |operation: &Map<String, Value>| operation.get("http").and_then(|http| http.get(key)).cloned();
            let (old, new) = (http(old), http(new));
            if old != new {
                self.push(Kind::Binding, at, changed(what, old.as_ref(), new.as_ref()));
            }
        }
        for end in ["input", "output"] {
            let shape = |operation: &Map<String, Value>| operation.get(end).and_then(|end| end.get("shape")).cloned();
            let (old, new) = (shape(old), shape(new));
            if old != new {
                self.push(Kind::Retyped, at, changed(end, old.as_ref(), new.as_ref()));
            }
        }
        let errors = |operation: &Map<String, Value>| -> BTreeSet<String> {
            let errors = operation.get("errors").and_then(Value::as_array).into_iter().flatten();
            errors.filter_map(|error| error.get("shape")?.as_str().map(str::to_owned)).collect()
        };
        self.set(Kind::Errors, at, "error", &errors(old), &errors(new));
        self.traits(at, old, new, &["http", "input", "output", "errors"]);
    }

    fn shape(&mut self, at: &str, old: &Value, new: &Value) {
        let (old, new) = (object(Some(old)), object(Some(new)));
        let kind = |shape: &Map<String, Value>| shape.get("type").cloned();
        if kind(old) != kind(new) {
            self.push(Kind::Retyped, at, changed("type", kind(old).as_ref(), kind(new).as_ref()));
        }
        let (before, after) = (object(old.get("members")), object(new.get("members")));
        let known = self.0.len();
        self.entries(&format!("{at}.members"), before, after, Self::member);
        let (was, is) = (strings(old.get("required")), strings(new.get("required")));
        for fact in self.0.iter_mut().skip(known).filter(|fact| matches!(fact.kind, Kind::Added | Kind::Renamed)) {
            let name = fact.place.rsplit('.').next().unwrap_or_default();
            if is.contains(name) {
                fact.what.push_str(", required");
            }
        }
        let both = |name: &&String| before.contains_key(*name) && after.contains_key(*name);
        for name in is.difference(&was).filter(both) {
            self.push(Kind::Required, format!("{at}.members.{name}"), "required now");
        }
        for name in was.difference(&is).filter(both) {
            self.push(Kind::Required, format!("{at}.members.{name}"), "optional now");
        }
        for part in ["member", "key", "value"] {
            if let (Some(old), Some(new)) = (old.get(part), new.get(part)) {
                self.member(&format!("{at}.{part}"), old, new);
            }
        }
        let (was, is) = (strings(old.get("enum")), strings(new.get("enum")));
        if was.is_empty() != is.is_empty() {
            let what = if was.is_empty() { "an enumeration now" } else { "any string now, not an enumeration" };
            self.push(Kind::Retyped, at, what);
        } else {
            for value in is.difference(&was) {
                self.push(Kind::Value, format!("{at}.enum.{value}"), "value added");
            }
            for value in was.difference(&is) {
                self.push(Kind::Value, format!("{at}.enum.{value}"), "value removed");
            }
        }
        for key in ["min", "max", "pattern"] {
            if old.get(key) != new.get(key) {
                self.push(Kind::Constraint, at, changed(key, old.get(key), new.get(key)));
            }
        }
        let said = ["type", "members", "required", "member", "key", "value", "enum", "min", "max", "pattern"];
        self.traits(at, old, new, &said);
    }

    fn member(&mut self, at: &str, old: &Value, new: &Value) {
        let (old, new) = (object(Some(old)), object(Some(new)));
        if old.get("shape") != new.get("shape") {
            self.push(Kind::Retyped, at, changed("shape", old.get("shape"), new.get("shape")));
        }
        for key in ["location", "locationName"] {
            if old.get(key) != new.get(key) {
                self.push(Kind::Binding, at, changed(key, old.get(key), new.get(key)));
            }
        }
        self.traits(at, old, new, &["shape", "location", "locationName"]);
    }

    /// Compares the paginators or the waiters, which stand under one key of their files.
    fn calls(&mut self, kind: Kind, key: &str, noun: &str, old: &Value, new: &Value) {
        let (old, new) = (object(old.get(key)), object(new.get(key)));
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            let place = format!("{key}.{name}");
            match (old.get(name), new.get(name)) {
                (Some(old), Some(new)) if old != new => {
                    let (old, new) = (object(Some(old)), object(Some(new)));
                    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
                    let differs = |key: &&String| *key != "description" && old.get(*key) != new.get(*key);
                    for key in keys.into_iter().filter(differs) {
                        self.push(kind, &place, changed(key, old.get(key), new.get(key)));
                    }
                }
                (Some(_), None) => self.push(kind, place, format!("no {noun} any more")),
                (None, Some(_)) => self.push(kind, place, format!("a {noun}")),
                _ => {}
            }
        }
    }

    /// The keys that nothing more special was said of.
    fn traits(&mut self, at: &str, old: &Map<String, Value>, new: &Map<String, Value>, said: &[&str]) {
        let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let untold = |key: &&String| !said.contains(&key.as_str()) && !PROSE.contains(&key.as_str());
        for key in keys.into_iter().filter(untold).filter(|key| old.get(*key) != new.get(*key)) {
            self.push(Kind::Trait, at, changed(key, old.get(key), new.get(key)));
        }
    }

    fn set(&mut self, kind: Kind, at: &str, what: &str, old: &BTreeSet<String>, new: &BTreeSet<String>) {
        for name in new.difference(old) {
            self.push(kind, at, format!("{what} `{name}` added"));
        }
        for name in old.difference(new) {
            self.push(kind, at, format!("{what} `{name}` removed"));
        }
    }
}

/// An object; an empty one where there is none, or something else.
pub(super) fn object(value: Option<&Value>) -> &Map<String, Value> {
    static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.and_then(Value::as_object).unwrap_or(&NONE)
}

fn strings(value: Option<&Value>) -> BTreeSet<String> {
    let strings = value.and_then(Value::as_array).into_iter().flatten();
    strings.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// `min 1, was 0`; `sensitive`; `no pattern, was …`.
fn changed(what: &str, old: Option<&Value>, new: Option<&Value>) -> String {
    let shown = |value: &Value| {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        crate::text::code(&text)
    };
    match (old, new) {
        (None, Some(Value::Bool(true))) => format!("{what} now"),
        (Some(Value::Bool(true)), None) => format!("no longer {what}"),
        (Some(old), Some(new)) => format!("{what} {}, was {}", shown(new), shown(old)),
        (None, Some(new)) => format!("{what} {}, was none", shown(new)),
        (Some(old), None) => format!("no {what}, was {}", shown(old)),
        (None, None) => what.to_owned(),
    }
}
