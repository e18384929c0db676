//! Inference: which rule each operation of a model follows, by its name, its labels and its members.

use std::collections::{BTreeMap, BTreeSet};

use super::check;
use super::facts::{Facts, FamilyFacts, Rule};
use super::file::{Family, Resources, id_label};
use super::noun::{labels, plural, split, stem};
use crate::diagnostic::Diagnostics;
use crate::model::{Operation, Paginator, Paginators, ServiceModel, ShapeType};

/// The facts of a model's resources, and the entries of the file that do not fit the model.
pub(super) fn infer(
    file: &str,
    resources: Resources,
    model: &ServiceModel,
    paginators: &Paginators,
) -> (Facts, Diagnostics) {
    let inference = Inference { model, paginators, resources: &resources };
    let mut operations = inference.named();
    let families: Vec<FamilyFacts> =
        resources.families.iter().map(|family| inference.family(family, &operations)).collect();
    inference.slots(&families, &mut operations);
    inference.updates(&families, &mut operations);
    for name in model.operations.keys() {
        operations.entry(name.clone()).or_insert(Rule::Unplaced);
    }
    let mut facts = Facts { families, operations, resources: Resources::default() };
    let problems = check::check(file, &resources, &facts, model);
    facts.resources = resources;
    (facts, problems)
}

struct Inference<'a> {
    model: &'a ServiceModel,
    paginators: &'a Paginators,
    resources: &'a Resources,
}

impl Inference<'_> {
    /// The operations that the file names, and those whose whole name is a verb and a family.
    fn named(&self) -> BTreeMap<String, Rule> {
        let mut rules = BTreeMap::new();
        for family in &self.resources.families {
            for (verb, noun) in [
                ("create", format!("Create{}", family.name)),
                ("describe", format!("Describe{}", family.name)),
                ("delete", format!("Delete{}", family.name)),
                ("update", format!("Update{}", family.name)),
                ("list", format!("List{}", plural(&family.name))),
                ("search", format!("Search{}", plural(&family.name))),
            ] {
                if self.model.operations.contains_key(&noun) {
                    rules.insert(noun.clone(), self.life(verb, &family.name, &noun));
                }
            }
        }
        for family in &self.resources.families {
            for (operation, verb) in &family.operations {
                let verb = ["create", "describe", "list", "search", "update", "delete"]
                    .into_iter()
                    .find(|known| known == verb)
                    .unwrap_or("update");
                rules.insert(operation.clone(), self.life(verb, &family.name, operation));
            }
        }
        for slot in &self.resources.slots {
            let list = self.list(&slot.operation);
            let rule = Rule::Slot { verb: slot.verb, family: slot.family.clone(), slot: slot.slot.clone(), list };
            rules.insert(slot.operation.clone(), rule);
        }
        rules.extend(self.resources.own.iter().map(|operation| (operation.clone(), Rule::Own)));
        rules.extend(self.resources.set.iter().map(|operation| (operation.clone(), Rule::Set)));
        rules
    }

    fn life(&self, verb: &'static str, family: &str, operation: &str) -> Rule {
        let list = if matches!(verb, "list" | "search") { self.list(operation) } else { None };
        Rule::Life { verb, family: family.to_owned(), list }
    }

    /// The family with the labels that lead to one of its resources: those of an operation on one.
    fn family(&self, family: &Family, operations: &BTreeMap<String, Rule>) -> FamilyFacts {
        let id = id_label(family);
        let on_one = operations.iter().filter(|(_, rule)| {
            matches!(rule, Rule::Life { verb: "describe" | "update" | "delete", family: of, .. } if *of == family.name)
        });
        // Of a family whose operations have code of their own, the one that describes tells as well.
        let described = format!("Describe{}", family.name);
        let mut paths = on_one.map(|(name, _)| name).chain([&described]).filter_map(|name| {
            let labels = labels(&self.model.operations.get(name)?.http.request_uri);
            let end = labels.iter().position(|label| *label == id)?;
            Some(labels[..=end].iter().map(|label| (*label).to_owned()).collect())
        });
        FamilyFacts { family: family.clone(), labels: paths.next().unwrap_or_default() }
    }

    /// Lists that belong to a resource: what associates, dissociates and lists.
    fn slots(&self, families: &[FamilyFacts], operations: &mut BTreeMap<String, Rule>) {
        let mut known: BTreeSet<(String, String)> =
            self.resources.slots.iter().map(|slot| (slot.family.clone(), slot.slot.clone())).collect();
        let mut found = Vec::new();
        for (name, operation) in self.unplaced(operations) {
            let Some((verb @ ("Associate" | "Disassociate"), noun)) = split(name) else { continue };
            let Some(owner) = owner(families, operation) else { continue };
            let slot = slot(owner, noun);
            let members =
                self.inputs(operation).into_iter().map(|member| member_slot(&owner.family.name, &slot, member));
            known.extend(members.map(|slot| (owner.family.name.clone(), slot)));
            known.insert((owner.family.name.clone(), slot.clone()));
            let verb = if verb == "Associate" { "attach" } else { "detach" };
            found.push((name.clone(), Rule::Slot { verb, family: owner.family.name.clone(), slot, list: None }));
        }
        for (name, operation) in self.unplaced(operations) {
            let Some((verb @ ("List" | "Update"), noun)) = split(name) else { continue };
            let Some(owner) = owner(families, operation) else { continue };
            let family = owner.family.name.clone();
            let slot = slot(owner, noun);
            let list = if verb == "List" { self.list(name) } else { None };
            if known.contains(&(family.clone(), slot.clone())) {
                let verb = if verb == "List" { "sublist" } else { "adjust" };
                found.push((name.clone(), Rule::Slot { verb, family, slot, list }));
            } else if let Some(member) = list.clone().filter(|member| self.writes(operations, &family, member)) {
                found.push((name.clone(), Rule::Slot { verb: "member", family, slot: member, list }));
            }
        }
        operations.extend(found);
    }

    /// Updates of a part of a resource: `UpdateUserIdentityInfo` is of the family `User`.
    fn updates(&self, families: &[FamilyFacts], operations: &mut BTreeMap<String, Rule>) {
        let mut found = Vec::new();
        for (name, operation) in self.unplaced(operations) {
            let Some(("Update", noun)) = split(name) else { continue };
            let labels = labels(&operation.http.request_uri);
            let fits = families.iter().filter(|facts| {
                noun.starts_with(&facts.family.name) && !facts.labels.is_empty() && labels == facts.labels
            });
            if let Some(facts) = fits.max_by_key(|facts| facts.family.name.len()) {
                found.push((name.clone(), self.life("update", &facts.family.name, name)));
            }
        }
        operations.extend(found);
    }

    fn unplaced<'b>(
        &'b self,
        operations: &'b BTreeMap<String, Rule>,
    ) -> impl Iterator<Item = (&'b String, &'b Operation)> {
        self.model.operations.iter().filter(|(name, _)| !operations.contains_key(*name))
    }

    /// Whether a creation or an update of a family takes a member.
    fn writes(&self, operations: &BTreeMap<String, Rule>, family: &str, member: &str) -> bool {
        operations.iter().any(|(name, rule)| {
            matches!(rule, Rule::Life { verb: "create" | "update", family: of, .. } if of == family)
                && self.model.operations.get(name).is_some_and(|operation| self.inputs(operation).contains(&member))
        })
    }

    /// The members of an operation's input that are neither labels nor tokens.
    fn inputs(&self, operation: &Operation) -> Vec<&str> {
        let Some(input) = operation.input.as_ref().and_then(|input| self.model.shapes.get(&input.shape)) else {
            return Vec::new();
        };
        let data = input
            .members
            .iter()
            .filter(|(_, member)| member.location.as_deref() != Some("uri") && !member.idempotency_token);
        data.map(|(name, _)| name.as_str()).collect()
    }

    /// The list of an operation's output: the one that its paginator names, else the only one.
    fn list(&self, operation: &str) -> Option<String> {
        let output = self.model.operations.get(operation)?.output.as_ref()?;
        let members = &self.model.shapes.get(&output.shape)?.members;
        let is_list = |name: &str| {
            let shape = members.get(name).and_then(|member| self.model.shapes.get(&member.shape));
            shape.is_some_and(|shape| shape.kind == ShapeType::List)
        };
        let paged = self.paginators.get(operation).and_then(results).filter(|name| is_list(name));
        paged.or_else(|| members.keys().find(|name| is_list(name)).cloned())
    }
}

fn results(paginator: &Paginator) -> Option<String> {
    Some(paginator.result_key.as_ref()?.as_slice().first()?.to_string())
}

/// The family whose resource the labels of an operation lead to.
fn owner<'a>(families: &'a [FamilyFacts], operation: &Operation) -> Option<&'a FamilyFacts> {
    let labels = labels(&operation.http.request_uri);
    let leads = |facts: &&FamilyFacts| {
        !facts.labels.is_empty()
            && labels.iter().zip(&facts.labels).filter(|(a, b)| a == b).count() == facts.labels.len()
    };
    families.iter().filter(leads).max_by_key(|facts| facts.labels.len())
}

/// The name of the list that a noun speaks of, without the name of its owner.
fn slot(owner: &FamilyFacts, noun: &str) -> String {
    let rest = noun.strip_prefix(owner.family.name.as_str());
    let rest = rest.filter(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()));
    stem(rest.unwrap_or(noun))
}

/// The list that a member of an association adds to: that of the operation, or the longer name that ends in it
/// (`ManualAssignmentQueueConfigs` of `AssociateRoutingProfileQueues`). The owner's name before it tells nothing
/// (`UserProficiencies` of a user).
fn member_slot(owner: &str, slot: &str, member: &str) -> String {
    let ends = ["Configs", "Config", "References", "Reference", "Ids", "Id"];
    let noun = ends.into_iter().find_map(|end| member.strip_suffix(end)).unwrap_or(member);
    let noun = stem(noun);
    if noun.strip_prefix(owner) == Some(slot) {
        return slot.to_owned();
    }
    if noun.len() > slot.len() && noun.ends_with(slot) { noun } else { slot.to_owned() }
}
