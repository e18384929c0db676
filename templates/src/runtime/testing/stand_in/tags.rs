//! Tags: one store, seen from the resources and from the operations on tags.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::engine::{Behaviour, Call, Engine, Outcome};
use super::list::page_of;
use super::refusal::{Fault, Refusal};
use super::store::{Key, Record};

/// The most tags of a resource.
const MOST: usize = 50;

/// The operations on tags that have code of their own.
pub(super) const OPERATIONS: [(&str, Behaviour); 4] =
    [("ListTagsForResource", list), ("SearchResourceTags", search), ("TagResource", tag), ("UntagResource", untag)];

fn target(engine: &Engine, call: Call<'_>) -> Result<(Key, Record), Refusal> {
    let arn = call.text("resourceArn").unwrap_or_default();
    let key = engine.state.store.by_arn(arn);
    let found = key.and_then(|key| Some((key.clone(), engine.state.store.get(key)?.clone())));
    found.ok_or_else(|| engine.refuse(call, Fault::NotFound, format!("there is no resource {arn}")))
}

fn tags_of(record: &Record) -> Map<String, Value> {
    record.members.get("Tags").and_then(Value::as_object).cloned().unwrap_or_default()
}

fn tag(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = target(engine, call)?;
    let mut tags = tags_of(&record);
    tags.extend(call.input.get("tags").and_then(Value::as_object).cloned().unwrap_or_default());
    if tags.len() > MOST {
        return Err(engine.refuse(call, Fault::Invalid, format!("a resource has at most {MOST} tags")));
    }
    record.members.insert("Tags".to_owned(), tags.into());
    engine.keep(key, record);
    Ok(engine.model.empty_output(call.operation))
}

fn untag(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (key, mut record) = target(engine, call)?;
    let mut tags = tags_of(&record);
    for name in call.input.get("tagKeys").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        tags.remove(name);
    }
    record.members.insert("Tags".to_owned(), tags.into());
    engine.keep(key, record);
    Ok(engine.model.empty_output(call.operation))
}

fn list(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let (_, record) = target(engine, call)?;
    Ok(json!({"tags": tags_of(&record)}))
}

/// The values of each key, of all resources of an instance.
fn search(engine: &mut Engine, call: Call<'_>) -> Outcome {
    engine.check_instance(call)?;
    let scope = match engine.facts.family("Queue") {
        Some(family) => engine.scope(call, family)?,
        None => Vec::new(),
    };
    let condition = &call.input.get("SearchCriteria").cloned().unwrap_or_default()["TagSearchCondition"];
    let wanted = |part: &str, value: &str| {
        let Some(wanted) = condition[part].as_str() else { return true };
        match condition[format!("{part}ComparisonType")].as_str() {
            Some("STARTS_WITH") => value.starts_with(wanted),
            Some("CONTAINS") => value.contains(wanted),
            _ => value == wanted,
        }
    };
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, record) in engine.state.store.all().filter(|(key, _)| key.scope.first() == scope.first()) {
        for (key, value) in tags_of(record) {
            let value = value.as_str().unwrap_or_default().to_owned();
            if wanted("tagKey", &key) && wanted("tagValue", &value) {
                found.entry(key).or_default().insert(value);
            }
        }
    }
    let tags =
        found.iter().flat_map(|(key, values)| values.iter().map(move |value| json!({"key": key, "value": value})));
    let tags: Vec<Value> = tags.collect();
    page_of(engine, call, "Tags", tags)
}
