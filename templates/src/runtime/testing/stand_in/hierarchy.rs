//! Hierarchy groups: the level of each, and the path of groups that leads to it.

use serde_json::{Value, json};

use super::engine::{Behaviour, Call, Engine, Outcome};
use super::groups::{PATH, path};
use super::instances::{HIERARCHY, nothing, record};
use super::store::{Key, Record};

/// The steps that write paths as well.
pub(super) const STEPS: [(&str, Behaviour); 2] =
    [("CreateUserHierarchyGroup", create), ("UpdateUserHierarchyGroupName", rename)];

/// The levels of an instance, from the top.
const LEVELS: [&str; 5] = ["LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive"];

fn create(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let Some(family) = engine.facts.family("UserHierarchyGroup") else { return nothing(engine, call) };
    let scope = engine.scope(call, family)?;
    let parent = call.text("ParentGroupId").and_then(|id| engine.resolve(family, &scope, id));
    let path = parent.and_then(|key| engine.state.store.get(&key)).map(path).unwrap_or_default();
    let (_, instance) = record(engine, call, "Instance", "InstanceId")?;
    let level = LEVELS.get(path.len()).and_then(|level| instance.members.get(HIERARCHY)?[*level]["Id"].as_str());
    let mut known = Record::default();
    known.members.insert(PATH.to_owned(), path.into());
    if let Some(level) = level {
        known.members.insert("LevelId".to_owned(), level.into());
    }
    let answer = engine.create(call, family, known)?;
    let made = answer["HierarchyGroupId"].as_str().and_then(|id| engine.resolve(family, &scope, id));
    if let Some(key) = made {
        name_in_paths(engine, &key);
    }
    Ok(answer)
}

fn rename(engine: &mut Engine, call: Call<'_>) -> Outcome {
    let Some(family) = engine.facts.family("UserHierarchyGroup") else { return nothing(engine, call) };
    let answer = engine.update(call, family)?;
    let key = engine.target(call, family)?;
    name_in_paths(engine, &key);
    Ok(answer)
}

/// Writes the name of a group in its own path and in those of the groups below it.
fn name_in_paths(engine: &mut Engine, key: &Key) {
    let Some(group) = engine.state.store.get(key).cloned() else { return };
    let entry = json!({"Id": group.id, "Arn": group.arn, "Name": group.members.get("Name")});
    let is_in = |entry: &Value| entry["Id"] == group.id.as_str();
    let own = path(&group).values().filter(|entry| !is_in(entry)).count();
    let Some(level) = LEVELS.get(own) else { return };
    let all = engine.state.store.within(key.family, &key.scope, 0);
    let below: Vec<(Key, Record)> = all
        .filter(|(other, record)| *other == key || path(record).values().any(is_in))
        .map(|(other, record)| (other.clone(), record.clone()))
        .collect();
    for (other, mut record) in below {
        let mut path = path(&record);
        path.insert((*level).to_owned(), entry.clone());
        record.members.insert(PATH.to_owned(), path.into());
        engine.keep(other, record);
    }
}
