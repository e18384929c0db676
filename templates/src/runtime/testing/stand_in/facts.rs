//! Facts of resources: the reader of `resources.json`, which codegen writes from `resources.toml` and the model.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::super::service::{OperationModel, ServiceModel};

/// The facts that drive a service's stand-in.
#[derive(Debug)]
pub(super) struct Facts {
    pub families: Vec<Family>,
    pub rules: HashMap<String, Rule>,
    /// The resources of a new instance: the family's place, and the members.
    pub seeds: Vec<(usize, Map<String, Value>)>,
    /// The ends of members' names that refer to a family's resources, the longer before the shorter.
    references: Vec<(String, usize)>,
    unchecked: Vec<String>,
    /// Members of creations and associations that fill a list of the resource: family and member, and the list.
    slots: HashMap<(usize, String), String>,
}

/// A kind of resource.
#[derive(Debug)]
pub(super) struct Family {
    pub name: String,
    /// The members of a request that lead to a resource, the id last.
    pub labels: Vec<String>,
    pub arn: Option<String>,
    pub unique: Vec<String>,
    pub defaults: Map<String, Value>,
    pub hidden: Vec<String>,
    /// A member, the value that it has at first, and the one that it gets by itself.
    pub ripens: Option<[String; 3]>,
    pub spread: Option<String>,
    pub numbered: bool,
    pub preset: bool,
    /// The ends of the family's name by words: what members are prefixed with.
    prefixes: Vec<String>,
}

/// The steps of a resource's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Create,
    Describe,
    List,
    Search,
    Update,
    Delete,
}

/// An operation on a list that belongs to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SlotVerb {
    Attach,
    Detach,
    Adjust,
    Sublist,
    Find,
    Member,
}

/// The rule by which the stand-in handles an operation.
#[derive(Debug, Clone)]
pub(super) enum Rule {
    Life {
        verb: Verb,
        family: usize,
        list: Option<String>,
    },
    Slot {
        verb: SlotVerb,
        family: usize,
        slot: String,
        list: Option<String>,
    },
    Own,
    /// An answer that a test sets, else a valid empty one.
    Set,
}

impl Facts {
    /// Reads the text of `resources.json`.
    ///
    /// # Errors
    /// A text that codegen did not write.
    pub fn parse(text: &str, model: &ServiceModel) -> Result<Self, String> {
        let json: Value = serde_json::from_str(text).map_err(|error| format!("resources.json: {error}"))?;
        let families: Vec<Family> = list(&json, "families").iter().map(Family::read).collect();
        let place = |name: &str| families.iter().position(|family| family.name == name);
        let mut rules = HashMap::new();
        for (name, rule) in json["operations"].as_object().into_iter().flatten() {
            let read = Rule::read(rule, &place);
            rules.insert(name.clone(), read.ok_or_else(|| format!("resources.json: the rule of {name} is not known"))?);
        }
        let seed = |seed: &Value| Some((place(seed["family"].as_str()?)?, seed["values"].as_object()?.clone()));
        let mut references: Vec<(String, usize)> = Vec::new();
        for (index, family) in families.iter().enumerate() {
            // A label such as `Name` would be found in everything.
            references.extend(family.labels.last().filter(|id| id.ends_with("Id")).map(|id| (id.clone(), index)));
        }
        let named = json["references"].as_object().into_iter().flatten();
        references.extend(named.filter_map(|(member, family)| Some((member.clone(), place(family.as_str()?)?))));
        references.sort_by_key(|(member, _)| std::cmp::Reverse(member.len()));
        let mut facts = Self {
            seeds: list(&json, "seeds").iter().filter_map(seed).collect(),
            unchecked: texts(&json["unchecked"]),
            slots: HashMap::new(),
            families,
            rules,
            references,
        };
        facts.slots = facts.slot_members(model);
        Ok(facts)
    }

    /// The rule of an operation; one that the file does not name answers what a test sets.
    pub fn rule(&self, operation: &str) -> &Rule {
        self.rules.get(operation).unwrap_or(&Rule::Set)
    }

    /// The place of the family of that name.
    pub fn family(&self, name: &str) -> Option<usize> {
        self.families.iter().position(|family| family.name == name)
    }

    /// The family whose resources have their id in a label.
    pub fn family_of_label(&self, label: &str) -> Option<usize> {
        self.families.iter().position(|family| family.labels.last().is_some_and(|id| id == label))
    }

    /// The family that a member refers to, by its name.
    pub fn reference(&self, member: &str) -> Option<usize> {
        if self.unchecked.iter().any(|unchecked| unchecked == member) {
            return None;
        }
        let singular = member.strip_suffix('s').unwrap_or(member);
        let found = self.references.iter().find(|(end, _)| singular.ends_with(end.as_str()))?;
        Some(found.1)
    }

    /// The list of a family's resources that a member fills.
    pub fn slot_of(&self, family: usize, member: &str) -> Option<&str> {
        // Keys of two parts cannot be looked up by borrowed parts; there are few.
        self.slots.iter().find(|((of, name), _)| *of == family && name == member).map(|(_, slot)| slot.as_str())
    }

    fn slot_members(&self, model: &ServiceModel) -> HashMap<(usize, String), String> {
        let mut members = HashMap::new();
        for operation in model.operations() {
            let Rule::Slot { verb: SlotVerb::Attach, family, slot, .. } = self.rule(operation.name()) else { continue };
            for member in data_members(model, operation) {
                members.insert((*family, member.to_owned()), member_slot(&self.families[*family].name, slot, member));
            }
        }
        members
    }
}

/// The members of an input that are neither in the path nor its idempotency token.
pub(super) fn data_members<'m>(
    model: &'m ServiceModel,
    operation: &'m OperationModel,
) -> impl Iterator<Item = &'m str> {
    let members = operation.input().map(|input| model.shape(input).members()).unwrap_or_default();
    let data = members.iter().filter(|member| !member.is_idempotency_token() && !is_label(operation, member.name()));
    data.map(|member| member.name())
}

/// Whether a member is part of the operation's path.
pub(super) fn is_label(operation: &OperationModel, member: &str) -> bool {
    operation.uri().split('{').skip(1).any(|rest| rest.split(['}', '+']).next() == Some(member))
}

/// The list that a member adds to: that of its operation, or a longer name that ends in it, as `ManualAssignmentQueueConfigs` of
/// `AssociateRoutingProfileQueues` does.
/// The owner's name before it tells nothing, as in `UserProficiencies` of a user.
pub(super) fn member_slot(owner: &str, slot: &str, member: &str) -> String {
    let ends = ["Configs", "Config", "References", "Reference", "Ids", "Id"];
    let noun = ends.into_iter().find_map(|end| member.strip_suffix(end)).unwrap_or(member);
    let noun = singular(noun);
    if noun.strip_prefix(owner) == Some(slot) {
        return slot.to_owned();
    }
    if noun.len() > slot.len() && noun.ends_with(slot) { noun } else { slot.to_owned() }
}

/// A noun without the mark of a plural, as codegen names lists.
fn singular(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if noun.ends_with("sses") {
        return noun.trim_end_matches("es").to_owned();
    }
    let singular = noun.strip_suffix('s').filter(|stem| !stem.ends_with(['a', 's', 'u']));
    singular.unwrap_or(noun).to_owned()
}

impl Family {
    fn read(json: &Value) -> Self {
        let name = text(&json["name"]);
        let starts = name.char_indices().filter(|(_, character)| character.is_ascii_uppercase());
        Self {
            prefixes: starts.map(|(start, _)| name[start..].to_owned()).collect(),
            name,
            labels: texts(&json["labels"]),
            arn: json["arn"].as_str().map(str::to_owned),
            unique: texts(&json["unique"]),
            defaults: json["defaults"].as_object().cloned().unwrap_or_default(),
            hidden: texts(&json["hidden"]),
            ripens: <[String; 3]>::try_from(texts(&json["ripens"])).ok(),
            spread: json["spread"].as_str().map(str::to_owned),
            numbered: json["numbered"] == Value::Bool(true),
            preset: json["preset"] == Value::Bool(true),
        }
    }

    /// The name under which a resource keeps a member: without the family's name (`QueueId` of a queue is `Id`), so that
    /// creation, description and summary agree.
    pub fn canonical<'a>(&self, member: &'a str) -> Cow<'a, str> {
        if self.labels.last().is_some_and(|id| id == member && id.ends_with("Id")) {
            return Cow::Borrowed("Id");
        }
        for prefix in &self.prefixes {
            let Some(rest) = member.strip_prefix(prefix.as_str()) else { continue };
            if rest.is_empty() {
                return Cow::Borrowed(self.last_word(member));
            }
            if rest.eq_ignore_ascii_case("arn") {
                return Cow::Borrowed("Arn");
            }
            if rest.starts_with(|first: char| first.is_ascii_uppercase()) {
                return Cow::Borrowed(rest);
            }
            if rest == "name" {
                return Cow::Borrowed("Name");
            }
        }
        if member.eq_ignore_ascii_case("arn") { Cow::Borrowed("Arn") } else { Cow::Borrowed(member) }
    }

    /// The last word of the family's name, as a part of a member that is the whole name.
    fn last_word<'a>(&self, member: &'a str) -> &'a str {
        let length = self.prefixes.last().map_or(member.len(), String::len);
        &member[member.len().saturating_sub(length)..]
    }
}

impl Rule {
    fn read(json: &Value, place: &dyn Fn(&str) -> Option<usize>) -> Option<Self> {
        let family = || place(json["family"].as_str()?);
        let list = json["list"].as_str().map(str::to_owned);
        let life = |verb| Some(Self::Life { verb, family: family()?, list: list.clone() });
        let slot = |verb| Some(Self::Slot { verb, family: family()?, slot: text(&json["slot"]), list: list.clone() });
        match json["verb"].as_str()? {
            "create" => life(Verb::Create),
            "describe" => life(Verb::Describe),
            "list" => life(Verb::List),
            "search" => life(Verb::Search),
            "update" => life(Verb::Update),
            "delete" => life(Verb::Delete),
            "attach" => slot(SlotVerb::Attach),
            "detach" => slot(SlotVerb::Detach),
            "adjust" => slot(SlotVerb::Adjust),
            "sublist" => slot(SlotVerb::Sublist),
            "find" => slot(SlotVerb::Find),
            "member" => slot(SlotVerb::Member),
            "own" => Some(Self::Own),
            "set" | "unplaced" => Some(Self::Set),
            _ => None,
        }
    }

    /// The class of the rule, as the documentation names it.
    pub fn class(&self) -> Class {
        match self {
            Self::Life { .. } | Self::Slot { .. } => Class::Kept,
            Self::Own => Class::Own,
            Self::Set => Class::Set,
        }
    }
}

/// The way in which the stand-in handles an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Class {
    /// From the resources that it keeps, as the names and shapes of the model tell.
    Kept,
    /// By code for this operation.
    Own,
    /// By what a test sets, else by a valid empty answer.
    Set,
}

/// The number of operations of each class.
pub(super) fn classes(facts: &Facts, model: &ServiceModel) -> BTreeMap<Class, Vec<String>> {
    let mut classes: BTreeMap<Class, Vec<String>> = BTreeMap::new();
    for operation in model.operations() {
        classes.entry(facts.rule(operation.name()).class()).or_default().push(operation.name().to_owned());
    }
    classes
}

fn list<'a>(json: &'a Value, key: &str) -> &'a [Value] {
    json[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn texts(json: &Value) -> Vec<String> {
    json.as_array().into_iter().flatten().map(text).collect()
}

fn text(json: &Value) -> String {
    json.as_str().unwrap_or_default().to_owned()
}
