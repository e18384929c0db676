//! Valid inputs, made of the model's constraints.

use std::cell::Cell;
use std::collections::BTreeMap;

use amazon_connect::testing::service::{Fill, Kind, OperationModel, ServiceModel, ShapeId};
use serde_json::{Map, Value, json};
use tries::Random;

use super::facts::{Facts, Family};

/// What inputs are made of.
pub struct Inputs {
    pub model: &'static ServiceModel,
    pub facts: Facts,
    /// The id of a resource of each family that others may refer to, by the family's name.
    pub known: BTreeMap<String, String>,
    /// How often a value was made that no other resource has.
    fresh: Cell<u64>,
}

impl Inputs {
    pub fn new(model: &'static ServiceModel, facts: Facts) -> Self {
        Self { model, facts, known: BTreeMap::new(), fresh: Cell::new(0) }
    }

    /// What a creation may not have in common with another: unique members, and an id that it is given.
    pub fn fresh(&self, family: &Family, operation: &OperationModel) -> Map<String, Value> {
        let mut given = Map::new();
        for member in operation.input().map(|input| self.model.shape(input).members()).unwrap_or_default() {
            let name = member.name();
            let is_id = name == family.label() && !family.numbered;
            if is_id || (member.is_required() && family.bare(name).is_some_and(|bare| family.is_unique(bare))) {
                self.fresh.set(self.fresh.get() + 1);
                given.insert(name.to_owned(), self.sample(member.shape(), self.fresh.get()));
            }
        }
        given
    }

    /// A valid input with the members that are given. What refers to a resource refers to one that is known.
    ///
    /// # Errors
    /// The family of which none is known yet.
    pub fn input(
        &self,
        operation: &OperationModel,
        fill: Fill,
        given: &Map<String, Value>,
        numbers: &mut Random,
    ) -> Result<Map<String, Value>, String> {
        let Some(shape) = operation.input() else { return Ok(Map::new()) };
        let Value::Object(mut members) = self.model.example(Some(shape), fill, &mut |of| numbers.below(of)) else {
            return Ok(Map::new());
        };
        for member in self.model.shape(shape).members() {
            let name = member.name();
            if let Some(value) = given.get(name) {
                members.insert(name.to_owned(), self.of_kind(member.shape(), value));
            } else if member.is_idempotency_token() || ["ClientToken", "NextToken", "MaxResults"].contains(&name) {
                // The client makes its tokens itself; an old one would mean the same call again.
                members.remove(name);
            } else if let Some(value) = members.get_mut(name) {
                // A part of what is optional is left out.
                if !member.is_required() && numbers.below(2) == 0 {
                    members.remove(name);
                } else {
                    self.refer(name, value)?;
                }
            }
        }
        self.agree(operation.name(), &mut members)?;
        let violations = self.model.check(operation, &Value::Object(members.clone()));
        assert!(violations.is_empty(), "{}: {violations:?}: {members:?}", operation.name());
        Ok(members)
    }

    /// Puts right what the documentation of an operation says of members together, and the model does not.
    fn agree(&self, operation: &str, members: &mut Map<String, Value>) -> Result<(), String> {
        let known = |family: &str| self.known.get(family).cloned().ok_or_else(|| family.to_owned());
        match operation {
            "StartTaskContact" => {
                members
                    .retain(|name, _| !["QuickConnectId", "TaskTemplateId", "ScheduledTime"].contains(&name.as_str()));
                members.insert("ContactFlowId".to_owned(), known("ContactFlow")?.into());
            }
            "ClaimPhoneNumber" | "UpdatePhoneNumber" | "ListPhoneNumbersV2" => {
                members.remove("TargetArn");
                members.insert("InstanceId".to_owned(), known("Instance")?.into());
            }
            "CreateContactFlow"
            | "CreateContactFlowModule"
            | "UpdateContactFlowContent"
            | "UpdateContactFlowModuleContent" => {
                members.remove("Status");
                if let Some(content) = members.get_mut("Content") {
                    let id = content.to_string();
                    *content = json!({"Version": "2019-10-30", "StartAction": id, "Actions": [{"Identifier": id, "Type": "Wait"}]})
                        .to_string()
                        .into();
                }
            }
            "CreateInstance" => {
                members.insert("IdentityManagementType".to_owned(), "CONNECT_MANAGED".into());
                members.remove("DirectoryId");
            }
            "CreateUser" => drop(members.insert("Password".to_owned(), "Passw0rd".into())),
            "CreateRoutingProfile" | "UpdateRoutingProfileConcurrency" => {
                members.insert("MediaConcurrencies".to_owned(), json!([{"Channel": "CHAT", "Concurrency": 2}]));
            }
            "CreateQuickConnect" | "UpdateQuickConnectConfig" => {
                let config =
                    json!({"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}});
                members.insert("QuickConnectConfig".to_owned(), config);
            }
            _ => {}
        }
        Ok(())
    }

    /// A value of a shape. Where the model lets texts be long, those of two seeds differ.
    pub fn sample(&self, shape: ShapeId, seed: u64) -> Value {
        let mut numbers = Random::new(seed);
        let value = self.model.example(Some(shape), Fill::Everything, &mut |of| numbers.below(of));
        let longer = Value::from(format!("{}{seed}", value.as_str().unwrap_or_default()));
        if self.model.check_shape(Some(shape), &longer).is_empty() { longer } else { value }
    }

    /// An id as a value of a shape: versions are numbers to some operations and texts to others.
    fn of_kind(&self, shape: ShapeId, value: &Value) -> Value {
        match (self.model.shape(shape).kind(), value) {
            (Kind::Integer | Kind::Long, Value::String(text)) => text.parse::<i64>().unwrap().into(),
            _ => value.clone(),
        }
    }

    /// Puts known ids in the places of members that refer to resources.
    fn refer(&self, name: &str, value: &mut Value) -> Result<(), String> {
        match value {
            Value::String(text) => {
                let Some(family) = self.facts.referred(name) else { return Ok(()) };
                match self.known.get(&family.name) {
                    Some(id) => text.clone_from(id),
                    // What belongs to another resource than an instance is not looked up by a member alone.
                    None if family.labels.len() > 2 => {}
                    None => return Err(family.name.clone()),
                }
            }
            Value::Array(elements) => elements.iter_mut().try_for_each(|element| self.refer(name, element))?,
            Value::Object(members) => members.iter_mut().try_for_each(|(name, value)| self.refer(name, value))?,
            _ => {}
        }
        Ok(())
    }
}
