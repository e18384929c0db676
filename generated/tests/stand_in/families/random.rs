//! Random sequences of valid calls on one family, against the reference model: descriptions, lists and searches agree with it.
//!
//! Every family whose resources are created has its sequences. The others are there from the start and are only described and updated
//! (attached files' configurations, authentication profiles), or have code of their own, which `contacts.rs` tests.
//!
//! `STAND_IN_CASES` says how many sequences each family gets; `STAND_IN_SEED` is the seed of the first.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;

use amazon_connect::testing::service::Fill;
use serde_json::{Map, Value, json};

use super::facts::{Family, Step};
use super::inputs::Numbers;
use super::reference::{Record, agrees, differences, learn};
use super::world::{Problem, World, id_of_element};

/// The calls of a sequence.
const CALLS: usize = 24;
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
struct Sequence<'w> {
    world: &'w World,
    family: &'w Family,
    numbers: Numbers,
    known: BTreeMap<String, Record>,
    /// The tags of each resource that has an ARN: the ARN, and the tags.
    tags: BTreeMap<String, (String, BTreeMap<String, String>)>,
    /// The resource that others refer to: it stays.
    first: Option<String>,
    gone: Vec<String>,
    /// The calls so far, for messages.
    calls: Vec<String>,
    /// The members that were compared.
    compared: usize,
    found: usize,
}

impl<'w> Sequence<'w> {
    async fn new(world: &'w World, family: &'w Family, seed: u64) -> Self {
        let first = world.inputs.known.get(&family.name).cloned();
        let mut sequence = Self {
            world,
            family,
            numbers: Numbers::new(seed),
            known: BTreeMap::new(),
            tags: BTreeMap::new(),
            first,
            gone: Vec::new(),
            calls: Vec::new(),
            compared: 0,
            found: 0,
        };
        sequence.begin().await;
        sequence
    }

    fn fail(&self, message: &str) -> ! {
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
    fn required_filters(&self, step: &Step) -> Vec<&'static str> {
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

    async fn step(&mut self) {
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

    /// One of the resources that the sequence may change or delete.
    fn any(&mut self) -> Option<String> {
        let own: Vec<&String> = self.tags.keys().chain(self.known.keys()).collect();
        (!own.is_empty()).then(|| (*own[self.numbers.below(own.len())]).clone())
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
        // What others refer to is in use.
        let Some(id) = self.any().filter(|id| Some(id) != self.first.as_ref() && self.tags.contains_key(id)) else {
            return;
        };
        let answer = self.world.call(&step.operation, &self.world.labels(self.family, &id)).await;
        self.calls.push(format!("{} {id}", step.operation));
        if let Err(error) = answer {
            self.fail(&error.to_string());
        }
        self.known.remove(&id);
        self.tags.remove(&id);
        self.gone.push(id);
    }

    /// A resource is described as it should be.
    async fn check(&mut self, id: &str) {
        let described = self.world.described(self.family, id).await;
        let described = described.unwrap_or_else(|error| self.fail(&format!("{id} is not described: {error}")));
        for answer in described {
            let (different, compared) = differences(self.family, &self.known[id], &answer);
            self.compared += compared;
            if !different.is_empty() {
                self.fail(&format!("{id}: {}", different.join("; ")));
            }
        }
        if let Some((arn, tags)) = self.tags.get(id) {
            let given = json!({"resourceArn": arn});
            let listed = self.world.call("ListTagsForResource", given.as_object().unwrap()).await;
            let listed = listed.unwrap_or_else(|error| self.fail(&error.to_string()));
            if listed["tags"] != json!(tags) {
                self.fail(&format!("{id} has the tags {} and not {tags:?}", listed["tags"]));
            }
        }
    }

    /// The elements that a list shows are these, each once, and as they should be.
    fn shows(&mut self, what: &str, elements: &[Value], expected: &[&String]) {
        let mut wanted: Vec<&str> = expected.iter().map(|id| id.as_str()).collect();
        let mut shown = Vec::new();
        for element in elements {
            let id = id_of_element(self.family, element);
            let id = id.unwrap_or_else(|| self.fail(&format!("{what}: an element has no id: {element}")));
            if let (Some(record), Some(members)) = (self.known.get(&id), element.as_object()) {
                let (different, compared) = differences(self.family, record, members);
                self.compared += compared;
                if !different.is_empty() {
                    self.fail(&format!("{what}: {id}: {}", different.join("; ")));
                }
            }
            shown.push(id);
        }
        self.found += shown.len();
        shown.sort_unstable();
        wanted.sort_unstable();
        if shown != wanted {
            self.fail(&format!("{what} shows {shown:?} and not {wanted:?}"));
        }
    }

    /// Lists and searches show what is known.
    async fn agree(&mut self) {
        for step in self.family.steps("list").iter().chain(self.family.steps("search")) {
            let mut filters = Map::new();
            for name in self.required_filters(step) {
                // The kinds that there are, of which one is asked for.
                let kinds: Vec<Value> = self.known.values().filter_map(|record| record.get(name)).cloned().collect();
                if !kinds.is_empty() {
                    filters.insert(name.to_owned(), self.numbers.of(&kinds).clone());
                }
            }
            let elements = self.world.pages(self.family, step, &filters).await;
            let elements = elements.unwrap_or_else(|error| self.fail(&error.to_string()));
            let known = self.known.clone();
            let fits = |record: &Record| {
                filters.iter().all(|(name, value)| record.get(name).is_none_or(|held| agrees(held, value)))
            };
            let expected: Vec<&String> = known.iter().filter(|(_, record)| fits(record)).map(|(id, _)| id).collect();
            self.shows(&step.operation, &elements, &expected);
        }
        for step in self.family.steps("search") {
            self.search_by_name(step).await;
            self.search_by_tag(step).await;
        }
    }

    /// Whether a search has criteria of a kind.
    fn has(&self, step: &Step, path: &[&str]) -> bool {
        let model = &self.world.inputs.model;
        let mut shape = self.world.operation(&step.operation).input();
        for name in path {
            shape = shape.and_then(|shape| Some(model.shape(shape).member(name)?.shape()));
        }
        shape.is_some()
    }

    /// A search by the name of a resource, whole and in part, in another case.
    async fn search_by_name(&mut self, step: &Step) {
        if !self.has(step, &["SearchCriteria", "StringCondition", "ComparisonType"]) {
            return;
        }
        let names: Vec<String> =
            self.known.values().filter_map(|record| Some(record.get("Name")?.as_str()?.to_owned())).collect();
        if names.is_empty() {
            return;
        }
        let name = self.numbers.of(&names).clone();
        let middle = name.chars().skip(1).take(4).collect::<String>();
        let start = name.chars().take(3).collect::<String>();
        type Holds = fn(&str, &str) -> bool;
        let comparisons: [(&str, String, Holds); 3] = [
            ("EXACT", name, |held, wanted| held == wanted),
            ("STARTS_WITH", start.to_uppercase(), |held, wanted| {
                held.to_lowercase().starts_with(&wanted.to_lowercase())
            }),
            ("CONTAINS", middle.to_uppercase(), |held, wanted| held.to_lowercase().contains(&wanted.to_lowercase())),
        ];
        for (comparison, wanted, holds) in comparisons.into_iter().filter(|(_, wanted, _)| !wanted.is_empty()) {
            let condition = json!({"FieldName": "name", "Value": wanted, "ComparisonType": comparison});
            let criteria = json!({"SearchCriteria": {"StringCondition": condition}});
            let known = self.known.clone();
            let name_of = |record: &Record| record.get("Name").and_then(Value::as_str).map(str::to_owned);
            let fits = |record: &Record| name_of(record).is_some_and(|name| holds(&name, &wanted));
            let expected: Vec<&String> = known.iter().filter(|(_, record)| fits(record)).map(|(id, _)| id).collect();
            let elements = self.world.pages(self.family, step, criteria.as_object().unwrap()).await;
            let elements = elements.unwrap_or_else(|error| self.fail(&error.to_string()));
            self.shows(&format!("{} {criteria}", step.operation), &elements, &expected);
        }
    }

    /// A search by a tag.
    async fn search_by_tag(&mut self, step: &Step) {
        if self.tags.is_empty() || !self.has(step, &["SearchFilter", "TagFilter", "TagCondition"]) {
            return;
        }
        let (key, value) = (format!("key-{}", self.numbers.below(3)), format!("value-{}", self.numbers.below(3)));
        let filter = json!({"SearchFilter": {"TagFilter": {"TagCondition": {"TagKey": key, "TagValue": value}}}});
        let elements = self.world.pages(self.family, step, filter.as_object().unwrap()).await;
        let elements = elements.unwrap_or_else(|error| self.fail(&error.to_string()));
        let tags = self.tags.clone();
        let expected: Vec<&String> =
            tags.iter().filter(|(_, (_, tags))| tags.get(&key) == Some(&value)).map(|(id, _)| id).collect();
        self.shows(&format!("{} {filter}", step.operation), &elements, &expected);
    }

    /// The sequence, and the comparison after it.
    async fn run(mut self) -> (usize, usize) {
        for count in 0..CALLS {
            self.step().await;
            if count % 6 == 5 {
                self.agree().await;
            }
        }
        self.agree().await;
        let ids: Vec<String> = self.known.keys().cloned().collect();
        for id in ids {
            self.check(&id).await;
        }
        for id in self.gone.iter().filter(|id| !self.known.contains_key(*id)) {
            match self.world.described(self.family, id).await {
                Err(error) if error.code() == Some("ResourceNotFoundException") => {}
                Err(error) => self.fail(&error.to_string()),
                Ok(found) if found.is_empty() => {}
                Ok(_) => self.fail(&format!("{id} is described after its end")),
            }
        }
        (self.compared, self.found)
    }
}

fn variable(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name} is a number: {value}")))
}

#[tokio::test]
async fn describe_list_and_search_agree_with_a_map() {
    let (cases, first) = (variable("STAND_IN_CASES", 1), variable("STAND_IN_SEED", 1));
    let (mut problems, mut compares) = (Vec::new(), BTreeSet::new());
    let world = World::new(first).await;
    let state = world.stand_in.state();
    for seed in first..first + cases {
        for family in world.inputs.facts.families.iter().filter(|family| !family.steps("create").is_empty()) {
            world.stand_in.set_state(&state).unwrap();
            let sequence = async { Sequence::new(&world, family, seed).await.run().await };
            match caught(sequence).await {
                Ok((compared, found)) => {
                    println!("{} {seed}: {compared} values, {found} elements", family.name);
                    let is_listed = !family.steps("list").is_empty() || !family.steps("search").is_empty();
                    assert!(found > 0 || !is_listed, "{}: lists show nothing", family.name);
                    compares.extend((compared > 0).then_some(&family.name));
                }
                Err(message) => problems.push(format!("seed {seed}: {message}")),
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
    // Some creations are given no more than references.
    assert!(compares.len() * 2 > world.inputs.facts.families.len(), "few families are compared: {compares:?}");
}

/// The output of a future, or the message of its panic: one family's failure does not hide the next one's.
async fn caught<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| future.as_mut().poll(context)));
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(panic) => std::task::Poll::Ready(Err(panic.downcast_ref::<String>().cloned().unwrap_or_default())),
        }
    })
    .await
}
