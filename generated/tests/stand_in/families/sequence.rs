//! Sequences: random valid calls on the resources of one family, and what should come of them.

use std::collections::{BTreeMap, BTreeSet};

use amazon_connect::testing::service::Fill;
use serde_json::{Map, Value, json};
use tries::Random;

use super::facts::{Family, Step};
use super::reference::{Record, learn};
use super::world::{Problem, World, id_of_element};

/// The values that a unique member has: so few that some are taken.
const NAMES: usize = 5;
/// The codes by which a name that is taken is refused.
const TAKEN: [&str; 5] = [
    "ConflictException",
    "DuplicateResourceException",
    "InvalidParameterException",
    "InvalidRequestException",
    "ResourceConflictException",
];

/// A sequence: the resources of one family in one place, as they should be.
pub struct Sequence<'w> {
    pub world: &'w World,
    pub family: &'w Family,
    pub numbers: Random,
    pub known: BTreeMap<String, Record>,
    /// The tags of each resource that has an ARN: the ARN, and the tags.
    pub tags: BTreeMap<String, (String, BTreeMap<String, String>)>,
    /// The resource that others refer to: it stays.
    first: Option<String>,
    /// The resources that the sequence made, which nothing refers to.
    own: BTreeSet<String>,
    pub gone: Vec<String>,
    /// The calls so far, for messages.
    pub calls: Vec<String>,
    /// The members that were compared.
    pub compared: usize,
    pub found: usize,
}

impl<'w> Sequence<'w> {
    pub async fn new(world: &'w World, family: &'w Family, seed: u64) -> Self {
        let first = world.inputs.known.get(&family.name).cloned();
        let mut sequence = Self {
            world,
            family,
            numbers: Random::new(seed),
            known: BTreeMap::new(),
            tags: BTreeMap::new(),
            first,
            own: BTreeSet::new(),
            gone: Vec::new(),
            calls: Vec::new(),
            compared: 0,
            found: 0,
        };
        sequence.begin().await;
        sequence
    }

    pub fn fail(&self, message: &str) -> ! {
        panic!("{}: {message}\nafter\n  {}", self.family.name, self.calls.join("\n  "))
    }

    /// Learns what is there before the sequence: the seeds of the instance, and the resource that others refer to.
    async fn begin(&mut self) {
        let mut ids: Vec<String> = self.first.clone().into_iter().collect();
        for step in self.family.steps("list").iter().chain(self.family.steps("search")) {
            if !self.required_filters(step).is_empty() {
                continue;
            }
            let elements = self.world.pages(self.family, step, &Map::new()).await;
            let elements = elements.unwrap_or_else(|error| self.fail(&error.to_string()));
            ids.extend(elements.iter().filter_map(|element| id_of_element(self.family, element)));
        }
        for id in ids {
            if self.known.contains_key(&id) {
                continue;
            }
            let mut record = Record::new();
            if Some(&id) == self.first.as_ref() {
                learn(self.family, &mut record, &self.world.firsts[&self.family.name]);
            } else {
                for described in self.world.described(self.family, &id).await.unwrap_or_default() {
                    learn(self.family, &mut record, &described);
                }
                // What a seed was given is not known; times and the like change by themselves.
                record.retain(|name, _| self.family.is_unique(name));
            }
            self.known.insert(id, record);
        }
    }

    /// The members of a list's input that are required and say of which kind the resources are.
    pub fn required_filters(&self, step: &Step) -> Vec<&'static str> {
        let Some(input) = self.world.operation(&step.operation).input() else { return Vec::new() };
        let members = self.world.inputs.model.shape(input).members().iter();
        let required = members.filter(|member| member.is_required()).map(|member| member.name());
        required.filter(|name| !self.family.labels.iter().any(|label| label == name)).collect()
    }

    /// The unique members of an input, each with one of a few values.
    fn names(&mut self, operation: &str) -> Map<String, Value> {
        let mut given = Map::new();
        let Some(input) = self.world.operation(operation).input() else { return given };
        for member in self.world.inputs.model.shape(input).members() {
            let is_unique = self.family.bare(member.name()).is_some_and(|bare| self.family.is_unique(bare));
            let is_label = self.family.labels.iter().any(|label| label == member.name());
            if is_unique && (!is_label || operation.starts_with("Create")) && self.numbers.below(4) > 0 {
                let place = self.numbers.below(NAMES) as u64;
                given.insert(member.name().to_owned(), self.world.inputs.sample(member.shape(), place));
            }
        }
        given
    }

    /// Another resource with the same value of a unique member.
    fn taken_by(&self, own: Option<&str>, record: &Record) -> Option<&String> {
        let same = |other: &Record| {
            record.iter().any(|(name, value)| self.family.is_unique(name) && other.get(name) == Some(value))
        };
        self.known.iter().find(|(id, other)| Some(id.as_str()) != own && same(other)).map(|(id, _)| id)
    }

    pub async fn step(&mut self) {
        match self.numbers.below(10) {
            0..=3 => self.create().await,
            4..=6 => self.update().await,
            7 => self.tag().await,
            _ => self.delete().await,
        }
    }

    async fn create(&mut self) {
        let steps = self.family.steps("create");
        let step = &steps[self.numbers.below(steps.len())];
        let given = self.names(&step.operation);
        let fill = if self.numbers.below(2) == 0 { Fill::Required } else { Fill::Everything };
        let made = self.world.create(self.family, &step.operation, fill, &given, &mut self.numbers).await;
        self.calls.push(format!("{} {}", step.operation, json!(given)));
        match made {
            Ok(made) => {
                let named = made.input.get(self.family.label()).and_then(Value::as_str);
                if named.is_some_and(|id| !self.family.numbered && id != made.id) {
                    self.fail(&format!("{} was to have the id {named:?}", made.id));
                }
                let mut record = Record::new();
                learn(self.family, &mut record, &made.input);
                for label in &self.family.labels {
                    // A resource that is known by its name.
                    let bare = self.family.bare(label);
                    let given = made.input.get(label).filter(|_| label == self.family.label());
                    record.extend(bare.zip(given).map(|(name, value)| (name.to_owned(), value.clone())));
                }
                if let Some(other) = self.taken_by(None, &record) {
                    self.fail(&format!("{} has what is unique of {other}", made.id));
                }
                let arn = made.output.as_object().into_iter().flatten().find(|(name, _)| name.ends_with("Arn"));
                if let Some(arn) = arn.and_then(|(_, arn)| arn.as_str()) {
                    let tags = made.input.get("Tags").and_then(Value::as_object).into_iter().flatten();
                    let tags = tags.map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned())).collect();
                    self.tags.insert(made.id.clone(), (arn.to_owned(), tags));
                }
                self.own.insert(made.id.clone());
                if self.known.insert(made.id.clone(), record).is_some() {
                    self.fail(&format!("{} is made twice", made.id));
                }
                self.check(&made.id).await;
            }
            Err(Problem::Missing(family)) => self.fail(&format!("there is no {family}")),
            Err(Problem::Refused(error)) => {
                let named = given.iter().filter_map(|(name, value)| Some((self.family.bare(name)?, value)));
                let record: Record = named.map(|(name, value)| (name.to_owned(), value.clone())).collect();
                let is_taken = self.taken_by(None, &record).is_some();
                if !(is_taken && TAKEN.contains(&error.code().unwrap_or_default())) {
                    self.fail(&format!("{} is refused: {error}", step.operation));
                }
            }
        }
    }

    /// One of the resources; every other time one that the sequence made.
    fn any(&mut self) -> Option<String> {
        let all: Vec<&String> = self.own.iter().chain(self.known.keys()).collect();
        (!all.is_empty()).then(|| (*self.numbers.of(&all)).clone())
    }

    async fn update(&mut self) {
        let steps = self.family.steps("update");
        let (Some(id), false) = (self.any(), steps.is_empty()) else { return };
        let step = &steps[self.numbers.below(steps.len())];
        let given = self.names(&step.operation);
        let (asked, answer) = self.world.update(self.family, &step.operation, &id, &given, &mut self.numbers).await;
        self.calls.push(format!("{} {id} {}", step.operation, json!(asked)));
        let mut record = self.known[&id].clone();
        learn(self.family, &mut record, &asked);
        let taken = self.taken_by(Some(&id), &record).is_some();
        match answer {
            Ok(_) if taken => self.fail("a name is taken twice"),
            Ok(_) => {
                // A resource that is known by its name is known by the new one.
                let named = self.family.bare(self.family.label()).filter(|name| *name != self.family.label());
                let new = named.and_then(|name| record.get(name)).and_then(Value::as_str).map(str::to_owned);
                let new = new.filter(|_| !self.family.label().ends_with("Id") && !self.family.numbered);
                let new = new.unwrap_or_else(|| id.clone());
                self.known.remove(&id);
                self.known.insert(new.clone(), record);
                if self.own.remove(&id) {
                    self.own.insert(new.clone());
                }
                let tags = self.tags.remove(&id);
                self.tags.extend(tags.map(|tags| (new.clone(), tags)));
                self.check(&new).await;
            }
            Err(error) if taken && TAKEN.contains(&error.code().unwrap_or_default()) => {}
            Err(error) => self.fail(&error.to_string()),
        }
    }

    async fn tag(&mut self) {
        let ids: Vec<String> = self.tags.keys().cloned().collect();
        if ids.is_empty() {
            return;
        }
        let id = self.numbers.of(&ids).clone();
        let (key, value) = (format!("key-{}", self.numbers.below(3)), format!("value-{}", self.numbers.below(3)));
        let (arn, tags) = self.tags.get_mut(&id).unwrap();
        let (operation, given) = if self.numbers.below(3) > 0 {
            tags.insert(key.clone(), value.clone());
            ("TagResource", json!({"resourceArn": arn, "tags": {key: value}}))
        } else {
            tags.remove(&key);
            ("UntagResource", json!({"resourceArn": arn, "tagKeys": [key]}))
        };
        let answer = self.world.call(operation, given.as_object().unwrap()).await;
        self.calls.push(format!("{operation} {given}"));
        if let Err(error) = answer {
            self.fail(&error.to_string());
        }
        let (_, tags) = &self.tags[&id];
        let tags = json!(tags);
        if let Some(record) = self.known.get_mut(&id) {
            record.insert("Tags".to_owned(), tags);
        }
        self.check(&id).await;
    }

    async fn delete(&mut self) {
        let Some(step) = self.family.steps("delete").first() else { return };
        let own: Vec<String> = self.own.iter().cloned().collect();
        if own.is_empty() {
            return;
        }
        let id = self.numbers.of(&own).clone();
        let answer = self.world.call(&step.operation, &self.world.labels(self.family, &id)).await;
        self.calls.push(format!("{} {id}", step.operation));
        if let Err(error) = answer {
            self.fail(&error.to_string());
        }
        self.known.remove(&id);
        self.own.remove(&id);
        self.tags.remove(&id);
        self.gone.push(id);
    }
}
