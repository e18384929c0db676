//! Lives of resources: creation, description, update and deletion.

use serde_json::{Map, Value};

use super::super::service::Kind;
use super::engine::{Call, Engine, Members, Outcome};
use super::facts::{Family, Verb, is_label};
use super::refusal::{Fault, Refusal};
use super::store::{Key, Record};
use super::view::{View, fit};

/// A flow that does nothing, in the language of flows.
const EMPTY_FLOW: &str = r#"{"Version":"2019-10-30","StartAction":"end","Actions":[{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}"#;

/// A default with the members that it names in braces; `None` where the resource has not all of them.
fn filled(value: &Value, members: &Members) -> Option<Value> {
    let Some((start, (name, end))) = value
        .as_str()
        .and_then(|text| text.split_once('{'))
        .and_then(|(start, rest)| Some((start, rest.split_once('}')?)))
    else {
        return Some(value.clone());
    };
    let member = members.get(name)?.as_str()?;
    Some(format!("{start}{member}{end}").into())
}

/// The article of the name of a family.
fn article(family: &str) -> &'static str {
    // `UserHierarchyGroup` and `UseCase` begin as `you` does.
    if family.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" }
}

impl Engine {
    /// A step in the life of a family's resources.
    pub fn life(&mut self, call: Call<'_>, verb: Verb, family: usize, list: Option<&str>) -> Outcome {
        match verb {
            Verb::Create => self.create(call, family, Record::default()),
            Verb::Describe => self.describe(call, family),
            Verb::Update => self.update(call, family),
            Verb::Delete => self.delete(call, family),
            Verb::List => self.list(call, family, list),
            Verb::Search => self.search(call, family, list),
        }
    }

    /// Makes a resource of a call, with members that its input does not tell or that count more.
    pub fn create(&mut self, call: Call<'_>, family: usize, known: Record) -> Outcome {
        let scope = self.scope(call, family)?;
        self.check_references(call, &scope, Some(family))?;
        self.check_quota(call, family, &scope)?;
        let mut record = Record::default();
        self.fill(call, family, &mut record);
        record.members.extend(known.members);
        let key = self
            .create_record(family, scope, record)
            .map_err(|message| self.refuse(call, Fault::Duplicate, message))?;
        Ok(self.output(call, &key))
    }

    /// Makes a resource of members by their canonical names.
    ///
    /// # Errors
    /// A unique value that a sibling has, as a message.
    pub fn create_record(&mut self, family: usize, scope: Vec<String>, mut record: Record) -> Result<Key, String> {
        let facts = std::sync::Arc::clone(&self.facts);
        let of = &facts.families[family];
        for (name, value) in &of.defaults {
            if let (false, Some(value)) = (record.members.contains_key(name), filled(value, &record.members)) {
                record.members.insert(name.clone(), value);
            }
        }
        self.check_unique(family, &scope, &record.members, None)?;
        record.id = self.new_id(of, family, &scope, &mut record);
        if self.state.store.by_id(family, &scope, &record.id).is_some() {
            return Err(format!("there is already {} {} {}", article(&of.name), of.name, record.id));
        }
        record.created = self.state.clock.now();
        record.modified = record.created;
        if of.numbered {
            self.copy_parent(family, &scope, &mut record);
        }
        let key = self.state.store.next_key(family, scope);
        let id = record.id.clone();
        self.keep(key.clone(), record);
        if of.name == "Instance" {
            self.seed(&id);
        }
        Ok(key)
    }

    /// The resources of a new instance.
    fn seed(&mut self, instance: &str) {
        let facts = std::sync::Arc::clone(&self.facts);
        for (family, values) in &facts.seeds {
            let scope = vec![instance.to_owned()];
            let mut record = Record::default();
            for (name, value) in values {
                let value = self.with_seeds(value, &scope);
                self.set_member(*family, name, value, &mut record);
            }
            // Seeds of one family have different names.
            let _ = self.create_record(*family, scope, record);
        }
    }

    /// A value with the ids of seeds in the places of their names.
    fn with_seeds(&self, value: &Value, scope: &[String]) -> Value {
        match value {
            Value::String(text) if text == "@empty-flow" => EMPTY_FLOW.into(),
            Value::String(text) => {
                let named = text.strip_prefix('@').and_then(|text| text.split_once('/'));
                let found = named.and_then(|(family, name)| {
                    let key = self.state.store.by_name(self.facts.family(family)?, scope, "Name", name)?;
                    Some(self.state.store.get(&key)?.id.clone())
                });
                found.map_or_else(|| value.clone(), Value::from)
            }
            Value::Array(elements) => elements.iter().map(|value| self.with_seeds(value, scope)).collect(),
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.clone(), self.with_seeds(value, scope)));
                Value::Object(members.collect())
            }
            other => other.clone(),
        }
    }

    fn new_id(&mut self, of: &Family, family: usize, scope: &[String], record: &mut Record) -> String {
        if of.numbered {
            let numbers =
                self.state.store.within(family, scope, 0).filter_map(|(_, record)| record.id.parse::<u64>().ok());
            let number = numbers.max().unwrap_or(0) + 1;
            let name = of.labels.last().map(|label| of.canonical(label).into_owned()).unwrap_or_default();
            record.members.insert(name, number.into());
            return number.to_string();
        }
        // A copy of another region's resource has the id of that.
        if let Some(Value::String(id)) = record.members.remove("Id") {
            return id;
        }
        // Some resources are known by a name that they are given.
        let given = of.labels.last().map(|label| of.canonical(label)).filter(|name| *name != "Id");
        let given = given.and_then(|name| record.members.get(&*name)).and_then(Value::as_str);
        given.map_or_else(|| self.state.mint(), str::to_owned)
    }

    /// A version has what it is a version of.
    fn copy_parent(&self, family: usize, scope: &[String], record: &mut Record) {
        let labels = &self.facts.families[family].labels;
        let Some(parent) = labels.iter().rev().nth(1).and_then(|label| self.facts.family_of_label(label)) else {
            return;
        };
        let Some((id, place)) = scope.split_last() else { return };
        let Some(parent) =
            self.state.store.by_id(parent, place, id).and_then(|key| self.state.store.get(&key).cloned())
        else {
            return;
        };
        for (name, value) in parent.members {
            record.members.entry(name).or_insert(value);
        }
        record.members.remove("Tags");
    }

    pub fn describe(&mut self, call: Call<'_>, family: usize) -> Outcome {
        let key = match self.target(call, family) {
            Ok(key) => key,
            Err(refusal) => self.preset(call, family).ok_or(refusal)?,
        };
        Ok(self.output(call, &key))
    }

    /// A resource that is there without a creation, made when it is first asked for.
    fn preset(&mut self, call: Call<'_>, family: usize) -> Option<Key> {
        let of = &self.facts.families[family];
        if !of.preset {
            return None;
        }
        let label = of.labels.last()?;
        let name = of.canonical(label).into_owned();
        let id = call.text(label)?.to_owned();
        let scope = self.scope(call, family).ok()?;
        let mut record = Record::default();
        record.members.insert(name, id.into());
        self.create_record(family, scope, record).ok()
    }

    pub fn update(&mut self, call: Call<'_>, family: usize) -> Outcome {
        let key = match self.target(call, family) {
            Ok(key) => key,
            Err(refusal) => self.preset(call, family).ok_or(refusal)?,
        };
        self.check_references(call, &key.scope, None)?;
        let Some(mut record) = self.state.store.get(&key).cloned() else {
            return Err(self.not_found(call, family, ""));
        };
        self.fill(call, family, &mut record);
        let unique = self.check_unique(family, &key.scope, &record.members, Some(&key));
        unique.map_err(|message| self.refuse(call, Fault::Duplicate, message))?;
        record.modified = self.state.clock.now();
        let of = &self.facts.families[family];
        // A resource that is known by a name is known by its new one.
        let name = of.labels.last().map(|label| of.canonical(label)).filter(|name| *name != "Id" && !of.numbered);
        if let Some(id) = name.and_then(|name| record.members.get(&*name)).and_then(Value::as_str) {
            record.id = id.to_owned();
        }
        self.keep(key.clone(), record);
        Ok(self.output(call, &key))
    }

    fn delete(&mut self, call: Call<'_>, family: usize) -> Outcome {
        let key = self.target(call, family)?;
        let Some(record) = self.state.store.get(&key).cloned() else { return Err(self.not_found(call, family, "")) };
        if Fault::InUse.is_declared(&self.model, call.operation) {
            if let Some(user) = self.user_of(&key, &record) {
                let message = format!("the {} {} is in use by {user}", self.facts.families[family].name, record.id);
                return Err(self.refuse(call, Fault::InUse, message));
            }
        }
        let output = self.output(call, &key);
        self.remove(&key, &record);
        Ok(output)
    }

    /// A resource that refers to another, as messages name it.
    fn user_of(&self, key: &Key, record: &Record) -> Option<String> {
        let target = (key.family, record.id.clone());
        let mut others =
            self.state.store.all().filter(|(other, _)| *other != key && other.scope.first() == key.scope.first());
        let (user, found) = others.find(|(_, other)| other.refers.binary_search(&target).is_ok())?;
        Some(format!("the {} {}", self.facts.families[user.family].name, found.id))
    }

    /// Removes a resource, and all that belongs to it.
    pub fn remove(&mut self, key: &Key, record: &Record) {
        let mut place = key.scope.clone();
        place.push(record.id.clone());
        let labels = &self.facts.families[key.family].labels;
        let is_instance = self.facts.families[key.family].name == "Instance";
        let belongs = |other: &Key, held: &Record| {
            other.scope.starts_with(&place) && self.facts.families[other.family].labels.starts_with(labels)
                // The phone numbers of an instance have no place in it.
                || is_instance && held.members.get("TargetArn").and_then(Value::as_str) == Some(&record.arn)
        };
        let all = self.state.store.all();
        let gone: Vec<Key> = all.filter(|(other, held)| belongs(other, held)).map(|(other, _)| other.clone()).collect();
        for key in gone.iter().chain([key]) {
            let unique = self.facts.families[key.family].unique.clone();
            self.state.store.remove(key, &unique);
        }
        if !is_instance {
            self.forget(&(key.family, record.id.clone()), &key.scope);
        }
    }

    /// Takes a resource that is no more from the lists of others.
    fn forget(&mut self, gone: &(usize, String), scope: &[String]) {
        let near = self.state.store.all().filter(|(key, _)| key.scope.first() == scope.first());
        let touched = near.filter(|(_, other)| !other.slots.is_empty() && other.refers.binary_search(gone).is_ok());
        let touched: Vec<(Key, Record)> = touched.map(|(key, other)| (key.clone(), other.clone())).collect();
        for (key, mut other) in touched {
            for list in other.slots.values_mut() {
                list.retain(|element| {
                    let mut found = Vec::new();
                    self.find_references("", element, &mut found);
                    !found.contains(gone)
                });
            }
            self.keep(key, other);
        }
    }

    fn check_quota(&self, call: Call<'_>, family: usize, scope: &[String]) -> Result<(), Refusal> {
        let name = &self.facts.families[family].name;
        let Some(most) = self.quotas.get(name).and_then(Value::as_u64) else { return Ok(()) };
        let count = self.state.store.within(family, scope, 0).count() as u64;
        if count < most {
            return Ok(());
        }
        Err(self.refuse(call, Fault::Limit, format!("the quota of {most} resources of the kind {name} is used up")))
    }

    /// Finds a value of a unique member that a sibling has.
    fn check_unique(
        &self,
        family: usize,
        scope: &[String],
        members: &Members,
        own: Option<&Key>,
    ) -> Result<(), String> {
        let of = &self.facts.families[family];
        for member in &of.unique {
            let Some(value) = members.get(member).and_then(Value::as_str) else { continue };
            let other = self.state.store.by_name(family, scope, member, value);
            if other.is_some_and(|other| Some(&other) != own) {
                return Err(format!("there is already {} {} with the {member} {value:?}", article(&of.name), of.name));
            }
        }
        Ok(())
    }

    /// Copies the members of an input into a record.
    fn fill(&self, call: Call<'_>, family: usize, record: &mut Record) {
        let input = call.operation.input().map(|input| self.model.shape(input));
        let is_token =
            |name: &str| input.and_then(|input| input.member(name)).is_some_and(|member| member.is_idempotency_token());
        for (name, value) in call.input {
            if !is_label(call.operation, name) && !is_token(name) && name != "ClientToken" {
                self.set_member(family, name, value.clone(), record);
            }
        }
    }

    /// Sets one member of a record, by any name that a shape has for it.
    pub fn set_member(&self, family: usize, name: &str, value: Value, record: &mut Record) {
        let of = &self.facts.families[family];
        if let (Some(_), Value::Object(members)) = (of.spread.as_ref().filter(|spread| *spread == name), &value) {
            record.members.extend(members.clone());
            return;
        }
        if let (Some(slot), Value::Array(elements)) = (self.facts.slot_of(family, name), &value) {
            record.slots.insert(slot.to_owned(), elements.iter().map(|element| self.element(name, element)).collect());
            return;
        }
        let name = of.canonical(name);
        if of.hidden.iter().any(|hidden| *hidden == name) {
            return;
        }
        // The id of a version is its number, whatever a request says.
        if !(of.numbered && of.labels.last().is_some_and(|label| of.canonical(label) == name)) {
            record.members.insert(name.into_owned(), value);
        }
    }

    /// The output of an operation on one resource.
    pub fn output(&self, call: Call<'_>, key: &Key) -> Value {
        self.view_of(key).map_or_else(|| Value::Object(Map::new()), |view| self.output_of(call, &view))
    }

    /// The same for a view of the resource.
    pub fn output_of(&self, call: Call<'_>, view: &View<'_>) -> Value {
        let Some(output) = call.operation.output() else { return Value::Object(Map::new()) };
        let members = self.model.shape(output).members();
        let mut answer = Map::new();
        for member in members {
            let value = view.get(member.name()).and_then(|value| fit(&self.model, member.shape(), &value));
            let value = value.or_else(|| self.whole(view, members.len(), member.name(), member.shape()));
            let value = value.or_else(|| {
                let filled =
                    || self.model.example(Some(member.shape()), super::super::service::Fill::Required, &mut |_| 0);
                member.is_required().then(filled)
            });
            answer.extend(value.map(|value| (member.name().to_owned(), value)));
        }
        Value::Object(answer)
    }

    /// The resource as a whole, where a member of an output is that: its only member, or one named for the family.
    fn whole(
        &self,
        view: &View<'_>,
        members: usize,
        name: &str,
        shape: super::super::service::ShapeId,
    ) -> Option<Value> {
        if self.model.shape(shape).kind() != Kind::Structure {
            return None;
        }
        let family = view.family.name.as_str();
        let is_named = family.ends_with(name) || view.family.spread.as_deref() == Some(name);
        (members == 1 || is_named).then(|| view.shape(shape))
    }
}
