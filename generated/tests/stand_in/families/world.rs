//! An instance at a stand-in, with a resource of each family that others may refer to.

use std::collections::BTreeMap;

use amazon_connect::client::Service;
use amazon_connect::testing::service::{Fill, OperationModel};
use amazon_connect::testing::{StandIn, model_of};
use amazon_connect::{Client, Connect, Error};
use serde_json::{Map, Value, json};
use tries::Random;

use super::by_name::ByName;
use super::facts::{Facts, Family, Step};
use super::inputs::Inputs;

/// The most elements of a page, so that lists have several.
const PAGE: u64 = 3;

/// A stand-in, and what was made there.
pub struct World {
    pub stand_in: StandIn,
    pub inputs: Inputs,
    calls: ByName,
    /// The input of each family's first resource.
    pub firsts: BTreeMap<String, Map<String, Value>>,
}

/// A resource that was made.
pub struct Made {
    pub id: String,
    pub input: Map<String, Value>,
    pub output: Value,
}

/// A creation that did not come about.
pub enum Problem {
    /// There is no resource yet of a family that the input refers to.
    Missing(String),
    Refused(Box<Error>),
}

impl World {
    /// An instance, and one resource of each family that can be made, made by the least input.
    pub async fn new(seed: u64) -> Self {
        let stand_in = StandIn::options().seed(seed).start().unwrap();
        let calls = ByName::new(Client::new(&stand_in.config().strict(true)));
        let facts = Facts::parse(Connect::INFO.resources);
        let inputs = Inputs::new(model_of(&Connect::INFO).unwrap(), facts);
        let mut world = Self { stand_in, inputs, calls, firsts: BTreeMap::new() };
        let numbers = &mut Random::new(seed);
        let mut waiting: Vec<String> = world.inputs.facts.families.iter().map(|family| family.name.clone()).collect();
        // A family comes after those that its resources need.
        while !waiting.is_empty() {
            let (before, mut later) = (waiting.len(), Vec::new());
            for name in waiting {
                match world.first(&name, numbers).await {
                    Ok(()) => {}
                    Err(Problem::Missing(needed)) => later.push((name, needed)),
                    Err(Problem::Refused(error)) => panic!("{name}: {error}"),
                }
            }
            assert!(later.len() < before, "families that wait for one another: {later:?}");
            waiting = later.into_iter().map(|(name, _)| name).collect();
        }
        world
    }

    /// Makes the first resource of a family. Contacts are started, not created.
    async fn first(&mut self, name: &str, numbers: &mut Random) -> Result<(), Problem> {
        let facts = &self.inputs.facts;
        let family = facts.family(name);
        let creation = family.steps("create").first().map(|step| step.operation.as_str());
        let creation = if name == "Contact" { Some("StartTaskContact") } else { creation };
        let Some(creation) = creation else { return Ok(()) };
        let made = self.create(family, creation, Fill::Required, &Map::new(), numbers).await?;
        self.inputs.known.insert(name.to_owned(), made.id);
        self.firsts.insert(name.to_owned(), made.input);
        Ok(())
    }

    pub fn operation(&self, name: &str) -> &'static OperationModel {
        self.inputs.model.operation(name).unwrap()
    }

    /// Calls an operation with what it requires and what is given.
    pub async fn call(&self, name: &str, given: &Map<String, Value>) -> Result<Value, Error> {
        let input = self.inputs.input(self.operation(name), Fill::Required, given, &mut Random::new(0));
        let input = input.unwrap_or_else(|family| panic!("{name}: there is no {family}"));
        self.calls.call(name, &Value::Object(input)).await
    }

    /// The labels of the place in which a family's resources are.
    ///
    /// # Errors
    /// The family of which there is none yet.
    pub fn place(&self, family: &Family) -> Result<Map<String, Value>, String> {
        let mut place = Map::new();
        for label in &family.labels[..family.labels.len() - 1] {
            let of = self.inputs.facts.of_label(label).unwrap_or_else(|| panic!("{label} is no family's"));
            let id = self.inputs.known.get(&of.name).ok_or_else(|| of.name.clone())?;
            place.insert(label.clone(), id.as_str().into());
        }
        Ok(place)
    }

    /// The labels that lead to a resource.
    pub fn labels(&self, family: &Family, id: &str) -> Map<String, Value> {
        let mut labels = self.place(family).unwrap_or_else(|of| panic!("there is no {of}"));
        labels.insert(family.label().to_owned(), id.into());
        labels
    }

    /// Makes a resource.
    pub async fn create(
        &self,
        family: &Family,
        operation: &str,
        fill: Fill,
        given: &Map<String, Value>,
        numbers: &mut Random,
    ) -> Result<Made, Problem> {
        let mut members = self.place(family).map_err(Problem::Missing)?;
        members.extend(self.inputs.fresh(family, self.operation(operation)));
        members.extend(given.clone());
        let input = self.inputs.input(self.operation(operation), fill, &members, numbers).map_err(Problem::Missing)?;
        let output = self.calls.call(operation, &Value::Object(input.clone())).await;
        let output = output.map_err(|error| Problem::Refused(Box::new(error)))?;
        let id = id_of_made(family, &input, &output);
        let id = id.unwrap_or_else(|| panic!("{operation} answers no id of a {}: {output}", family.name));
        Ok(Made { id, input, output })
    }

    /// Changes a resource, and returns what was asked for.
    pub async fn update(
        &self,
        family: &Family,
        operation: &str,
        id: &str,
        given: &Map<String, Value>,
        numbers: &mut Random,
    ) -> (Map<String, Value>, Result<Value, Error>) {
        let mut members = self.labels(family, id);
        members.extend(given.clone());
        let input = self.inputs.input(self.operation(operation), Fill::Everything, &members, numbers);
        let mut input = input.unwrap_or_else(|of| panic!("{operation}: there is no {of}"));
        let answer = self.calls.call(operation, &Value::Object(input.clone())).await;
        family.labels.iter().for_each(|label| drop(input.remove(label)));
        (input, answer)
    }

    /// The elements of all pages of a list or a search.
    pub async fn pages(&self, family: &Family, step: &Step, given: &Map<String, Value>) -> Result<Vec<Value>, Error> {
        let operation = self.operation(&step.operation);
        let members = self.inputs.model.shape(operation.input().unwrap());
        let mut given = given.clone();
        given.extend(self.place(family).unwrap());
        let paging = operation.paging();
        let limit = paging.and_then(|paging| paging.limit.as_deref()).unwrap_or("MaxResults");
        if let Some(limit) = members.member(limit) {
            let shape = self.inputs.model.shape(limit.shape());
            let size = PAGE.clamp(shape.min().map_or(1, |min| min as u64), shape.max().map_or(PAGE, |max| max as u64));
            given.insert(limit.name().to_owned(), json!(size));
        }
        let (token, next) = paging.map_or(("NextToken", "NextToken"), |paging| (&paging.token, &paging.next));
        let list = step.list.as_deref().unwrap_or_else(|| panic!("{} has no list", step.operation));
        let mut found = Vec::new();
        loop {
            let page = self.call(&step.operation, &given).await?;
            found.extend(page[list].as_array().into_iter().flatten().cloned());
            match page[next].as_str() {
                Some(place) => drop(given.insert(token.to_owned(), place.into())),
                None => return Ok(found),
            }
        }
    }

    /// What the operations that describe a resource answer: the members of the answers, and those of the structures in them.
    pub async fn described(&self, family: &Family, id: &str) -> Result<Vec<Map<String, Value>>, Error> {
        let mut all = Vec::new();
        for step in family.steps("describe") {
            let answer = self.call(&step.operation, &self.labels(family, id)).await?;
            let Value::Object(mut members) = answer else { continue };
            let inner: Vec<_> = members.values().filter_map(Value::as_object).cloned().collect();
            for structure in inner {
                for (name, value) in structure {
                    members.entry(name).or_insert(value);
                }
            }
            all.push(members);
        }
        Ok(all)
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The id of a resource that was made: its label, `Id`, or a part of the only structure; else the name that it was given.
fn id_of_made(family: &Family, input: &Map<String, Value>, output: &Value) -> Option<String> {
    let members = output.as_object()?;
    let inner = members.values().find_map(Value::as_object);
    let all = || std::iter::once(members).chain(inner);
    let named = all().find_map(|members| id_in(family, members));
    named.or_else(|| {
        let name = family.bare(family.label())?;
        let given = input.iter().find(|(member, _)| family.bare(member) == Some(name));
        text(given?.1)
    })
}

/// The id of a resource that a structure describes.
fn id_in(family: &Family, members: &Map<String, Value>) -> Option<String> {
    let label = family.label();
    if family.numbered {
        return members.get(label).or_else(|| members.get("Version")).and_then(text);
    }
    let names = [label.to_owned(), "Id".to_owned(), format!("{}Id", family.name)];
    let found = names.iter().find_map(|name| members.get(name));
    let end = || members.iter().find(|(name, _)| name.ends_with("Id") && label.ends_with(name.as_str()));
    let bare = || members.iter().find(|(name, _)| !label.ends_with("Id") && family.bare(name) == family.bare(label));
    let found = found.or_else(|| end().or_else(bare).map(|(_, value)| value))?;
    text(found)
}

/// The id of a resource that is an element of a list.
pub fn id_of_element(family: &Family, element: &Value) -> Option<String> {
    match element {
        Value::Object(members) => {
            let id = id_in(family, members);
            id.or_else(|| members.values().filter_map(Value::as_object).find_map(|members| id_in(family, members)))
        }
        element => text(element),
    }
}
