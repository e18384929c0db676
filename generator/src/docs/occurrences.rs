//! Occurrences: the structures that have a member of the same name and shape, which is what the model tells of a member that has
//! no constraints. They are facts of the whole model and no links, as roles are.

use std::collections::BTreeMap;

use super::roles;
use crate::model::ServiceModel;
use crate::plan::Service;

/// The structures of members, by the name and the shape of the member.
#[derive(Debug, Default)]
pub(super) struct Occurrences(BTreeMap<(String, String), Vec<String>>);

impl Occurrences {
    /// The occurrences of all members of a service.
    pub fn of(plan: &Service, model: &ServiceModel) -> Self {
        let mut occurrences: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for structure in plan.structures() {
            let Some(shape) = &structure.shape else { continue };
            for (name, member) in &model.shapes[&**shape].members {
                let key = (name.to_string(), member.shape.to_string());
                occurrences.entry(key).or_default().push(structure.ident.to_string());
            }
        }
        occurrences.values_mut().for_each(|structures| structures.sort_unstable());
        Self(occurrences)
    }

    /// The other structures that have the member, in a few words.
    pub fn others(&self, holder: &str, member: &str, shape: &str) -> Option<String> {
        let holders = self.0.get(&(member.to_owned(), shape.to_owned()))?;
        let mut others: Vec<&str> = holders.iter().map(String::as_str).filter(|other| *other != holder).collect();
        // A name that begins alike is of a structure for the same thing.
        let alike = |other: &str| holder.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
        others.sort_by_key(|other| std::cmp::Reverse(alike(other)));
        (!others.is_empty()).then(|| format!("Also in {}.", roles::some(&others, "structures")))
    }
}
