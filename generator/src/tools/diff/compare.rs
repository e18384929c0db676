//! The differences of two surfaces: what comes, what goes, and what is declared or means another thing under the same path.

use std::collections::BTreeMap;

use super::change::Verdict;
use super::surface::{Declaration, PublicItem, Surface};

/// One difference.
#[derive(Debug, Clone)]
pub(super) struct Difference {
    pub path: String,
    pub sort: DifferenceKind,
    /// The difference, in words.
    pub reason: String,
    /// Where in either model it may come from, the nearest place first.
    pub places: Vec<String>,
    /// The item that this one is a part of, where that comes or goes with it.
    pub whole: Option<String>,
    /// Whether it is about what builders demand.
    pub demand: bool,
}

/// The kind of a difference between two items of one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DifferenceKind {
    Gone,
    New,
    /// Declared in another way.
    Redeclared,
    /// It means another thing on the wire: what it meant is gone, or is elsewhere.
    Moved,
    /// Where something moved to, from the side of the thing that is there now.
    Replaced,
    /// It means the same, and that goes elsewhere on the wire.
    Rebound,
    Deprecated,
    Restored,
}

impl Difference {
    /// The version that the difference requires.
    pub fn verdict(&self) -> Verdict {
        match self.sort {
            DifferenceKind::Gone | DifferenceKind::Redeclared | DifferenceKind::Moved => Verdict::Major,
            // A builder's type has another parameter.
            DifferenceKind::New if self.is_demand_of_builder() => Verdict::Major,
            // Every emitted structure and enumeration is #[non_exhaustive]: what is merely new breaks nothing.
            DifferenceKind::New | DifferenceKind::Replaced | DifferenceKind::Deprecated => Verdict::Minor,
            DifferenceKind::Rebound | DifferenceKind::Restored => Verdict::Patch,
        }
    }

    fn is_demand_of_builder(&self) -> bool {
        // What comes with a new builder asks nothing of a program that there is.
        self.demand && self.path.ends_with('>') && self.whole.is_none()
    }
}

/// Everything that differs, a whole before its parts.
pub(super) fn differences(old: &Surface, new: &Surface) -> Vec<Difference> {
    let mut found = Vec::new();
    let meanings = Meanings { old: by_name(old), new: by_name(new) };
    for (path, before) in old {
        match new.get(path) {
            None => found.push(one_sided(path, before, DifferenceKind::Gone, new)),
            Some(after) => meanings.compare(path, before, after, &mut found),
        }
    }
    let fresh = new.iter().filter(|(path, _)| !old.contains_key(*path));
    found.extend(fresh.map(|(path, item)| one_sided(path, item, DifferenceKind::New, old)));
    found
}

/// An item that the other side is without.
fn one_sided(path: &str, item: &PublicItem, sort: DifferenceKind, other: &Surface) -> Difference {
    let builder = || item.parent.as_deref().unwrap_or_default();
    let reason = match (&item.declaration, sort) {
        (Declaration::Demand, DifferenceKind::Gone) => {
            format!("`{}` no longer demands `{}`", builder(), demanded(path))
        }
        (Declaration::Demand, _) => format!("`{}` demands `{}`", builder(), demanded(path)),
        (_, DifferenceKind::Gone) => format!("`{path}` is gone"),
        _ => format!("`{path}` is new"),
    };
    Difference {
        path: path.to_owned(),
        sort,
        reason,
        places: item.places.clone(),
        whole: item.parent.clone().filter(|parent| !other.contains_key(parent)),
        demand: matches!(item.declaration, Declaration::Demand | Declaration::Input),
    }
}

/// The input in `Builder<input>`.
fn demanded(path: &str) -> &str {
    path.rsplit('<').next().unwrap_or_default().trim_end_matches('>')
}

/// Items by their scope and the name of the model that they stand for.
type ByName<'a> = BTreeMap<(&'a str, &'a str), (&'a str, &'a PublicItem)>;

fn by_name(surface: &Surface) -> ByName<'_> {
    let named = surface.iter().filter(|(_, item)| !item.meaning.name.is_empty());
    named.map(|(path, item)| ((scope(path, item), item.meaning.name.as_str()), (path.as_str(), item))).collect()
}

/// The scope in which the names of items must differ: the item that they are parts of, or their module.
pub(super) fn scope<'a>(path: &'a str, item: &'a PublicItem) -> &'a str {
    match &item.parent {
        Some(parent) => parent,
        None => path.rsplit_once("::").map_or("", |(module, _)| module),
    }
}

/// The names of the model that items stand for, on both sides.
struct Meanings<'a> {
    old: ByName<'a>,
    new: ByName<'a>,
}

impl Meanings<'_> {
    /// Compares two items of one path.
    fn compare(&self, path: &str, before: &PublicItem, after: &PublicItem, found: &mut Vec<Difference>) {
        let push = |sort, reason, places: Vec<String>| Difference {
            path: path.to_owned(),
            sort,
            reason,
            places,
            whole: None,
            demand: false,
        };
        let both = |first: &PublicItem, second: &PublicItem| [first.places.clone(), second.places.clone()].concat();
        if let Some(reason) = self.moved(path, before, after) {
            found.push(push(DifferenceKind::Moved, reason, both(before, after)));
            if before.meaning.name != after.meaning.name {
                let reason = format!("`{path}` is {} now", on_wire(after));
                found.push(push(DifferenceKind::Replaced, reason, after.places.clone()));
            }
        } else if before.meaning.wire != after.meaning.wire {
            let (now, was) = (&after.meaning.wire, &before.meaning.wire);
            let reason = format!("`{path}` is {now}, was {was}: other bytes on the wire, the same Rust");
            found.push(push(DifferenceKind::Rebound, reason, both(after, before)));
        }
        if before.declaration != after.declaration {
            let (now, was) = after.declaration.verbs();
            let reason = format!("`{path}` {now} {}, {was} {}", after.declaration, before.declaration);
            found.push(push(DifferenceKind::Redeclared, reason, both(after, before)));
        }
        match (before.deprecated, after.deprecated) {
            (false, true) => {
                found.push(push(DifferenceKind::Deprecated, format!("`{path}` is deprecated"), both(after, before)))
            }
            (true, false) => found.push(push(
                DifferenceKind::Restored,
                format!("`{path}` is no longer deprecated"),
                both(after, before),
            )),
            _ => {}
        }
    }

    /// The members that moved, where an item means another thing on the wire than before.
    ///
    /// It does where it stands for another name of the model, and either the bytes are others or that name, or the one before,
    /// had another item; and where it took over the place on the wire of another item.
    fn moved(&self, path: &str, before: &PublicItem, after: &PublicItem) -> Option<String> {
        let (was, is) = (&before.meaning, &after.meaning);
        let scope = scope(path, before);
        if was.name != is.name {
            let elsewhere = |side: &ByName<'_>, name: &str| side.get(&(scope, name)).is_some_and(|(of, _)| *of != path);
            let swapped = elsewhere(&self.new, &was.name) || elsewhere(&self.old, &is.name);
            let moved = was.wire != is.wire || swapped;
            return moved.then(|| format!("`{path}` means {}, meant {}", on_wire(after), on_wire(before)));
        }
        if was.wire == is.wire || is.wire.is_empty() {
            return None;
        }
        let others = self.old.iter().filter(|((of, name), _)| *of == scope && *name != is.name);
        let former = others.map(|(_, (of, item))| (of, &item.meaning.wire)).find(|(_, wire)| **wire == is.wire);
        former.map(|(of, _)| format!("`{path}` is {}, which was `{of}`", is.wire))
    }
}

/// A meaning in words.
fn on_wire(item: &PublicItem) -> String {
    let name = crate::text::code(&item.meaning.name);
    match item.meaning.wire.as_str() {
        "" => name,
        wire if wire == name => name,
        wire => format!("{name}, {wire}"),
    }
}
