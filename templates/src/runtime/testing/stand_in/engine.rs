//! The engine: one call of an operation, from its input to its output or refusal, and the state that it changes.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::super::service::{OperationModel, ServiceModel};
use super::facts::{Facts, Rule, Verb};
use super::refusal::{Fault, Refusal};
use super::state::State;
use super::store::{Key, Record};
use super::view::View;

/// The outcome of a call.
pub(super) type Outcome = Result<Value, Refusal>;

/// The code of an operation.
pub(super) type Behaviour = fn(&mut Engine, Call<'_>) -> Outcome;

/// What a step refuses beyond the model, before anything changes.
pub(super) type Check = fn(&Engine, Call<'_>) -> Result<(), Refusal>;

/// The members of an input or an output.
pub(super) type Members = Map<String, Value>;

/// The account of every ARN: the one that AWS's documentation uses.
pub(super) const ACCOUNT: &str = "111122223333";

/// A service that keeps resources.
#[derive(Debug)]
pub(super) struct Engine {
    pub model: Arc<ServiceModel>,
    pub facts: Arc<Facts>,
    /// The code of an operation, if it has its own: the engine names no file that stands on it.
    pub own: fn(&str) -> Option<Behaviour>,
    /// What a step refuses beyond the model, if it does.
    pub check: fn(&str) -> Option<Check>,
    pub region: String,
    /// The URL by which the request in progress reached the stand-in.
    pub url: String,
    /// The most resources of a family in one place, by the family's name.
    pub quotas: Map<String, Value>,
    pub state: State,
}

/// A call: the operation and its input.
#[derive(Clone, Copy)]
pub(super) struct Call<'c> {
    pub operation: &'c OperationModel,
    pub input: &'c Members,
}

impl Call<'_> {
    /// The text of a member of the input.
    pub fn text(&self, member: &str) -> Option<&str> {
        self.input.get(member)?.as_str()
    }
}

impl Engine {
    /// Answers a call.
    ///
    /// # Errors
    /// The exception that refuses it.
    pub fn call(&mut self, operation: &OperationModel, input: &Members) -> Outcome {
        self.state.clock.tick();
        let call = Call { operation, input };
        let token = self.token(call);
        if let Some(answer) = token.as_ref().and_then(|token| self.state.remembered(token)) {
            return Ok(answer.clone());
        }
        let answer = self.answer(call)?;
        if let Some(token) = token {
            self.state.remember(token, answer.clone());
        }
        Ok(answer)
    }

    fn answer(&mut self, call: Call<'_>) -> Outcome {
        let facts = Arc::clone(&self.facts);
        if let Some(answer) = self.state.answers.get(call.operation.name()) {
            return Ok(answer.clone());
        }
        if let Some(own) = (self.own)(call.operation.name()) {
            return own(self, call);
        }
        match facts.rule(call.operation.name()) {
            Rule::Life { verb, family, list } => {
                self.check_step(call, *family, *verb == Verb::Create)?;
                self.life(call, *verb, *family, list.as_deref())
            }
            Rule::Slot { verb, family, slot, list } => {
                self.check_step(call, *family, false)?;
                self.slot(call, *verb, *family, slot, list.as_deref())
            }
            Rule::Own => Ok(self.model.empty_output(call.operation)),
            Rule::Set => {
                self.check_instance(call)?;
                self.check_labels(call)?;
                Ok(self.model.empty_output(call.operation))
            }
        }
    }

    /// Refuses what a step's own check refuses. A resource that there is not comes before it.
    fn check_step(&self, call: Call<'_>, family: usize, creates: bool) -> Result<(), Refusal> {
        let Some(check) = (self.check)(call.operation.name()) else { return Ok(()) };
        if creates {
            self.scope(call, family)?;
        } else {
            self.target(call, family)?;
        }
        check(self, call)
    }

    /// The key under which the answer to a call with an idempotency token is remembered.
    fn token(&self, call: Call<'_>) -> Option<String> {
        let members = self.model.shape(call.operation.input()?).members();
        let token = members.iter().find(|member| member.is_idempotency_token())?;
        let token = call.text(token.name()).filter(|token| !token.is_empty())?;
        // Programs that give all their instances the same resources derive tokens from names.
        let instance = call.text("InstanceId").unwrap_or_default();
        Some(format!("{} {instance} {token}", call.operation.name()))
    }

    /// A refusal by the exception that the operation declares.
    pub fn refuse(&self, call: Call<'_>, fault: Fault, message: impl Into<String>) -> Refusal {
        fault.refuse(&self.model, call.operation, message)
    }

    /// Refuses a call that names an instance that there is not.
    pub fn check_instance(&self, call: Call<'_>) -> Result<(), Refusal> {
        let Some(instance) = call.text("InstanceId") else { return Ok(()) };
        let Some(family) = self.facts.family_of_label("InstanceId") else { return Ok(()) };
        match self.resolve(family, &[], instance) {
            Some(_) => Ok(()),
            None => Err(self.refuse(call, Fault::NotFound, format!("there is no instance {instance}"))),
        }
    }

    /// Refuses a call whose path names a resource that there is not.
    fn check_labels(&self, call: Call<'_>) -> Result<(), Refusal> {
        for name in call.input.keys().filter(|name| super::facts::is_label(call.operation, name)) {
            let Some(family) = self.facts.family_of_label(name) else { continue };
            // A resource within another is found only beside what it belongs to.
            if self.facts.families[family].labels.iter().all(|label| call.input.contains_key(label)) {
                self.target(call, family)?;
            }
        }
        Ok(())
    }

    /// The record that an id or an ARN names.
    pub fn resolve(&self, family: usize, scope: &[String], given: &str) -> Option<Key> {
        if given.starts_with("arn:") {
            let found = self.state.store.by_arn(given);
            let found = found.or_else(|| self.state.store.by_arn(without_qualifier(given)));
            return found.filter(|key| key.family == family && key.scope == scope).cloned();
        }
        let store = &self.state.store;
        store.by_id(family, scope, given).or_else(|| store.by_id(family, scope, without_qualifier(given)))
    }

    /// The ids of what a family's resource belongs to, from the input. A label that the input does not have ends them.
    pub fn scope(&self, call: Call<'_>, family: usize) -> Result<Vec<String>, Refusal> {
        let labels = &self.facts.families[family].labels;
        let mut scope: Vec<String> = Vec::new();
        for label in labels.iter().take(labels.len().saturating_sub(1)) {
            let Some(given) = call.text(label) else { break };
            let Some(of) = self.facts.family_of_label(label) else {
                scope.push(given.to_owned());
                continue;
            };
            let place: Vec<String> =
                scope.iter().take(self.facts.families[of].labels.len().saturating_sub(1)).cloned().collect();
            let found = self.resolve(of, &place, given).and_then(|key| self.state.store.get(&key));
            let found = found.ok_or_else(|| self.not_found(call, of, given))?;
            scope.push(found.id.clone());
        }
        Ok(scope)
    }

    /// The record that the labels of the input lead to.
    pub fn target(&self, call: Call<'_>, family: usize) -> Result<Key, Refusal> {
        let scope = self.scope(call, family)?;
        let label = self.facts.families[family].labels.last().map(String::as_str).unwrap_or_default();
        let given = call.input.get(label).map(text_of).unwrap_or_default();
        self.resolve(family, &scope, &given).ok_or_else(|| self.not_found(call, family, &given))
    }

    pub fn not_found(&self, call: Call<'_>, family: usize, given: &str) -> Refusal {
        let name = &self.facts.families[family].name;
        self.refuse(call, Fault::NotFound, format!("there is no {name} {given}"))
    }

    /// A record, to be shown.
    pub fn view<'a>(&'a self, key: &'a Key, record: &'a Record) -> View<'a> {
        self.view_at(key, record, self.state.clock.now())
    }

    /// The same at a time, which is not asked for again for each of many.
    pub fn view_at<'a>(&'a self, key: &'a Key, record: &'a Record, now: f64) -> View<'a> {
        View { model: &self.model, family: &self.facts.families[key.family], key, record, region: &self.region, now }
    }

    /// The view of a record that is there.
    pub fn view_of<'a>(&'a self, key: &'a Key) -> Option<View<'a>> {
        Some(self.view(key, self.state.store.get(key)?))
    }

    /// The ARN of a resource.
    pub fn arn(&self, family: usize, scope: &[String], id: &str) -> String {
        let family = &self.facts.families[family];
        let Some(template) = &family.arn else { return String::new() };
        let mut path = template.replace("{Id}", id);
        for (label, value) in family.labels.iter().zip(scope) {
            path = path.replace(&format!("{{{label}}}"), value);
        }
        format!("arn:aws:{}:{}:{ACCOUNT}:{path}", self.model.signing_name(), self.region)
    }

    /// Keeps a record, and what follows from its members: its ARN and what it refers to.
    pub fn keep(&mut self, key: Key, mut record: Record) {
        if record.arn.is_empty() {
            record.arn = self.arn(key.family, &key.scope, &record.id);
        }
        record.refers = self.references(&record);
        let unique = self.facts.families[key.family].unique.clone();
        self.state.store.put(key, record, &unique);
    }

    fn references(&self, record: &Record) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (name, value) in &record.members {
            self.find_references(name, value, &mut found);
        }
        for (slot, elements) in &record.slots {
            for element in elements {
                self.find_references(slot, element, &mut found);
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// The resources that a value refers to, by the names of members in it: family, and id or ARN as given.
    pub fn find_references(&self, name: &str, value: &Value, found: &mut Vec<(usize, String)>) {
        match value {
            Value::String(id) if !id.is_empty() => {
                found.extend(self.facts.reference(name).map(|family| (family, self.id_of(id))));
            }
            Value::Array(elements) => elements.iter().for_each(|element| self.find_references(name, element, found)),
            Value::Object(members) => {
                members.iter().for_each(|(name, value)| self.find_references(name, value, found));
            }
            _ => {}
        }
    }

    /// The id in an ARN of a record that is there; else the text itself.
    fn id_of(&self, given: &str) -> String {
        let record = self.state.store.by_arn(given).and_then(|key| self.state.store.get(key));
        record.map_or_else(|| given.to_owned(), |record| record.id.clone())
    }

    /// Refuses an input that refers to a resource that there is not. The id that a creation gives its resource is no reference.
    pub fn check_references(&self, call: Call<'_>, instance: &[String], made: Option<usize>) -> Result<(), Refusal> {
        let mut found = Vec::new();
        let own = made.and_then(|family| self.facts.families[family].labels.last());
        let refers = |name: &String| !super::facts::is_label(call.operation, name) && Some(name) != own;
        for (name, value) in call.input.iter().filter(|(name, _)| refers(name)) {
            self.find_references(name, value, &mut found);
        }
        for (family, id) in found {
            let labels = self.facts.families[family].labels.len().saturating_sub(1);
            // A resource within another than an instance is named beside what it belongs to, where its own operations look it up.
            if labels > 1 {
                continue;
            }
            let place: Vec<String> = instance.iter().take(labels).cloned().collect();
            if place.len() == labels && self.resolve(family, &place, &id).is_none() {
                return Err(self.not_found(call, family, &id));
            }
        }
        Ok(())
    }
}

/// An id or an ARN without the version behind its last colon.
fn without_qualifier(given: &str) -> &str {
    let start = given.rfind('/').unwrap_or(0);
    given[start..].find(':').map_or(given, |colon| &given[..start + colon])
}

/// The text of a label: text as it is, numbers as digits.
pub(super) fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
