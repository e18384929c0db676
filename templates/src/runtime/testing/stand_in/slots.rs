//! Lists that belong to a resource: what is associated with it, one by one or several at once.

use serde_json::{Map, Value};

use super::super::service::{Fill, Kind, ShapeId};
use super::engine::{Call, Engine, Outcome};
use super::facts::{SlotVerb, data_members, member_slot};
use super::list::page_of;
use super::refusal::Fault;
use super::store::Key;
use super::view::fit;

impl Engine {
    /// A change of a list, or a reading of it.
    pub fn slot(&mut self, call: Call<'_>, verb: SlotVerb, family: usize, slot: &str, list: Option<&str>) -> Outcome {
        let key = self.target(call, family)?;
        match verb {
            SlotVerb::Sublist => self.sublist(call, &key, slot, list),
            SlotVerb::Member => self.member_list(call, &key, slot, list),
            SlotVerb::Find => self.find(call, &key, slot),
            SlotVerb::Attach | SlotVerb::Detach | SlotVerb::Adjust => self.change(call, verb, key, slot),
        }
    }

    fn change(&mut self, call: Call<'_>, verb: SlotVerb, key: Key, slot: &str) -> Outcome {
        if verb == SlotVerb::Attach {
            self.check_references(call, &key.scope, None)?;
        }
        let Some(mut record) = self.state.store.get(&key).cloned() else {
            return Err(self.not_found(call, key.family, ""));
        };
        let mut known = false;
        for (slot, elements) in self.elements(call, &key, slot) {
            let list = record.slots.entry(slot).or_default();
            for element in elements {
                let place = list.iter().position(|held| is_of(held, &element, verb));
                known |= place.is_some();
                match (verb, place) {
                    (SlotVerb::Detach, Some(place)) => drop(list.remove(place)),
                    (SlotVerb::Detach, None) => {}
                    (_, Some(place)) => list[place] = element,
                    (_, None) => list.push(element),
                }
            }
        }
        if verb == SlotVerb::Detach && !known && Fault::NotFound.is_declared(&self.model, call.operation) {
            return Err(self.refuse(call, Fault::NotFound, "there is no such association"));
        }
        record.modified = self.state.clock.now();
        self.keep(key.clone(), record);
        Ok(self.output(call, &key))
    }

    /// The elements that the members of an input add to each list, or remove from it.
    fn elements(&self, call: Call<'_>, key: &Key, slot: &str) -> Vec<(String, Vec<Value>)> {
        let owner = &self.facts.families[key.family];
        let place = owner.labels.as_slice();
        let of_owner = |name: &str| place.iter().any(|label| label == name) || name == "InstanceId";
        let mut single = Map::new();
        let mut found: Vec<(String, Vec<Value>)> = Vec::new();
        // Labels behind those of the owner are part of what is associated: `DELETE …/{ResourceId}/{ResourceType}`.
        let labels =
            call.input.iter().filter(|(name, _)| super::facts::is_label(call.operation, name) && !of_owner(name));
        single.extend(labels.map(|(name, value)| (name.clone(), value.clone())));
        let data: Vec<&str> = data_members(&self.model, call.operation).collect();
        for (name, value) in call.input.iter().filter(|(name, _)| data.contains(&name.as_str()) && !of_owner(name)) {
            match value {
                Value::Array(elements) => {
                    let elements = elements.iter().map(|element| self.element(name, element)).collect();
                    found.push((member_slot(&owner.name, slot, name), elements));
                }
                Value::Object(members) => flatten(members, &mut single),
                value => drop(single.insert(name.clone(), value.clone())),
            }
        }
        if found.is_empty() {
            return vec![(slot.to_owned(), vec![Value::Object(single)])];
        }
        // Lists beside single values, as security profiles beside the entity that has them: each element has the values.
        for element in found.iter_mut().flat_map(|(_, elements)| elements) {
            if let Value::Object(members) = element {
                members.extend(single.clone());
            }
        }
        found
    }

    /// An element of a list as it is kept: a flat object.
    pub fn element(&self, name: &str, element: &Value) -> Value {
        let mut flat = Map::new();
        match element {
            Value::Object(members) => flatten(members, &mut flat),
            value => drop(flat.insert(name.strip_suffix('s').unwrap_or(name).to_owned(), value.clone())),
        }
        Value::Object(flat)
    }

    fn sublist(&self, call: Call<'_>, key: &Key, slot: &str, list: Option<&str>) -> Outcome {
        let Some((list, shape)) = list.and_then(|list| {
            let shape = self.model.shape(call.operation.output()?).member(list)?.shape();
            Some((list, self.model.shape(shape).element()?))
        }) else {
            return Ok(self.model.empty_output(call.operation));
        };
        let held = self.state.store.get(key).and_then(|record| record.slots.get(slot)).cloned().unwrap_or_default();
        let wanted: Vec<(&String, &Value)> = call
            .input
            .iter()
            .filter(|(name, _)| {
                !super::facts::is_label(call.operation, name) && !super::paging::is_page_member(call, name)
            })
            .collect();
        let chosen = held.iter().filter(|element| {
            wanted.iter().all(|(name, value)| element.get(name.as_str()).is_none_or(|held| held == *value))
        });
        let shown = chosen.map(|element| self.slot_element(key, element, shape)).collect();
        page_of(self, call, list, shown)
    }

    /// A list that is a member of the resource.
    fn member_list(&self, call: Call<'_>, key: &Key, member: &str, list: Option<&str>) -> Outcome {
        let held = self.view_of(key).and_then(|view| Some(view.get(member)?.into_owned()));
        let elements = match held {
            Some(Value::Array(elements)) => elements,
            _ => Vec::new(),
        };
        let list = list.unwrap_or(member);
        let shape = call.operation.output().and_then(|output| self.model.shape(output).member(list));
        let element = shape.and_then(|member| self.model.shape(member.shape()).element());
        let shown = element.map(|id| elements.iter().filter_map(|value| fit(&self.model, id, value)).collect());
        page_of(self, call, list, shown.unwrap_or_default())
    }

    /// One element, by the members of the input that it has.
    fn find(&self, call: Call<'_>, key: &Key, slot: &str) -> Outcome {
        let held = self.state.store.get(key).and_then(|record| record.slots.get(slot));
        let found = held
            .into_iter()
            .flatten()
            .find(|element| call.input.iter().all(|(name, value)| element.get(name).is_none_or(|held| held == value)));
        let found = found.ok_or_else(|| self.refuse(call, Fault::NotFound, "there is no such association"))?;
        Ok(call
            .operation
            .output()
            .map_or_else(|| Value::Object(Map::new()), |output| self.slot_element(key, found, output)))
    }

    /// An element as a value of a shape, with what the resources that it names say of themselves.
    fn slot_element(&self, owner: &Key, element: &Value, id: ShapeId) -> Value {
        let shape = self.model.shape(id);
        let Value::Object(held) = element else { return element.clone() };
        if shape.kind() != Kind::Structure {
            let only = held.values().next().cloned().unwrap_or_default();
            return fit(&self.model, id, &only).unwrap_or(only);
        }
        let mut found = Map::new();
        for member in shape.members() {
            let own = held.get(member.name()).or_else(|| by_end(held, member.name()));
            let value = own.and_then(|value| fit(&self.model, member.shape(), value));
            let value = value.or_else(|| self.of_referred(owner, held, member.name(), member.shape()));
            let value = value.or_else(|| {
                let inner = self.model.shape(member.shape());
                (inner.kind() == Kind::Structure && inner.members().iter().any(|part| held.contains_key(part.name())))
                    .then(|| self.slot_element(owner, element, member.shape()))
            });
            let value = value.or_else(|| {
                member.is_required().then(|| self.model.example(Some(member.shape()), Fill::Required, &mut |_| 0))
            });
            found.extend(value.map(|value| (member.name().to_owned(), value)));
        }
        Value::Object(found)
    }

    /// A member of a resource that an element names: `QueueName` beside `QueueId`, or `Name` of the only one that it names.
    fn of_referred(&self, owner: &Key, held: &Map<String, Value>, member: &str, shape: ShapeId) -> Option<Value> {
        let references = held.iter().filter_map(|(name, value)| Some((self.facts.reference(name)?, value.as_str()?)));
        references
            .filter_map(|(family, id)| {
                let labels = self.facts.families[family].labels.len().saturating_sub(1);
                let mut place = owner.scope.clone();
                if owner.scope.is_empty() {
                    place.extend(self.state.store.get(owner).map(|record| record.id.clone()));
                }
                place.truncate(labels);
                let key = self.resolve(family, &place, id)?;
                let view = self.view_of(&key)?;
                fit(&self.model, shape, &*view.get(member)?)
            })
            .next()
    }
}

/// The members of a structure and of those in it, side by side.
fn flatten(members: &Map<String, Value>, to: &mut Map<String, Value>) {
    for (name, value) in members {
        match value {
            Value::Object(inner) => flatten(inner, to),
            value => drop(to.insert(name.clone(), value.clone())),
        }
    }
}

/// Whether an element that is kept is the one that another speaks of: it has the same names and references. What else an element
/// has, such as a priority, may change. A dissociation tells by whatever it gives.
fn is_of(held: &Value, wanted: &Value, verb: SlotVerb) -> bool {
    let (Some(held), Some(wanted)) = (held.as_object(), wanted.as_object()) else { return held == wanted };
    let tells = |name: &str| {
        verb == SlotVerb::Detach
            || ["Id", "Arn", "Name", "Channel", "Type", "Origin", "Code", "Region"]
                .iter()
                .any(|end| name.ends_with(end))
    };
    let mut told = wanted.iter().filter(|(name, _)| tells(name)).peekable();
    told.peek().is_some()
        && told.all(|(name, value)| {
            let known = held.get(name).or_else(|| by_end(held, name));
            known.map_or(verb == SlotVerb::Detach && held.len() > 1, |known| known == value)
        })
}

/// A member whose name is the end of another: `Name` for `BotName`, and the other way round.
fn by_end<'a>(held: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let fits = |known: &str| known.len() > 3 && (name.ends_with(known) || known.ends_with(name) && name.len() > 3);
    held.iter().find(|(known, _)| fits(known)).map(|(_, value)| value)
}
