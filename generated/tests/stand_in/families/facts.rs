//! The families of `resources.json`: what leads to a resource, and which operations its life has.

use std::collections::BTreeMap;

use serde_json::Value;

/// A kind of resource.
pub struct Family {
    pub name: String,
    /// The members that lead to a resource, the id last.
    pub labels: Vec<String>,
    /// The members of which no two resources in one place have the same value.
    unique: Vec<String>,
    /// Whether ids are counted.
    pub numbered: bool,
    /// Members that are never answered.
    hidden: Vec<String>,
    steps: BTreeMap<String, Vec<Step>>,
}

/// An operation in the life of a family's resources.
pub struct Step {
    pub operation: String,
    /// The member of the answer that lists resources.
    pub list: Option<String>,
}

/// The families, and what names of members say of them.
pub struct Facts {
    pub families: Vec<Family>,
    /// Ends of members' names that refer to a resource, with the family's name.
    references: Vec<(String, String)>,
    unchecked: Vec<String>,
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned()).collect()
}

impl Facts {
    pub fn parse(text: &str) -> Self {
        let json: Value = serde_json::from_str(text).unwrap();
        let families: Vec<Family> = json["families"]
            .as_array()
            .unwrap()
            .iter()
            .map(|family| Family::read(family, &json["operations"]))
            .collect();
        let ids = families.iter().filter_map(|family| Some((family.labels.last()?.clone(), family.name.clone())));
        let named = json["references"].as_object().unwrap().iter();
        let named = named.map(|(member, family)| (member.clone(), family.as_str().unwrap().to_owned()));
        let mut references: Vec<_> = ids.filter(|(id, _)| id.ends_with("Id")).chain(named).collect();
        references.sort_by_key(|(end, _)| std::cmp::Reverse(end.len()));
        Self { families, references, unchecked: texts(&json["unchecked"]) }
    }

    pub fn family(&self, name: &str) -> &Family {
        self.families.iter().find(|family| family.name == name).unwrap()
    }

    /// The family whose id a label is.
    pub fn of_label(&self, label: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.labels.last().is_some_and(|id| id == label))
    }

    /// The family that a member refers to by its name.
    pub fn referred(&self, member: &str) -> Option<&Family> {
        if self.unchecked.iter().any(|name| name == member) {
            return None;
        }
        let singular = member.strip_suffix('s').unwrap_or(member);
        let (_, family) = self.references.iter().find(|(end, _)| singular.ends_with(end.as_str()))?;
        Some(self.family(family))
    }
}

impl Family {
    fn read(json: &Value, operations: &Value) -> Self {
        let name = json["name"].as_str().unwrap().to_owned();
        let mut steps: BTreeMap<String, Vec<Step>> = BTreeMap::new();
        for (operation, rule) in operations.as_object().unwrap() {
            if rule["family"] == name.as_str() && rule["slot"].is_null() {
                let step = Step { operation: operation.clone(), list: rule["list"].as_str().map(str::to_owned) };
                steps.entry(rule["verb"].as_str().unwrap().to_owned()).or_default().push(step);
            }
        }
        Self {
            labels: texts(&json["labels"]),
            unique: texts(&json["unique"]),
            hidden: texts(&json["hidden"]),
            numbered: json["numbered"] == true,
            name,
            steps,
        }
    }

    /// The operations that are a step: `create`, `describe`, `list`, `search`, `update` or `delete`.
    pub fn steps(&self, verb: &str) -> &[Step] {
        self.steps.get(verb).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a member is unique: `PhoneNumber` is the `Number` of the family of that name.
    pub fn is_unique(&self, bare: &str) -> bool {
        self.unique.iter().any(|unique| bare == unique || self.name == bare && bare.ends_with(&**unique))
    }

    /// The member that is the id.
    pub fn label(&self) -> &str {
        self.labels.last().unwrap()
    }

    /// A member's name without the family's name or an end of it, so that `VocabularyName` of a creation is `Name` of the
    /// description; `None` for a member that is never answered.
    pub fn bare<'m>(&self, member: &'m str) -> Option<&'m str> {
        let words = self.name.char_indices().filter(|(_, char)| char.is_ascii_uppercase());
        let prefixes = words.map(|(start, _)| &self.name[start..]);
        let mut rests = prefixes.filter_map(|prefix| member.strip_prefix(prefix));
        let rest = rests.find(|rest| rest.starts_with(|char: char| char.is_ascii_uppercase()) && *rest != "Id");
        let bare = if member == "Username" { "Name" } else { rest.unwrap_or(member) };
        (!self.hidden.iter().any(|hidden| hidden == bare)).then_some(bare)
    }
}
