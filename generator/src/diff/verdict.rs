//! Takes the facts and the public API of both versions; gives each change its verdict and its reasons. What changed in the
//! API is laid at the door of the nearest fact; where there is none, it becomes a change of its own.

use std::collections::BTreeMap;

use super::facts::Fact;
use super::surface::{Declared, Surface};
use super::{Change, Emitted, Kind, Verdict};

/// The most reasons that a change is given; it has a verdict of all of them.
const REASONS: usize = 6;

/// Judges all facts.
pub(super) fn judge(facts: Vec<Fact>, old: &Emitted, new: &Emitted) -> Vec<Change> {
    let mut changes: Vec<Change> = facts
        .into_iter()
        .map(|Fact { kind, place, what }| Change { kind, place, what, verdict: Verdict::Patch, reasons: Vec::new() })
        .collect();
    let mut strays: BTreeMap<String, Change> = BTreeMap::new();
    for difference in differences(&old.surface, &new.surface) {
        let places = places(&difference, old, new);
        let change = match nearest(&changes, &places, &difference) {
            Some(index) => &mut changes[index],
            None => {
                let place = places.first().cloned().unwrap_or_else(|| difference.path.clone());
                strays.entry(place.clone()).or_insert_with(|| Change {
                    kind: Kind::Layout,
                    place,
                    what: "emitted in another way, as a change elsewhere makes necessary".to_owned(),
                    verdict: Verdict::Patch,
                    reasons: Vec::new(),
                })
            }
        };
        change.verdict = change.verdict.max(difference.verdict());
        change.reasons.push(difference.reason);
    }
    changes.extend(strays.into_values());
    for change in &mut changes {
        settle(change);
    }
    changes.sort_by(|a, b| (&a.place, a.kind).cmp(&(&b.place, b.kind)));
    changes
}

/// Puts a change's reasons into words that fit a line.
fn settle(change: &mut Change) {
    let more = change.reasons.len().saturating_sub(REASONS);
    change.reasons.truncate(REASONS);
    if more > 0 {
        change.reasons.push(format!("and {more} more"));
    }
    if change.reasons.is_empty() {
        change.reasons.push(
            match change.kind {
                Kind::Binding => "other bytes on the wire, the same Rust",
                Kind::Constraint | Kind::Value => "documentation only",
                Kind::Errors => "documentation, and what the operation says of itself",
                Kind::Endpoint => "other hosts, the same Rust",
                _ => "no public item changes",
            }
            .to_owned(),
        );
    }
}

/// How the declarations of one path differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Gone,
    New,
    Other,
    Deprecated,
    Restored,
}

struct Difference {
    path: String,
    sort: Sort,
    reason: String,
    /// Whether the item is a builder.
    builder: bool,
}

impl Difference {
    fn verdict(&self) -> Verdict {
        match self.sort {
            Sort::Gone | Sort::Other => Verdict::Major,
            // Every emitted structure and enumeration is #[non_exhaustive], and every new parameter shows up as another
            // declaration: what is merely new breaks nothing.
            Sort::New | Sort::Deprecated => Verdict::Minor,
            Sort::Restored => Verdict::Patch,
        }
    }
}

/// Everything that differs; where an item is gone or new, nothing is said of what is in it.
fn differences(old: &Surface, new: &Surface) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut push = |path: &str, sort: Sort, reason: String| {
        let builder = old.get(path).or_else(|| new.get(path)).is_some_and(|declared| declared.builder);
        found.push(Difference { path: path.to_owned(), sort, reason, builder });
    };
    for (path, before) in old {
        match new.get(path) {
            None if !is_within(path, old, new) => push(path, Sort::Gone, format!("`{path}` is gone")),
            None => {}
            Some(after) => {
                if before.text != after.text {
                    push(path, Sort::Other, format!("`{path}` is {}, was {}", shown(after), shown(before)));
                }
                match (before.deprecated, after.deprecated) {
                    (false, true) => push(path, Sort::Deprecated, format!("`{path}` is deprecated")),
                    (true, false) => push(path, Sort::Restored, format!("`{path}` is no longer deprecated")),
                    _ => {}
                }
            }
        }
    }
    for path in new.keys().filter(|path| !old.contains_key(*path) && !is_within(path, new, old)) {
        push(path, Sort::New, format!("`{path}` is new"));
    }
    found
}

fn shown(declared: &Declared) -> String {
    match declared.text.as_str() {
        "" => "empty".to_owned(),
        text => crate::text::code(text),
    }
}

/// Whether something that the item is part of is on this side only as well.
fn is_within(path: &str, here: &Surface, there: &Surface) -> bool {
    let ends = path.char_indices().filter(|(_, c)| matches!(c, ':' | '.' | ' ')).map(|(at, _)| &path[..at]);
    ends.into_iter().any(|whole| here.contains_key(whole) && !there.contains_key(whole))
}

/// The places of the model that a difference may come from, the nearest first.
fn places(difference: &Difference, old: &Emitted, new: &Emitted) -> Vec<String> {
    let of = |emitted: &Emitted| emitted.places.get(&difference.path).cloned().unwrap_or_default();
    match difference.sort {
        Sort::Gone => [of(old), of(new)].concat(),
        _ => [of(new), of(old)].concat(),
    }
}

/// The change that a difference is laid to: at one of the places, in it, or around it.
fn nearest(changes: &[Change], places: &[String], difference: &Difference) -> Option<usize> {
    let within = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    let deprecation = matches!(difference.sort, Sort::Deprecated | Sort::Restored);
    // A constraint, an error or a binding changes no declaration, whatever else stands at the same place.
    let may = |change: &Change| match change.kind {
        Kind::Constraint | Kind::Errors | Kind::Endpoint | Kind::Binding => false,
        Kind::Trait => deprecation == change.what.contains("deprecated"),
        _ => !deprecation,
    };
    // What a builder demands follows from members that come, go, or become required or optional.
    let demands = |change: &Change| matches!(change.kind, Kind::Required | Kind::Added | Kind::Removed | Kind::Renamed);
    let find = |fits: &dyn Fn(&Change) -> bool| changes.iter().position(|change| may(change) && fits(change));
    let demanded = places.iter().find_map(|place| {
        find(&|change| {
            difference.builder && demands(change) && (change.place == *place || within(&change.place, place))
        })
    });
    let at = || places.iter().find_map(|place| find(&|change| change.place == *place));
    let inside = || find(&|change| demands(change) && places.iter().any(|place| within(&change.place, place)));
    let around = || places.iter().find_map(|place| find(&|change| within(place, &change.place)));
    demanded.or_else(at).or_else(inside).or_else(around)
}
