//! Comparisons of what a stand-in answers with what a sequence knows.

use serde_json::{Map, Value, json};

use super::facts::Step;
use super::reference::{Record, agrees, differences};
use super::sequence::Sequence;
use super::world::id_of_element;

impl Sequence<'_> {
    /// A resource is described as it should be.
    pub async fn check(&mut self, id: &str) {
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
    pub async fn agree(&mut self) {
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

    /// Every resource is described as it should be, and none that was deleted.
    pub async fn check_all(&mut self) {
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
    }
}
