//! Occurrences: the structures that have a member of the same name and shape, and the areas of a structure. That is what the model tells
//! of a member that has no constraints. They are facts of the whole model and no links, as roles are.

use std::collections::BTreeMap;

use super::roles;
use crate::model::ServiceModel;
use crate::names::Ident;
use crate::plan::{Gate, Response, Service};

/// Where members occur.
#[derive(Debug, Default)]
pub(super) struct Occurrences {
    /// The structures of members, by the name and the shape of the member.
    structures: BTreeMap<(String, String), Vec<String>>,
    /// The titles of the areas that reach a structure; none for a structure of every area.
    areas: BTreeMap<Ident, Vec<String>>,
}

impl Occurrences {
    /// The occurrences of all members of a service.
    pub fn of(plan: &Service, model: &ServiceModel) -> Self {
        let mut structures: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for structure in plan.structures() {
            let Some(shape) = &structure.shape else { continue };
            for (name, member) in &model.shapes[&**shape].members {
                let key = (name.to_string(), member.shape.to_string());
                structures.entry(key).or_default().push(structure.ident.to_string());
            }
        }
        structures.values_mut().for_each(|structures| structures.sort_unstable());
        let titles = |gate: &Gate| -> Vec<String> {
            let areas = plan.areas.list.iter().filter(|area| gate.features().any(|feature| feature == area.feature));
            areas.map(|area| area.printable_title()).collect()
        };
        let requests = plan.operations.iter().map(|operation| (&operation.request.ident, &operation.gate));
        let responses = plan.operations.iter().filter_map(|operation| match &operation.response {
            Response::Own(response) => Some((&response.ident, &operation.gate)),
            _ => None,
        });
        let items = plan.items.iter().map(|item| (&item.ident, &item.gate));
        let areas = requests.chain(responses).chain(items).map(|(ident, gate)| (ident.clone(), titles(gate))).collect();
        Self { structures, areas }
    }

    /// The other structures that have the member, in a few words.
    pub fn others(&self, holder: &str, member: &str, shape: &str) -> Option<String> {
        let holders = self.structures.get(&(member.to_owned(), shape.to_owned()))?;
        let mut others: Vec<&str> = holders.iter().map(String::as_str).filter(|other| *other != holder).collect();
        // A name that begins alike is of a structure for the same thing.
        let alike = |other: &str| holder.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
        others.sort_by_key(|other| std::cmp::Reverse(alike(other)));
        (!others.is_empty()).then(|| format!("Also in {}.", roles::some(&others, "structures")))
    }

    /// The areas of a structure, where they are few.
    pub fn areas(&self, holder: &Ident) -> Option<String> {
        match self.areas.get(holder)?.as_slice() {
            [area] => Some(format!("Area: {area}.")),
            [area, other] => Some(format!("Areas: {area}; {other}.")),
            _ => None,
        }
    }
}
