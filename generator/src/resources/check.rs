//! Checks of a `resources.toml` against the model: an entry that no longer fits is an error.

use super::facts::{Facts, Rule};
use super::file::{Family, Resources, id_label};
use crate::diagnostic::Diagnostics;
use crate::json::Json;
use crate::model::ServiceModel;

/// Every entry that does not fit the model.
pub(super) fn check(file: &str, resources: &Resources, facts: &Facts, model: &ServiceModel) -> Diagnostics {
    let mut checker = Checker { file, model, facts, problems: Diagnostics::default() };
    checker.families(resources);
    checker.operations(resources);
    checker.members(resources);
    checker.seeds(resources);
    checker.problems
}

struct Checker<'a> {
    file: &'a str,
    model: &'a ServiceModel,
    facts: &'a Facts,
    problems: Diagnostics,
}

impl Checker<'_> {
    fn problem(&mut self, entry: String, message: impl Into<String>) {
        self.problems.push(self.file, entry, message);
    }

    fn families(&mut self, resources: &Resources) {
        for (index, facts) in self.facts.families.iter().enumerate() {
            let family = &facts.family;
            let entry = format!("family {}", family.name);
            if resources.families.iter().take(index).any(|other| other.name == family.name) {
                self.problem(entry.clone(), "an entry before it has the same name");
            }
            let of = |rule: &&Rule| matches!(rule, Rule::Life { family: of, .. } if *of == family.name);
            if self.facts.operations.values().find(of).is_none() && family.name != "Contact" {
                self.problem(entry.clone(), "no operation of the model is of this family");
            } else if facts.labels.is_empty() && !self.is_only_listed(family) {
                let message =
                    format!("no operation on one resource has the label {}: name it by `id`", id_label(family));
                self.problem(entry.clone(), message);
            }
            let places = family.arn.iter().flat_map(|arn| super::noun::labels(arn));
            for place in places.filter(|place| *place != "Id" && !facts.labels.iter().any(|label| label == place)) {
                self.problem(entry.clone(), format!("`arn` names {place}, which is not a label of the family"));
            }
        }
    }

    /// Whether no operation takes one resource of a family.
    fn is_only_listed(&self, family: &Family) -> bool {
        !self.facts.operations.values().any(|rule| {
            matches!(rule, Rule::Life { verb: "describe" | "update" | "delete", family: of, .. } if *of == family.name)
        })
    }

    fn operations(&mut self, resources: &Resources) {
        let families = resources.families.iter();
        let of_families =
            families.flat_map(|family| family.operations.keys().map(|name| (format!("family {}", family.name), name)));
        let own = resources.own.iter().map(|name| ("own".to_owned(), name));
        let set = resources.set.iter().map(|name| ("set".to_owned(), name));
        let slots = resources.slots.iter().map(|slot| ("slot".to_owned(), &slot.operation));
        let mut seen = std::collections::BTreeSet::new();
        for (entry, name) in of_families.chain(own).chain(set).chain(slots) {
            if !self.model.operations.contains_key(name) {
                self.problem(
                    format!("{entry} {name}"),
                    "the model no longer has the operation: delete it from the entry",
                );
            }
            if !seen.insert(name) {
                self.problem(format!("{entry} {name}"), "another entry names the same operation");
            }
        }
    }

    fn members(&mut self, resources: &Resources) {
        let known = |name: &str| self.model.shapes.values().any(|shape| shape.members.contains_key(name));
        let references = resources.references.iter().map(|reference| &reference.member);
        let unknown: Vec<String> =
            references.chain(&resources.unchecked).filter(|name| !known(name)).cloned().collect();
        for name in unknown {
            self.problem(
                format!("member {name}"),
                "no shape of the model has such a member any more: delete the entry",
            );
        }
        let slots = resources.slots.iter().map(|slot| ("slot", &slot.family));
        let of = resources.references.iter().map(|reference| ("reference", &reference.family));
        let seeds = resources.seeds.iter().map(|seed| ("seed", &seed.family));
        for (entry, family) in slots.chain(of).chain(seeds) {
            if !resources.families.iter().any(|known| known.name == *family) {
                self.problem(format!("{entry} {family}"), "there is no family of this name");
            }
        }
    }

    /// A seed is what a creation could have made: its members are those of the family's creation or of its defaults.
    fn seeds(&mut self, resources: &Resources) {
        for seed in &resources.seeds {
            let creations = self.facts.operations.iter().filter(
                |(_, rule)| matches!(rule, Rule::Life { verb: "create", family, .. } if *family == seed.family),
            );
            let inputs = creations.filter_map(|(name, _)| self.model.operations.get(name)?.input.as_ref());
            let shapes: Vec<_> = inputs.filter_map(|input| self.model.shapes.get(&input.shape)).collect();
            let defaults = resources.families.iter().find(|family| family.name == seed.family);
            let values = seed.values.as_object().unwrap_or_default();
            let unknown: Vec<String> = values
                .iter()
                .map(|(key, _): &(String, Json)| key.clone())
                .filter(|key| {
                    let full = format!("{}{key}", seed.family);
                    let created =
                        shapes.iter().any(|shape| shape.members.contains_key(key) || shape.members.contains_key(&full));
                    !created && !defaults.is_some_and(|family| family.defaults.contains_key(key))
                })
                .collect();
            for key in unknown {
                self.problem(format!("seed {} {key}", seed.family), "no creation of the family takes such a member");
            }
        }
    }
}
