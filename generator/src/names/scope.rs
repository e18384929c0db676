//! Scopes: names that must differ from one another, and who of several keys gets the name that all of them want.

use std::collections::{BTreeMap, BTreeSet};

use super::Ident;

/// The name that a key wants by the rules of case.
#[derive(Debug, Clone)]
pub(crate) struct WantedName {
    pub name: String,
    /// Whether the key is the usual spelling of the name. Of all keys that want one name, one is usual at most.
    pub usual: bool,
}

/// The names of one scope, by key.
///
/// A key that is in `kept` has the name there. A usual key that is not has the name that it wants, unless a kept one has it.
/// The remaining keys are new: in the order of keys, each gets the name that it wants or, where that is taken, a number to it.
pub(crate) fn allocate<K: Ord + Clone>(
    wants: &BTreeMap<K, WantedName>,
    kept: &BTreeMap<K, Ident>,
) -> BTreeMap<K, Ident> {
    let mut given: BTreeMap<K, Ident> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (key, name) in kept.iter().filter(|(key, _)| wants.contains_key(*key)) {
        taken.insert(name.0.clone());
        given.insert(key.clone(), name.clone());
    }
    for (key, want) in wants.iter().filter(|(_, want)| want.usual) {
        if !given.contains_key(key) && taken.insert(want.name.clone()) {
            given.insert(key.clone(), Ident(want.name.clone()));
        }
    }
    let wanted: BTreeSet<&str> = wants.values().map(|want| want.name.as_str()).collect();
    // The number that comes next for a name: a thousand keys of one name must not count to a thousand each.
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, want) in wants {
        if given.contains_key(key) {
            continue;
        }
        let mut name = want.name.clone();
        let number = next.entry(&want.name).or_insert(2);
        // A numbered name must not take what another key wants for itself.
        while taken.contains(&name) || (name != want.name && wanted.contains(name.as_str())) {
            name = numbered(&want.name, *number);
            *number += 1;
        }
        taken.insert(name.clone());
        given.insert(key.clone(), Ident(name));
    }
    given
}

/// The names of a scope of which nothing is remembered: of several keys that want one name, the first has it.
pub(crate) fn unique<'a, K: Ord + Clone + 'a>(
    keys: impl Iterator<Item = &'a K>,
    name: impl Fn(&K) -> String,
) -> BTreeMap<K, Ident> {
    let wants = keys.map(|key| (key.clone(), WantedName { name: name(key), usual: false }));
    allocate(&wants.collect(), &BTreeMap::new())
}

/// `arn2`, and `v2_2` where the name ends with a digit.
fn numbered(name: &str, number: usize) -> String {
    let separator = if name.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
    format!("{name}{separator}{number}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Ident, WantedName, allocate, unique};

    fn names(keys: &[(&str, &str, bool)], kept: &[(&str, &str)]) -> Vec<(String, String)> {
        let want = |(key, name, usual): &(&str, &str, bool)| {
            ((*key).to_owned(), WantedName { name: (*name).to_owned(), usual: *usual })
        };
        let kept = kept.iter().map(|(key, name)| ((*key).to_owned(), Ident((*name).to_owned())));
        let given = allocate(&keys.iter().map(want).collect(), &kept.collect::<BTreeMap<_, _>>());
        given.into_iter().map(|(key, name)| (key, name.0)).collect()
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(key, name)| ((*key).to_owned(), (*name).to_owned())).collect()
    }

    #[test]
    fn the_usual_spelling_gets_the_name_and_others_a_number() {
        let keys = [("ARN", "arn", false), ("Arn", "arn", true), ("arn", "arn", false)];
        assert_eq!(names(&keys, &[]), pairs(&[("ARN", "arn2"), ("Arn", "arn"), ("arn", "arn3")]));
    }

    #[test]
    fn a_name_that_is_kept_goes_to_nobody_else() {
        let keys = [("ARN", "arn", false), ("Arn", "arn", true), ("Arn2", "arn2", true)];
        assert_eq!(names(&keys, &[("ARN", "arn")]), pairs(&[("ARN", "arn"), ("Arn", "arn3"), ("Arn2", "arn2")]));
        assert_eq!(names(&keys, &[("ARN", "arn2")]), pairs(&[("ARN", "arn2"), ("Arn", "arn"), ("Arn2", "arn2_2")]));
        assert_eq!(names(&keys[1..], &[("ARN", "arn")]), pairs(&[("Arn", "arn"), ("Arn2", "arn2")]), "ARN is gone");
    }

    #[test]
    fn a_thousand_keys_of_one_name_are_counted_once() {
        let keys: Vec<String> = (0..1000).map(|key| format!("{key:04}")).collect();
        let names = unique(keys.iter(), |_| "same".to_owned());
        assert_eq!((&*names["0000"], &*names["0001"], &*names["0999"]), ("same", "same2", "same1000"));
    }
}
