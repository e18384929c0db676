//! Blame: the change of the model that each difference of the surfaces comes from. A difference that none accounts for
//! becomes a change of its own.

use std::collections::BTreeMap;

use super::change::{Change, Kind};
use super::compare::{Difference, DifferenceKind, differences};
use super::facts::Fact;
use super::surface::Surface;

/// The most reasons that a change is given; it has a verdict of all of them.
const REASONS: usize = 6;

/// The changes that the facts and the differences of two surfaces make.
pub(super) fn assign(facts: Vec<Fact>, old: &Surface, new: &Surface) -> Vec<Change> {
    let changes = facts.into_iter().map(|Fact { kind, place, what }| Change::new(kind, place, what));
    let mut changes: Vec<Change> = changes.collect();
    // Where the changes of items are, by the item's path.
    let mut of_items: BTreeMap<String, usize> = BTreeMap::new();
    for difference in differences(old, new) {
        let whole = difference.whole.as_ref().and_then(|whole| of_items.get(whole)).copied();
        let (index, within) = match whole {
            None => (of_places(&mut changes, &difference), None),
            // A part comes and goes with its whole: it is worth a word only where the model has a change of its own for it.
            Some(of_whole) => match own(&changes, &difference).filter(|own| *own != of_whole) {
                Some(own) => (own, difference.whole.clone()),
                None => {
                    of_items.insert(difference.path, of_whole);
                    continue;
                }
            },
        };
        // One change that both takes a name and is the reason why another loses it says so once.
        if difference.sort == DifferenceKind::Replaced && of_items.get(&difference.path) == Some(&index) {
            continue;
        }
        let change = &mut changes[index];
        if change.reasons.is_empty() {
            change.within = within;
        } else if within.is_none() {
            change.within = None;
        }
        change.verdict = change.verdict.max(difference.verdict());
        change.reasons.push(difference.reason);
        of_items.insert(difference.path, index);
    }
    changes.iter_mut().for_each(settle);
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
        let reason = match change.kind {
            Kind::Binding => "other bytes on the wire, the same Rust",
            Kind::Constraint => "documentation only",
            Kind::Errors => "documentation, and what the operation says of itself",
            Kind::Endpoint => "other hosts, the same Rust",
            _ => "no public item changes",
        };
        change.reasons.push(reason.to_owned());
    }
}

/// The change that a difference is laid to; where there is none, one is made for it.
fn of_places(changes: &mut Vec<Change>, difference: &Difference) -> usize {
    if let Some(index) = nearest(changes, difference) {
        return index;
    }
    let place = difference.places.first().unwrap_or(&difference.path).clone();
    if let Some(index) = changes.iter().position(|change| change.kind == Kind::Layout && change.place == place) {
        return index;
    }
    let what = "emitted in another way, since something elsewhere in the model changed";
    changes.push(Change::new(Kind::Layout, place, what.to_owned()));
    changes.len() - 1
}

/// The change at the very place that a difference comes from.
fn own(changes: &[Change], difference: &Difference) -> Option<usize> {
    let place = difference.places.first()?;
    changes.iter().position(|change| change.place == *place && accounts_for(change, difference))
}

/// The change at the nearest place that a difference may come from, or around it.
fn nearest(changes: &[Change], difference: &Difference) -> Option<usize> {
    let within = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    let find = |fits: &dyn Fn(&str) -> bool| {
        changes.iter().position(|change| fits(&change.place) && accounts_for(change, difference))
    };
    let at = || difference.places.iter().find_map(|place| find(&|of| of == place));
    let around = || difference.places.iter().find_map(|place| find(&|of| within(place, of)));
    at().or_else(around)
}

/// Whether a change of this kind can be the reason for a difference.
fn accounts_for(change: &Change, difference: &Difference) -> bool {
    let comes_or_goes = matches!(change.kind, Kind::Added | Kind::Removed | Kind::Renamed);
    match difference.sort {
        DifferenceKind::Deprecated | DifferenceKind::Restored => {
            change.kind == Kind::Trait && change.what.contains("deprecated")
        }
        DifferenceKind::Rebound => matches!(change.kind, Kind::Binding | Kind::Trait),
        DifferenceKind::Moved | DifferenceKind::Replaced => {
            comes_or_goes || matches!(change.kind, Kind::Binding | Kind::Value)
        }
        _ if change.kind == Kind::Trait => !change.what.contains("deprecated"),
        // What a builder demands follows from members that come, go, or become required or optional.
        _ if difference.demand => comes_or_goes || change.kind == Kind::Required,
        // These change no declaration, whatever else stands at the same place.
        _ => !matches!(change.kind, Kind::Constraint | Kind::Errors | Kind::Endpoint | Kind::Binding),
    }
}
